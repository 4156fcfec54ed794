/* A limit as people read it, out of every row of the reference tables: no operator's
 * code, no note of how a row was found. */
#include "server/service/limit_words.h"

#include "schema/judge/item.h"
#include "schema/reference/reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void
said(const char *op, bool zh, const char *expected)
{
	struct sy_json *limit = NULL;
	struct sy_buf b;
	sy_buf_init(&b, 256);
	assert_int_equal(sy_json_pack(&limit, "{s:s, s:s, s:s}", "operator", op, "value", "20", "unit", "μg/kg"), SY_OK);
	limit_words_print(limit, zh, &b);
	assert_string_equal(sy_buf_cstr(&b), expected);
	sy_buf_done(&b);
	sy_json_free(limit);
}

static void
words(void **state)
{
	(void)state;
	said("<=", true, "≤ 20 μg/kg");
	said("<=", false, "≤ 20 μg/kg");
	said("not_detected", true, "不得检出");
	said("not_detected", false, "must not be detected");
	said("not_permitted", true, "不得使用");
	said("not_permitted", false, "must not be used");
}

static void
clauses(void **state)
{
	(void)state;
	assert_true(sy_span_eq_str(limit_words_clause("表1（乳及乳制品）"), "表1（乳及乳制品）"));
	assert_true(sy_span_eq_str(limit_words_clause("所有食品动物 肌肉；旁证：猪肉/羊肉 2019-11 通告 ≤100μg/kg"), "所有食品动物 肌肉"));
	assert_int_equal(limit_words_clause("通告 山东-2026-15期 记录r0219（营养果蔬面）").len, 0);
	assert_int_equal(limit_words_clause("").len, 0);
}

static void
every_row(void **state)
{
	(void)state;
	size_t n = 0;
	const struct sy_limit *all = sy_reference_limits(&n);
	assert_true(n > 100);
	for (size_t i = 0; i < n; i++) {
		struct sy_json *limit = NULL;
		struct sy_buf b;
		sy_buf_init(&b, 1024);
		assert_int_equal(sy_item_limit_json(&all[i], &limit), SY_OK);
		for (int zh = 0; zh < 2; zh++)
			limit_words_print(limit, zh == 1, &b);
		sy_buf_add_span(&b, limit_words_clause(all[i].clause));
		assert_true(b.len > 0);
		assert_null(strstr(sy_buf_cstr(&b), "not_"));
		assert_null(strstr(sy_buf_cstr(&b), "通告"));
		assert_null(strstr(sy_buf_cstr(&b), "记录"));
		sy_buf_done(&b);
		sy_json_free(limit);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(words), cmocka_unit_test(clauses), cmocka_unit_test(every_row)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
