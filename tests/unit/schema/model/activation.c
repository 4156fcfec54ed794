/* activation.c: the record "activation": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"allocation\":\"" ID "\",\"first\":0,\"count\":100}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"first\":-1}", SY_ERR_OUT_OF_RANGE, "first" },
	{ "{\"count\":0}", SY_ERR_OUT_OF_RANGE, "count" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_activation, good, cases, SY_LEN(cases));
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_activation, good);
	record_computed(&sy_shape_activation, good);
	record_types(&sy_shape_activation, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_activation, good, "{}");
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
