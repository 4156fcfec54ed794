/* token.h: the 96 bytes in a label (trust.md, "Token"), suyuan-label(5). No keys here: form only. */
#ifndef SY_TAGGER_CODE_TOKEN_H
#define SY_TAGGER_CODE_TOKEN_H

#include "schema/bytes.h"

#define SY_TOKEN_SIZE 96
#define SY_TOKEN_BODY 32
#define SY_TOKEN_DIGITS 234
#define SY_BEST_BEFORE_NONE 0xFFFF

enum sy_basis { SY_BASIS_REPORT = 1, SY_BASIS_SELF_TESTED = 2, SY_BASIS_DECLARED = 3 };
enum { SY_CERTIFIED_GREEN = 1, SY_CERTIFIED_ORGANIC = 2, SY_CERTIFIED_GI = 4, SY_CERTIFIED_COMMITMENT = 8 };

struct sy_token {
	uint32_t kid; /* 24 bits */
	uint16_t day_issued; /* days since 2020-01-01 */
	uint16_t best_before; /* SY_BEST_BEFORE_NONE */
	uint8_t certified; /* bits 0..3 */
	uint8_t basis; /* 1..3 */
	uint8_t grade; /* 0..15 */
	uint32_t county; /* six digits as a number */
	uint32_t status_index; /* 24 bits */
	uint8_t release[16]; /* first half of the release's leaf hash */
	uint8_t sig[64];
};
/* MALFORMED (reserved bits, basis, county), UNSUPPORTED (version). */
enum sy_err sy_token_parse(const uint8_t bytes[SY_TOKEN_SIZE], struct sy_token *ret, struct sy_fault *reterr) SY_MUST;
void sy_token_print(const struct sy_token *t, uint8_t ret[SY_TOKEN_SIZE]);
/* "suyuan/label/v1\n" || u16 len || origin || u16 len || path || token[0..31] */
void sy_token_message(struct sy_span origin, struct sy_span path, const uint8_t body[SY_TOKEN_BODY], struct sy_buf *ret);
/* Base-10 (7 bytes little-endian -> 17 digits); ret: 234 digits and NUL. */
void sy_token_digits(const uint8_t bytes[SY_TOKEN_SIZE], char ret[SY_TOKEN_DIGITS + 1]);
enum sy_err sy_token_undigits(struct sy_span digits, uint8_t ret[SY_TOKEN_SIZE], struct sy_fault *reterr) SY_MUST;

#endif
