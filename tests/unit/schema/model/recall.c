/* recall.c: the record "recall": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"lots\":[\"" ID "\"],\"reason\":\"黄曲霉毒素超标\",\"class\":2,\"action\":\"请停止食用并退货\",\"open\":true}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"lots\":[]}", SY_ERR_TOO_SHORT, "lots" },
	{ "{\"class\":4}", SY_ERR_OUT_OF_RANGE, "class" },
	{ "{\"class\":\"2\"}", SY_ERR_WRONG_TYPE, "class" },
	{ "{\"action\":\"\"}", SY_ERR_TOO_SHORT, "action" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_recall, good, cases, SY_LEN(cases));
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_recall, good);
	record_computed(&sy_shape_recall, good);
	record_types(&sy_shape_recall, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_recall, good, "{}");
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
