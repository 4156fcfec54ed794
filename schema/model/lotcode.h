/* lotcode.h: Lot code as it stands on a label: [0-9A-Z]([0-9A-Z-]{0,18}[0-9A-Z])?
 * (an enterprise's own lot text is a field of its own). */
#ifndef SY_SCHEMA_MODEL_LOTCODE_H
#define SY_SCHEMA_MODEL_LOTCODE_H

#include "schema/bytes.h"

enum sy_err sy_lotcode_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
