/* organiccode.h: Organic code on the pack: 17 digits, certifier (3), year (2), random (12);
 * foreign certifiers' form and the digits under the 2024 rule were not found: unverified. */
#ifndef SY_SCHEMA_MODEL_ORGANICCODE_H
#define SY_SCHEMA_MODEL_ORGANICCODE_H

#include "schema/bytes.h"

enum sy_err sy_organiccode_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
