/* product.c: the record "product": its fields, and the rules over several of them. */
#include "tests/unit/schema/model/record.h"

static const char good[] =
    "{\"party\":\"" ID "\",\"gtin\":\"09520123456788\",\"name\":\"正阳花生仁\",\"categories\":[\"花生\",\"油料\"],\"market\":\"CN\","
    "\"net_content\":{\"value\":500,\"uom\":\"GRM\"},\"group\":\"PEANUT\",\"demonstration\":true}";

static const struct record_case cases[] = {
	{ "{}", SY_OK, "" },
	{ "{\"gtin\":\"09520123456789\"}", SY_ERR_CHECK_DIGIT, "gtin" },
	{ "{\"own_item\":\"NIU1\"}", SY_ERR_UNKNOWN_FIELD, "own_item" },
	{ "{\"gtin\":null}", SY_ERR_MISSING, "own_item" },
	{ "{\"gtin\":null,\"own_item\":\"NIU1\"}", SY_OK, "" },
	{ "{\"categories\":[]}", SY_ERR_TOO_SHORT, "categories" },
	{ "{\"categories\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]}", SY_ERR_TOO_LONG, "categories" },
	{ "{\"categories\":[\"\"]}", SY_ERR_TOO_SHORT, "categories.0" },
	{ "{\"market\":\"US\"}", SY_ERR_UNKNOWN_CODE, "market" },
	{ "{\"group\":\"peanut\"}", SY_ERR_UNKNOWN_CODE, "group" },
	{ "{\"net_content\":{\"value\":0,\"uom\":\"GRM\"}}", SY_ERR_OUT_OF_RANGE, "net_content.value" },
	{ "{\"net_content\":{\"value\":1,\"uom\":\"斤\"}}", SY_ERR_UNKNOWN_UNIT, "net_content.uom" },
	{ "{\"net_content\":{\"value\":\"1\",\"uom\":\"GRM\"}}", SY_ERR_WRONG_TYPE, "net_content.value" },
	{ "{\"net_content\":{\"value\":1}}", SY_ERR_MISSING, "net_content.uom" },
	{ "{\"net_content\":null}", SY_OK, "" },
	{ "{\"shelf_life_days\":0}", SY_ERR_OUT_OF_RANGE, "shelf_life_days" },
	{ "{\"nonsense\":1}", SY_ERR_UNKNOWN_FIELD, "nonsense" },
	{ "{\"salt\":\"" ID "\"}", SY_ERR_UNKNOWN_FIELD, "salt" },
};

static void
test_cases(void **state)
{
	(void)state;
	record_check(&sy_shape_product, good, cases, SY_LEN(cases));
}

static void
test_every_field(void **state)
{
	(void)state;
	record_required(&sy_shape_product, good);
	record_computed(&sy_shape_product, good);
	record_types(&sy_shape_product, good);
}

static void
test_round_trip(void **state)
{
	(void)state;
	record_round_trip(&sy_shape_product, good, "{}");
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
