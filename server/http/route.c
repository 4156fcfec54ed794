/* route.c: finding the row of a request. First match wins, staff rows first;
 * rows are few and compared from the left, so a walk is quick enough. */
#include "server/http/route.h"

#include <string.h>

static bool
capture(struct request *req, const uint8_t *from, size_t len)
{
	if (req->ncaptures == REQUEST_CAPTURES_MAX)
		return false;
	req->capture[req->ncaptures++] = sy_span(from, len);
	return true;
}

static bool
matches(const char *p, struct request *req)
{
	const uint8_t *at = req->path.data, *end = at + req->path.len;
	req->ncaptures = 0;
	for (; *p != '\0'; p++) {
		if (*p == '*')
			return capture(req, at, (size_t)(end - at));
		if (*p != '{') {
			if (at == end || *at != (uint8_t)*p)
				return false;
			at++;
			continue;
		}
		const uint8_t *slash = memchr(at, '/', (size_t)(end - at));
		size_t len = (size_t)((slash == NULL ? end : slash) - at);
		if (len == 0 || !capture(req, at, len))
			return false;
		at += len;
		p = strchr(p, '}');
		if (p == NULL)
			return false;
	}
	return at == end;
}

static const struct route *
find_in(const struct route *rows, size_t n, struct request *req, unsigned *methods)
{
	uint8_t second = req->path.len > 1 ? req->path.data[1] : 0;
	for (size_t i = 0; i < n; i++) {
		/* Most rows are out by the letter after the slash. */
		uint8_t want = rows[i].pattern[0] == '/' ? (uint8_t)rows[i].pattern[1] : '*';
		if (want != '\0' && want != '*' && want != '{' && want != second)
			continue;
		if (!matches(rows[i].pattern, req))
			continue;
		if ((rows[i].methods & (unsigned)req->method) != 0)
			return &rows[i];
		*methods |= rows[i].methods;
	}
	return NULL;
}

enum sy_err
route_find(struct request *req, const struct route **ret, unsigned *retmethods)
{
	*retmethods = 0;
	const struct route *r = find_in(api_routes_staff, api_routes_staff_len, req, retmethods);
	if (r == NULL)
		r = find_in(api_routes_public, api_routes_public_len, req, retmethods);
	if (r == NULL)
		return *retmethods != 0 ? SY_ERR_METHOD_NOT_ALLOWED : SY_ERR_NOT_FOUND;
	*ret = r;
	req->route = r;
	return SY_OK;
}
