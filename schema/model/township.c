/* township.c: see township.h. */
#include "schema/model/township.h"

#include "schema/model/county.h"
#include "schema/model/pattern.h"

enum sy_err
sy_township_check(struct sy_span text, struct sy_fault *reterr)
{
	SY_TRY(sy_pattern_check(text, "999999999", reterr));
	return sy_county_check(sy_span_sub(text, 0, 6), reterr);
}
