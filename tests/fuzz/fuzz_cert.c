/* fuzz_cert.c: certificates and requests out of any bytes. */
#include <stdlib.h>

#include "certs/chain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sy_span s = sy_span(data, size);
	struct sy_cert *c = NULL;
	if (sy_cert_parse(s, &c) == SY_OK) {
		SY_CLEANUP(sy_buf_done) struct sy_buf pem = { 0 };
		struct sy_cert *again = NULL;
		sy_buf_init(&pem, 65536);
		sy_cert_print_pem(c, &pem);
		if (sy_cert_parse_pem(sy_buf_span(&pem), &again) != SY_OK || !sy_span_eq(sy_cert_der(again), s))
			abort();
		sy_cert_free(again);
	}
	sy_cert_free(c);
	c = NULL;
	if (sy_cert_parse_pem(s, &c) == SY_OK)
		sy_cert_free(c);
	struct sy_key *k = NULL;
	if (sy_csr_parse(s, &k) == SY_OK)
		sy_key_free(k);
	return 0;
}
