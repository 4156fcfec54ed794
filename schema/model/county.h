/* county.h: County code, six digits of GB/T 2260 form (411771 is a statistical code).
 * Any code of a known province is accepted, because lots come from everywhere;
 * names are known for the eleven units of Zhumadian only. */
#ifndef SY_SCHEMA_MODEL_COUNTY_H
#define SY_SCHEMA_MODEL_COUNTY_H

#include "schema/bytes.h"

enum sy_err sy_county_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

/* True, with its Chinese name, for a county of Zhumadian. */
bool sy_county_known(uint32_t code, const char **retname);
/* The first two digits are a province of GB/T 2260. */
bool sy_county_province(uint32_t code);
/* The number; 0 when text is not a county code. */
uint32_t sy_county_code(struct sy_span text);

#endif
