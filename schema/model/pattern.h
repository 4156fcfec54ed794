/* pattern.h: fixed forms of numbers, and how a refusal names the character.
 *
 * A pattern has one symbol a character: '9' a digit, 'X' a digit or upper-case
 * letter, anything else stands for itself. No repetition: one pattern a length. */
#ifndef SY_SCHEMA_MODEL_PATTERN_H
#define SY_SCHEMA_MODEL_PATTERN_H

#include "schema/bytes.h"

/* BAD_CHARACTER at the first misfit, TOO_SHORT, TOO_LONG; the sentence says what should stand there. */
enum sy_err sy_pattern_check(struct sy_span text, const char *pattern, struct sy_fault *reterr) SY_MUST;
/* Each of the characters is in set; min to max of them. */
enum sy_err sy_pattern_set(struct sy_span text, const char *set, size_t min, size_t max, struct sy_fault *reterr) SY_MUST;
/* A fault with an offset and a sentence of its own. */
enum sy_err sy_pattern_fault(struct sy_fault *reterr, enum sy_err err, size_t offset, size_t length, const char *zh, const char *en);
/* OK when both are equal, else CHECK_DIGIT: what was expected, what is there. */
enum sy_err sy_pattern_digit(struct sy_fault *reterr, size_t offset, char expected, char found);
/* The number that `len` digits at `at` make; they must have been checked. */
uint32_t sy_pattern_number(struct sy_span text, size_t at, size_t len);

extern const char sy_pattern_digits[]; /* 0-9 */
extern const char sy_pattern_alnum[]; /* 0-9 A-Z */

#endif
