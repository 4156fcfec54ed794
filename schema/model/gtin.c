/* gtin.c: see gtin.h. */
#include "schema/model/gtin.h"

#include "schema/model/pattern.h"

#include <string.h>

char
sy_gtin_digit(const uint8_t *digits, size_t n)
{
	unsigned sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += (unsigned)(digits[n - 1 - i] - '0') * (i % 2 == 0 ? 3U : 1U);
	return (char)('0' + (10 - sum % 10) % 10);
}

enum sy_err
sy_gtin_check(struct sy_span text, struct sy_fault *reterr)
{
	SY_TRY(sy_pattern_check(text, "99999999999999", reterr));
	return sy_pattern_digit(reterr, 13, sy_gtin_digit(text.data, 13), (char)text.data[13]);
}

enum sy_err
sy_gtin_normalise(struct sy_span text, char ret[15], struct sy_fault *reterr)
{
	memset(ret, '0', 14);
	ret[14] = '\0';
	SY_TRY(sy_pattern_set(text, sy_pattern_digits, 8, 14, reterr));
	if (text.len != 8 && text.len < 12)
		return sy_pattern_fault(reterr, SY_ERR_MALFORMED, text.len, 0, "GTIN 应为 8、12、13 或 14 位数字", "A GTIN has 8, 12, 13 or 14 digits");
	size_t last = text.len - 1;
	SY_TRY(sy_pattern_digit(reterr, last, sy_gtin_digit(text.data, last), (char)text.data[last]));
	memcpy(ret + 14 - text.len, text.data, text.len);
	return SY_OK;
}
