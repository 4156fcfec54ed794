/* greenno.h: Green food product number: LB-CC-YYMMPPSSSS[S]A. The serial has four or
 * five digits (both printed on real packs); PP is the green food centre's own
 * province number, not GB/T 2260. No check character is known. The form comes
 * from public pages and two packs, not from an official text: unverified. */
#ifndef SY_SCHEMA_MODEL_GREENNO_H
#define SY_SCHEMA_MODEL_GREENNO_H

#include "schema/bytes.h"

enum sy_err sy_greenno_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
