/* void.c: the record "void": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"subject_kind\":\"labels\",\"subject\":\"" ID "\",\"first\":0,\"count\":5,\"reason\":\"打印损坏\"}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"first\":null}", SY_ERR_MISSING, "first" },
	{ "{\"count\":null}", SY_ERR_MISSING, "count" },
	{ "{\"subject_kind\":\"report\"}", SY_ERR_UNKNOWN_FIELD, "first" },
	{ "{\"subject_kind\":\"report\",\"first\":null,\"count\":null}", SY_OK, "" },
	{ "{\"subject_kind\":\"lot\"}", SY_ERR_UNKNOWN_CODE, "subject_kind" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_void, good, cases, SY_LEN(cases));
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_void, good);
	record_computed(&sy_shape_void, good);
	record_types(&sy_shape_void, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_void, good, "{}");
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
