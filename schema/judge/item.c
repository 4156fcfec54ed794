/* item.c: see item.h. */
#include "schema/judge/item.h"

#include "schema/wire/time.h"

#include <string.h>

static enum sy_err
within(enum sy_err e, struct sy_fault *f, const char *name)
{
	if (e != SY_OK)
		sy_fault_within(f, name);
	return e;
}

/* An optional plain decimal, greater than nothing. */
static enum sy_err
read_decimal(const struct sy_json *item, const char *name, bool *rethas, struct sy_decimal *ret, struct sy_fault *reterr)
{
	const struct sy_json *v = sy_json_get(item, name);
	*rethas = false;
	if (sy_json_kind(v) == SY_JSON_ABSENT || sy_json_kind(v) == SY_JSON_NULL)
		return SY_OK;
	if (sy_json_kind(v) != SY_JSON_STR)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, name, 0, 0);
	SY_TRY(within(sy_decimal_parse(sy_span_str(sy_json_str(v)), ret, reterr), reterr, name));
	if (ret->digits == 0)
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, name, "必须大于 0", "Must be greater than 0");
	*rethas = true;
	return SY_OK;
}

static enum sy_err
need_text(const struct sy_json *item, const char *name, const char **ret, struct sy_fault *reterr)
{
	const struct sy_json *v = sy_json_get(item, name);
	if (sy_json_kind(v) == SY_JSON_ABSENT || sy_json_kind(v) == SY_JSON_NULL)
		return sy_fault_at(reterr, SY_ERR_MISSING, name, 0, 0);
	*ret = sy_json_str(v);
	return *ret != NULL ? SY_OK : sy_fault_at(reterr, SY_ERR_WRONG_TYPE, name, 0, 0);
}

enum sy_err
sy_item_read(const struct sy_json *item, struct sy_item *ret, struct sy_fault *reterr)
{
	const char *analyte = NULL, *value = NULL, *unit = NULL;
	*ret = (struct sy_item){ .measure.edible = true };
	struct sy_measure *m = &ret->measure;
	if (sy_json_kind(item) != SY_JSON_OBJECT)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "", 0, 0);
	SY_TRY(need_text(item, "analyte", &analyte, reterr));
	SY_TRY(need_text(item, "value", &value, reterr));
	SY_TRY(need_text(item, "unit", &unit, reterr));
	SY_TRY(within(sy_reading_parse(value, &m->reading, reterr), reterr, "value"));
	SY_TRY(within(sy_unit_find(unit, &m->unit, reterr), reterr, "unit"));
	SY_TRY(read_decimal(item, "lod", &m->has_lod, &m->lod, reterr));
	SY_TRY(read_decimal(item, "loq", &m->has_loq, &m->loq, reterr));
	SY_TRY(read_decimal(item, "dry_factor", &m->has_factor, &m->factor, reterr));
	if (m->has_factor && sy_decimal_cmp(m->factor, (struct sy_decimal){ .digits = 1 }) < 0)
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "dry_factor", "不能小于 1", "Cannot be less than 1");
	const char *part = sy_json_get_str(item, "part");
	m->edible = part == NULL || strcmp(part, "edible") == 0;
	ret->reference = sy_json_bool(sy_json_get(item, "reference"));
	const struct sy_analyte *a = sy_reference_analyte(analyte);
	ret->analyte = a == NULL ? NULL : a->analyte;
	sy_rule_reduce(m);
	return SY_OK;
}

const char *
sy_item_species(const char *analyte)
{
	if (analyte != NULL && strcmp(analyte, "总汞") == 0)
		return "甲基汞";
	return analyte != NULL && strcmp(analyte, "总砷") == 0 ? "无机砷" : NULL;
}

bool
sy_item_dried(const struct sy_query *q, size_t rank)
{
	for (size_t i = 0; i < rank && i < q->categories; i++) {
		const struct sy_category *c = sy_reference_category(q->category[i]);
		if (c != NULL && strcmp(c->state, "dried") == 0)
			return true;
	}
	return false;
}

static void
rule(struct sy_item *it, enum sy_verdict v, enum sy_why why)
{
	it->ruling.verdict = v;
	it->ruling.why = why;
}

/* Total first: where the food has a limit for the species and none as specific for the total. */
static enum sy_selected
choose(const struct sy_item *it, const struct sy_query *product, const struct sy_limit *rows, size_t count,
    const struct sy_limit **ret, size_t *retrank, bool *rettotal)
{
	struct sy_query q = *product;
	q.analyte = it->analyte;
	enum sy_selected s = sy_select_limit(rows, count, &q, ret, retrank);
	q.analyte = sy_item_species(it->analyte);
	*rettotal = false;
	if (q.analyte == NULL)
		return s;
	const struct sy_limit *l;
	size_t rank;
	enum sy_selected t = sy_select_limit(rows, count, &q, &l, &rank);
	if (t != SY_SELECTED_ONE || (s == SY_SELECTED_ONE && *retrank <= rank))
		return s;
	*ret = l;
	*retrank = rank;
	*rettotal = true;
	return t;
}

