/* http/route.h: the routes are data: who may call stands in the row, so that no
 * handler can forget it. Two tables, api/routes_staff.c and api/routes_public.c. */
#ifndef SERVER_HTTP_ROUTE_H
#define SERVER_HTTP_ROUTE_H

#include "server/http/reply.h"
#include "server/http/request.h"

#define ROUTE_PUBLIC 0u /* in place of ROLE_* bits: no token asked */

typedef enum sy_err route_handler(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr);

struct route {
	unsigned methods; /* HTTP_* bits; GET answers HEAD too */
	/* "/api/v1/lots/{id}": a brace captures one segment; a final "*" captures the rest, "/" included. */
	const char *pattern;
	unsigned who; /* ROLE_* bits or ROUTE_PUBLIC */
	size_t body_max; /* 0: no body */
	route_handler *run;
	const char *zh, *en; /* one sentence */
	const char *request; /* request body for the API document: a shape's name, "#Name" of api/openapi, or NULL */
	const char *response; /* the same for the answer, or a media type such as "text/html" */
};

extern const struct route api_routes_staff[];
extern const size_t api_routes_staff_len;
extern const struct route api_routes_public[];
extern const size_t api_routes_public_len;

/* OK; NOT_FOUND; METHOD_NOT_ALLOWED with *retmethods what the path allows. Fills the captures. */
enum sy_err route_find(struct request *req, const struct route **ret, unsigned *retmethods) SY_MUST;

#endif
