/* gln.c: see gln.h. */
#include "schema/model/gln.h"

#include "schema/model/gtin.h"
#include "schema/model/pattern.h"

enum sy_err
sy_gln_check(struct sy_span text, struct sy_fault *reterr)
{
	SY_TRY(sy_pattern_check(text, "9999999999999", reterr));
	return sy_pattern_digit(reterr, 12, sy_gtin_digit(text.data, 12), (char)text.data[12]);
}
