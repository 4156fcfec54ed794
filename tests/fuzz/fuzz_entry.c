/* fuzz_entry.c: log entries out of any bytes; one that is read prints back byte for byte. */
#include <stdlib.h>

#include "certs/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sy_entry e;
	struct sy_fault f = { 0 };
	if (sy_entry_parse(sy_span(data, size), &e, &f) == SY_OK) {
		struct sy_entry_part parts[SY_ENTRY_SEALS_MAX];
		for (size_t i = 0; i < e.n; i++)
			parts[i] = (struct sy_entry_part){ e.seal[i].protected_json, e.seal[i].sig };
		SY_CLEANUP(sy_buf_done) struct sy_buf b = { 0 };
		sy_buf_init(&b, SY_ENTRY_MAX);
		if (sy_entry_print(sy_buf_span(&e.statement), parts, e.n, &b) != SY_OK || !sy_span_eq(sy_buf_span(&b), sy_span(data, size)))
			abort();
	}
	sy_entry_done(&e);
	struct sy_seal_head h;
	if (sy_seal_head_parse(sy_span(data, size), &h, NULL) == SY_OK) {
		SY_CLEANUP(sy_buf_done) struct sy_buf b = { 0 };
		sy_buf_init(&b, 4096);
		sy_seal_head_print(&h, &b);
		if (!sy_span_eq(sy_buf_span(&b), sy_span(data, size)))
			abort();
	}
	return 0;
}
