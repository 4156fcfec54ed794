/* greencode.h: Green food enterprise code: GF, county code, 2 digits of the year, 4 of
 * the serial. No check character is known. Form from public pages: unverified. */
#ifndef SY_SCHEMA_MODEL_GREENCODE_H
#define SY_SCHEMA_MODEL_GREENCODE_H

#include "schema/bytes.h"

enum sy_err sy_greencode_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
