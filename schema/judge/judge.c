/* judge.c: see judge.h. */
#include "schema/judge/judge.h"

#include "schema/judge/item.h"
#include "schema/wire/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ITEMS_MAX 1000

struct work {
	struct sy_item *item;
	size_t count;
	struct sy_query product;
};

static void
work_done(struct work *w)
{
	free(w->item);
}

static enum sy_err
item_fault(enum sy_err e, struct sy_fault *f, size_t i)
{
	char at[32];
	if (e == SY_OK)
		return e;
	(void)snprintf(at, sizeof(at), "items.%zu", i);
	/* A fault that only has a code still says where. */
	if (f != NULL && f->err == SY_OK)
		(void)sy_fault_at(f, e, "", 0, 0);
	sy_fault_within(f, at);
	return e;
}

static void
read_product(const struct sy_json *product, int32_t day, struct sy_query *ret)
{
	const struct sy_json *cats = sy_json_get(product, "categories");
	*ret = (struct sy_query){ .day = day };
	ret->market = sy_json_get_str(product, "market");
	ret->standard = sy_json_get_str(product, "declared_standard");
	ret->grade = sy_json_get_str(product, "declared_grade");
	for (size_t i = 0; i < sy_json_len(cats) && !ret->disagree; i++) {
		const char *c = sy_json_str(sy_json_at(cats, i));
		if (c != NULL && c[0] != '\0')
			sy_select_category(ret, c);
	}
}

static bool
has_species(const struct work *w, const char *species)
{
	for (size_t i = 0; species != NULL && i < w->count; i++) {
		if (!w->item[i].reference && w->item[i].analyte != NULL && strcmp(w->item[i].analyte, species) == 0)
			return true;
	}
	return false;
}

static enum sy_err
judge_items(const struct sy_json *report, const struct sy_json *product, int32_t day, struct work *w, struct sy_fault *reterr)
{
	const struct sy_json *items = sy_json_get(report, "items");
	size_t rows_count;
	const struct sy_limit *rows = sy_reference_limits(&rows_count);
	if (sy_json_kind(items) != SY_JSON_ARRAY)
		return sy_fault_at(reterr, sy_json_kind(items) == SY_JSON_ABSENT ? SY_ERR_MISSING : SY_ERR_WRONG_TYPE, "items", 0, 0);
	if (sy_json_len(items) > ITEMS_MAX)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "items", 0, 0);
	read_product(product, day, &w->product);
	w->count = sy_json_len(items);
	w->item = calloc(w->count + 1, sizeof(*w->item));
	if (w->item == NULL)
		return SY_ERR_NO_MEMORY;
	for (size_t i = 0; i < w->count; i++)
		SY_TRY(item_fault(sy_item_read(sy_json_at(items, i), &w->item[i], reterr), reterr, i));
	for (size_t i = 0; i < w->count; i++) {
		bool measured = has_species(w, sy_item_species(w->item[i].analyte));
		SY_TRY(item_fault(sy_item_judge(&w->item[i], &w->product, measured, rows, rows_count), reterr, i));
	}
	return SY_OK;
}

/* Rules 1 and 3: what counts is what was judged; one item that waits makes the report wait, unless another failed. */
static enum sy_verdict
report_verdict(const struct work *w)
{
	size_t pass = 0, fail = 0, pending = 0;
	for (size_t i = 0; i < w->count; i++) {
		enum sy_verdict v = w->item[i].ruling.verdict;
		pass += v == SY_VERDICT_PASS ? 1 : 0;
		fail += v == SY_VERDICT_FAIL ? 1 : 0;
		pending += v == SY_VERDICT_PENDING ? 1 : 0;
	}
	if (fail > 0)
		return SY_VERDICT_FAIL;
	return pending > 0 || pass == 0 ? SY_VERDICT_PENDING : SY_VERDICT_PASS;
}

static enum sy_err
why_json(const struct sy_ruling *r, struct sy_json **ret)
{
	char zh[400], en[400];
	bool f = r->figures[0] != '\0';
	(void)snprintf(zh, sizeof(zh), "%s%s%s%s", sy_why_zh(r->why), f ? "（" : "", r->figures, f ? "）" : "");
	(void)snprintf(en, sizeof(en), "%s%s%s%s", sy_why_en(r->why), f ? " (" : "", r->figures, f ? ")" : "");
	return sy_json_pack(ret, "{s:s,s:s,s:s}", "code", sy_why_code(r->why), "zh", zh, "en", en);
}

/* The item as the laboratory wrote it, and what follows from it. */
static enum sy_err
item_json(const struct sy_json *given, const struct sy_item *it, struct sy_json **ret)
{
	char reading[SY_READING_TEXT_SIZE];
	struct sy_json *limit = NULL, *why = NULL;
	SY_AUTO_JSON *out = sy_json_copy(given);
	if (out == NULL)
		return SY_ERR_NO_MEMORY;
	sy_reading_print(&it->measure.reading, reading);
	SY_TRY(sy_item_limit_json(it->limit, &limit));
	SY_TRY(sy_json_set(out, "limit", limit));
	SY_TRY(sy_json_set(out, "reading", reading[0] == '\0' ? sy_json_null() : sy_json_from_str(reading)));
	SY_TRY(sy_json_set(out, "verdict", sy_json_from_str(sy_verdict_print(it->ruling.verdict))));
	SY_TRY(why_json(&it->ruling, &why));
	SY_TRY(sy_json_set(out, "why", why));
	*ret = out;
	out = NULL;
	return SY_OK;
}

