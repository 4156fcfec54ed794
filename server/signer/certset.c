/* certset.c: see certset.h. */
#include "server/signer/certset.h"

#include "schema/wire/b64.h"
#include "server/signer/ledger.h"

#include <stdio.h>
#include <string.h>

#define CAS_OF_PARTY 16

const struct sy_cert *
certset_find(const struct certset *c, const uint8_t sha256[32])
{
	for (size_t i = 0; i < c->n; i++)
		if (memcmp(sy_cert_sha256(c->all[i]), sha256, 32) == 0)
			return c->all[i];
	return NULL;
}

/* Takes cert over; a second copy is dropped. */
static enum sy_err
take(struct certset *c, struct sy_cert *cert)
{
	if (certset_find(c, sy_cert_sha256(cert)) != NULL) {
		sy_cert_free(cert);
		return SY_OK;
	}
	if (c->owned == CERTSET_MAX) {
		sy_cert_free(cert);
		return SY_ERR_TOO_LARGE;
	}
	c->mine[c->owned++] = cert;
	c->all[c->n++] = cert;
	return SY_OK;
}

static enum sy_err
take_text(struct certset *c, const char *b64)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf der;
	struct sy_cert *cert = NULL;
	sy_buf_init(&der, 8192);
	if (b64 == NULL)
		return SY_ERR_WRONG_TYPE;
	SY_TRY(sy_b64_parse(sy_span_str(b64), &der, NULL));
	SY_TRY(sy_cert_parse(sy_buf_span(&der), &cert));
	return take(c, cert);
}

enum sy_err
certset_init(struct certset *c, const struct signer *s, const struct sy_json *certs, struct sy_fault *reterr)
{
	c->n = c->owned = 0;
	if (s->status_cert != NULL)
		c->all[c->n++] = s->status_cert;
	if (s->root_cert != NULL)
		c->all[c->n++] = s->root_cert;
	for (size_t i = 0; i < sy_json_len(certs); i++) {
		enum sy_err e = take_text(c, sy_json_str(sy_json_at(certs, i)));
		if (e != SY_OK) {
			char field[32];
			(void)snprintf(field, sizeof field, "certs.%zu", i);
			certset_done(c);
			return sy_fault_at(reterr, e, field, 0, 0);
		}
	}
	return SY_OK;
}

void
certset_done(struct certset *c)
{
	for (size_t i = 0; i < c->owned; i++)
		sy_cert_free(c->mine[i]);
	c->n = c->owned = 0;
}

static enum sy_err
fetch_cas(struct certset *c, struct db *db, const char *party)
{
	struct sy_cert *cas[CAS_OF_PARTY];
	size_t n = 0;
	enum sy_err e = ledger_cert_cas(db, party, cas, CAS_OF_PARTY, &n);
	for (size_t i = 0; i < n; i++) {
		enum sy_err taken = take(c, cas[i]);
		e = e == SY_OK ? taken : e;
	}
	return e;
}

enum sy_err
certset_fetch(struct certset *c, struct db *db, const struct sy_entry *e)
{
	for (size_t i = 0; i < e->n; i++) {
		const uint8_t *x5t = e->seal[i].head.x5t;
		if (certset_find(c, x5t) == NULL) {
			struct sy_cert *cert = NULL;
			enum sy_err err = ledger_cert_get(db, x5t, &cert);
			if (err == SY_ERR_NOT_FOUND)
				continue; /* the check says so */
			SY_TRY(err);
			SY_TRY(take(c, cert));
		}
		SY_TRY(fetch_cas(c, db, sy_cert_party(certset_find(c, x5t))));
	}
	return SY_OK;
}

/* Does this CA, of all those of the party, bear the leaf? One that does not would only stand in the way of those that do. */
static bool
bears(const struct certset *c, const struct sy_cert *ca, const struct sy_cert *leaf, enum sy_role role, const struct sy_trust *trust, int64_t now)
{
	const struct sy_cert *path[CERTSET_MAX + 3] = { ca };
	size_t n = 1;
	for (size_t i = 0; i < c->n; i++)
		if (sy_cert_is_ca(c->all[i]) && strcmp(sy_cert_party(c->all[i]), sy_cert_party(leaf)) != 0)
			path[n++] = c->all[i];
	return sy_chain_check(leaf, path, n, trust, role, now) == SY_OK;
}

enum sy_err
certset_keep(const struct certset *c, const struct signer *s, int64_t now, const struct sy_entry *e)
{
	for (size_t i = 0; i < e->n; i++) {
		const enum sy_role role = e->seal[i].head.role;
		const struct sy_cert *leaf = certset_find(c, e->seal[i].head.x5t);
		if (leaf == NULL || role == SY_ROLE_STATUS)
			continue;
		SY_TRY(ledger_cert_add(s->db, leaf, false));
		for (size_t j = 0; j < c->owned; j++) {
			const struct sy_cert *ca = c->mine[j];
			if (sy_cert_is_ca(ca) && strcmp(sy_cert_party(ca), sy_cert_party(leaf)) == 0 && bears(c, ca, leaf, role, s->trust, now))
				SY_TRY(ledger_cert_add(s->db, ca, true));
		}
	}
	return SY_OK;
}
