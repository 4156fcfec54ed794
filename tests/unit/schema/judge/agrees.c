/* Judging as a whole: over every row of the built-in table, against forged
 * records, and against the shape that stored reports have. */
#include "schema/judge/judge.h"

#include "schema/model/shapes.h"
#include "schema/reference/reference.h"
#include "schema/wire/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct sy_json *
json(const char *text)
{
	struct sy_json *v = NULL;
	struct sy_fault f = { 0 };
	enum sy_err e = sy_json_parse(sy_span_str(text), &v, &f);
	if (e != SY_OK)
		fail_msg("%s at %zu in %s", sy_err_slug(e), f.offset, text);
	return v;
}

static int32_t
day(const char *text)
{
	int32_t d = 0;
	assert_int_equal(sy_date_parse(sy_span_str(text), &d, NULL), SY_OK);
	return d;
}

/* categories and extra are JSON inside the product object. */
static struct sy_json *
judge_as(const char *product_text, const char *items, const char *produced)
{
	char text[4000];
	assert_true(snprintf(text, sizeof(text), "{\"kind\":\"commissioned\",\"items\":[%s]}", items) < (int)sizeof(text));
	SY_AUTO_JSON *report = json(text);
	SY_AUTO_JSON *product = json(product_text);
	struct sy_json *judged = NULL;
	struct sy_fault f = { 0 };
	enum sy_err e = sy_judge_report(report, product, day(produced), &judged, &f);
	if (e != SY_OK)
		fail_msg("%s %s in %s", sy_err_slug(e), f.field, items);
	/* A second process comes to the same. */
	assert_int_equal(sy_judge_agrees(judged, product, day(produced), &f), SY_OK);
	return judged;
}

#define WHEAT "{\"categories\":[\"小麦\"],\"market\":\"CN\"}"
#define DRY_SHIITAKE "{\"categories\":[\"干花菇\",\"干香菇\",\"香菇\"],\"market\":\"CN\"}"
#define ITEM(analyte, value, unit, more) "{\"analyte\":\"" analyte "\",\"value\":\"" value "\",\"unit\":\"" unit "\"" more "}"
#define NOW "2026-09-20"

/* R: domain 3.3 rule 7, over the whole table: rows of another market, undated,
 * out of force or unverified never decide */
static void
only_good_rows_decide(void **state)
{
	(void)state;
	size_t n, decided = 0;
	const struct sy_limit *rows = sy_reference_limits(&n);
	static const char *const days[] = { "2025-12-01", "2026-09-02", "2026-11-23" };
	for (size_t i = 0; i < n * SY_LEN(days); i++) {
		const struct sy_limit *l = &rows[i / SY_LEN(days)];
		const char *on = days[i % SY_LEN(days)];
		char product[1200], item[900];
		(void)snprintf(product, sizeof(product), "{\"categories\":[\"%s\"],\"market\":\"CN\",\"declared_standard\":\"%s\",\"declared_grade\":\"%s\"}",
		    l->category, l->product_standard, l->grade);
		(void)snprintf(item, sizeof(item), "{\"analyte\":\"%s\",\"value\":\"0.001\",\"unit\":\"%s\",\"lod\":\"0.0001\"}", l->analyte,
		    l->unit[0] == '\0' ? "mg/kg" : l->unit);
		SY_AUTO_JSON *j = judge_as(product, item, on);
		const struct sy_json *it = sy_json_at(sy_json_get(j, "items"), 0);
		const struct sy_json *used = sy_json_get(it, "limit");
		const char *v = sy_json_get_str(it, "verdict");
		if (strcmp(v, "pass") != 0 && strcmp(v, "fail") != 0) {
			assert_string_equal(sy_json_get_str(j, "verdict"), "pending");
			continue;
		}
		decided++;
		assert_true(sy_json_bool(sy_json_get(used, "verified")));
		assert_non_null(sy_json_get_str(used, "valid_from"));
		assert_true(strcmp(sy_json_get_str(used, "valid_from"), on) <= 0);
		const char *to = sy_json_get_str(used, "valid_to");
		assert_true(to == NULL || strcmp(on, to) <= 0);
		assert_string_equal(sy_json_get_str(used, "market"), "CN");
		assert_string_equal(sy_json_get_str(used, "category"), l->category);
	}
	assert_true(decided > 300);
}

static void
expect_conflict(const char *report_text, const char *produced, const char *field)
{
	SY_AUTO_JSON *r = json(report_text);
	SY_AUTO_JSON *p = json(WHEAT);
	struct sy_fault f = { 0 };
	assert_int_equal(sy_judge_agrees(r, p, day(produced), &f), SY_ERR_CONFLICT);
	assert_string_equal(f.field, field);
}

