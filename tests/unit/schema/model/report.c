/* report.c: the record "report": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"number\":\"R-1\",\"centre\":\"" ID "\",\"kind\":\"commissioned\",\"lots\":[\"" ID2 "\"],\"sample\":\"" ID "\",\"received_on\":\"2026-09-20\","
    "\"tested_from\":\"2026-09-21\",\"tested_to\":\"2026-09-25\",\"items\":[{\"analyte\":\"黄曲霉毒素B₁\",\"value\":\"未检出\",\"unit\":\"μg/kg\",\"lod\":\"0.1\"}],"
    "\"client\":\"演示公司\",\"demonstration\":true}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"lots\":[]}", SY_ERR_TOO_SHORT, "lots" },
	{ "{\"lots\":[\"x\"]}", SY_ERR_BAD_CHARACTER, "lots.0" },
	{ "{\"lots\":[\"" ID "\",\"" ID "\"]}", SY_ERR_DUPLICATE_FIELD, "lots.1" },
	{ "{\"sample\":{\"number\":\"S-1\"}}", SY_ERR_WRONG_TYPE, "sample" },
	{ "{\"tested_to\":\"2026-09-20\"}", SY_ERR_OUT_OF_RANGE, "tested_to" },
	{ "{\"tested_from\":\"2026-09-19\"}", SY_ERR_OUT_OF_RANGE, "tested_from" },
	{ "{\"kind\":\"type\"}", SY_ERR_MISSING, "valid_to" },
	{ "{\"kind\":\"type\",\"valid_to\":\"2027-09-25\"}", SY_OK, "" },
	{ "{\"kind\":\"type\",\"valid_to\":\"2026-09-24\"}", SY_ERR_OUT_OF_RANGE, "valid_to" },
	{ "{\"valid_to\":\"2027-09-25\"}", SY_ERR_UNKNOWN_FIELD, "valid_to" },
	{ "{\"cma\":\"12\"}", SY_ERR_TOO_SHORT, "cma" },
	{ "{\"items\":[]}", SY_ERR_TOO_SHORT, "items" },
	{ "{\"items\":[{\"analyte\":\"铅\",\"unit\":\"mg/kg\"}]}", SY_ERR_MISSING, "items.0.value" },
	{ "{\"items\":[{\"analyte\":\"铅\",\"value\":1,\"unit\":\"mg/kg\"}]}", SY_ERR_WRONG_TYPE, "items.0.value" },
	{ "{\"items\":[{\"analyte\":\"铅\",\"value\":\"1\",\"unit\":\"\",\"verdict\":\"pass\"}]}", SY_ERR_UNKNOWN_FIELD, "items.0.verdict" },
	{ "{\"items\":[{\"analyte\":\"铅\",\"value\":\"1\",\"unit\":\"mg/kg\",\"part\":\"shell\"}]}", SY_ERR_UNKNOWN_CODE, "items.0.part" },
	{ "{\"items\":[{\"analyte\":\"铅\",\"value\":\"1\",\"unit\":\"mg/kg\",\"part\":\"other\",\"dry_factor\":\"8\"}]}", SY_OK, "" },
	{ "{\"document_sha256\":\"" ID "\"}", SY_ERR_TOO_SHORT, "document_sha256" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_report, good, cases, SY_LEN(cases));
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_report, good);
	record_computed(&sy_shape_report, good);
	record_types(&sy_shape_report, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_report, good, "{\"sample\":{\"number\":\"S-1\",\"taken_on\":\"2026-09-20\",\"source\":\"submitted\"},\"verdict\":\"pass\",\"judged_on\":\"2026-09-17\",\"reference_version\":\"1\","
    "\"items\":[{\"analyte\":\"黄曲霉毒素B₁\",\"value\":\"未检出\",\"unit\":\"μg/kg\",\"lod\":\"0.1\",\"reading\":\"未检出\",\"verdict\":\"pass\",\"part\":\"edible\",\"why\":{\"code\":\"nd\",\"zh\":\"未检出\",\"en\":\"not detected\"},"
    "\"limit\":{\"id\":\"1\",\"category\":\"花生\",\"analyte\":\"黄曲霉毒素B1\",\"basis\":\"\",\"method\":\"\",\"market\":\"CN\",\"product_standard\":\"\",\"grade\":\"\",\"operator\":\"<=\",\"value\":\"20\",\"unit\":\"μg/kg\",\"standard\":\"GB 2761-2017\",\"edition\":\"2017\",\"clause\":\"\",\"verified\":true,"
    "\"source\":\"x\",\"valid_from\":\"2017-09-17\",\"valid_to\":null}}]}");
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
