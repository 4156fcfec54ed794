/* Sampling plans (GB 29921): c of n may lie above m, none above M. */
#include "schema/judge/rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
gives(const char *plan, const char *unit, const char *values, enum sy_verdict v, enum sy_why why)
{
	struct sy_limit l = { .op = SY_LIMIT_PLAN, .value = plan, .unit = unit, .basis = "", .standard = "" };
	struct sy_measure m = { .edible = true };
	struct sy_ruling r;
	assert_int_equal(sy_reading_parse(values, &m.reading, NULL), SY_OK);
	assert_int_equal(sy_unit_find(unit, &m.unit, NULL), SY_OK);
	assert_int_equal(sy_rule_apply(&l, &m, &r), SY_OK);
	if (r.verdict != v || r.why != why)
		fail_msg("%s: %s/%s", values, sy_verdict_print(r.verdict), sy_why_code(r.why));
}

#define PLATE "n=5;c=2;m=10000;M=100000"

static void
counts(void **state)
{
	(void)state;
	gives(PLATE, "CFU/g", "10000,10000,10000,100000,100000", SY_VERDICT_PASS, SY_WHY_PLAN_MET);
	gives(PLATE, "CFU/g", "10001,10001,10001,1,1", SY_VERDICT_FAIL, SY_WHY_PLAN_FAILED);
	gives(PLATE, "CFU/g", "100001,1,1,1,1", SY_VERDICT_FAIL, SY_WHY_PLAN_FAILED);
	/* R: a real record of 2025: 12000..28000 five times */
	gives(PLATE, "CFU/g", "12000，14000，15000，28000，20000", SY_VERDICT_FAIL, SY_WHY_PLAN_FAILED);
	gives(PLATE, "CFU/g", "1,1,1,1", SY_VERDICT_PENDING, SY_WHY_PLAN_COUNT);
	gives(PLATE, "CFU/g", "1,1,1,1,1,1", SY_VERDICT_PENDING, SY_WHY_PLAN_COUNT);
	gives(PLATE, "CFU/g", "合格", SY_VERDICT_PENDING, SY_WHY_OTHER_RESULT);
	/* an unclear value does not hide a clear failure */
	gives(PLATE, "CFU/g", "<20000,100001,1,1,1", SY_VERDICT_FAIL, SY_WHY_PLAN_FAILED);
	gives(PLATE, "CFU/g", "<20000,1,1,1,1", SY_VERDICT_PENDING, SY_WHY_PLAN_UNCLEAR);
	gives("n=5，c=2，m=10，M=100", "CFU/g", "<10,<10,<10,16,60", SY_VERDICT_PASS, SY_WHY_PLAN_MET);
}

static void
presence(void **state)
{
	(void)state;
	const char *plan = "n=5;c=0;m=0";
	gives(plan, "/25g", "未检出;未检出;未检出;未检出;未检出", SY_VERDICT_PASS, SY_WHY_PLAN_MET);
	gives(plan, "/25g", "检出，检出，检出，检出，检出", SY_VERDICT_FAIL, SY_WHY_PLAN_FAILED);
	gives(plan, "/25g", "0,0,0,0,1", SY_VERDICT_FAIL, SY_WHY_PLAN_FAILED);
	gives(plan, "/25g", "0,0,0,0,<1", SY_VERDICT_PENDING, SY_WHY_PLAN_UNCLEAR);
	gives("n=1;c=0;m=5", "CFU/g", "检出", SY_VERDICT_PENDING, SY_WHY_OTHER_RESULT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(counts), cmocka_unit_test(presence) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
