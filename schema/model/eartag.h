/* eartag.h: Livestock ear tag: species (1 pig, 2 cattle, 3 sheep), county code, 8
 * digits. Form from a public page: unverified. No check character is known. */
#ifndef SY_SCHEMA_MODEL_EARTAG_H
#define SY_SCHEMA_MODEL_EARTAG_H

#include "schema/bytes.h"

enum sy_err sy_eartag_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
