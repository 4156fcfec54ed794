/* conf: defaults print and parse back; every refusal names its line. */
#include "server/conf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void
round_trip(void **state)
{
	(void)state;
	struct conf a, b;
	struct sy_buf text, again;
	conf_defaults(&a);
	memcpy(a.listen, "::1", 4);
	a.port = 9;
	a.demonstration = true;
	conf_defaults(&b);
	sy_buf_init(&text, 65536);
	sy_buf_init(&again, 65536);
	conf_print(&a, &text);
	assert_int_equal(conf_parse(sy_buf_span(&text), &b, NULL), SY_OK);
	conf_print(&b, &again);
	assert_true(sy_span_eq(sy_buf_span(&text), sy_buf_span(&again)));
	assert_int_equal(b.port, 9);
	assert_true(b.demonstration);
	sy_buf_done(&text);
	sy_buf_done(&again);
}

static void
defaults_are_in_bounds(void **state)
{
	(void)state;
	struct conf c;
	struct sy_buf text;
	conf_defaults(&c);
	assert_string_equal(c.listen, "127.0.0.1"); /* open to nobody else unless told */
	assert_int_equal(c.port, 8080);
	assert_int_equal(c.threads, 4);
	assert_false(c.demonstration);
	sy_buf_init(&text, 65536);
	conf_print(&c, &text);
	assert_int_equal(conf_parse(sy_buf_span(&text), &c, NULL), SY_OK);
	sy_buf_done(&text);
}

static void
refusals(void **state)
{
	(void)state;
	static const struct { const char *text, *field; } bad[] = {
	    {"prot = 80", "line 1"}, {"# fine\n\nport", "line 3"}, {"port = ", "line 1.port"}, {"port = 65536", "line 1.port"},
	    {"port = -1", "line 1.port"}, {"port = 8080x", "line 1.port"}, {"port = 99999999999999999999", "line 1.port"},
	    {"port = 1\nport = 1", "line 2.port"}, {"demonstration = true", "line 1.demonstration"}, {"log_origin =", "line 1.log_origin"},
	    {"listen = \x01\x02", "line 1"}, {"threads = 0", "line 1.threads"}, {"= 1", "line 1"}};
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		struct conf c;
		struct sy_fault f = {0};
		conf_defaults(&c);
		assert_int_equal(conf_parse(sy_span_str(bad[i].text), &c, &f), SY_ERR_BAD_CONFIG);
		assert_int_equal(f.err, SY_ERR_BAD_CONFIG);
		assert_memory_equal(f.field, bad[i].field, strlen(bad[i].field));
	}
}

static void
every_key_says_what_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < conf_keys_len; i++) {
		assert_true(strlen(conf_keys[i].zh) > 3 && strlen(conf_keys[i].en) > 3);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(conf_keys[i].name, conf_keys[k].name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(round_trip), cmocka_unit_test(defaults_are_in_bounds), cmocka_unit_test(refusals),
	    cmocka_unit_test(every_key_says_what_it_is)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
