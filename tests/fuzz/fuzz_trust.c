/* fuzz_trust.c: trust lists, anchors and proofs out of any bytes; what is read is printed back the same. */
#include <stdlib.h>

#include "certs/proof.h"
#include "certs/trust.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sy_span s = sy_span(data, size);
	struct sy_trust *t = NULL;
	struct sy_fault f = { 0 };
	if (sy_trust_parse_text(s, &t, &f) == SY_OK) {
		SY_CLEANUP(sy_buf_done) struct sy_buf b = { 0 };
		sy_buf_init(&b, SY_TRUST_MAX);
		if (sy_trust_print(sy_trust_facts(t), &b) != SY_OK || !sy_span_eq(sy_buf_span(&b), s))
			abort();
	}
	sy_trust_free(t);
	struct sy_anchor a;
	if (sy_anchor_parse(s, &a, NULL) == SY_OK)
		if (sy_trust_parse(s, &a, &t, NULL) == SY_OK)
			abort(); /* an anchor is no list */
	struct sy_proof p;
	if (sy_proof_parse(s, &p, NULL) == SY_OK) {
		SY_CLEANUP(sy_buf_done) struct sy_buf b = { 0 };
		sy_buf_init(&b, SY_PROOF_MAX);
		sy_proof_print(&p, &b);
		if (!sy_span_eq(sy_buf_span(&b), s))
			abort();
	}
	return 0;
}
