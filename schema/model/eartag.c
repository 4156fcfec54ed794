/* eartag.c: see eartag.h. */
#include "schema/model/eartag.h"

#include "schema/model/county.h"
#include "schema/model/pattern.h"

enum sy_err
sy_eartag_check(struct sy_span text, struct sy_fault *reterr)
{
	SY_TRY(sy_pattern_check(text, "999999999999999", reterr));
	if (text.data[0] < '1' || text.data[0] > '3')
		return sy_pattern_fault(reterr, SY_ERR_UNKNOWN_CODE, 0, 1, "第 1 位应为 1（猪）、2（牛）或 3（羊）", "Character 1 should be 1 (pig), 2 (cattle) or 3 (sheep)");
	if (!sy_county_province(sy_pattern_number(text, 1, 6)))
		return sy_pattern_fault(reterr, SY_ERR_UNKNOWN_CODE, 1, 2, "第 2、3 位不是已知的省级行政区划代码",
		    "Characters 2 and 3 are not the code of a province");
	return SY_OK;
}
