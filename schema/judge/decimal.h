/* decimal.h: exact non-negative decimals, as laboratories report them.
 *
 * Plain decimals only ("0", "12", "0.050"): anything else is BAD_NUMBER with
 * the byte and a hint of what to write (domain 3.4: lost superscripts, dates
 * made by spreadsheets, full-width digits). No floating point anywhere; what
 * does not fit 18 digits, 12 of them after the point, is OUT_OF_RANGE. */
#ifndef SY_SCHEMA_JUDGE_DECIMAL_H
#define SY_SCHEMA_JUDGE_DECIMAL_H

#include "schema/bytes.h"

#define SY_DECIMAL_SIZE 24 /* digits, point, "0." and NUL */
#define SY_DECIMAL_SCALE_MAX 12

/* digits / 10^scale; 18 digits at most. */
struct sy_decimal {
	uint64_t digits;
	uint8_t scale;
};

enum sy_err sy_decimal_parse(struct sy_span text, struct sy_decimal *ret, struct sy_fault *reterr) SY_MUST;
/* Canonical: no zeros in front, none behind the last place after the point. */
void sy_decimal_print(struct sy_decimal v, char ret[SY_DECIMAL_SIZE]);
/* -1, 0, 1 */
int sy_decimal_cmp(struct sy_decimal a, struct sy_decimal b);
/* Exact, else OUT_OF_RANGE (also when numerator/denominator gives no finite decimal). */
enum sy_err sy_decimal_mul_ratio(struct sy_decimal v, uint64_t numerator, uint64_t denominator, struct sy_decimal *ret) SY_MUST;
enum sy_err sy_decimal_mul(struct sy_decimal a, struct sy_decimal b, struct sy_decimal *ret) SY_MUST;

#endif
