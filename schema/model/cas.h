/* cas.h: CAS registry number: 2 to 7 digits, 2 digits, check digit (the weighted sum
 * of the digits from the right, mod 10). */
#ifndef SY_SCHEMA_MODEL_CAS_H
#define SY_SCHEMA_MODEL_CAS_H

#include "schema/bytes.h"

enum sy_err sy_cas_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
