/* trust_text.h: between trust.c and trust_text.c (internal to certs). */
#ifndef SY_CERTS_TRUST_TEXT_H
#define SY_CERTS_TRUST_TEXT_H

#include "certs/trust.h"

struct sy_trust {
	struct sy_trust_facts facts; /* its arrays are those below */
	size_t nhosts, nkeys;
	char *hosts[SY_TRUST_HOSTS_MAX];
	struct sy_trust_key keys[SY_TRUST_KEYS_MAX];
};

/* 1 <= k <= n, and no key twice, under whatever name. */
enum sy_err sy_anchor_check(const struct sy_anchor *a) SY_MUST;
/* Fills t, which is zero; on failure what was read so far is in it. Fault field "line N". */
enum sy_err sy_trust_text_parse(struct sy_span text, struct sy_trust *t, struct sy_fault *reterr) SY_MUST;
enum sy_err sy_trust_text_print(const struct sy_trust_facts *f, struct sy_buf *ret) SY_MUST;

#endif
