/* utf8.h: text that people may type: valid UTF-8 (RFC 3629, no surrogates, no
 * overlong forms), no control characters but (where lines are allowed) LF. */
#ifndef SY_SCHEMA_WIRE_UTF8_H
#define SY_SCHEMA_WIRE_UTF8_H

#include "schema/bytes.h"

/* BAD_UTF8 or BAD_CHARACTER (control, U+FFFE/FFFF, line and paragraph separator and bidi override U+2028..E, U+2066..9, byte order mark U+FEFF) with byte offset. */
enum sy_err sy_utf8_check(struct sy_span text, bool lines, struct sy_fault *reterr) SY_MUST;
/* Characters (code points); text must be valid. */
size_t sy_utf8_len(struct sy_span text);
/* Next code point, *offset moved on; -1 at the end or at bad UTF-8. */
int32_t sy_utf8_next(struct sy_span text, size_t *offset);

#endif
