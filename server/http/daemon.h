/* http/daemon.h: the HTTP server: connections, limits, bodies, waiting. It
 * knows no route and no user: those come through the hooks. */
#ifndef SERVER_HTTP_DAEMON_H
#define SERVER_HTTP_DAEMON_H

#include "server/http/reply.h"
#include "server/http/request.h"

struct daemon_hooks {
	/* The headers are in. An error is answered at once, without reading a body. */
	enum sy_err (*begin)(struct app *app, struct request *req, void **retstate, size_t *retbody_max, struct reply *reply, struct sy_fault *reterr);
	/* The body is in. Leaves a reply that can be sent, whatever happened. */
	void (*serve)(struct app *app, const struct request *req, void *state, struct reply *reply);
	/* Makes a reply of an error. */
	void (*refuse)(struct app *app, const struct request *req, struct reply *reply, enum sy_err err, const struct sy_fault *fault);
	/* The reply is on its way, or nobody waits for it any more. */
	void (*end)(struct app *app, void *state, unsigned status);
};

struct daemon_spec {
	const char *listen;
	unsigned port, threads, connections, connections_per_ip, timeout;
	struct app *app;
	struct daemon_hooks hooks;
};

struct daemon;
enum sy_err daemon_start(const struct daemon_spec *spec, struct daemon **ret, struct sy_fault *reterr) SY_MUST;
unsigned daemon_port(const struct daemon *d); /* the one in use */
/* No new connections; waits up to seconds for requests under way; then closes. */
void daemon_stop(struct daemon *d, unsigned seconds);

#endif
