/* op_status.c: the status key's seal, on the word of the server, for what needs no
 * person. The rules are run as if the entry came now, and taken back; at append
 * they are run again. */
#include "server/signer/ops.h"

#include "certs/digest.h"
#include "certs/entry.h"
#include "schema/wire/hex.h"
#include "server/signer/rules.h"

#include <stdio.h>
#include <string.h>

static enum sy_err
trial(struct signer *s, const struct sy_statement *st, const struct sy_json *bodies, struct sy_fault *reterr)
{
	struct rule r = { .db = s->db, .st = st, .index = s->frontier.size, .roles = SY_ROLE_STATUS, .bodies = bodies, .fault = reterr };
	SY_TRY(sy_random(r.leaf.b, sizeof r.leaf.b)); /* stands for the one it will have */
	SY_TRY(db_begin(s->db));
	enum sy_err e = rules_admit(&r);
	db_rollback(s->db);
	return e;
}

static enum sy_err
check(struct signer *s, const struct sy_statement *st, const char *public_text, struct sy_fault *reterr)
{
	uint8_t hash[SY_SHA256_SIZE];
	char hex[65];
	struct sy_fault f = { 0 };
	SY_AUTO_JSON *bodies = sy_json_object();
	if (!rules_role_may(st->type, SY_ROLE_STATUS))
		return sy_fault_at(reterr, SY_ERR_WRONG_ROLE, "statement.type", 0, 0);
	SY_TRY(sy_sha256(sy_span_str(public_text), hash));
	sy_hex_print(sy_span(hash, sizeof hash), hex);
	if (strcmp(hex, st->public_sha256) != 0)
		return sy_fault_at(reterr, SY_ERR_BODY_MISMATCH, "public", 0, 0);
	SY_TRY(sy_json_set(bodies, hex, sy_json_from_str(public_text)));
	enum sy_err e = trial(s, st, bodies, &f);
	/* A lot may be sealed with its product, before either is in the log. */
	if (e == SY_ERR_NOT_LOGGED && strcmp(st->type, "lot") == 0)
		return SY_OK;
	if (reterr != NULL && e != SY_OK)
		*reterr = f;
	return e;
}

static enum sy_err
fill_head(const struct signer *s, struct sy_seal_head *ret, struct sy_fault *reterr)
{
	if (s->status_cert == NULL || s->status_entry == NULL)
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_KEY, "status", 0, 0);
	(void)snprintf(ret->kid, sizeof ret->kid, "%u", (unsigned)s->status_entry->kid);
	ret->role = SY_ROLE_STATUS;
	memcpy(ret->x5t, sy_cert_sha256(s->status_cert), sizeof ret->x5t);
	return SY_OK;
}

enum sy_err
op_status_seal(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr)
{
	const char *text = NULL, *public_text = NULL;
	struct sy_seal_head head = { 0 };
	SY_AUTO_STATEMENT st = { 0 };
	SY_TRY(state_ready(s, state_now(), reterr));
	SY_TRY(ops_text(request, "statement", &text, reterr));
	SY_TRY(ops_text(request, "public", &public_text, reterr));
	enum sy_err e = sy_statement_parse(sy_span_str(text), &st, reterr);
	if (e != SY_OK) {
		sy_fault_within(reterr, "statement");
		return e;
	}
	SY_TRY(fill_head(s, &head, reterr));
	SY_TRY(check(s, &st, public_text, reterr));
	return ops_seal(s->status, &head, st.type, sy_span_str(text), ret);
}
