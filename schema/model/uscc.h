/* uscc.h: Unified social credit code, GB 32100-2015: 18 of the alphabet without
 * I O S V Z; characters 3 to 8 a GB/T 2260 code (100000: registered centrally);
 * the last is the check of weights 3^i mod 31. Not checked: the check character
 * inside the organisation code (GB 11714), which old registrations break. */
#ifndef SY_SCHEMA_MODEL_USCC_H
#define SY_SCHEMA_MODEL_USCC_H

#include "schema/bytes.h"

enum sy_err sy_uscc_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
