/* serial.h: Serial as it stands on a label: 10 Crockford base32 symbols, upper case,
 * without I L O U. What people type is mapped on the form only, never here. */
#ifndef SY_SCHEMA_MODEL_SERIAL_H
#define SY_SCHEMA_MODEL_SERIAL_H

#include "schema/bytes.h"

enum sy_err sy_serial_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
