/* hex.h: base16, lower case only: one value, one spelling. */
#ifndef SY_SCHEMA_WIRE_HEX_H
#define SY_SCHEMA_WIRE_HEX_H

#include "schema/bytes.h"

/* ret holds 2 * s.len characters and a NUL. */
void sy_hex_print(struct sy_span s, char *ret);
void sy_hex_add(struct sy_buf *b, struct sy_span s);
/* Exactly 2 * len lower-case digits into ret[len]. TOO_SHORT, TOO_LONG, BAD_CHARACTER with offset. */
enum sy_err sy_hex_parse(struct sy_span text, uint8_t *ret, size_t len, struct sy_fault *reterr) SY_MUST;

#endif