enum sy_err
sy_judge_report(const struct sy_json *report, const struct sy_json *product, int32_t produced_day, struct sy_json **ret_judged,
    struct sy_fault *reterr)
{
	SY_CLEANUP(work_done) struct work w = { 0 };
	SY_TRY(judge_items(report, product, produced_day, &w, reterr));
	SY_AUTO_JSON *out = sy_json_copy(report);
	SY_AUTO_JSON *items = sy_json_array();
	if (out == NULL || items == NULL)
		return SY_ERR_NO_MEMORY;
	const struct sy_json *given = sy_json_get(report, "items");
	for (size_t i = 0; i < w.count; i++) {
		struct sy_json *item = NULL;
		SY_TRY(item_json(sy_json_at(given, i), &w.item[i], &item));
		SY_TRY(sy_json_append(items, item));
	}
	struct sy_json *moved = items;
	items = NULL;
	SY_TRY(sy_json_set(out, "items", moved));
	char day[SY_DATE_SIZE];
	sy_date_print(produced_day, day);
	SY_TRY(sy_json_set(out, "verdict", sy_json_from_str(sy_verdict_print(report_verdict(&w)))));
	SY_TRY(sy_json_set(out, "judged_on", sy_json_from_str(day)));
	SY_TRY(sy_json_set(out, "reference_version", sy_json_from_str(sy_reference_version())));
	*ret_judged = out;
	out = NULL;
	return SY_OK;
}

static bool
same_text(const struct sy_json *a, const struct sy_json *b, const char *name)
{
	const char *x = sy_json_get_str(a, name), *y = sy_json_get_str(b, name);
	return x != NULL && y != NULL && strcmp(x, y) == 0;
}

/* The stored verdict follows from the stored limit, whatever table it came from. */
static bool
stored_follows(const struct sy_json *stored, const struct sy_item *own, const struct sy_query *product)
{
	const char *verdict = sy_json_get_str(stored, "verdict");
	bool decided = verdict != NULL && (strcmp(verdict, "pass") == 0 || strcmp(verdict, "fail") == 0);
	struct sy_limit l;
	if (!decided)
		return verdict != NULL;
	if (own->analyte == NULL || own->reference || sy_item_limit_parse(sy_json_get(stored, "limit"), &l) != SY_OK)
		return false;
	const char *species = sy_item_species(own->analyte);
	struct sy_measure m = own->measure;
	m.total = strcmp(l.analyte, own->analyte) != 0;
	size_t rank = 0;
	while (rank < product->categories && strcmp(product->category[rank], l.category) != 0)
		rank++;
	bool applies = l.verified && sy_reference_in_force(&l, product->day) && rank < product->categories && product->market != NULL &&
	    strcmp(product->market, l.market) == 0 && (!m.total || (species != NULL && strcmp(l.analyte, species) == 0));
	m.dried = sy_item_dried(product, rank);
	struct sy_ruling r;
	return applies && sy_rule_apply(&l, &m, &r) == SY_OK && strcmp(sy_verdict_print(r.verdict), verdict) == 0;
}

static enum sy_err
differs(struct sy_fault *f, size_t i, const char *what)
{
	char at[64];
	(void)snprintf(at, sizeof(at), "items.%zu.%s", i, what);
	return sy_fault_at(f, SY_ERR_CONFLICT, at, 0, 0);
}

enum sy_err
sy_judge_agrees(const struct sy_json *report, const struct sy_json *product, int32_t produced_day, struct sy_fault *reterr)
{
	SY_CLEANUP(work_done) struct work w = { 0 };
	SY_TRY(judge_items(report, product, produced_day, &w, reterr));
	const char *version = sy_json_get_str(report, "reference_version");
	bool same_table = version != NULL && strcmp(version, sy_reference_version()) == 0;
	const struct sy_json *items = sy_json_get(report, "items");
	for (size_t i = 0; i < w.count; i++) {
		const struct sy_json *stored = sy_json_at(items, i);
		struct sy_json *own_raw = NULL;
		SY_TRY(item_json(stored, &w.item[i], &own_raw));
		SY_AUTO_JSON *own = own_raw;
		if (!same_text(stored, own, "verdict"))
			return differs(reterr, i, "verdict");
		if (!stored_follows(stored, &w.item[i], &w.product))
			return differs(reterr, i, "limit");
		if (!sy_json_eq(sy_json_get(stored, "reading"), sy_json_get(own, "reading")))
			return differs(reterr, i, "reading");
		if (same_table && !sy_json_eq(sy_json_get(stored, "limit"), sy_json_get(own, "limit")))
			return differs(reterr, i, "limit");
	}
	const char *verdict = sy_json_get_str(report, "verdict");
	if (verdict == NULL || strcmp(verdict, sy_verdict_print(report_verdict(&w))) != 0)
		return sy_fault_at(reterr, SY_ERR_CONFLICT, "verdict", 0, 0);
	char day[SY_DATE_SIZE];
	sy_date_print(produced_day, day);
	const char *on = sy_json_get_str(report, "judged_on");
	if (on == NULL || strcmp(on, day) != 0)
		return sy_fault_at(reterr, SY_ERR_CONFLICT, "judged_on", 0, 0);
	return SY_OK;
}
