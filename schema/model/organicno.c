/* organicno.c: see organicno.h. */
#include "schema/model/organicno.h"

#include "schema/model/pattern.h"

enum sy_err
sy_organicno_check(struct sy_span text, struct sy_fault *reterr)
{
	return sy_pattern_check(text, "999OP9999999", reterr);
}
