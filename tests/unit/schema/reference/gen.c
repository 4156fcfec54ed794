/* The built-in limits are the file's rows, field by field: the file is read here
 * by another parser (wire/csv) than the generator's own. */
#include "schema/reference/reference.h"

#include "schema/wire/csv.h"
#include "schema/wire/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *
read_file(const char *name, size_t *retlen)
{
	char path[1024];
	(void)snprintf(path, sizeof(path), "%s/schema/reference/%s", SUYUAN_SOURCE_DIR, name);
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	char *text = malloc(1 << 20);
	assert_non_null(text);
	*retlen = fread(text, 1, 1 << 20, f);
	assert_true(*retlen < 1 << 20);
	(void)fclose(f);
	return text;
}

static void
date_is(struct sy_span cell, int32_t day)
{
	int32_t d = SY_DAY_NONE;
	if (cell.len > 0)
		assert_int_equal(sy_date_parse(cell, &d, NULL), SY_OK);
	assert_int_equal(d, day);
}

static void
limits_are_the_file(void **state)
{
	(void)state;
	size_t len, n, row = 0;
	char *text = read_file("limits.csv", &len);
	const struct sy_limit *l = sy_reference_limits(&n);
	struct sy_csv c;
	bool more = true;
	sy_csv_init(&c, sy_span(text, len), 1 << 16);
	assert_int_equal(sy_csv_next(&c, &more, NULL), SY_OK); /* the head */
	for (; sy_csv_next(&c, &more, NULL) == SY_OK && more; row++, l++) {
		assert_true(row < n);
		assert_int_equal(c.n, 20);
		const char *const want[] = { l->id, l->category, l->analyte, l->analyte_en, l->cas, sy_reference_op_print(l->op), l->value, l->unit,
			l->basis, l->standard, l->edition, l->clause, l->method, l->market, l->product_standard, l->grade };
		for (size_t i = 0; i < SY_LEN(want); i++)
			assert_true(sy_span_eq_str(sy_csv_cell(&c, i), want[i]));
		date_is(sy_csv_cell(&c, 16), l->valid_from);
		date_is(sy_csv_cell(&c, 17), l->valid_to);
		assert_true(sy_span_eq_str(sy_csv_cell(&c, 18), l->source));
		assert_true(sy_span_eq_str(sy_csv_cell(&c, 19), l->verified ? "yes" : "no"));
	}
	assert_int_equal(row, n);
	sy_csv_done(&c);
	free(text);
}

/* The version is FNV-1a 64 (http://www.isthe.com/chongo/tech/comp/fnv/) of the files in their order. */
static void
version_is_of_these_bytes(void **state)
{
	(void)state;
	static const char *const files[] = { "limits.csv", "categories.csv", "counties.csv", "townships.csv", "units.csv", "analytes.csv", "gi.csv",
		"certificate_kinds.csv" };
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < SY_LEN(files); i++) {
		size_t len;
		char *text = read_file(files[i], &len);
		for (size_t j = 0; j < len; j++)
			h = (h ^ (uint8_t)text[j]) * UINT64_C(0x100000001b3);
		free(text);
	}
	char hex[17];
	(void)snprintf(hex, sizeof(hex), "%016llx", (unsigned long long)h);
	assert_string_equal(strrchr(sy_reference_version(), '.') + 1, hex);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(limits_are_the_file), cmocka_unit_test(version_is_of_these_bytes) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
