/* release.c: the record "release": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"lot\":\"" ID "\",\"basis\":\"report\",\"reports\":[\"" ID2 "\"],\"quantity\":{\"value\":1000,\"uom\":\"KGM\"},\"units\":2000,\"grade\":1}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"reports\":null}", SY_ERR_MISSING, "reports" },
	{ "{\"reports\":[]}", SY_ERR_MISSING, "reports" },
	{ "{\"basis\":\"declared\"}", SY_ERR_MISSING, "certificates" },
	{ "{\"basis\":\"self_tested\",\"certificates\":[\"" ID "\"]}", SY_OK, "" },
	{ "{\"basis\":\"trust_me\"}", SY_ERR_UNKNOWN_CODE, "basis" },
	{ "{\"units\":0}", SY_OK, "" },
	{ "{\"units\":1073741824}", SY_OK, "" },
	{ "{\"units\":1073741825}", SY_ERR_OUT_OF_RANGE, "units" },
	{ "{\"units\":-1}", SY_ERR_OUT_OF_RANGE, "units" },
	{ "{\"grade\":16}", SY_ERR_OUT_OF_RANGE, "grade" },
	{ "{\"quantity\":{\"value\":-1,\"uom\":\"KGM\"}}", SY_ERR_OUT_OF_RANGE, "quantity.value" },
	{ "{\"quantity\":{\"value\":1,\"uom\":\"KGM\",\"x\":1}}", SY_ERR_UNKNOWN_FIELD, "quantity.x" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_release, good, cases, SY_LEN(cases));
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_release, good);
	record_computed(&sy_shape_release, good);
	record_types(&sy_shape_release, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_release, good, "{\"product\":\"" ID "\",\"certified\":5,\"county\":\"411724\",\"status_index\":77,\"best_before\":\"2027-09-16\",\"net_content\":{\"value\":500,\"uom\":\"GRM\"}}");
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
