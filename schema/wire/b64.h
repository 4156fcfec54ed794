/* b64.h: base64 (RFC 4648 section 4, padded) and base64url (section 5, unpadded),
 * strict: no white space, no stray bits in the last symbol, one spelling a value. */
#ifndef SY_SCHEMA_WIRE_B64_H
#define SY_SCHEMA_WIRE_B64_H

#include "schema/bytes.h"

void sy_b64_add(struct sy_buf *b, struct sy_span s);
void sy_b64url_add(struct sy_buf *b, struct sy_span s);
/* Appends the bytes to ret. MALFORMED or BAD_CHARACTER with offset. */
enum sy_err sy_b64_parse(struct sy_span text, struct sy_buf *ret, struct sy_fault *reterr) SY_MUST;
enum sy_err sy_b64url_parse(struct sy_span text, struct sy_buf *ret, struct sy_fault *reterr) SY_MUST;
/* Exactly len bytes into ret. */
enum sy_err sy_b64url_parse_fixed(struct sy_span text, uint8_t *ret, size_t len, struct sy_fault *reterr) SY_MUST;

#endif
