/* client.c: one request at a time on one connection, see client.h. A connection
 * that the signer closed while it was idle is replaced before anything is sent on
 * it; after sending nothing is repeated, because the signer may have acted. */
#include "server/signer/client.h"

#include "schema/wire/canon.h"
#include "server/signer/client_socket.h"
#include "server/signer/wire.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CALL_SECONDS 60 /* a big append verifies thousands of signatures */

struct signer_client {
	struct sockaddr_un address;
	pthread_mutex_t lock;
	int fd; /* -1: none */
	struct sy_buf in;
};

enum sy_err
client_address(const char *path, struct sockaddr_un *ret)
{
	*ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
	size_t len = strlen(path);
	if (len == 0 || len >= sizeof ret->sun_path)
		return SY_ERR_TOO_LONG;
	memcpy(ret->sun_path, path, len + 1);
	return SY_OK;
}

enum sy_err
client_connect(const struct sockaddr_un *address, int *ret)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return SY_ERR_UNAVAILABLE;
	int rc;
	do {
		rc = connect(fd, (const struct sockaddr *)address, sizeof *address);
	} while (rc != 0 && errno == EINTR);
	if (rc != 0) {
		(void)close(fd);
		return SY_ERR_UNAVAILABLE;
	}
	*ret = fd;
	return SY_OK;
}

enum sy_err
client_ask(int fd, struct sy_span request, struct sy_buf *in, unsigned seconds, struct sy_json **ret, struct sy_fault *reterr)
{
	enum sy_err e = wire_send(fd, request, seconds);
	if (e == SY_ERR_TOO_LARGE)
		return e;
	if (e == SY_OK)
		e = wire_recv(fd, in, seconds, seconds);
	SY_AUTO_JSON *v = NULL;
	if (e == SY_OK)
		e = sy_canon_parse(sy_buf_span(in), &v, NULL);
	if (e != SY_OK)
		return SY_ERR_UNAVAILABLE;
	SY_TRY(wire_error_of(v, reterr));
	*ret = v;
	v = NULL;
	return SY_OK;
}

enum sy_err
signer_client_new(const char *path, struct signer_client **ret)
{
	struct signer_client *c = calloc(1, sizeof *c);
	if (c == NULL)
		return SY_ERR_NO_MEMORY;
	enum sy_err e = client_address(path, &c->address);
	if (e == SY_OK && pthread_mutex_init(&c->lock, NULL) != 0)
		e = SY_ERR_NO_MEMORY;
	if (e != SY_OK) {
		free(c);
		return e;
	}
	c->fd = -1;
	sy_buf_init(&c->in, WIRE_FRAME_MAX);
	*ret = c;
	return SY_OK;
}

static void
drop(struct signer_client *c)
{
	if (c->fd >= 0)
		(void)close(c->fd);
	c->fd = -1;
}

void
signer_client_free(struct signer_client *c)
{
	if (c == NULL)
		return;
	drop(c);
	sy_buf_done(&c->in);
	(void)pthread_mutex_destroy(&c->lock);
	free(c);
}

/* Between two requests the signer says nothing: readable means closed. */
static bool
is_stale(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	return poll(&p, 1, 0) != 0;
}

static enum sy_err
call(struct signer_client *c, struct sy_span request, struct sy_json **ret, struct sy_fault *reterr)
{
	if (c->fd >= 0 && is_stale(c->fd))
		drop(c);
	if (c->fd < 0)
		SY_TRY(client_connect(&c->address, &c->fd));
	struct sy_fault f = { 0 };
	enum sy_err e = client_ask(c->fd, request, &c->in, CALL_SECONDS, ret, &f);
	/* An answer that did not come whole must not be taken for the next one's. */
	if (e == SY_ERR_UNAVAILABLE && f.err == SY_OK)
		drop(c);
	if (reterr != NULL)
		*reterr = f;
	return e;
}

enum sy_err
signer_client_call(struct signer_client *c, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr)
{
	*ret = NULL;
	SY_CLEANUP(sy_buf_done) struct sy_buf text;
	sy_buf_init(&text, WIRE_FRAME_MAX);
	sy_canon_print(request, &text);
	SY_TRY(sy_buf_err(&text));
	if (pthread_mutex_lock(&c->lock) != 0)
		return SY_ERR_INTERNAL;
	enum sy_err e = call(c, sy_buf_span(&text), ret, reterr);
	(void)pthread_mutex_unlock(&c->lock);
	/* It may have held a passphrase. volatile: the compiler may not leave it out. */
	volatile uint8_t *p = text.data;
	for (size_t i = 0; i < text.len; i++)
		p[i] = 0;
	return e;
}
