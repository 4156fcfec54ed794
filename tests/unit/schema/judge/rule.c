/* One value against one limit, with limits of the test's own. */
#include "schema/judge/rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct sy_limit
limit(enum sy_limit_op op, const char *value, const char *unit, const char *basis)
{
	return (struct sy_limit){ .op = op, .value = value, .unit = unit, .basis = basis, .standard = "GB 2762", .verified = true };
}

static struct sy_measure
measure(const char *value, const char *unit, const char *lod, const char *loq)
{
	struct sy_measure m = { .edible = true };
	assert_int_equal(sy_reading_parse(value, &m.reading, NULL), SY_OK);
	assert_int_equal(sy_unit_find(unit, &m.unit, NULL), SY_OK);
	m.has_lod = lod != NULL;
	m.has_loq = loq != NULL;
	if (m.has_lod)
		assert_int_equal(sy_decimal_parse(sy_span_str(lod), &m.lod, NULL), SY_OK);
	if (m.has_loq)
		assert_int_equal(sy_decimal_parse(sy_span_str(loq), &m.loq, NULL), SY_OK);
	sy_rule_reduce(&m);
	return m;
}

static void
gives(struct sy_limit l, struct sy_measure m, enum sy_verdict v, enum sy_why why)
{
	struct sy_ruling r;
	assert_int_equal(sy_rule_apply(&l, &m, &r), SY_OK);
	if (r.verdict != v || r.why != why)
		fail_msg("%s %s: %s/%s", l.value, l.unit, sy_verdict_print(r.verdict), sy_why_code(r.why));
}

static void
at_most_and_at_least(void **state)
{
	(void)state;
	struct sy_limit most = limit(SY_LIMIT_AT_MOST, "20", "μg/kg", ""), least = limit(SY_LIMIT_AT_LEAST, "790", "g/L", "");
	gives(most, measure("0.02", "mg/kg", NULL, NULL), SY_VERDICT_PASS, SY_WHY_WITHIN);
	gives(most, measure("0.020001", "mg/kg", NULL, NULL), SY_VERDICT_FAIL, SY_WHY_OVER);
	gives(most, measure("0", "mg/kg", NULL, NULL), SY_VERDICT_PASS, SY_WHY_WITHIN);
	gives(least, measure("790", "g/L", NULL, NULL), SY_VERDICT_PASS, SY_WHY_WITHIN);
	gives(least, measure("789.9", "g/L", NULL, NULL), SY_VERDICT_FAIL, SY_WHY_BELOW);
	gives(least, measure("未检出", "g/L", "1", NULL), SY_VERDICT_FAIL, SY_WHY_BELOW);
	gives(least, measure("未检出", "g/L", "800", NULL), SY_VERDICT_PENDING, SY_WHY_LOD_ABOVE);
	gives(least, measure("未检出", "g/L", NULL, NULL), SY_VERDICT_PENDING, SY_WHY_ND_NO_LOD);
}

static void
ranges(void **state)
{
	(void)state;
	struct sy_limit l = limit(SY_LIMIT_RANGE, "2.8-3.0", "g", "");
	gives(l, measure("2.8", "g", NULL, NULL), SY_VERDICT_PASS, SY_WHY_WITHIN);
	gives(l, measure("3.00", "g", NULL, NULL), SY_VERDICT_PASS, SY_WHY_WITHIN);
	gives(l, measure("2.79999", "g", NULL, NULL), SY_VERDICT_FAIL, SY_WHY_OUTSIDE);
	gives(l, measure("3.001", "g", NULL, NULL), SY_VERDICT_FAIL, SY_WHY_OUTSIDE);
	gives(l, measure("2900", "mg", NULL, NULL), SY_VERDICT_PASS, SY_WHY_WITHIN);
	gives(l, measure("未检出", "g", "2.8", NULL), SY_VERDICT_FAIL, SY_WHY_BELOW);
	gives(l, measure("未检出", "g", "2.9", NULL), SY_VERDICT_PENDING, SY_WHY_LOD_ABOVE);
}

/* R: domain 3.3 rule 5: where the standard goes by 定量限, the LOQ counts, not the LOD */
static void
quantification_limit(void **state)
{
	(void)state;
	struct sy_limit l = limit(SY_LIMIT_AT_MOST, "0.02", "mg/kg", "loq");
	gives(l, measure("未检出", "mg/kg", "0.005", "0.02"), SY_VERDICT_PASS, SY_WHY_NOT_DETECTED);
	gives(l, measure("未检出", "mg/kg", "0.005", "0.03"), SY_VERDICT_PENDING, SY_WHY_LOD_ABOVE);
	gives(l, measure("未检出", "mg/kg", "0.005", NULL), SY_VERDICT_PENDING, SY_WHY_ND_NO_LOQ);
	gives(l, measure("0.021", "mg/kg", NULL, NULL), SY_VERDICT_FAIL, SY_WHY_OVER);
}

