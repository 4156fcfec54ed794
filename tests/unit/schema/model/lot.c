/* lot.c: the record "lot": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"product\":\"" ID "\",\"lot\":\"ZY260917A\",\"quantity\":{\"value\":5,\"uom\":\"TNE\"},\"produced\":\"2026-09-17\",\"harvested\":\"2026-09-10\","
    "\"best_before\":\"2027-09-16\",\"facility\":\"" ID2 "\",\"demonstration\":true,"
    "\"inputs\":[{\"kind\":\"pesticide\",\"name\":\"吡虫啉\",\"used_on\":\"2026-07-01\",\"stopped_on\":\"2026-07-02\"}],"
    "\"steps\":[{\"kind\":\"harvest\",\"on\":\"2026-09-10\",\"note\":\"一\\n二\"}],\"upstream\":[{\"name\":\"花生果\",\"lot\":\"H1\"}]}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"lot\":\"zy\"}", SY_ERR_BAD_CHARACTER, "lot" },
	{ "{\"quantity\":{\"value\":0,\"uom\":\"KGM\"}}", SY_ERR_OUT_OF_RANGE, "quantity.value" },
	{ "{\"quantity\":5}", SY_ERR_WRONG_TYPE, "quantity" },
	{ "{\"produced\":\"2026-02-30\"}", SY_ERR_BAD_DATE, "produced" },
	{ "{\"produced\":\"2026-09-09\"}", SY_ERR_OUT_OF_RANGE, "produced" },
	{ "{\"best_before\":\"2026-09-16\"}", SY_ERR_OUT_OF_RANGE, "best_before" },
	{ "{\"best_before\":\"2026-09-17\"}", SY_OK, "" },
	{ "{\"best_before\":\"2199-06-05\"}", SY_OK, "" }, /* 65534 days after 2020-01-01 */
	{ "{\"best_before\":\"2199-06-06\"}", SY_ERR_OUT_OF_RANGE, "best_before" },
	{ "{\"inputs\":[{\"kind\":\"pesticide\",\"name\":\"x\",\"used_on\":\"2026-07-03\",\"stopped_on\":\"2026-07-02\"}]}", SY_ERR_OUT_OF_RANGE, "inputs.0.stopped_on" },
	{ "{\"inputs\":[{\"kind\":\"magic\",\"name\":\"x\"}]}", SY_ERR_UNKNOWN_CODE, "inputs.0.kind" },
	{ "{\"inputs\":[7]}", SY_ERR_WRONG_TYPE, "inputs.0" },
	{ "{\"steps\":[{\"kind\":\"harvest\"}]}", SY_ERR_MISSING, "steps.0.on" },
	{ "{\"upstream\":{}}", SY_ERR_WRONG_TYPE, "upstream" },
	{ "{\"origin\":{\"county\":\"411724\"}}", SY_ERR_UNKNOWN_FIELD, "origin" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_lot, good, cases, SY_LEN(cases));
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_lot, good);
	record_computed(&sy_shape_lot, good);
	record_types(&sy_shape_lot, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_lot, good, "{\"origin\":{\"name\":\"演示基地\",\"kind\":\"field\",\"county\":\"411724\",\"village\":\"某村\"}}");
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
