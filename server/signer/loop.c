/* loop.c: one thread a connection, at most as many as there are slots; a frame that
 * does not come whole in time ends its connection and nothing else. */
#include "server/signer/loop.h"

#include "schema/wire/canon.h"
#include "server/signer/client_socket.h"
#include "server/signer/ops.h"
#include "server/signer/peer.h"
#include "server/signer/wire.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONNECTIONS 16
#define FRAME_SECONDS 30

enum slot_state { SLOT_FREE, SLOT_BUSY, SLOT_ENDED };

struct loop;
struct slot {
	struct loop *loop;
	enum slot_state state;
	pthread_t thread;
	int fd;
};

struct loop {
	struct signer *s;
	pthread_mutex_t lock; /* of the slots */
	struct slot slot[CONNECTIONS];
};

static enum sy_err
reply_error(int fd, enum sy_err err, const struct sy_fault *f)
{
	SY_AUTO_JSON *v = NULL;
	SY_TRY(wire_error_json(err, f, &v));
	return wire_send_json(fd, v, FRAME_SECONDS);
}

static enum sy_err
answer(struct signer *s, int fd, struct sy_span text)
{
	SY_AUTO_JSON *request = NULL, *reply = NULL;
	struct sy_fault f = { 0 };
	enum sy_err e = sy_canon_parse(text, &request, &f);
	if (e != SY_OK)
		return reply_error(fd, e, &f);
	const char *op = sy_json_get_str(request, "op");
	if (op != NULL && strcmp(op, "labels") == 0)
		return op_labels(s, request, fd);
	e = ops_answer(s, request, &reply, &f);
	return e == SY_OK ? wire_send_json(fd, reply, FRAME_SECONDS) : reply_error(fd, e, &f);
}

static void *
serve(void *arg)
{
	struct slot *slot = arg;
	SY_CLEANUP(sy_buf_done) struct sy_buf in;
	sy_buf_init(&in, WIRE_FRAME_MAX);
	for (;;) {
		enum sy_err e = wire_recv(slot->fd, &in, 0, FRAME_SECONDS);
		if (e == SY_ERR_TOO_LARGE)
			(void)!reply_error(slot->fd, e, NULL);
		if (e != SY_OK)
			break;
		e = answer(slot->loop->s, slot->fd, sy_buf_span(&in));
		sy_wipe(in.data, in.len); /* it may have held a passphrase */
		if (e != SY_OK)
			break;
	}
	(void)pthread_mutex_lock(&slot->loop->lock);
	(void)close(slot->fd);
	slot->fd = -1;
	slot->state = SLOT_ENDED;
	(void)pthread_mutex_unlock(&slot->loop->lock);
	return NULL;
}

/* A slot for a new connection; threads that ended are collected on the way. */
static struct slot *
free_slot(struct loop *l)
{
	struct slot *found = NULL;
	for (size_t i = 0; i < CONNECTIONS; i++) {
		struct slot *slot = &l->slot[i];
		(void)pthread_mutex_lock(&l->lock);
		enum slot_state state = slot->state;
		(void)pthread_mutex_unlock(&l->lock);
		if (state == SLOT_ENDED) {
			(void)pthread_join(slot->thread, NULL);
			slot->state = SLOT_FREE;
		}
		if (slot->state == SLOT_FREE)
			found = slot;
	}
	return found;
}

static void
take(struct loop *l, int fd)
{
	struct slot *slot = free_slot(l);
	enum sy_err e = !peer_is_ours(fd) ? SY_ERR_FORBIDDEN : slot == NULL ? SY_ERR_TOO_MANY : SY_OK;
	if (e == SY_OK) {
		slot->fd = fd;
		slot->state = SLOT_BUSY;
		if (pthread_create(&slot->thread, NULL, serve, slot) == 0)
			return;
		slot->state = SLOT_FREE;
		e = SY_ERR_UNAVAILABLE;
	}
	SY_AUTO_JSON *v = NULL;
	if (wire_error_json(e, NULL, &v) == SY_OK)
		(void)!wire_send_json(fd, v, 1);
	(void)close(fd);
}

static void
accept_all(struct loop *l, int listener, int stop)
{
	for (;;) {
		struct pollfd p[2] = { { .fd = listener, .events = POLLIN }, { .fd = stop, .events = POLLIN } };
		if (poll(p, 2, -1) < 0 && errno != EINTR)
			return;
		if (p[1].revents != 0)
			return;
		if ((p[0].revents & POLLIN) == 0)
			continue;
		int fd = accept(listener, NULL, NULL);
		if (fd >= 0)
			take(l, fd);
	}
}

/* Connections are cut; what a thread has begun to commit it finishes. */
static void
end_all(struct loop *l)
{
	for (size_t i = 0; i < CONNECTIONS; i++) {
		(void)pthread_mutex_lock(&l->lock);
		enum slot_state state = l->slot[i].state;
		if (state == SLOT_BUSY)
			(void)shutdown(l->slot[i].fd, SHUT_RDWR);
		(void)pthread_mutex_unlock(&l->lock);
		if (state != SLOT_FREE)
			(void)pthread_join(l->slot[i].thread, NULL);
	}
}

static enum sy_err
listen_on(const char *path, bool shared, int *ret, struct sy_fault *reterr)
{
	struct sockaddr_un address;
	int fd = -1;
	if (client_address(path, &address) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, path, 0, 0);
	if (client_connect(&address, &fd) == SY_OK) {
		(void)close(fd);
		return sy_fault_at(reterr, SY_ERR_EXISTS, path, 0, 0);
	}
	(void)unlink(path); /* left by one that was killed */
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return sy_fault_at(reterr, SY_ERR_IO, path, 0, 0);
	mode_t before = umask(shared ? 0117 : 0177);
	int rc = bind(fd, (const struct sockaddr *)&address, sizeof address);
	(void)umask(before);
	if (rc != 0 || listen(fd, CONNECTIONS) != 0) {
		(void)close(fd);
		return sy_fault_at(reterr, SY_ERR_IO, path, 0, 0);
	}
	*ret = fd;
	return SY_OK;
}

enum sy_err
loop_run(struct signer *s, const char *path, bool shared, int stop, struct sy_fault *reterr)
{
	int listener = -1;
	struct loop *l = calloc(1, sizeof *l);
	if (l == NULL || pthread_mutex_init(&l->lock, NULL) != 0) {
		free(l);
		return SY_ERR_NO_MEMORY;
	}
	l->s = s;
	for (size_t i = 0; i < CONNECTIONS; i++)
		l->slot[i].loop = l;
	enum sy_err e = listen_on(path, shared, &listener, reterr);
	if (e == SY_OK) {
		accept_all(l, listener, stop);
		(void)close(listener);
		(void)unlink(path);
		end_all(l);
	}
	(void)pthread_mutex_destroy(&l->lock);
	free(l);
	return e;
}