static enum sy_why
no_limit(enum sy_selected s)
{
	switch (s) {
	case SY_SELECTED_NONE_ON_DAY:
		return SY_WHY_NO_LIMIT_ON_DAY;
	case SY_SELECTED_NOT_DECLARED:
		return SY_WHY_NOT_DECLARED;
	case SY_SELECTED_SEVERAL:
		return SY_WHY_SEVERAL;
	case SY_SELECTED_UNVERIFIED_FIRST:
		return SY_WHY_UNVERIFIED_FIRST;
	case SY_SELECTED_ONE:
	case SY_SELECTED_REFERENCE:
	case SY_SELECTED_NONE:
	default:
		return SY_WHY_NO_LIMIT;
	}
}

enum sy_err
sy_item_judge(struct sy_item *it, const struct sy_query *product, bool species_measured, const struct sy_limit *rows, size_t count)
{
	size_t rank = 0;
	enum sy_selected s = SY_SELECTED_NONE;
	rule(it, SY_VERDICT_PENDING, SY_WHY_UNKNOWN_ANALYTE);
	if (it->analyte != NULL && product->disagree) {
		it->ruling.why = SY_WHY_CATEGORIES;
	} else if (it->analyte != NULL && product->categories == 0) {
		it->ruling.why = SY_WHY_NO_CATEGORY;
	} else if (it->analyte != NULL) {
		s = choose(it, product, rows, count, &it->limit, &rank, &it->measure.total);
		it->ruling.why = no_limit(s);
	}
	if (it->reference) {
		rule(it, SY_VERDICT_REFERENCE, SY_WHY_REFERENCE_ITEM);
		return SY_OK;
	}
	if (s == SY_SELECTED_REFERENCE) {
		rule(it, SY_VERDICT_REFERENCE, SY_WHY_UNVERIFIED);
		return SY_OK;
	}
	if (s != SY_SELECTED_ONE)
		return SY_OK;
	it->measure.dried = sy_item_dried(product, rank);
	SY_TRY(sy_rule_apply(it->limit, &it->measure, &it->ruling));
	if (it->ruling.why == SY_WHY_SPECIES_NEEDED && species_measured)
		rule(it, SY_VERDICT_REFERENCE, SY_WHY_SPECIES_DECIDES);
	return SY_OK;
}

static struct sy_json *
date_json(int32_t day)
{
	char text[SY_DATE_SIZE];
	if (day == SY_DAY_NONE)
		return sy_json_null();
	sy_date_print(day, text);
	return sy_json_from_str(text);
}

enum sy_err
sy_item_limit_json(const struct sy_limit *l, struct sy_json **ret)
{
	if (l == NULL) {
		*ret = sy_json_null();
		return *ret == NULL ? SY_ERR_NO_MEMORY : SY_OK;
	}
	return sy_json_pack(ret, "{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:o,s:o,s:o}", "id", l->id, "category",
	    l->category, "analyte", l->analyte, "operator", sy_reference_op_print(l->op), "value", l->value, "unit", l->unit, "basis",
	    l->basis, "standard", l->standard, "edition", l->edition, "clause", l->clause, "method", l->method, "market", l->market,
	    "product_standard", l->product_standard, "grade", l->grade, "source", l->source, "verified", sy_json_from_bool(l->verified),
	    "valid_from", date_json(l->valid_from), "valid_to", date_json(l->valid_to));
}

static bool
text_of(const struct sy_json *v, const char *name, const char **ret)
{
	*ret = sy_json_get_str(v, name);
	return *ret != NULL;
}

enum sy_err
sy_item_limit_parse(const struct sy_json *v, struct sy_limit *ret)
{
	*ret = (struct sy_limit){ .id = "", .analyte_en = "", .cas = "", .valid_from = SY_DAY_NONE, .valid_to = SY_DAY_NONE };
	bool ok = text_of(v, "category", &ret->category) && text_of(v, "analyte", &ret->analyte) && text_of(v, "value", &ret->value) &&
	    text_of(v, "unit", &ret->unit) && text_of(v, "basis", &ret->basis) && text_of(v, "standard", &ret->standard) &&
	    text_of(v, "market", &ret->market) && sy_reference_op_parse(sy_json_get_str(v, "operator"), &ret->op);
	if (!ok)
		return SY_ERR_MALFORMED;
	ret->verified = sy_json_bool(sy_json_get(v, "verified"));
	const char *from = sy_json_get_str(v, "valid_from"), *to = sy_json_get_str(v, "valid_to");
	if (from != NULL)
		SY_TRY(sy_date_parse(sy_span_str(from), &ret->valid_from, NULL));
	if (to != NULL)
		SY_TRY(sy_date_parse(sy_span_str(to), &ret->valid_to, NULL));
	return SY_OK;
}