static void
units_that_do_not_fit(void **state)
{
	(void)state;
	struct sy_limit l = limit(SY_LIMIT_AT_MOST, "0.5", "μg/kg", "");
	gives(l, measure("0.1", "μg/L", NULL, NULL), SY_VERDICT_PENDING, SY_WHY_UNIT_MISMATCH);
	gives(l, measure("未检出", "μg/L", "0.1", NULL), SY_VERDICT_PENDING, SY_WHY_UNIT_MISMATCH);
	gives(l, measure("999999999999999999", "g/kg", NULL, NULL), SY_VERDICT_PENDING, SY_WHY_TOO_FINE);
	/* only GB 2762 has the dehydration rule */
	struct sy_limit other = limit(SY_LIMIT_AT_MOST, "0.5", "mg/kg", "");
	other.standard = "GB 2763";
	struct sy_measure m = measure("0.6", "mg/kg", NULL, NULL);
	m.dried = m.has_factor = true;
	m.factor = (struct sy_decimal){ .digits = 8 };
	gives(other, m, SY_VERDICT_PENDING, SY_WHY_DRIED_FACTOR);
}

static void
malformed_limits_are_errors(void **state)
{
	(void)state;
	struct sy_ruling r;
	struct sy_measure m = measure("1", "mg/kg", NULL, NULL);
	static const struct { enum sy_limit_op op; const char *value, *unit; } bad[] = {
		{ SY_LIMIT_AT_MOST, "≤0.02", "mg/kg" }, { SY_LIMIT_AT_MOST, "", "mg/kg" }, { SY_LIMIT_AT_MOST, "1", "x" },
		{ SY_LIMIT_RANGE, "3", "mg/kg" }, { SY_LIMIT_RANGE, "3-2", "mg/kg" }, { SY_LIMIT_PLAN, "n=5;c=2", "CFU/g" },
		{ SY_LIMIT_PLAN, "n=5;c=2;m=x", "CFU/g" }, { SY_LIMIT_PLAN, "5", "CFU/g" }, { SY_LIMIT_PLAN, "n=5;c=1.5;m=1", "CFU/g" },
	};
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		struct sy_limit l = limit(bad[i].op, bad[i].value, bad[i].unit, "");
		assert_int_not_equal(sy_rule_apply(&l, &m, &r), SY_OK);
	}
}

/* Whatever is measured, a pass needs a number or 未检出 that says so: no reading of another kind ever passes. */
static void
nothing_else_ever_passes(void **state)
{
	(void)state;
	static const char *const odd[] = { "阴性", "检出", "--", ">1", "≤0.01", "<0.01", "0.001,0.001" };
	for (int op = SY_LIMIT_AT_MOST; op <= SY_LIMIT_RANGE; op++) {
		for (size_t i = 0; i < SY_LEN(odd); i++) {
			struct sy_limit l = limit((enum sy_limit_op)op, op == SY_LIMIT_RANGE ? "0-1" : "1", "mg/kg", "");
			struct sy_measure m = measure(odd[i], "mg/kg", NULL, NULL);
			struct sy_ruling r;
			assert_int_equal(sy_rule_apply(&l, &m, &r), SY_OK);
			assert_int_equal(r.verdict, SY_VERDICT_PENDING);
		}
	}
}

static void
every_reason_has_words(void **state)
{
	(void)state;
	for (int i = 0; i < SY_WHY_COUNT; i++) {
		assert_true(strlen(sy_why_zh((enum sy_why)i)) > 0 && strlen(sy_why_en((enum sy_why)i)) > 0);
		for (int j = 0; j < i; j++)
			assert_string_not_equal(sy_why_code((enum sy_why)i), sy_why_code((enum sy_why)j));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_most_and_at_least),
		cmocka_unit_test(ranges),
		cmocka_unit_test(quantification_limit),
		cmocka_unit_test(units_that_do_not_fit),
		cmocka_unit_test(malformed_limits_are_errors),
		cmocka_unit_test(nothing_else_ever_passes),
		cmocka_unit_test(every_reason_has_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
