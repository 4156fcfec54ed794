/* facility.c: the record "facility": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"party\":\"" ID "\",\"name\":\"演示基地\",\"kind\":\"field\",\"county\":\"411724\",\"township\":\"411724001\",\"area_mu\":300,\"demonstration\":true}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"township\":\"411726001\"}", SY_ERR_OUT_OF_RANGE, "township" },
	{ "{\"township\":null}", SY_OK, "" },
	{ "{\"township\":\"4117240\"}", SY_ERR_TOO_SHORT, "township" },
	{ "{\"area_mu\":0}", SY_ERR_OUT_OF_RANGE, "area_mu" },
	{ "{\"area_mu\":\"300\"}", SY_ERR_WRONG_TYPE, "area_mu" },
	{ "{\"party\":\"1\"}", SY_ERR_TOO_SHORT, "party" },
	{ "{\"kind\":\"garden\"}", SY_ERR_UNKNOWN_CODE, "kind" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_facility, good, cases, SY_LEN(cases));
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_facility, good);
	record_computed(&sy_shape_facility, good);
	record_types(&sy_shape_facility, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_facility, good, "{}");
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
