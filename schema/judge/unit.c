/* unit.c: see unit.h. */
#include "schema/judge/unit.h"

#include <string.h>

enum sy_err
sy_unit_find(const char *text, const struct sy_unit **ret, struct sy_fault *reterr)
{
	*ret = sy_reference_unit(text);
	if (*ret == NULL)
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_UNIT, "", 0, text == NULL ? 0 : strlen(text));
	return SY_OK;
}

enum sy_err
sy_unit_convert(struct sy_decimal v, const struct sy_unit *from, const struct sy_unit *to, struct sy_decimal *ret)
{
	if (strcmp(from->dimension, to->dimension) != 0)
		return SY_ERR_UNIT_MISMATCH;
	struct sy_decimal base;
	SY_TRY(sy_decimal_mul_ratio(v, from->numerator, from->denominator, &base));
	return sy_decimal_mul_ratio(base, to->denominator, to->numerator, ret);
}
