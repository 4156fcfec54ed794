/* allocation.c: the record "allocation": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"release\":\"" ID "\",\"count\":100,\"printer\":\"TSC-1\"}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"count\":0}", SY_ERR_OUT_OF_RANGE, "count" },
	{ "{\"count\":1073741825}", SY_ERR_OUT_OF_RANGE, "count" },
	{ "{\"count\":true}", SY_ERR_WRONG_TYPE, "count" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_allocation, good, cases, SY_LEN(cases));
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_allocation, good);
	record_computed(&sy_shape_allocation, good);
	record_types(&sy_shape_allocation, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_allocation, good, "{\"first\":0}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_every_field),
		cmocka_unit_test(test_round_trip),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
