/* greencode.c: see greencode.h. */
#include "schema/model/greencode.h"

#include "schema/model/county.h"
#include "schema/model/pattern.h"

enum sy_err
sy_greencode_check(struct sy_span text, struct sy_fault *reterr)
{
	SY_TRY(sy_pattern_check(text, "GF999999999999", reterr));
	if (!sy_county_province(sy_pattern_number(text, 2, 6)))
		return sy_pattern_fault(reterr, SY_ERR_UNKNOWN_CODE, 2, 2, "第 3、4 位不是已知的省级行政区划代码",
		    "Characters 3 and 4 are not the code of a province");
	return SY_OK;
}
