/* sc.h: Food production licence number: SC and 14 digits, kind (1 food, 2
 * additive), class, GB/T 2260 code, serial, check by ISO 7064 MOD 11,10. */
#ifndef SY_SCHEMA_MODEL_SC_H
#define SY_SCHEMA_MODEL_SC_H

#include "schema/bytes.h"

enum sy_err sy_sc_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
