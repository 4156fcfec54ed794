/* client_stream.c: labels of one range, on a connection of their own, see client.h.
 * The first frame of the answer says whether there will be labels; the last one
 * says that all of them came, so that a cut is never taken for the end. */
#include "server/signer/client.h"

#include "schema/wire/canon.h"
#include "server/signer/client_socket.h"
#include "server/signer/wire.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STREAM_SECONDS 60
#define STREAM_BUFFER (256u << 10)

struct signer_stream {
	int fd;
	uint32_t left; /* labels not yet received */
	bool ended;
	struct sy_buf in; /* the frame in hand */
	size_t at; /* what of it was given out */
};

void
signer_stream_free(struct signer_stream *s)
{
	if (s == NULL)
		return;
	if (s->fd >= 0)
		(void)close(s->fd);
	sy_buf_done(&s->in);
	free(s);
}
SY_DEFINE_CLEANUP(struct signer_stream, signer_stream_free)

static enum sy_err
ask(struct signer_stream *s, const char *release, uint32_t first, uint32_t count, struct sy_fault *reterr)
{
	SY_AUTO_JSON *request = NULL, *answer = NULL;
	SY_TRY(sy_json_pack(&request, "{s:s, s:s, s:I, s:I}", "op", "labels", "release", release, "first", (long long)first, "count", (long long)count));
	SY_CLEANUP(sy_buf_done) struct sy_buf text;
	sy_buf_init(&text, 4096);
	sy_canon_print(request, &text);
	SY_TRY(sy_buf_err(&text));
	SY_TRY(client_ask(s->fd, sy_buf_span(&text), &s->in, STREAM_SECONDS, &answer, reterr));
	return sy_json_get_int(answer, "count", -1) == (int64_t)count ? SY_OK : SY_ERR_INTERNAL;
}

enum sy_err
signer_stream_open(const char *path, const char *release_leaf_hex, uint32_t first, uint32_t count, struct signer_stream **ret, struct sy_fault *reterr)
{
	*ret = NULL;
	struct sockaddr_un address;
	SY_TRY(client_address(path, &address));
	SY_CLEANUP(signer_stream_freep) struct signer_stream *s = calloc(1, sizeof *s);
	if (s == NULL)
		return SY_ERR_NO_MEMORY;
	s->fd = -1;
	sy_buf_init(&s->in, STREAM_BUFFER);
	SY_TRY(client_connect(&address, &s->fd));
	SY_TRY(ask(s, release_leaf_hex, first, count, reterr));
	s->left = count;
	sy_buf_reset(&s->in);
	*ret = s;
	s = NULL;
	return SY_OK;
}

static enum sy_err
next_frame(struct signer_stream *s, struct sy_fault *reterr)
{
	s->at = 0;
	if (wire_recv(s->fd, &s->in, STREAM_SECONDS, STREAM_SECONDS) != SY_OK)
		return SY_ERR_UNAVAILABLE;
	/* A record begins with a serial symbol or NUL: a brace is JSON, the end or a failure. */
	if (s->in.len > 0 && s->in.data[0] == '{') {
		SY_AUTO_JSON *v = NULL;
		if (sy_canon_parse(sy_buf_span(&s->in), &v, NULL) != SY_OK)
			return SY_ERR_UNAVAILABLE;
		SY_TRY(wire_error_of(v, reterr));
		sy_buf_reset(&s->in);
		s->ended = true;
		return s->left == 0 ? SY_OK : SY_ERR_UNAVAILABLE;
	}
	size_t n = s->in.len / SIGNER_LABEL_SIZE;
	if (s->in.len % SIGNER_LABEL_SIZE != 0 || n == 0 || n > s->left)
		return SY_ERR_UNAVAILABLE;
	s->left -= (uint32_t)n;
	return SY_OK;
}

enum sy_err
signer_stream_next(struct signer_stream *s, uint8_t *ret, size_t max, size_t *retn, struct sy_fault *reterr)
{
	*retn = 0;
	if (s->at == s->in.len && !s->ended)
		SY_TRY(next_frame(s, reterr));
	size_t n = (s->in.len - s->at) / SIGNER_LABEL_SIZE;
	if (n > max)
		n = max;
	if (n > 0)
		memcpy(ret, s->in.data + s->at, n * SIGNER_LABEL_SIZE);
	s->at += n * SIGNER_LABEL_SIZE;
	*retn = n;
	return SY_OK;
}
