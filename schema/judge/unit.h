/* unit.h: exact conversion between units of one dimension (reference/units.csv). */
#ifndef SY_SCHEMA_JUDGE_UNIT_H
#define SY_SCHEMA_JUDGE_UNIT_H

#include "schema/judge/decimal.h"
#include "schema/reference/reference.h"

/* UNKNOWN_UNIT. Any spelling of the table, µ and μ alike, brackets of either width. */
enum sy_err sy_unit_find(const char *text, const struct sy_unit **ret, struct sy_fault *reterr) SY_MUST;
/* UNIT_MISMATCH across dimensions, OUT_OF_RANGE when the result does not fit. */
enum sy_err sy_unit_convert(struct sy_decimal v, const struct sy_unit *from, const struct sy_unit *to, struct sy_decimal *ret) SY_MUST;

#endif
