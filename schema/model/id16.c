/* id16.c: see id16.h. */
#include "schema/model/id16.h"

#include "schema/model/pattern.h"

enum sy_err
sy_id16_check(struct sy_span text, struct sy_fault *reterr)
{
	return sy_pattern_set(text, "0123456789abcdef", 32, 32, reterr);
}

enum sy_err
sy_id16_check_sha256(struct sy_span text, struct sy_fault *reterr)
{
	return sy_pattern_set(text, "0123456789abcdef", 64, 64, reterr);
}
