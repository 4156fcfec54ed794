/* sc.c: see sc.h. */
#include "schema/model/sc.h"

#include "schema/model/county.h"
#include "schema/model/pattern.h"

/* ISO 7064 MOD 11,10 over 13 digits. */
static char
check_digit(const uint8_t *digits)
{
	unsigned p = 10;
	for (size_t i = 0; i < 13; i++) {
		unsigned s = (p + (unsigned)(digits[i] - '0')) % 10;
		p = (s == 0 ? 10 : s) * 2 % 11;
	}
	return (char)('0' + (11 - p) % 10);
}

enum sy_err
sy_sc_check(struct sy_span text, struct sy_fault *reterr)
{
	SY_TRY(sy_pattern_check(text, "SC99999999999999", reterr));
	if (text.data[2] != '1' && text.data[2] != '2')
		return sy_pattern_fault(reterr, SY_ERR_UNKNOWN_CODE, 2, 1, "第 3 位应为 1（食品）或 2（食品添加剂）", "Character 3 should be 1 (food) or 2 (additive)");
	if (!sy_county_province(sy_pattern_number(text, 5, 6)))
		return sy_pattern_fault(reterr, SY_ERR_UNKNOWN_CODE, 5, 2, "第 6、7 位不是已知的省级行政区划代码",
		    "Characters 6 and 7 are not the code of a province");
	return sy_pattern_digit(reterr, 15, check_digit(text.data + 2), (char)text.data[15]);
}
