/* http/request.h: one request as handlers see it. Nothing of the HTTP library
 * shows here; everything lent lives until the reply has been sent. */
#ifndef SERVER_HTTP_REQUEST_H
#define SERVER_HTTP_REQUEST_H

#include "schema/bytes.h"
#include "server/service/caller.h"

enum http_method {
	HTTP_GET = 1, /* HEAD arrives as GET with head set; the body is dropped on the way out */
	HTTP_POST = 2,
	HTTP_PUT = 4,
	HTTP_DELETE = 8,
	HTTP_OPTIONS = 16,
};

#define REQUEST_CAPTURES_MAX 4

struct route;

struct request {
	enum http_method method;
	bool head;
	struct sy_span path; /* as received, not percent-decoded, from "/" up to "?" */
	struct sy_span query; /* as received, without "?" */
	struct sy_span body; /* whole; never longer than the route allows */
	char peer[46]; /* address of the other end */
	struct sy_span capture[REQUEST_CAPTURES_MAX]; /* {name} and * of the pattern, in order, not decoded */
	size_t ncaptures;
	const struct route *route;
	const struct caller *user; /* NULL: a public route without a token */
	void *state; /* api/dispatch's own */
	/* Filled by http/daemon; ask through request_header. */
	const char *(*header)(void *conn, const char *name);
	void *conn;
};

/* A header's value; data NULL when it is absent. Names in any case. */
struct sy_span request_header(const struct request *r, const char *name);
/* The first query parameter of that name, percent-decoded into ret (reset first). NOT_FOUND; MALFORMED for a bad escape; BAD_UTF8. */
enum sy_err request_query(const struct request *r, const char *name, struct sy_buf *ret) SY_MUST;
/* As a whole number from min to max; otherwise when absent. */
enum sy_err request_query_int(const struct request *r, const char *name, int64_t min, int64_t max, int64_t otherwise, int64_t *ret, struct sy_fault *reterr) SY_MUST;
/* Does Accept-Encoding take gzip? */
bool request_takes_gzip(const struct request *r);

#endif
