/* R: suyuan-label(5), "File of codes": the facts; every wrong member is named. */
#include "tagger/facts.h"

#include "tagger/code/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "{\"product\":\"正阳花生\",\"lot\":\"A1\",\"host\":\"q.cn\""

static void
good(void **state)
{
	(void)state;
	struct sy_label_facts f;
	assert_int_equal(sy_label_facts_parse(sy_span_str(HEAD ",\"certified\":[\"gi\",\"commitment\"],\"demonstration\":true,\"first\":5,\"count\":9,\"best_before\":null}"), &f, NULL), SY_OK);
	assert_string_equal(f.product, "正阳花生");
	assert_int_equal(f.certified, SY_CERTIFIED_GI | SY_CERTIFIED_COMMITMENT);
	assert_true(f.demonstration);
	assert_int_equal(f.first, 5);
	assert_string_equal(f.best_before, "");
	assert_int_equal(sy_label_facts_parse(sy_span_str(HEAD "}"), &f, NULL), SY_OK);
	assert_int_equal(f.count, -1);
}

static void
refusals(void **state)
{
	(void)state;
	static const struct { const char *json; enum sy_err err; const char *field; } cases[] = {
		{ "[]", SY_ERR_WRONG_TYPE, "" }, { "{\"product\":\"a\",\"lot\":\"b\"}", SY_ERR_MISSING, "host" }, { HEAD ",\"lots\":\"b\"}", SY_ERR_UNKNOWN_FIELD, "lots" },
		{ HEAD ",\"origin\":5}", SY_ERR_WRONG_TYPE, "origin" }, { HEAD ",\"origin\":\"a\\nb\"}", SY_ERR_BAD_CHARACTER, "origin" },
		{ HEAD ",\"gtin\":\"123456789012345\"}", SY_ERR_TOO_LONG, "gtin" }, { HEAD ",\"certified\":[\"blue\"]}", SY_ERR_UNKNOWN_CODE, "certified" },
		{ HEAD ",\"certified\":\"green\"}", SY_ERR_WRONG_TYPE, "certified" }, { HEAD ",\"demonstration\":1}", SY_ERR_WRONG_TYPE, "demonstration" },
		{ HEAD ",\"count\":-1}", SY_ERR_OUT_OF_RANGE, "count" }, { HEAD ",\"count\":\"1\"}", SY_ERR_WRONG_TYPE, "count" }, { HEAD ",\"lot\":\"x\"}", SY_ERR_DUPLICATE_FIELD, "" },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		struct sy_label_facts f;
		struct sy_fault fault = { .err = SY_OK };
		assert_int_equal(sy_label_facts_parse(sy_span_str(cases[i].json), &f, &fault), cases[i].err);
		if (cases[i].field[0] != '\0')
			assert_string_equal(fault.field, cases[i].field);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(good), cmocka_unit_test(refusals) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
