/* 96 bytes as a token, any bytes as digits: what is accepted prints back byte for byte, so that one token has one spelling. */
#include "tagger/code/token.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t bytes[SY_TOKEN_SIZE], back[SY_TOKEN_SIZE];
	char digits[SY_TOKEN_DIGITS + 1];
	struct sy_token t;
	if (sy_token_undigits(sy_span(data, size), bytes, NULL) == SY_OK) {
		sy_token_digits(bytes, digits);
		if (memcmp(digits, data, SY_TOKEN_DIGITS) != 0)
			abort();
	}
	if (size < SY_TOKEN_SIZE)
		return 0;
	if (sy_token_parse(data, &t, NULL) == SY_OK) {
		sy_token_print(&t, back);
		if (memcmp(back, data, sizeof back) != 0)
			abort();
	}
	sy_token_digits(data, digits);
	if (sy_token_undigits(sy_span_str(digits), back, NULL) != SY_OK || memcmp(back, data, sizeof back) != 0)
		abort();
	return 0;
}
