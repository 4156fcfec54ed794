/* township.h: Township code: nine digits, the first six a county code. */
#ifndef SY_SCHEMA_MODEL_TOWNSHIP_H
#define SY_SCHEMA_MODEL_TOWNSHIP_H

#include "schema/bytes.h"

enum sy_err sy_township_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
