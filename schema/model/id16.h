/* id16.h: Identifiers: 16 random bytes as 32 lower-case hex digits. */
#ifndef SY_SCHEMA_MODEL_ID16_H
#define SY_SCHEMA_MODEL_ID16_H

#include "schema/bytes.h"

enum sy_err sy_id16_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

/* The same for a SHA-256: 64 lower-case hex digits. */
enum sy_err sy_id16_check_sha256(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
