/* sealing_certs.c: certificates that come with people and their seals. */
#include "server/service/sealing.h"

#include "schema/wire/b64.h"
#include "schema/wire/hex.h"
#include "server/service/now.h"
#include "server/store/seal.h"

#include <stdio.h>
#include <string.h>

void
sealing_certs_done(struct sealing_certs *c)
{
	for (size_t i = 0; i < c->n; i++)
		sy_cert_free(c->cert[i]);
	c->n = 0;
}

enum sy_err
sealing_certs_parse(const struct sy_json *list, struct sealing_certs *ret, struct sy_fault *reterr)
{
	size_t n = sy_json_len(list);
	ret->n = 0;
	if (sy_json_kind(list) != SY_JSON_ARRAY)
		return sy_fault_at(reterr, list == NULL ? SY_ERR_MISSING : SY_ERR_WRONG_TYPE, "certs", 0, 0);
	if (n == 0 || n > SY_LEN(ret->cert))
		return sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "certs", 0, 0);
	for (size_t i = 0; i < n; i++) {
		struct sy_buf der;
		char field[24];
		(void)snprintf(field, sizeof field, "certs.%zu", i);
		sy_buf_init(&der, STORE_CERT_MAX);
		const char *text = sy_json_str(sy_json_at(list, i));
		enum sy_err e = text == NULL ? SY_ERR_WRONG_TYPE : sy_b64_parse(sy_span_str(text), &der, NULL);
		if (e == SY_OK)
			e = sy_cert_parse(sy_buf_span(&der), &ret->cert[ret->n]);
		sy_buf_done(&der);
		if (e != SY_OK)
			return sy_fault_at(reterr, e, field, 0, 0);
		ret->n++;
	}
	return SY_OK;
}

enum sy_err
sealing_certs_load(struct db *db, const uint8_t x5t[32], struct sealing_certs *ret)
{
	uint8_t next[32];
	ret->n = 0;
	memcpy(next, x5t, sizeof next);
	while (ret->n < SY_LEN(ret->cert)) {
		struct cert_row row;
		struct sy_buf der;
		sy_buf_init(&der, STORE_CERT_MAX);
		enum sy_err e = cert_store_get(db, next, &row, &der);
		if (e == SY_OK)
			e = sy_cert_parse(sy_buf_span(&der), &ret->cert[ret->n]);
		sy_buf_done(&der);
		if (e == SY_ERR_NOT_FOUND && ret->n > 0)
			return SY_OK;
		SY_TRY(e);
		ret->n++;
		if (!row.has_issuer)
			return SY_OK;
		memcpy(next, row.issuer, sizeof next);
	}
	return SY_OK;
}

enum sy_err
sealing_certs_check(struct app *app, const struct sealing_certs *c, enum sy_role role, const char *party_hex, struct sy_fault *reterr)
{
	const struct sy_trust *trust = trust_now(app->trust);
	const struct sy_cert *inter[SY_LEN(c->cert)];
	if (trust == NULL)
		return sy_fault_say(reterr, SY_ERR_UNAVAILABLE, "", "还没有信任名单；请由管理员安装（PUT /api/v1/trust）", "no trust list yet: an administrator installs one (PUT /api/v1/trust)");
	if (strcmp(sy_cert_party(c->cert[0]), party_hex) != 0)
		return sy_fault_say(reterr, SY_ERR_WRONG_PARTY, "certs.0", "证书属于单位 %s，应属于 %s；请用该单位签发的证书", "the certificate is of party %s, not of %s: use one that this party issued",
		    sy_cert_party(c->cert[0]), party_hex);
	for (size_t i = 1; i < c->n; i++)
		inter[i - 1] = c->cert[i];
	enum sy_err e = sy_chain_check(c->cert[0], inter, c->n - 1, trust, role, now_seconds(app));
	return e == SY_OK ? SY_OK : sy_fault_say(reterr, e, "certs", "证书应能以角色 %s 追溯到信任名单", "the chain must lead to the trust list for the role %s", sy_role_name(role));
}

enum sy_err
sealing_certs_put(struct db *db, const struct sealing_certs *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct cert_row row = {.has_issuer = i + 1 < c->n, .roles = sy_cert_roles(c->cert[i]),
		    .not_before = sy_cert_not_before(c->cert[i]), .not_after = sy_cert_not_after(c->cert[i])};
		memcpy(row.sha256, sy_cert_sha256(c->cert[i]), sizeof row.sha256);
		if (row.has_issuer)
			memcpy(row.issuer, sy_cert_sha256(c->cert[i + 1]), sizeof row.issuer);
		SY_TRY(sy_hex_parse(sy_span_str(sy_cert_party(c->cert[i])), row.party, sizeof row.party, NULL));
		(void)snprintf(row.subject, sizeof row.subject, "%s", sy_cert_subject(c->cert[i]));
		SY_TRY(cert_store_put(db, &row, sy_cert_der(c->cert[i])));
	}
	return SY_OK;
}

static enum sy_err
put(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct sealing_certs *c = arg;
	(void)reterr;
	return sealing_certs_put(db, c);
}

enum sy_err
sealing_certs_store(struct app *app, const struct sealing_certs *c, struct sy_fault *reterr)
{
	struct sealing_certs borrowed = *c;
	return commit_now(app->writer, put, &borrowed, reterr);
}
