/* cma.c: see cma.h. */
#include "schema/model/cma.h"

#include "schema/model/pattern.h"

enum sy_err
sy_cma_check(struct sy_span text, struct sy_fault *reterr)
{
	return sy_pattern_check(text, "999999999999", reterr);
}
