/* hint.h: what to write instead of a number that cannot be read safely. */
#ifndef SY_SCHEMA_JUDGE_HINT_H
#define SY_SCHEMA_JUDGE_HINT_H

#include "schema/bytes.h"

/* Sets BAD_NUMBER at byte `bad` and says what the text probably meant. Returns BAD_NUMBER. */
enum sy_err sy_hint_number(struct sy_span text, size_t bad, struct sy_fault *reterr);

#endif
