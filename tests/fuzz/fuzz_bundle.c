/* fuzz_bundle.c: a bundle out of any bytes, and out of a good bundle (the seed) with its anchor: what does not hold is
 * refused whole; what opens answers any label. Input: length of the anchor (2 bytes, big-endian), anchor, bundle. */
#include "tagger/offline.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char url[] = "HTTP://127.0.0.1:8080/01/09524117010017/10/ZY260920A/21/M78X9TNDES";
	struct sy_bundle *b = NULL;
	struct sy_answer a;
	struct sy_fault f = { .err = SY_OK };
	if (size < 2)
		return 0;
	size_t n = (size_t)data[0] << 8 | data[1];
	struct sy_span rest = sy_span(data + 2, size - 2);
	n = n < rest.len ? n : rest.len;
	enum sy_err e = sy_bundle_open(sy_span_sub(rest, n, rest.len), sy_span_sub(rest, 0, n), &b, &f);
	if ((e == SY_OK) != (b != NULL))
		abort();
	if (b != NULL) {
		if (sy_offline_verify(b, sy_span_str(url), 1795000000, &a) != SY_OK || a.verdict != SY_VERDICT_UNSIGNED)
			abort();
		(void)!sy_offline_verify(b, sy_span(data, size), 1795000000, &a);
	}
	sy_bundle_free(b);
	return 0;
}
