/* gtin.h: GTIN-14 with its check digit (GS1 General Specifications 7.9; GB 12904).
 * Shorter GTINs are stored widened with zeros, so that one product has one key. */
#ifndef SY_SCHEMA_MODEL_GTIN_H
#define SY_SCHEMA_MODEL_GTIN_H

#include "schema/bytes.h"

/* Exactly 14 digits. */
enum sy_err sy_gtin_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

/* 8, 12, 13 or 14 digits to 14 with a NUL; the offset of a fault counts in the text as given. */
enum sy_err sy_gtin_normalise(struct sy_span text, char ret[15], struct sy_fault *reterr) SY_MUST;
/* The mod 10 digit of n digits, as a character: weight 3 for the rightmost. */
char sy_gtin_digit(const uint8_t *digits, size_t n);

#endif
