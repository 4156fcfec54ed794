/* ownitem.c: see ownitem.h. */
#include "schema/model/ownitem.h"

#include "schema/model/pattern.h"

enum sy_err
sy_ownitem_check(struct sy_span text, struct sy_fault *reterr)
{
	return sy_pattern_set(text, sy_pattern_alnum, 1, 14, reterr);
}
