/* serial.c: see serial.h. */
#include "schema/model/serial.h"

#include "schema/model/pattern.h"

enum sy_err
sy_serial_check(struct sy_span text, struct sy_fault *reterr)
{
	return sy_pattern_set(text, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 10, 10, reterr);
}
