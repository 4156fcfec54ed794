/* reference.c: look-ups in the built-in tables. Names are compared whole, after folding. */
#include "schema/reference/tables.h"

#include <string.h>

const char *
sy_reference_version(void)
{
	return sy_table_version;
}

#define TABLE(fn, type, table)                                                 \
	const struct type *fn(size_t *retcount)                                \
	{                                                                      \
		*retcount = sy_table_##table##_count;                          \
		return sy_table_##table;                                       \
	}

TABLE(sy_reference_limits, sy_limit, limits)
TABLE(sy_reference_categories, sy_category, categories)
TABLE(sy_reference_counties, sy_county, counties)
TABLE(sy_reference_townships, sy_township, townships)
TABLE(sy_reference_units, sy_unit, units)
TABLE(sy_reference_analytes, sy_analyte, analytes)
TABLE(sy_reference_gi, sy_gi, gi)
TABLE(sy_reference_certificate_kinds, sy_certificate_kind, certificate_kinds)

/* What one character becomes: 0 bytes for a blank, else up to 3 bytes. */
static size_t
fold_three(const uint8_t *p, char ret[3])
{
	unsigned c = ((p[0] & 0x0fu) << 12) | ((p[1] & 0x3fu) << 6) | (p[2] & 0x3fu);
	if (c == 0x3000u)
		return 0;
	if (c >= 0xff01u && c <= 0xff5eu) { /* full-width ASCII */
		ret[0] = (char)(c - 0xff01u + 0x21u);
		return ret[0] == ' ' ? 0 : 1;
	}
	if (c >= 0x2080u && c <= 0x2089u) { /* subscript digits, as in B₁ */
		ret[0] = (char)('0' + (int)(c - 0x2080u));
		return 1;
	}
	(void)memcpy(ret, p, 3);
	return 3;
}

enum sy_err
sy_reference_fold(struct sy_span text, char ret[SY_REFERENCE_FOLD_SIZE])
{
	size_t out = 0;
	for (size_t i = 0; i < text.len;) {
		const uint8_t *p = text.data + i;
		size_t left = text.len - i;
		char piece[3];
		size_t n = 1, used = 1;
		piece[0] = (char)p[0];
		if (p[0] == ' ' || p[0] == '\t') {
			n = 0;
		} else if ((p[0] & 0xe0u) == 0xc0u && left >= 2) {
			used = n = 2;
			(void)memcpy(piece, p, 2);
			if (p[0] == 0xc2u && p[1] == 0xb5u) { /* micro sign to Greek mu */
				piece[0] = '\xce';
				piece[1] = '\xbc';
			} else if (p[0] == 0xc2u && p[1] == 0xa0u) {
				n = 0;
			}
		} else if ((p[0] & 0xf0u) == 0xe0u && left >= 3) {
			used = 3;
			n = fold_three(p, piece);
		}
		if (out + n >= SY_REFERENCE_FOLD_SIZE)
			return SY_ERR_TOO_LONG;
		(void)memcpy(ret + out, piece, n);
		out += n;
		i += used;
	}
	ret[out] = '\0';
	return SY_OK;
}

static bool
fold_eq(const char *folded, struct sy_span other)
{
	char b[SY_REFERENCE_FOLD_SIZE];
	return sy_reference_fold(other, b) == SY_OK && strcmp(folded, b) == 0;
}

const struct sy_category *
sy_reference_category(const char *name)
{
	for (size_t i = 0; name != NULL && i < sy_table_categories_count; i++) {
		if (strcmp(sy_table_categories[i].category, name) == 0)
			return &sy_table_categories[i];
	}
	return NULL;
}

const struct sy_county *
sy_reference_county(const char *code)
{
	for (size_t i = 0; code != NULL && i < sy_table_counties_count; i++) {
		if (strcmp(sy_table_counties[i].code, code) == 0)
			return &sy_table_counties[i];
	}
	return NULL;
}

const struct sy_township *
sy_reference_township(const char *code)
{
	for (size_t i = 0; code != NULL && i < sy_table_townships_count; i++) {
		if (strcmp(sy_table_townships[i].code, code) == 0)
			return &sy_table_townships[i];
	}
	return NULL;
}

const struct sy_unit *
sy_reference_unit(const char *text)
{
	char folded[SY_REFERENCE_FOLD_SIZE];
	if (text == NULL || sy_reference_fold(sy_span_str(text), folded) != SY_OK)
		return NULL;
	for (size_t i = 0; i < sy_table_units_count; i++) {
		if (fold_eq(folded, sy_span_str(sy_table_units[i].unit)))
			return &sy_table_units[i];
	}
	return NULL;
}

const struct sy_analyte *
sy_reference_analyte(const char *name)
{
	char folded[SY_REFERENCE_FOLD_SIZE];
	if (name == NULL || sy_reference_fold(sy_span_str(name), folded) != SY_OK || folded[0] == '\0')
		return NULL;
	for (size_t i = 0; i < sy_table_analytes_count; i++) {
		const struct sy_analyte *a = &sy_table_analytes[i];
		if (fold_eq(folded, sy_span_str(a->analyte)))
			return a;
		struct sy_span rest = sy_span_str(a->aliases), alias;
		while (rest.len > 0 && sy_span_cut(&rest, ';', &alias)) {
			if (fold_eq(folded, alias))
				return a;
		}
	}
	return NULL;
}

int
sy_reference_gi_covers(const char *product, const char *county, const char *township)
{
	bool known = false, outside = false;
	for (size_t i = 0; i < sy_table_gi_count; i++) {
		const struct sy_gi *g = &sy_table_gi[i];
		if (product == NULL || strcmp(g->product, product) != 0)
			continue;
		known = true;
		if (county == NULL || strcmp(g->county, county) != 0) {
			outside = true;
			continue;
		}
		if (!g->verified || g->code[0] == '\0' || township == NULL || township[0] == '\0')
			return -1;
		if (strcmp(g->code, township) == 0)
			return 1;
		outside = true;
	}
	return known && outside ? 0 : -1;
}

static const char *const op_text[] = {
	[SY_LIMIT_AT_MOST] = "<=",
	[SY_LIMIT_AT_LEAST] = ">=",
	[SY_LIMIT_NOT_DETECTED] = "not_detected",
	[SY_LIMIT_NOT_PERMITTED] = "not_permitted",
	[SY_LIMIT_RANGE] = "range",
	[SY_LIMIT_PLAN] = "sampling_plan",
};

const char *
sy_reference_op_print(enum sy_limit_op op)
{
	return (size_t)op < SY_LEN(op_text) ? op_text[op] : "";
}

bool
sy_reference_op_parse(const char *text, enum sy_limit_op *ret)
{
	for (size_t i = 0; text != NULL && i < SY_LEN(op_text); i++) {
		if (strcmp(op_text[i], text) == 0) {
			*ret = (enum sy_limit_op)i;
			return true;
		}
	}
	return false;
}

bool
sy_reference_in_force(const struct sy_limit *l, int32_t day)
{
	return l->valid_from != SY_DAY_NONE && l->valid_from <= day && (l->valid_to == SY_DAY_NONE || day <= l->valid_to);
}
