/* lotcode.c: see lotcode.h. */
#include "schema/model/lotcode.h"

#include "schema/model/pattern.h"

enum sy_err
sy_lotcode_check(struct sy_span text, struct sy_fault *reterr)
{
	SY_TRY(sy_pattern_set(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-", 1, 20, reterr));
	size_t last = text.len - 1;
	if (text.data[0] == '-' || text.data[last] == '-')
		return sy_pattern_fault(reterr, SY_ERR_BAD_CHARACTER, text.data[0] == '-' ? 0 : last, 1, "批号不能以连字符开头或结尾",
		    "A lot code neither begins nor ends with a hyphen");
	return SY_OK;
}
