/* gln.h: GLN, 13 digits with the GS1 check digit (GS1 General Specifications 7.9). */
#ifndef SY_SCHEMA_MODEL_GLN_H
#define SY_SCHEMA_MODEL_GLN_H

#include "schema/bytes.h"

enum sy_err sy_gln_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
