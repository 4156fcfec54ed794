/* entry_check.c: all the seals of one entry at once: signatures, chains, and for
 * the status role the number on the trust list. What each type asks for is not
 * decided here but by the signer, which knows the other entries. */
#include "certs/entry.h"

#include "certs/line.h"

#include <stdio.h>
#include <string.h>

static const struct sy_cert *
find(const struct sy_cert *const *certs, size_t n, const uint8_t x5t[32])
{
	for (size_t i = 0; i < n; i++)
		if (memcmp(sy_cert_sha256(certs[i]), x5t, 32) == 0)
			return certs[i];
	return NULL;
}

static enum sy_err
check_status(const struct sy_entry_seal *s, const struct sy_cert *cert, const struct sy_trust *trust, int64_t t, uint64_t leaf)
{
	uint64_t kid;
	SY_TRY(sy_line_u64(sy_span_str(s->head.kid), SY_KID_MAX, &kid));
	const struct sy_trust_key *k = sy_trust_find(trust, SY_KEY_STATUS, (uint32_t)kid);
	if (k == NULL || !sy_trust_key_valid_for(k, leaf))
		return SY_ERR_UNKNOWN_KEY;
	if (!sy_trust_key_valid_at(k, t))
		return SY_ERR_CERT_EXPIRED;
	SY_AUTO_KEY *key = NULL;
	SY_TRY(sy_cert_key(cert, &key));
	return sy_key_eq_public(key, k->key) ? SY_OK : SY_ERR_UNKNOWN_KEY;
}

static enum sy_err
check_seal(const struct sy_entry *e, size_t i, const struct sy_entry_context *c)
{
	const struct sy_entry_seal *s = &e->seal[i];
	int64_t t = c->time == 0 ? s->head.iat : c->time;
	const struct sy_cert *cert = find(c->certs, c->n, s->head.x5t);
	if (cert == NULL)
		return SY_ERR_NOT_FOUND;
	SY_TRY(sy_entry_seal_verify(e, i, cert));
	SY_TRY(sy_chain_check_logged(cert, c->certs, c->n, c->trust, s->head.role, t, c->leaf));
	if (s->head.role == SY_ROLE_STATUS)
		return check_status(s, cert, c->trust, t, c->leaf);
	const char *issuer = sy_json_get_str(e->json, "issuer");
	bool own = issuer != NULL && strcmp(issuer, sy_cert_party(cert)) == 0;
	return own ? SY_OK : SY_ERR_WRONG_PARTY;
}

/* Two seals never come from one key, one certificate or one staff number. */
static enum sy_err
check_people(const struct sy_entry *e, const struct sy_entry_context *c, struct sy_fault *reterr)
{
	for (size_t i = 1; i < e->n; i++) {
		const struct sy_cert *a = find(c->certs, c->n, e->seal[i].head.x5t);
		for (size_t j = 0; j < i; j++) {
			const struct sy_cert *b = find(c->certs, c->n, e->seal[j].head.x5t);
			if (a == b || strcmp(e->seal[i].head.kid, e->seal[j].head.kid) == 0 || strcmp(sy_cert_subject(a), sy_cert_subject(b)) == 0)
				return sy_fault_at(reterr, SY_ERR_SAME_PERSON, "signatures", 0, 0);
		}
	}
	return SY_OK;
}

enum sy_err
sy_entry_check(const struct sy_entry *e, const struct sy_entry_context *c, struct sy_fault *reterr)
{
	for (size_t i = 0; i < e->n; i++) {
		enum sy_err err = check_seal(e, i, c);
		if (err != SY_OK) {
			char field[32];
			(void)snprintf(field, sizeof field, "signatures.%zu", i);
			return sy_fault_at(reterr, err, field, 0, 0);
		}
	}
	return check_people(e, c, reterr);
}
