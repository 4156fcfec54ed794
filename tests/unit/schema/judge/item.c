/* One row of a report: fields read with their place, limits copied out and read back. */
#include "schema/judge/item.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static enum sy_err
read_item(const char *text, struct sy_fault *f)
{
	struct sy_json *v = NULL;
	struct sy_item it;
	*f = (struct sy_fault){ 0 };
	assert_int_equal(sy_json_parse(sy_span_str(text), &v, NULL), SY_OK);
	enum sy_err e = sy_item_read(v, &it, f);
	sy_json_free(v);
	return e;
}

static void
fields_and_their_faults(void **state)
{
	(void)state;
	struct sy_fault f;
	assert_int_equal(read_item("{\"analyte\":\"铅\",\"value\":\"0.1\",\"unit\":\"mg/kg\",\"lod\":null,\"loq\":\"0.05\"}", &f), SY_OK);
	static const struct { const char *text; enum sy_err err; const char *field; } bad[] = {
		{ "{\"value\":\"0.1\",\"unit\":\"mg/kg\"}", SY_ERR_MISSING, "analyte" },
		{ "{\"analyte\":1,\"value\":\"0.1\",\"unit\":\"mg/kg\"}", SY_ERR_WRONG_TYPE, "analyte" },
		{ "{\"analyte\":\"铅\",\"value\":1,\"unit\":\"mg/kg\"}", SY_ERR_WRONG_TYPE, "value" },
		{ "{\"analyte\":\"铅\",\"value\":\"\",\"unit\":\"mg/kg\"}", SY_ERR_MISSING, "value" },
		{ "{\"analyte\":\"铅\",\"value\":\"1\",\"unit\":\"公斤\"}", SY_ERR_UNKNOWN_UNIT, "unit" },
		{ "{\"analyte\":\"铅\",\"value\":\"1\",\"unit\":\"mg/kg\",\"loq\":\"1e3\"}", SY_ERR_BAD_NUMBER, "loq" },
		{ "{\"analyte\":\"铅\",\"value\":\"1\",\"unit\":\"mg/kg\",\"dry_factor\":\"0.9\"}", SY_ERR_OUT_OF_RANGE, "dry_factor" },
		{ "{\"analyte\":\"铅\",\"value\":\"1\",\"unit\":\"mg/kg\",\"dry_factor\":8}", SY_ERR_WRONG_TYPE, "dry_factor" },
	};
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		assert_int_equal(read_item(bad[i].text, &f), bad[i].err);
		assert_string_equal(f.field, bad[i].field);
	}
}

static void
every_limit_copies_and_reads_back(void **state)
{
	(void)state;
	size_t n;
	const struct sy_limit *rows = sy_reference_limits(&n);
	for (size_t i = 0; i < n; i++) {
		struct sy_json *v = NULL;
		struct sy_limit l;
		assert_int_equal(sy_item_limit_json(&rows[i], &v), SY_OK);
		assert_int_equal(sy_item_limit_parse(v, &l), SY_OK);
		assert_int_equal(l.op, rows[i].op);
		assert_string_equal(l.value, rows[i].value);
		assert_int_equal(l.valid_from, rows[i].valid_from);
		assert_int_equal(l.valid_to, rows[i].valid_to);
		assert_int_equal(l.verified, rows[i].verified);
		sy_json_free(v);
	}
	struct sy_limit l;
	assert_int_equal(sy_item_limit_parse(NULL, &l), SY_ERR_MALFORMED);
}

/* R: GB 2762-2025 表3, 表4 */
static void
totals_and_species(void **state)
{
	(void)state;
	assert_string_equal(sy_item_species("总汞"), "甲基汞");
	assert_string_equal(sy_item_species("总砷"), "无机砷");
	assert_null(sy_item_species("砷"));
	assert_null(sy_item_species("甲基汞"));
	assert_null(sy_item_species(NULL));
}

static void
dried_forms(void **state)
{
	(void)state;
	struct sy_query q = { .category = { "干花菇", "干香菇", "香菇" }, .categories = 3 };
	assert_true(sy_item_dried(&q, 2));
	assert_false(sy_item_dried(&q, 0));
	struct sy_query fresh = { .category = { "花菇", "香菇" }, .categories = 2 };
	assert_false(sy_item_dried(&fresh, 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_and_their_faults),
		cmocka_unit_test(every_limit_copies_and_reads_back),
		cmocka_unit_test(totals_and_species),
		cmocka_unit_test(dried_forms),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
