/* hold.c: the record "hold": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"subject_kind\":\"lot\",\"subject\":\"" ID "\",\"class\":\"safety\",\"reason\":\"复检\\n待定\",\"open\":true}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"class\":\"certificate\"}", SY_ERR_OUT_OF_RANGE, "class" },
	{ "{\"subject_kind\":\"certificate\",\"class\":\"certificate\"}", SY_OK, "" },
	{ "{\"subject_kind\":\"report\"}", SY_ERR_UNKNOWN_CODE, "subject_kind" },
	{ "{\"open\":1}", SY_ERR_WRONG_TYPE, "open" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_hold, good, cases, SY_LEN(cases));
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_hold, good);
	record_computed(&sy_shape_hold, good);
	record_types(&sy_shape_hold, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_hold, good, "{}");
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
