/* base10.h: bytes as decimal digits, for QR's numeric mode: 7 bytes little-endian -> 17 digits,
 * a remainder of 1..6 bytes -> 3, 5, 8, 10, 13, 15 (the encoding of FIDO's hybrid transport). One value, one spelling. */
#ifndef SY_TAGGER_CODE_BASE10_H
#define SY_TAGGER_CODE_BASE10_H

#include "schema/bytes.h"

size_t sy_base10_len(size_t nbytes); /* digits for so many bytes */
/* ret holds sy_base10_len(len) digits; no NUL is added. */
void sy_base10_print(const uint8_t *bytes, size_t len, char *ret);
/* Exactly len bytes. TOO_SHORT, TOO_LONG, BAD_CHARACTER, NOT_CANONICAL (a chunk above its maximum) with offset. */
enum sy_err sy_base10_parse(struct sy_span digits, uint8_t *ret, size_t len, struct sy_fault *reterr) SY_MUST;

#endif
