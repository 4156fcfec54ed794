/* certificate.c: the record "certificate": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"kind\":\"green\",\"number\":\"LB-15-26012700330A\",\"holder\":\"" ID "\",\"enterprise_code\":\"GF411724260001\",\"products\":[\"" ID2 "\"],"
    "\"valid_from\":\"2026-01-10\",\"valid_to\":\"2029-01-09\",\"demonstration\":true}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"number\":\"LB-15-26132700330A\"}", SY_ERR_OUT_OF_RANGE, "number" },
	{ "{\"kind\":\"organic\"}", SY_ERR_BAD_CHARACTER, "number" },
	{ "{\"kind\":\"organic\",\"number\":\"227OP2600099\"}", SY_OK, "" },
	{ "{\"kind\":\"gi\",\"number\":\"AGI2012-02-869\",\"valid_to\":null,\"counties\":[\"411724\"]}", SY_OK, "" },
	{ "{\"kind\":\"gi\",\"number\":\"正阳花生\"}", SY_ERR_MALFORMED, "number" },
	{ "{\"valid_to\":null}", SY_ERR_MISSING, "valid_to" },
	{ "{\"valid_to\":\"2025-01-09\"}", SY_ERR_OUT_OF_RANGE, "valid_to" },
	{ "{\"products\":[]}", SY_ERR_MISSING, "products" },
	{ "{\"products\":null}", SY_ERR_MISSING, "products" },
	{ "{\"enterprise_code\":\"GF41\"}", SY_ERR_TOO_SHORT, "enterprise_code" },
	{ "{\"counties\":[\"411724\",\"9\"]}", SY_ERR_TOO_SHORT, "counties.1" },
	/* a declaration's fields are a declaration's */
	{ "{\"style\":\"producer\"}", SY_ERR_UNKNOWN_FIELD, "style" },
	{ "{\"lot\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "lot" },
	{ "{\"kind\":\"commitment\"}", SY_ERR_MISSING, "style" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_certificate, good, cases, SY_LEN(cases));
}

static const char declaration[] =
    "{\"kind\":\"commitment\",\"number\":\"HG-1\",\"holder\":\"" ID "\",\"style\":\"producer\",\"edition\":2026,\"grounds\":[\"self_test\"],"
    "\"lot\":\"" ID2 "\",\"issued_on\":\"2026-09-18\",\"demonstration\":true}";

/* R: order 2025-4 of the ministry: in force 2026-02-01, its form mandatory from 2026-05-01. */
static const struct record_case declaration_cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"grounds\":[]}", SY_ERR_TOO_SHORT, "grounds" },
	{ "{\"grounds\":[\"self_promise\"]}", SY_ERR_UNKNOWN_CODE, "grounds" },
	{ "{\"edition\":2021}", SY_ERR_OUT_OF_RANGE, "edition" },
	{ "{\"edition\":2024}", SY_ERR_OUT_OF_RANGE, "edition" },
	{ "{\"edition\":2021,\"issued_on\":\"2026-04-30\",\"grounds\":[\"self_promise\"]}", SY_OK, "" },
	{ "{\"issued_on\":\"2026-01-31\"}", SY_ERR_OUT_OF_RANGE, "edition" },
	{ "{\"lot\":null}", SY_ERR_MISSING, "lot" },
	{ "{\"issued_on\":null}", SY_ERR_MISSING, "issued_on" },
};

static void
test_declaration(void **state)
{
	(void)state;
	record_check(&sy_shape_certificate, declaration, declaration_cases, SY_LEN(declaration_cases));
	record_round_trip(&sy_shape_certificate, declaration, "{}");
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_certificate, good);
	record_computed(&sy_shape_certificate, good);
	record_types(&sy_shape_certificate, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_certificate, good, "{}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_declaration),
		cmocka_unit_test(test_every_field),
		cmocka_unit_test(test_round_trip),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
