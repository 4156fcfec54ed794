/* request: queries as received, decoded once and strictly. */
#include "server/http/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static enum sy_err
ask(const char *query, const char *name, char *ret, size_t size)
{
	struct request r = {.query = sy_span_str(query)};
	struct sy_buf b;
	sy_buf_init(&b, 64);
	enum sy_err e = request_query(&r, name, &b);
	memset(ret, 0, size);
	if (e == SY_OK && b.len < size && b.len > 0)
		memcpy(ret, b.data, b.len);
	sy_buf_done(&b);
	return e;
}

/* R: RFC 3986 2.1; HTML 4.10.22.6 for "+". */
static void
query(void **state)
{
	(void)state;
	char v[64];
	assert_int_equal(ask("a=1&b=%E6%BA%AF+x", "b", v, sizeof v), SY_OK);
	assert_string_equal(v, "溯 x");
	assert_int_equal(ask("a=1&a=2", "a", v, sizeof v), SY_OK);
	assert_string_equal(v, "1");
	assert_int_equal(ask("a&b=", "a", v, sizeof v), SY_OK);
	assert_string_equal(v, "");
	assert_int_equal(ask("aa=1", "a", v, sizeof v), SY_ERR_NOT_FOUND);
	assert_int_equal(ask("", "a", v, sizeof v), SY_ERR_NOT_FOUND);
	assert_int_equal(ask("a=%", "a", v, sizeof v), SY_ERR_MALFORMED);
	assert_int_equal(ask("a=%4", "a", v, sizeof v), SY_ERR_MALFORMED);
	assert_int_equal(ask("a=%zz", "a", v, sizeof v), SY_ERR_MALFORMED);
	assert_int_equal(ask("a=%ff", "a", v, sizeof v), SY_ERR_BAD_UTF8);
	assert_int_not_equal(ask("a=%00", "a", v, sizeof v), SY_OK);
	assert_int_not_equal(ask("a=%0d%0a", "a", v, sizeof v), SY_OK);
}

static void
numbers(void **state)
{
	(void)state;
	static const struct { const char *q; enum sy_err e; int64_t n; } list[] = {{"n=7", SY_OK, 7}, {"", SY_OK, 50}, {"n=0", SY_ERR_OUT_OF_RANGE, 50},
	    {"n=201", SY_ERR_OUT_OF_RANGE, 50}, {"n=-1", SY_ERR_BAD_NUMBER, 50}, {"n=", SY_ERR_BAD_NUMBER, 50}, {"n=1e3", SY_ERR_BAD_NUMBER, 50},
	    {"n=99999999999999999999", SY_ERR_BAD_NUMBER, 50}};
	for (size_t i = 0; i < SY_LEN(list); i++) {
		struct request r = {.query = sy_span_str(list[i].q)};
		int64_t n = 0;
		struct sy_fault f = {0};
		assert_int_equal(request_query_int(&r, "n", 1, 200, 50, &n, &f), list[i].e);
		assert_int_equal(n, list[i].n);
		if (list[i].e != SY_OK)
			assert_string_equal(f.field, "n");
	}
}

static const char *
header(void *conn, const char *name)
{
	return strcmp(name, "Accept-Encoding") == 0 ? conn : NULL;
}

/* R: RFC 9110 12.5.3 */
static void
gzip(void **state)
{
	(void)state;
	static const struct { const char *value; bool takes; } list[] = {{"gzip", true}, {"br, gzip;q=0.5", true}, {"GZIP", true}, {"gzip;q=0", false},
	    {"gzip;q=0.0", false}, {"br", false}, {"", false}, {NULL, false}};
	for (size_t i = 0; i < SY_LEN(list); i++) {
		union { const char *c; void *v; } u = {list[i].value};
		struct request r = {.header = header, .conn = u.v};
		assert_int_equal(request_takes_gzip(&r), list[i].takes);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(query), cmocka_unit_test(numbers), cmocka_unit_test(gzip)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
