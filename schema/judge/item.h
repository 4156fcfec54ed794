/* item.h: one row of a report: its fields read, its limit chosen, its verdict. */
#ifndef SY_SCHEMA_JUDGE_ITEM_H
#define SY_SCHEMA_JUDGE_ITEM_H

#include "schema/judge/rule.h"
#include "schema/judge/select.h"
#include "schema/wire/json.h"

struct sy_item {
	const char *analyte; /* canonical; NULL if unknown */
	bool reference;
	struct sy_measure measure;
	struct sy_ruling ruling;
	const struct sy_limit *limit; /* NULL: none */
};

/* Reads the fields that a laboratory fills in. Faults carry the field's name. */
enum sy_err sy_item_read(const struct sy_json *item, struct sy_item *ret, struct sy_fault *reterr) SY_MUST;
/* The methyl-Hg or inorganic-As row stands for the total (footnote of GB 2762 tables 3 and 4); NULL if not such a total. */
const char *sy_item_species(const char *analyte);
/* Was any category before `rank` a dried form, so that the row at `rank` is for the fresh food? */
bool sy_item_dried(const struct sy_query *q, size_t rank);
/* species_measured: the report also has the species of this total. */
enum sy_err sy_item_judge(struct sy_item *it, const struct sy_query *product, bool species_measured, const struct sy_limit *rows,
    size_t count) SY_MUST;
/* {"id","category","analyte","operator","value",...}, the copy kept in the record; NULL is JSON null. */
enum sy_err sy_item_limit_json(const struct sy_limit *l, struct sy_json **ret) SY_MUST;
/* Borrows from the JSON. MALFORMED. */
enum sy_err sy_item_limit_parse(const struct sy_json *v, struct sy_limit *ret) SY_MUST;

#endif
