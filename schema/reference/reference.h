/* reference.h: the tables judged by and chosen from, built in at compile time
 * out of the CSV files beside this one (README.md says where each came from).
 *
 * Rows are constant and live for ever; nothing here allocates. Names are
 * matched exactly after sy_reference_fold(), never as a part of another. */
#ifndef SY_SCHEMA_REFERENCE_REFERENCE_H
#define SY_SCHEMA_REFERENCE_REFERENCE_H

#include "schema/bytes.h"

#define SY_DAY_NONE INT32_MIN /* no date given */
#define SY_REFERENCE_FOLD_SIZE 200

enum sy_limit_op {
	SY_LIMIT_AT_MOST,
	SY_LIMIT_AT_LEAST,
	SY_LIMIT_NOT_DETECTED,
	SY_LIMIT_NOT_PERMITTED, /* an additive that may not be used */
	SY_LIMIT_RANGE, /* value "a-b" */
	SY_LIMIT_PLAN, /* value "n=5;c=2;m=10;M=100"; without M: none above it */
};

struct sy_limit {
	const char *id;
	const char *category;
	const char *analyte;
	const char *analyte_en;
	const char *cas;
	enum sy_limit_op op;
	const char *value;
	const char *unit;
	const char *basis; /* "" | edible | dry | fat | loq */
	const char *standard;
	const char *edition;
	const char *clause;
	const char *method;
	const char *market; /* CN EU HK */
	const char *product_standard; /* judges only what declares it; "" for all */
	const char *grade; /* the same for the grade */
	int32_t valid_from; /* SY_DAY_NONE: never judges */
	int32_t valid_to; /* last day; SY_DAY_NONE: in force */
	const char *source;
	bool verified; /* false: shown as 参考, never decides */
};

struct sy_category {
	const char *category;
	const char *group; /* one of twelve, or "" */
	const char *category_en;
	const char *broader; /* "" at the top */
	const char *state; /* "dried": GB 2762-2025 3.5 */
	const char *source;
	bool verified;
};

struct sy_county {
	const char *code;
	const char *name;
	const char *name_en;
	const char *note;
	const char *source;
	bool verified;
};

struct sy_township {
	const char *code;
	const char *name;
	const char *county;
	const char *source;
	bool verified;
};

/* numerator/denominator turn the unit into the base of its dimension. */
struct sy_unit {
	const char *unit;
	const char *canonical;
	const char *dimension;
	uint64_t numerator;
	uint64_t denominator;
	const char *basis; /* "dry": the text itself says 干重计 */
	const char *source;
	bool verified;
};

struct sy_analyte {
	const char *analyte;
	const char *analyte_en;
	const char *cas;
	const char *aliases; /* separated by ';' */
	const char *source;
	bool verified;
};

/* One row per township of the area, or one with township "" where only the county is known. */
struct sy_gi {
	const char *product;
	const char *product_en;
	const char *township; /* as announced */
	const char *township_today;
	const char *code;
	const char *county;
	const char *announcement;
	const char *announced;
	const char *note;
	const char *source;
	bool verified;
};

struct sy_certificate_kind {
	const char *kind;
	const char *name;
	const char *number_format;
	const char *number_pattern;
	const char *validity;
	const char *validity_unit;
	const char *source;
	bool verified;
};

/* Newest edition's date, rows of limits, FNV-1a 64 of all CSV bytes: "2026-09-02.640.0123456789abcdef". */
const char *sy_reference_version(void);

/* Everything, in the order of the files. */
const struct sy_limit *sy_reference_limits(size_t *retcount);
const struct sy_category *sy_reference_categories(size_t *retcount);
const struct sy_county *sy_reference_counties(size_t *retcount);
const struct sy_township *sy_reference_townships(size_t *retcount);
const struct sy_unit *sy_reference_units(size_t *retcount);
const struct sy_analyte *sy_reference_analytes(size_t *retcount);
const struct sy_gi *sy_reference_gi(size_t *retcount);
const struct sy_certificate_kind *sy_reference_certificate_kinds(size_t *retcount);

/* One way to write what people write in many: full-width ASCII to half-width,
 * subscript digits to digits, µ to μ, blanks dropped. TOO_LONG. */
enum sy_err sy_reference_fold(struct sy_span text, char ret[SY_REFERENCE_FOLD_SIZE]) SY_MUST;

/* NULL: not in the table. */
const struct sy_category *sy_reference_category(const char *name);
const struct sy_county *sy_reference_county(const char *code);
const struct sy_township *sy_reference_township(const char *code);
const struct sy_unit *sy_reference_unit(const char *text);
const struct sy_analyte *sy_reference_analyte(const char *name_or_alias);
/* Is the township (9 digits, or "" when unknown) of the county in the product's area?
 * 1 yes, 0 no, -1 cannot be told (product unknown, area known by county only, or row unverified). */
int sy_reference_gi_covers(const char *product, const char *county, const char *township);
/* op as in the CSV: "<=", "not_detected", ... */
const char *sy_reference_op_print(enum sy_limit_op op);
bool sy_reference_op_parse(const char *text, enum sy_limit_op *ret);
/* In force on that day: has a first day, and the day lies inside. */
bool sy_reference_in_force(const struct sy_limit *l, int32_t day);

#endif
