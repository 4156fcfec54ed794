/* The built-in tables: look-ups by whole names, and a check of every row. */
#include "schema/reference/reference.h"

#include "schema/judge/rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
folding(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{ "黄曲霉毒素 B 1", "黄曲霉毒素B1" }, { "黄曲霉毒素B₁", "黄曲霉毒素B1" }, { "铅（以Pb计）", "铅(以Pb计)" },
		{ "\u00b5g/kg", "\u03bcg/kg" }, { "ｍｇ／ｋｇ", "mg/kg" }, { "a\u00a0b\u3000c", "abc" }, { "", "" }, { "\xe9\x93", "\xe9\x93" },
	};
	char out[SY_REFERENCE_FOLD_SIZE];
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		assert_int_equal(sy_reference_fold(sy_span_str(cases[i][0]), out), SY_OK);
		assert_string_equal(out, cases[i][1]);
	}
	char longer[SY_REFERENCE_FOLD_SIZE + 1];
	(void)memset(longer, 'x', SY_REFERENCE_FOLD_SIZE);
	longer[SY_REFERENCE_FOLD_SIZE] = '\0';
	assert_int_equal(sy_reference_fold(sy_span_str(longer), out), SY_ERR_TOO_LONG);
	longer[SY_REFERENCE_FOLD_SIZE - 1] = '\0';
	assert_int_equal(sy_reference_fold(sy_span_str(longer), out), SY_OK);
	assert_null(sy_reference_unit(longer));
	assert_null(sy_reference_analyte(longer));
}

/* R: domain 3.4: 总砷 and 无机砷 are two analytes, 砷 (pharmacopoeia) a third */
static void
analytes_by_alias(void **state)
{
	(void)state;
	static const char *const same[][2] = {
		{ "黄曲霉毒素B₁", "黄曲霉毒素B1" }, { "AFB1", "黄曲霉毒素B1" }, { "铅（以Pb计）", "铅" }, { "镉(以 Cd 计)", "镉" },
		{ "总砷（以As计）", "总砷" }, { "无机砷(以As计)", "无机砷" }, { "亚硫酸盐(以SO₂计)", "二氧化硫残留量" }, { "总砷", "总砷" }, { "砷", "砷" },
	};
	for (size_t i = 0; i < SY_LEN(same); i++) {
		const struct sy_analyte *a = sy_reference_analyte(same[i][0]);
		assert_non_null(a);
		assert_string_equal(a->analyte, same[i][1]);
	}
	static const char *const none[] = { "", "铅灭蝇胺", "黄曲霉毒素", "以Pb计", "铅;Pb" };
	for (size_t i = 0; i < SY_LEN(none); i++)
		assert_null(sy_reference_analyte(none[i]));
	assert_null(sy_reference_analyte(NULL));
}

/* R: domain 4: four townships of 正阳 are not in the list of 2007, four were renamed since */
static void
gi_area_of_zhengyang(void **state)
{
	(void)state;
	static const char *const inside[] = { "411724001", "411724107", "411724108", "411724210", "411724103" };
	static const char *const outside[] = { "411724104", "411724106", "411724212", "411724002" };
	for (size_t i = 0; i < SY_LEN(inside); i++)
		assert_int_equal(sy_reference_gi_covers("正阳花生", "411724", inside[i]), 1);
	for (size_t i = 0; i < SY_LEN(outside); i++)
		assert_int_equal(sy_reference_gi_covers("正阳花生", "411724", outside[i]), 0);
	assert_int_equal(sy_reference_gi_covers("正阳花生", "411725", "411725101"), 0);
	assert_int_equal(sy_reference_gi_covers("正阳花生", "411724", ""), -1);
	assert_int_equal(sy_reference_gi_covers("平舆白芝麻", "411723", "411723001"), -1);
	assert_int_equal(sy_reference_gi_covers("平舆白芝麻", "411724", "411724001"), 0);
	assert_int_equal(sy_reference_gi_covers("没有", "411724", "411724001"), -1);
	size_t n, rows = 0;
	const struct sy_gi *g = sy_reference_gi(&n);
	for (size_t i = 0; i < n; i++)
		rows += strcmp(g[i].product, "正阳花生") == 0 ? 1 : 0;
	assert_int_equal(rows, 16);
}

/* R: domain 0.1 row 8, 2: nine counties, 驿城区 and 411771; 208 township codes */
static void
divisions(void **state)
{
	(void)state;
	size_t n;
	(void)sy_reference_counties(&n);
	assert_int_equal(n, 11);
	const struct sy_township *t = sy_reference_townships(&n);
	assert_int_equal(n, 208);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(strlen(t[i].code), 9);
		assert_memory_equal(t[i].code, t[i].county, 6);
		assert_non_null(sy_reference_county(t[i].county));
		assert_ptr_equal(sy_reference_township(t[i].code), &t[i]);
	}
	assert_string_equal(sy_reference_county("411771")->note, "statistical code, not in GB/T 2260");
	assert_null(sy_reference_county("410000"));
	assert_null(sy_reference_township(NULL));
}

