/* wire.c: see wire.h. Sockets are used blocking, with poll() for the deadline. */
#include "server/signer/wire.h"

#include "schema/wire/canon.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static int64_t
now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t
deadline_of(unsigned seconds)
{
	return seconds == 0 ? INT64_MAX : now_ms() + (int64_t)seconds * 1000;
}

static enum sy_err
wait_for(int fd, short events, int64_t deadline)
{
	for (;;) {
		int64_t left = deadline == INT64_MAX ? 60000 : deadline - now_ms();
		if (left <= 0)
			return SY_ERR_IO;
		struct pollfd p = { .fd = fd, .events = events };
		int n = poll(&p, 1, left > 60000 ? 60000 : (int)left);
		if (n > 0)
			return SY_OK;
		if (n < 0 && errno != EINTR)
			return SY_ERR_IO;
	}
}

static enum sy_err
send_all(int fd, const uint8_t *data, size_t len, int64_t deadline)
{
	while (len > 0) {
		ssize_t n = send(fd, data, len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n > 0) {
			data += n;
			len -= (size_t)n;
		} else if (n < 0 && (errno == EAGAIN)) {
			SY_TRY(wait_for(fd, POLLOUT, deadline));
		} else if (n == 0 || errno != EINTR) {
			return SY_ERR_IO;
		}
	}
	return SY_OK;
}

static enum sy_err
recv_all(int fd, uint8_t *data, size_t len, int64_t deadline)
{
	while (len > 0) {
		ssize_t n = recv(fd, data, len, MSG_DONTWAIT);
		if (n > 0) {
			data += n;
			len -= (size_t)n;
		} else if (n < 0 && errno == EAGAIN) {
			SY_TRY(wait_for(fd, POLLIN, deadline));
		} else if (n == 0 || errno != EINTR) {
			return SY_ERR_IO; /* cut in the middle */
		}
	}
	return SY_OK;
}

enum sy_err
wire_send(int fd, struct sy_span body, unsigned seconds)
{
	if (body.len > WIRE_FRAME_MAX)
		return SY_ERR_TOO_LARGE;
	const uint32_t len = (uint32_t)body.len;
	const uint8_t head[4] = { (uint8_t)(len >> 24), (uint8_t)(len >> 16), (uint8_t)(len >> 8), (uint8_t)len };
	int64_t deadline = deadline_of(seconds);
	SY_TRY(send_all(fd, head, sizeof head, deadline));
	return send_all(fd, body.data, body.len, deadline);
}

static enum sy_err
first_byte(int fd, uint8_t *ret, unsigned idle_seconds)
{
	SY_TRY(wait_for(fd, POLLIN, deadline_of(idle_seconds)));
	ssize_t n;
	do {
		n = recv(fd, ret, 1, 0);
	} while (n < 0 && errno == EINTR);
	if (n == 0)
		return SY_ERR_NOT_FOUND;
	return n == 1 ? SY_OK : SY_ERR_IO;
}

enum sy_err
wire_recv(int fd, struct sy_buf *ret, unsigned idle_seconds, unsigned seconds)
{
	uint8_t head[4];
	sy_buf_reset(ret);
	SY_TRY(first_byte(fd, head, idle_seconds));
	int64_t deadline = deadline_of(seconds);
	SY_TRY(recv_all(fd, head + 1, sizeof head - 1, deadline));
	size_t len = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
	if (len > WIRE_FRAME_MAX || len > ret->max)
		return SY_ERR_TOO_LARGE;
	/* Memory follows what has come, not what a length claims. */
	while (len > 0) {
		size_t part = len < 65536 ? len : 65536;
		uint8_t *room = sy_buf_room(ret, part);
		if (room == NULL)
			return sy_buf_err(ret);
		SY_TRY(recv_all(fd, room, part, deadline));
		sy_buf_grew(ret, part);
		len -= part;
	}
	return SY_OK;
}

enum sy_err
wire_send_json(int fd, const struct sy_json *v, unsigned seconds)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf text;
	sy_buf_init(&text, WIRE_FRAME_MAX);
	sy_canon_print(v, &text);
	SY_TRY(sy_buf_err(&text));
	return wire_send(fd, sy_buf_span(&text), seconds);
}

enum sy_err
wire_error_json(enum sy_err err, const struct sy_fault *f, struct sy_json **ret)
{
	const bool said = f != NULL && f->err == err;
	return sy_json_pack(ret, "{s:{s:s, s:s, s:I, s:I, s:s, s:s}}", "error", "slug", sy_err_slug(err), "field", said ? f->field : "",
	    "offset", said ? (long long)f->offset : 0LL, "length", said ? (long long)f->length : 0LL,
	    "zh", said && f->zh[0] != '\0' ? f->zh : sy_err_zh(err), "en", said && f->en[0] != '\0' ? f->en : sy_err_en(err));
}

static enum sy_err
err_of_slug(const char *slug)
{
	static const enum sy_err all[] = {
#define SY_ERR(number, name, slug, zh, en) SY_ERR_##name,
#include "schema/err.def"
#undef SY_ERR
	};
	for (size_t i = 0; slug != NULL && i < SY_LEN(all); i++)
		if (strcmp(sy_err_slug(all[i]), slug) == 0)
			return all[i];
	return SY_ERR_INTERNAL;
}

enum sy_err
wire_error_of(const struct sy_json *v, struct sy_fault *reterr)
{
	const struct sy_json *e = sy_json_get(v, "error");
	if (e == NULL)
		return SY_OK;
	enum sy_err err = err_of_slug(sy_json_get_str(e, "slug"));
	if (reterr == NULL)
		return err;
	const char *field = sy_json_get_str(e, "field"), *zh = sy_json_get_str(e, "zh"), *en = sy_json_get_str(e, "en");
	*reterr = (struct sy_fault){ .err = err };
	(void)snprintf(reterr->field, sizeof reterr->field, "%s", field == NULL ? "" : field);
	(void)snprintf(reterr->zh, sizeof reterr->zh, "%s", zh == NULL ? "" : zh);
	(void)snprintf(reterr->en, sizeof reterr->en, "%s", en == NULL ? "" : en);
	reterr->offset = (size_t)sy_json_get_int(e, "offset", 0);
	reterr->length = (size_t)sy_json_get_int(e, "length", 0);
	return err;
}
