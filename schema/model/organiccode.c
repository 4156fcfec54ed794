/* organiccode.c: see organiccode.h. */
#include "schema/model/organiccode.h"

#include "schema/model/pattern.h"

enum sy_err
sy_organiccode_check(struct sy_span text, struct sy_fault *reterr)
{
	return sy_pattern_check(text, "99999999999999999", reterr);
}
