/* route: what matches what, and that the tables are sound. */
#include "server/http/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static enum sy_err
find(enum http_method m, const char *path, struct request *req, unsigned *methods)
{
	const struct route *r = NULL;
	memset(req, 0, sizeof *req);
	req->method = m;
	req->path = sy_span_str(path);
	return route_find(req, &r, methods);
}

static void
captures(void **state)
{
	(void)state;
	struct request r;
	unsigned m = 0;
	assert_int_equal(find(HTTP_GET, "/api/v1/lots/abc", &r, &m), SY_OK);
	assert_string_equal(r.route->pattern, "/api/v1/lots/{id}");
	assert_true(r.ncaptures == 1 && sy_span_eq_str(r.capture[0], "abc"));
	assert_int_equal(find(HTTP_GET, "/api/v1/lots/abc/versions", &r, &m), SY_OK);
	assert_string_equal(r.route->pattern, "/api/v1/lots/{id}/versions");
	assert_int_equal(find(HTTP_GET, "/log/tile/entries/x001/234.p/7", &r, &m), SY_OK);
	assert_true(sy_span_eq_str(r.capture[0], "x001/234.p/7"));
	assert_int_equal(find(HTTP_GET, "/log/tile/0/x001/234", &r, &m), SY_OK);
	assert_true(r.ncaptures == 2 && sy_span_eq_str(r.capture[0], "0") && sy_span_eq_str(r.capture[1], "x001/234"));
}

static void
refusals(void **state)
{
	(void)state;
	struct request r;
	unsigned m = 0;
	assert_int_equal(find(HTTP_GET, "/api/v1/lots/", &r, &m), SY_ERR_NOT_FOUND);
	assert_int_equal(find(HTTP_GET, "/api/v1/lots/a/b", &r, &m), SY_ERR_NOT_FOUND);
	assert_int_equal(find(HTTP_GET, "", &r, &m), SY_ERR_NOT_FOUND);
	assert_int_equal(find(HTTP_GET, "api/v1/lots", &r, &m), SY_ERR_NOT_FOUND);
	assert_int_equal(find(HTTP_DELETE, "/api/v1/lots", &r, &m), SY_ERR_METHOD_NOT_ALLOWED);
	assert_int_equal(m, HTTP_GET | HTTP_POST);
}

/* A right in each row; staff never without a token; nothing that writes is open but verification. */
static void
rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < api_routes_staff_len; i++) {
		const struct route *r = &api_routes_staff[i];
		bool staff = strncmp(r->pattern, "/api/v1/", 8) == 0;
		assert_non_null(r->run);
		assert_true(strlen(r->zh) > 0 && strlen(r->en) > 0);
		assert_true(staff == (r->who != ROUTE_PUBLIC));
		if (!staff)
			assert_int_equal(r->methods, HTTP_GET);
		assert_true((r->methods & (HTTP_POST | HTTP_PUT)) == 0 || r->body_max > 0);
		assert_true(r->body_max <= (4u << 20));
	}
	for (size_t i = 0; i < api_routes_public_len; i++)
		assert_int_equal(api_routes_public[i].who, ROUTE_PUBLIC);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(captures), cmocka_unit_test(refusals), cmocka_unit_test(rows)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
