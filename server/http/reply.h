/* http/reply.h: what a handler answers: a body, a borrowed body, or a stream.
 *
 * A handler that returns an error need not touch the reply: http/problem makes
 * an application/problem+json of it. */
#ifndef SERVER_HTTP_REPLY_H
#define SERVER_HTTP_REPLY_H

#include "schema/bytes.h"

#define REPLY_BODY_MAX (64u << 20)

struct app;
struct commit_ticket; /* service/commit.h */

struct reply {
	unsigned status; /* 200 unless set */
	const char *type; /* Content-Type; a literal */
	struct sy_buf body;
	struct sy_span fixed; /* instead of body: bytes that outlive the reply (assets) */
	bool gzipped; /* body or fixed is gzip already: Content-Encoding is sent */
	struct sy_buf headers; /* name NUL value NUL ..; through reply_header */
	/* Instead of a body: called for each piece until one comes back empty; an error cuts the connection. */
	enum sy_err (*next)(void *next_arg, struct sy_buf *chunk);
	void *next_arg;
	void (*next_free)(void *next_arg); /* also when the client went away */
	/* The reply waits (without a thread) until this is committed; the reply owns it. When the
	 * commit failed the client gets that error instead. */
	struct commit_ticket *wait_for;
	/* After the commit and before sending: completes the reply. May be NULL. */
	enum sy_err (*after)(struct app *app, void *after_arg, struct reply *reply, struct sy_fault *reterr);
	void *after_arg;
	void (*after_free)(void *after_arg);
};

void reply_init(struct reply *r);
void reply_done(struct reply *r);
/* Control characters in a value make it vanish: no handler can split a response. */
void reply_header(struct reply *r, const char *name, const char *fmt, ...) SY_PRINTF(3, 4);
struct sy_json;
/* body = v as JSON with its type. Takes nothing over. */
enum sy_err reply_json(struct reply *r, unsigned status, const struct sy_json *v) SY_MUST;

#endif
