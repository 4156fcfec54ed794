/* Any bytes as a label's URL: an answer, never a crash; what is accepted prints back to what was signed. */
#include "tagger/code/link.h"
#include "tagger/code/token.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sy_link l, again;
	struct sy_fault f = { .err = SY_OK };
	char path[SY_LINK_PATH_MAX + 1], digits[SY_TOKEN_DIGITS + 1], serial[11];
	enum sy_err err = sy_link_parse(sy_span(data, size), &l, &f);
	if (err != f.err)
		abort();
	if (sy_serial_from_typed(sy_span(data, size), serial, NULL) == SY_OK && strlen(serial) != 10)
		abort();
	size_t half = size / 2;
	struct sy_link t;
	if (sy_link_parse_target(sy_span(data, half), sy_span(data + half, size - half), &t, NULL) == SY_OK && t.host[0] != '\0')
		abort();
	if (err != SY_OK)
		return 0;
	if (sy_link_path(l.own, l.item, l.lot, l.serial, path) != SY_OK || strcmp(path, l.path) != 0)
		abort();
	struct sy_buf b;
	sy_buf_init(&b, 4096);
	sy_buf_add_str(&b, l.tls ? "https://" : "http://");
	sy_buf_add_str(&b, l.host);
	sy_token_digits(l.token, digits);
	sy_link_print("", l.path, l.has_token ? digits : NULL, &b);
	if (sy_link_parse(sy_buf_span(&b), &again, NULL) != SY_OK || strcmp(again.path, l.path) != 0 || strcmp(again.host, l.host) != 0 ||
	    again.has_token != l.has_token || memcmp(again.token, l.token, sizeof l.token) != 0)
		abort();
	sy_buf_done(&b);
	return 0;
}
