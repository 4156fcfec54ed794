/* greenno.c: see greenno.h. */
#include "schema/model/greenno.h"

#include "schema/model/pattern.h"

enum sy_err
sy_greenno_check(struct sy_span text, struct sy_fault *reterr)
{
	SY_TRY(sy_pattern_check(text, text.len <= 17 ? "LB-99-9999999999A" : "LB-99-99999999999A", reterr));
	uint32_t month = sy_pattern_number(text, 8, 2);
	if (month < 1 || month > 12)
		return sy_pattern_fault(reterr, SY_ERR_OUT_OF_RANGE, 8, 2, "第 9、10 位应为月份 01 至 12", "Characters 9 and 10 should be a month, 01 to 12");
	return SY_OK;
}