static void
categories_form_trees(void **state)
{
	(void)state;
	size_t n;
	const struct sy_category *c = sy_reference_categories(&n);
	for (size_t i = 0; i < n; i++) {
		const struct sy_category *up = &c[i];
		for (int depth = 0; up->broader[0] != '\0'; depth++) {
			up = sy_reference_category(up->broader);
			assert_non_null(up);
			assert_true(depth < 5);
		}
	}
	assert_null(sy_reference_category("WHEAT"));
	assert_null(sy_reference_category(NULL));
}

static bool
cas_ok(const char *cas)
{
	size_t len = strlen(cas);
	int sum = 0, weight = 0;
	if (len < 7 || cas[len - 2] != '-' || cas[len - 5] != '-')
		return false;
	for (size_t i = len - 1; i-- > 0;) {
		if (cas[i] == '-')
			continue;
		if (cas[i] < '0' || cas[i] > '9')
			return false;
		sum += ++weight * (cas[i] - '0');
	}
	return sum % 10 == cas[len - 1] - '0';
}

/* Each row on its own: every row must be usable or say why not by a missing date. */
static void
every_limit_is_sound(void **state)
{
	(void)state;
	size_t n;
	const struct sy_limit *l = sy_reference_limits(&n);
	assert_true(n > 600);
	for (size_t i = 0; i < n; i++) {
		assert_true(l[i].id[0] == 'L' && strlen(l[i].source) > 0 && strlen(l[i].standard) > 0);
		assert_non_null(sy_reference_category(l[i].category));
		const struct sy_analyte *a = sy_reference_analyte(l[i].analyte);
		assert_non_null(a);
		assert_string_equal(a->analyte, l[i].analyte);
		assert_true(l[i].cas[0] == '\0' || cas_ok(l[i].cas));
		bool absent = l[i].op == SY_LIMIT_NOT_DETECTED || l[i].op == SY_LIMIT_NOT_PERMITTED;
		assert_int_equal(absent, l[i].value[0] == '\0');
		const struct sy_unit *u = sy_reference_unit(absent ? "mg/kg" : l[i].unit);
		assert_non_null(u);
		assert_true(l[i].valid_from == SY_DAY_NONE || l[i].valid_to == SY_DAY_NONE || l[i].valid_from <= l[i].valid_to);
		struct sy_measure m = { .edible = true, .unit = u };
		struct sy_ruling r;
		m.reading.kind = SY_READING_NUMBER;
		assert_int_equal(sy_rule_apply(&l[i], &m, &r), SY_OK);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(l[i].id, l[j].id);
	}
}

/* R: domain 3.3 rule 9 */
static void
editions_in_force(void **state)
{
	(void)state;
	size_t n;
	const struct sy_limit *l = sy_reference_limits(&n);
	for (size_t i = 0; i < n; i++) {
		bool now = sy_reference_in_force(&l[i], 2518); /* 2026-11-23 */
		if (strcmp(l[i].standard, "GB 2762") == 0) {
			assert_string_equal(l[i].edition, "2025");
			assert_true(now && !sy_reference_in_force(&l[i], 2435)); /* 2026-09-01 */
		}
		if (strcmp(l[i].standard, "GB 2763") == 0)
			assert_int_equal(now, strcmp(l[i].edition, "2026") == 0);
		if (l[i].valid_from == SY_DAY_NONE)
			assert_false(now);
	}
}

static void
version_is_stable(void **state)
{
	(void)state;
	const char *v = sy_reference_version();
	assert_memory_equal(v, "2026-09-02.", 11);
	assert_int_equal(strlen(strrchr(v, '.')), 17);
	for (int op = SY_LIMIT_AT_MOST; op <= SY_LIMIT_PLAN; op++) {
		enum sy_limit_op back;
		assert_true(sy_reference_op_parse(sy_reference_op_print((enum sy_limit_op)op), &back));
		assert_int_equal(op, (int)back);
	}
	enum sy_limit_op back;
	assert_false(sy_reference_op_parse("<", &back));
	assert_false(sy_reference_op_parse(NULL, &back));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folding),
		cmocka_unit_test(analytes_by_alias),
		cmocka_unit_test(gi_area_of_zhengyang),
		cmocka_unit_test(divisions),
		cmocka_unit_test(categories_form_trees),
		cmocka_unit_test(every_limit_is_sound),
		cmocka_unit_test(editions_in_force),
		cmocka_unit_test(version_is_stable),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
