/* sample.c: the record "sample": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"number\":\"JK(2026)-SA-001\",\"lot\":\"" ID "\",\"taken_on\":\"2026-09-20\",\"source\":\"sampled\",\"base_quantity\":{\"value\":5,\"uom\":\"TNE\"},"
    "\"sample_quantity\":{\"value\":2000,\"uom\":\"GRM\"},\"taken_by\":\"李二\",\"demonstration\":true}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"sample_quantity\":{\"value\":6,\"uom\":\"TNE\"}}", SY_ERR_OUT_OF_RANGE, "sample_quantity" },
	{ "{\"sample_quantity\":{\"value\":12,\"uom\":\"EA\"}}", SY_OK, "" },
	{ "{\"source\":\"found\"}", SY_ERR_UNKNOWN_CODE, "source" },
	{ "{\"taken_on\":\"2026-9-20\"}", SY_ERR_BAD_DATE, "taken_on" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_sample, good, cases, SY_LEN(cases));
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_sample, good);
	record_computed(&sy_shape_sample, good);
	record_types(&sy_shape_sample, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_sample, good, "{}");
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