/* What a server wholly in other hands may write into the computed fields. */
static void
forgeries_do_not_agree(void **state)
{
	(void)state;
	SY_AUTO_JSON *good = judge_as(WHEAT, ITEM("铅", "0.3", "mg/kg", ""), NOW);
	struct sy_buf b;
	sy_buf_init(&b, 100000);
	sy_json_print(good, &b);
	char text[8000], forged[8000];
	(void)snprintf(text, sizeof(text), "%s", sy_buf_cstr(&b));
	sy_buf_done(&b);
	assert_true(strlen(text) < sizeof(text) - 200);
	/* swap one piece of text for another, all over the report */
	static const struct { const char *from, *to, *produced, *field; } cases[] = {
		{ "\"verdict\":\"fail\"", "\"verdict\":\"pass\"", NOW, "items.0.verdict" },
		{ "\"value\":\"0.2\"", "\"value\":\"9\"", NOW, "items.0.limit" },
		{ "\"value\":\"0.3\"", "\"value\":\"0.1\"", NOW, "items.0.verdict" },
		{ "\"reading\":\"0.3\"", "\"reading\":\"0.1\"", NOW, "items.0.reading" },
		{ "\"valid_from\":\"2026-09-02\"", "\"valid_from\":\"2026-10-02\"", NOW, "items.0.limit" },
		{ "\"category\":\"小麦\"", "\"category\":\"小麦粉\"", NOW, "items.0.limit" },
		{ "\"market\":\"CN\"", "\"market\":\"EU\"", NOW, "items.0.limit" },
		{ "\"verified\":true", "\"verified\":false", NOW, "items.0.limit" },
		{ "\"judged_on\":\"2026-09-20\"", "\"judged_on\":\"2026-09-21\"", NOW, "judged_on" },
		{ "\"source\":\"https:", "\"source\":\"http:", NOW, "items.0.limit" },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		char *at = strstr(text, cases[i].from);
		assert_non_null(at);
		(void)snprintf(forged, sizeof(forged), "%.*s%s%s", (int)(at - text), text, cases[i].to, at + strlen(cases[i].from));
		expect_conflict(forged, cases[i].produced, cases[i].field);
	}
	/* the report's own verdict alone */
	char *last = strstr(strstr(text, "\"why\""), "\"verdict\":\"fail\"");
	assert_non_null(last);
	(void)snprintf(forged, sizeof(forged), "%.*s\"verdict\":\"pass\"%s", (int)(last - text), text, last + strlen("\"verdict\":\"fail\""));
	expect_conflict(forged, NOW, "verdict");
	/* another day: GB 2762-2025 was not yet in force */
	expect_conflict(text, "2026-08-01", "items.0.verdict");
	/* another version of the table is no way around the own table */
	char *v = strstr(text, "\"reference_version\":\"");
	(void)snprintf(forged, sizeof(forged), "%.*s\"reference_version\":\"x\"}", (int)(v - text), text);
	char *limit = strstr(forged, "\"value\":\"0.2\"");
	assert_non_null(limit);
	SY_AUTO_JSON *r = json(forged), *p = json(WHEAT);
	assert_int_equal(sy_judge_agrees(r, p, day(NOW), NULL), SY_OK);
}

/* What the judge writes is what the record's shape takes: the public body of a
 * stored report, with items that pass, fail, wait, are unread, and have no limit. */
static void
judged_report_fits_its_shape(void **state)
{
	(void)state;
	SY_AUTO_JSON *judged = judge_as(DRY_SHIITAKE,
	    ITEM("镉", "0.3", "mg/kg", ",\"lod\":\"0.002\",\"part\":\"edible\",\"dry_factor\":\"8\"") "," ITEM("铅", "9", "mg/kg", "") ","
	    ITEM("铅", "阴性", "mg/kg", "") "," ITEM("无机砷", "未检出", "mg/kg", "") "," ITEM("没有", "1", "mg/kg", "") ","
	    ITEM("百菌清", "0.1", "mg/kg", ",\"reference\":true"), NOW);
	SY_AUTO_JSON *rest = json("{\"number\":\"1\",\"centre\":\"000102030405060708090a0b0c0d0e0f\",\"lots\":[\"000102030405060708090a0b0c0d0e0f\"],"
	    "\"sample\":{\"number\":\"S1\",\"taken_on\":\"2026-09-21\",\"source\":\"sampled\"},\"tested_to\":\"2026-09-22\",\"demonstration\":true}");
	void *cursor = NULL;
	const char *name;
	const struct sy_json *v;
	while (sy_json_next(rest, &cursor, &name, &v))
		assert_int_equal(sy_json_set(judged, name, sy_json_copy(v)), SY_OK);
	assert_int_equal(sy_json_set(judged, "salt", sy_json_from_str("000102030405060708090a0b0c0d0e0f")), SY_OK);
	struct sy_fault f = { 0 };
	if (sy_shape_check_stored(&sy_shape_report, SY_PART_PUBLIC, judged, &f) != SY_OK)
		fail_msg("%s: %s", f.field, sy_err_slug(f.err));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_good_rows_decide),
		cmocka_unit_test(forgeries_do_not_agree),
		cmocka_unit_test(judged_report_fits_its_shape),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
