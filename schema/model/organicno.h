/* organicno.h: Organic product certificate number, as 227OP1600099: certifier (3 digits),
 * OP, year (2), serial (5). Known from one example: unverified. A certificate of
 * another form is refused until its form is known. */
#ifndef SY_SCHEMA_MODEL_ORGANICNO_H
#define SY_SCHEMA_MODEL_ORGANICNO_H

#include "schema/bytes.h"

enum sy_err sy_organicno_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
