/* cas.c: see cas.h. */
#include "schema/model/cas.h"

#include "schema/model/pattern.h"

#include <string.h>

enum sy_err
sy_cas_check(struct sy_span text, struct sy_fault *reterr)
{
	/* The tail -99-9 is fixed, so the length says which pattern: 7 to 12 characters. */
	size_t head = text.len < 7 ? 2 : text.len > 12 ? 7 : text.len - 5;
	char pattern[13];
	memset(pattern, '9', head);
	memcpy(pattern + head, "-99-9", 6);
	SY_TRY(sy_pattern_check(text, pattern, reterr));
	unsigned sum = 0;
	unsigned weight = 1;
	for (size_t i = text.len - 2; i-- > 0;)
		if (text.data[i] != '-')
			sum += weight++ * (unsigned)(text.data[i] - '0');
	return sy_pattern_digit(reterr, text.len - 1, (char)('0' + sum % 10), (char)text.data[text.len - 1]);
}
