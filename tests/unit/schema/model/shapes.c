/* shapes.c: the table of records: found by name, and each field fit to be read by a person. */
#include "tests/unit/schema/model/record.h"

static void
test_find(void **state)
{
	(void)state;
	static const char *const names[] = { "party", "facility", "product", "lot", "sample", "report", "certificate", "release", "allocation", "activation",
		"hold", "void", "recall" };
	for (size_t i = 0; i < SY_LEN(names); i++) {
		assert_string_equal(sy_shapes_find(names[i])->name, names[i]);
		assert_string_equal(sy_shapes_at(i)->name, names[i]);
	}
	assert_null(sy_shapes_at(SY_LEN(names)));
	assert_null(sy_shapes_find("trust"));
	assert_null(sy_shapes_find(""));
	assert_null(sy_shapes_find(NULL));
}

static void
check_shape(const struct sy_shape *s)
{
	assert_true(s->zh[0] != '\0' && s->en[0] != '\0');
	for (size_t i = 0; i < s->n; i++) {
		const struct sy_field *f = &s->field[i];
		assert_true(f->zh != NULL && f->en != NULL);
		assert_string_not_equal(f->name, "salt");
		assert_true((f->kind == SY_ENUM) <= (f->values != NULL));
		assert_true((f->kind == SY_OBJECT) <= (f->of != NULL));
		/* a private field that the server computes would never reach the client's copy */
		assert_false((f->flags & SY_PRIVATE) != 0 && (f->flags & (SY_COMPUTED | SY_REQUIRED)) != 0);
		for (size_t k = i + 1; k < s->n; k++)
			assert_string_not_equal(f->name, s->field[k].name);
		if (f->of != NULL)
			check_shape(f->of);
	}
}

static void
test_tables(void **state)
{
	(void)state;
	for (size_t i = 0; sy_shapes_at(i) != NULL; i++)
		check_shape(sy_shapes_at(i));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_tables),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
