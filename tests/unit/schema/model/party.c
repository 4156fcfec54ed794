/* party.c: the record "party": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"name\":\"驻马店演示花生加工厂\",\"uscc\":\"91411724MA00000012\",\"kinds\":[\"processor\"],\"county\":\"411724\",\"address\":\"正阳县演示路1号\","
    "\"demonstration\":true,\"contact_name\":\"王一\",\"licences\":[{\"kind\":\"SC\",\"number\":\"SC10241172300016\"}]}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"uscc\":\"91411724MA00000013\"}", SY_ERR_CHECK_DIGIT, "uscc" },
	{ "{\"kinds\":[]}", SY_ERR_TOO_SHORT, "kinds" },
	{ "{\"kinds\":[\"baker\"]}", SY_ERR_UNKNOWN_CODE, "kinds.0" },
	{ "{\"kinds\":[\"processor\",\"processor\"]}", SY_ERR_DUPLICATE_FIELD, "kinds.1" },
	{ "{\"kinds\":[1]}", SY_ERR_WRONG_TYPE, "kinds.0" },
	{ "{\"county\":\"000000\"}", SY_ERR_UNKNOWN_CODE, "county" },
	{ "{\"gln\":\"6901234567890\"}", SY_ERR_CHECK_DIGIT, "gln" },
	{ "{\"name\":\"\"}", SY_ERR_TOO_SHORT, "name" },
	{ "{\"name\":\"a\\nb\"}", SY_ERR_BAD_CHARACTER, "name" },
	{ "{\"name\":\"\xE2\x80\xAE\"}", SY_ERR_BAD_CHARACTER, "name" },
	{ "{\"demonstration\":\"true\"}", SY_ERR_WRONG_TYPE, "demonstration" },
	{ "{\"licences\":[{\"kind\":\"SC\",\"number\":\"SC10241172300017\"}]}", SY_ERR_CHECK_DIGIT, "licences.0.number" },
	{ "{\"licences\":[{\"kind\":\"CMA\",\"number\":\"231604120001\"},{\"kind\":\"CMA\",\"number\":\"1\"}]}", SY_ERR_TOO_SHORT, "licences.1.number" },
	{ "{\"licences\":[{\"kind\":\"CATL\",\"number\":\"[2023]农质检核(豫)字第0001号\"}]}", SY_OK, "" },
	{ "{\"licences\":[{\"kind\":\"OTHER\",\"number\":\"1\",\"valid_from\":\"2026-01-02\",\"valid_to\":\"2026-01-01\"}]}", SY_ERR_OUT_OF_RANGE, "licences.0.valid_to" },
	{ "{\"licences\":[{\"kind\":\"SC\"}]}", SY_ERR_MISSING, "licences.0.number" },
	{ "{\"licences\":[{\"kind\":\"OTHER\",\"number\":\"1\",\"x\":1}]}", SY_ERR_UNKNOWN_FIELD, "licences.0.x" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_party, good, cases, SY_LEN(cases));
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_party, good);
	record_computed(&sy_shape_party, good);
	record_types(&sy_shape_party, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_party, good, "{}");
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
