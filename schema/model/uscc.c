/* uscc.c: see uscc.h. */
#include "schema/model/uscc.h"

#include "schema/model/county.h"
#include "schema/model/pattern.h"

#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* GB 32100-2015 table 1: weight of place i is 3^(i-1) mod 31. */
static char
check_character(const uint8_t *text)
{
	unsigned sum = 0;
	unsigned weight = 1;
	for (size_t i = 0; i < 17; i++) {
		sum += (unsigned)(strchr(alphabet, text[i]) - alphabet) * weight;
		weight = weight * 3 % 31;
	}
	return alphabet[(31 - sum % 31) % 31];
}

enum sy_err
sy_uscc_check(struct sy_span text, struct sy_fault *reterr)
{
	SY_TRY(sy_pattern_set(text, alphabet, 18, 18, reterr));
	SY_TRY(sy_pattern_check(sy_span_sub(text, 0, 8), "XX999999", reterr));
	uint32_t region = sy_pattern_number(text, 2, 6);
	/* Numbers whose region is all zeros still pass the check character. */
	if (region != 100000 && !sy_county_province(region))
		return sy_pattern_fault(reterr, SY_ERR_UNKNOWN_CODE, 2, 2, "第 3、4 位不是已知的省级行政区划代码",
		    "Characters 3 and 4 are not the code of a province");
	return sy_pattern_digit(reterr, 17, check_character(text.data), (char)text.data[17]);
}
