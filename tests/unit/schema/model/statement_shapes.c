/* statement_shapes.c: which types have a subject and figures, and what these may hold. */
#include "schema/model/statement.h"
#include "tests/unit/schema/model/record.h"

static void
test_types(void **state)
{
	(void)state;
	static const char *const with[] = { "release", "allocation", "hold", "void", "recall", "activation" };
	size_t found = 0;
	for (size_t i = 0; sy_statement_type_at(i) != NULL; i++) {
		const struct sy_shape *subject = NULL, *figures = NULL;
		sy_statement_shapes(sy_statement_type_at(i), &subject, &figures);
		assert_true((subject == NULL) == (figures == NULL));
		found += subject != NULL;
	}
	assert_int_equal(found, SY_LEN(with));
	for (size_t i = 0; i < SY_LEN(with); i++) {
		const struct sy_shape *subject = NULL, *figures = NULL;
		sy_statement_shapes(with[i], &subject, &figures);
		assert_non_null(subject);
	}
	const struct sy_shape *subject = &sy_shape_lot, *figures = &sy_shape_lot;
	sy_statement_shapes("sample", &subject, &figures);
	assert_null(subject);
	sy_statement_shapes(NULL, &subject, &figures);
	assert_null(figures);
}

static void
figures(const char *type, const char *text, enum sy_err err)
{
	const struct sy_shape *subject = NULL, *shape = NULL;
	sy_statement_shapes(type, &subject, &shape);
	SY_AUTO_JSON *v = record_parse(text);
	assert_int_equal(sy_shape_check_plain(shape, v, NULL), err);
}

/* A range ends at the last unit of the 30-bit counter, never beyond. */
static void
test_ranges(void **state)
{
	(void)state;
	figures("allocation", "{\"first\":0,\"count\":1073741824}", SY_OK);
	figures("allocation", "{\"first\":1073741823,\"count\":1}", SY_OK);
	figures("allocation", "{\"first\":1073741823,\"count\":2}", SY_ERR_OUT_OF_RANGE);
	figures("activation", "{\"first\":1073741824,\"count\":1}", SY_ERR_OUT_OF_RANGE);
	figures("void", "{}", SY_OK);
	figures("void", "{\"first\":1}", SY_ERR_MISSING);
	figures("void", "{\"first\":1073741823,\"count\":2}", SY_ERR_OUT_OF_RANGE);
	figures("recall", "{\"open\":true,\"first\":1}", SY_ERR_UNKNOWN_FIELD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_ranges),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
