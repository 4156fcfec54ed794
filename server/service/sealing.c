/* sealing.c: from seals to an item for the logbook. */
#include "server/service/sealing.h"

#include "certs/digest.h"
#include "schema/model/statement.h"
#include "schema/wire/b64.h"
#include "schema/wire/canon.h"
#include "schema/wire/hex.h"
#include "server/service/now.h"
#include "server/store/body.h"
#include "server/store/log.h"

#include <stdio.h>
#include <string.h>

void
sealing_flat_field(struct sy_fault *f)
{
	static const char *const prefixes[] = {"statement.", "body.", "figures.", "subject."};
	for (size_t i = 0; f != NULL && i < SY_LEN(prefixes); i++) {
		size_t n = strlen(prefixes[i]);
		if (strncmp(f->field, prefixes[i], n) == 0)
			memmove(f->field, f->field + n, strlen(f->field + n) + 1);
	}
}

unsigned
sealing_roles(const char *type, const struct sy_json *body, bool *retall)
{
	const char *kind = sy_json_get_str(body, "subject_kind");
	*retall = strcmp(type, "report") == 0;
	if (*retall)
		return SY_ROLE_TESTER | SY_ROLE_REVIEWER | SY_ROLE_APPROVER;
	if (strcmp(type, "certificate") == 0)
		return sy_shape_is(body, "kind", "commitment") ? SY_ROLE_PRODUCER : SY_ROLE_CERTIFIER;
	if (strcmp(type, "release") == 0)
		return SY_ROLE_OPERATOR;
	if (strcmp(type, "hold") == 0)
		return kind != NULL && strcmp(kind, "certificate") == 0 ? SY_ROLE_CERTIFIER : SY_ROLE_OFFICER | SY_ROLE_OPERATOR;
	if (strcmp(type, "recall") == 0)
		return SY_ROLE_OFFICER | SY_ROLE_OPERATOR;
	if (strcmp(type, "void") != 0)
		return SY_ROLE_STATUS;
	if (kind != NULL && strcmp(kind, "report") == 0)
		return SY_ROLE_APPROVER;
	if (kind != NULL && strcmp(kind, "certificate") == 0)
		return SY_ROLE_CERTIFIER | SY_ROLE_PRODUCER;
	return SY_ROLE_OPERATOR | SY_ROLE_OFFICER;
}

/* protected and signature as the signer or a person's tool gives them, into a row. */
static enum sy_err
seal_row_from(const char *protected_json, const char *sig_b64url, int64_t now, struct seal_row *ret, struct sy_seal_head *rethead,
    struct sy_fault *reterr)
{
	memset(ret, 0, sizeof *ret);
	if (protected_json == NULL || strlen(protected_json) > STORE_PROTECTED_MAX)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "protected", 0, 0);
	enum sy_err e = sy_seal_head_parse(sy_span_str(protected_json), rethead, reterr);
	if (e != SY_OK) {
		sy_fault_within(reterr, "protected");
		return e;
	}
	if (sig_b64url != NULL && sy_b64url_parse_fixed(sy_span_str(sig_b64url), ret->sig, sizeof ret->sig, NULL) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "signature", 0, 0);
	memcpy(ret->protected_json, protected_json, strlen(protected_json) + 1);
	memcpy(ret->x5t, rethead->x5t, sizeof ret->x5t);
	(void)snprintf(ret->role, sizeof ret->role, "%s", sy_role_name(rethead->role));
	ret->made_at = now;
	return SY_OK;
}

static void
item_of(const struct record_row *r, struct log_item *ret)
{
	memcpy(ret->id, r->id, sizeof ret->id);
	memcpy(ret->type, r->type, sizeof ret->type);
	ret->version = r->version;
	ret->statement = sy_buf_span(&r->statement);
}

enum sy_err
sealing_by_status(struct app *app, const struct draft *d, struct log_item *ret, struct sy_fault *reterr)
{
	SY_AUTO_JSON *ask = NULL;
	SY_AUTO_JSON *answer = NULL;
	struct sy_seal_head head;
	memset(ret, 0, sizeof *ret);
	SY_TRY(sy_json_pack(&ask, "{s:s, s:o, s:o}", "op", "status_seal", "statement", sy_json_from_span(sy_buf_span(&d->row.statement)),
	    "public", sy_json_from_span(sy_buf_span(&d->public_text))));
	enum sy_err e = signer_client_call(app->signer, ask, &answer, reterr);
	sealing_flat_field(reterr);
	SY_TRY(e);
	SY_TRY(seal_row_from(sy_json_get_str(answer, "protected"), sy_json_get_str(answer, "signature"), d->time, &ret->seal[0], &head, reterr));
	ret->draft = d;
	item_of(&d->row, ret);
	ret->nseals = 1;
	return SY_OK;
}

static enum sy_err
public_body(struct db *db, const struct record_row *r, struct sy_json **ret)
{
	struct sy_buf text;
	sy_buf_init(&text, STORE_BODY_MAX);
	enum sy_err e = body_store_get(db, r->public_sha256, NULL, &text);
	if (e == SY_OK)
		e = sy_json_parse(sy_buf_span(&text), ret, NULL);
	sy_buf_done(&text);
	return e;
}

static unsigned
bit_of(const char *role)
{
	enum sy_role r;
	return sy_role_parse(sy_span_str(role), &r) == SY_OK ? (unsigned)r : 0;
}

enum sy_err
sealing_needed(struct db *db, const struct record_row *r, unsigned *ret)
{
	SY_AUTO_JSON *body = NULL;
	struct seal_row seal[SY_ENTRY_SEALS_MAX];
	size_t n = 0;
	bool all = false;
	*ret = 0;
	if (strcmp(r->state, "sealing") != 0)
		return SY_OK;
	SY_TRY(public_body(db, r, &body));
	*ret = sealing_roles(r->type, body, &all);
	SY_TRY(seal_store_all(db, r->id, r->version, seal, SY_LEN(seal), &n));
	for (size_t i = 0; i < n; i++)
		*ret = all ? *ret & ~bit_of(seal[i].role) : 0;
	/* All are there and the signer refused: whoever seals it again has it asked again. */
	struct entry_row row;
	if (n > 0 && *ret == 0 && entry_store_of(db, r->id, r->version, &row) == SY_ERR_NOT_FOUND)
		*ret = sealing_roles(r->type, body, &all);
	return SY_OK;
}

/* What one request works on. */
struct work {
	struct app *app;
	const struct sealing_request *q;
	struct record_row row;
	struct sealing_certs certs;
	struct seal_row seal;
	struct sy_seal_head head;
	unsigned roles;
	bool all;
	struct seal_row old[SY_ENTRY_SEALS_MAX];
	size_t nold;
	struct log_item item;
	unsigned needed; /* roles still missing with this seal; decided by the writer */
};

/* Signed here, by the signer, with the caller's own key and passphrase. */
static enum sy_err
seal_with_passphrase(struct work *w, struct sy_fault *reterr)
{
	char x5t[65], kid[17];
	SY_AUTO_KEY *key = NULL;
	SY_AUTO_JSON *ask = NULL;
	SY_AUTO_JSON *answer = NULL;
	SY_TRY(sy_cert_key(w->certs.cert[0], &key));
	SY_TRY(sy_key_kid(key, kid));
	sy_hex_print(sy_span(sy_cert_sha256(w->certs.cert[0]), 32), x5t);
	SY_TRY(sy_json_pack(&ask, "{s:s, s:s, s:s, s:s, s:s, s:o}", "op", "person_seal", "kid", kid, "passphrase", w->q->passphrase, "role",
	    sy_role_name(w->q->role), "x5t", x5t, "statement", sy_json_from_span(sy_buf_span(&w->row.statement))));
	SY_TRY(signer_client_call(w->app->signer, ask, &answer, reterr));
	return seal_row_from(sy_json_get_str(answer, "protected"), sy_json_get_str(answer, "signature"), now_seconds(w->app), &w->seal,
	    &w->head, reterr);
}

static enum sy_err
verify(const struct work *w, struct sy_fault *reterr)
{
	struct sy_entry_part part = {sy_span_str(w->seal.protected_json), w->seal.sig};
	struct sy_buf bytes;
	struct sy_entry entry;
	sy_buf_init(&bytes, SY_ENTRY_MAX);
	enum sy_err e = sy_entry_print(sy_buf_span(&w->row.statement), &part, 1, &bytes);
	if (e == SY_OK)
		e = sy_entry_parse(sy_buf_span(&bytes), &entry, reterr);
	sy_buf_done(&bytes);
	SY_TRY(e);
	e = sy_entry_seal_verify(&entry, 0, w->certs.cert[0]);
	sy_entry_done(&entry);
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e, "signature", 0, 0);
}

/* Three people: not the login, not the certificate, not the staff number and not the key of another role. */
static enum sy_err
another_person(struct db *db, const struct work *w, struct sy_fault *reterr)
{
	SY_AUTO_KEY *mine = NULL;
	SY_TRY(sy_cert_key(w->certs.cert[0], &mine));
	for (size_t i = 0; w->all && i < w->nold; i++) {
		if (strcmp(w->old[i].role, w->seal.role) == 0)
			continue;
		if (w->old[i].has_user && memcmp(w->old[i].user, w->q->caller->id, 16) == 0)
			return sy_fault_say(reterr, SY_ERR_SAME_PERSON, "role", "此登录已交过 %s 的签章；请由另一人登录后来盖",
			    "this login handed in the seal of the %s: another person must sign in", w->old[i].role);
		struct sealing_certs other = {0};
		SY_AUTO_KEY *theirs = NULL;
		SY_TRY(sealing_certs_load(db, w->old[i].x5t, &other));
		bool same = strcmp(sy_cert_subject(other.cert[0]), sy_cert_subject(w->certs.cert[0])) == 0;
		enum sy_err e = sy_cert_key(other.cert[0], &theirs);
		same = same || (e == SY_OK && sy_key_eq_public(mine, theirs));
		sealing_certs_done(&other);
		SY_TRY(e);
		if (same)
			return sy_fault_say(reterr, SY_ERR_SAME_PERSON, "role", "此人已作为 %s 盖章；请由另一人来盖", "this person sealed it as %s: another must", w->old[i].role);
	}
	return SY_OK;
}

static enum sy_err
load(struct db *db, struct work *w, struct sy_fault *reterr)
{
	const struct sealing_request *q = w->q;
	SY_AUTO_JSON *body = NULL;
	SY_TRY(record_store_get(db, q->id, q->version, &w->row));
	if (strcmp(w->row.state, "sealing") != 0)
		return sy_fault_say(reterr, SY_ERR_WRONG_STATE, "record", "第 %lld 版已经盖齐，要改请另立新版",
		    "version %lld is sealed already: to change it, make a new version", (long long)w->row.version);
	if (!q->caller->has_party || memcmp(q->caller->party, w->row.issuer, 16) != 0)
		return sy_fault_at(reterr, SY_ERR_WRONG_PARTY, "record", 0, 0);
	SY_TRY(public_body(db, &w->row, &body));
	w->roles = sealing_roles(w->row.type, body, &w->all);
	if ((w->roles & (unsigned)q->role) == 0 || q->role == SY_ROLE_STATUS)
		return sy_fault_at(reterr, SY_ERR_WRONG_ROLE, "role", 0, 0);
	SY_TRY(seal_store_all(db, w->row.id, w->row.version, w->old, SY_LEN(w->old), &w->nold));
	if (q->passphrase == NULL)
		return sealing_certs_parse(q->certs, &w->certs, reterr);
	if (!q->caller->has_x5t)
		return sy_fault_say(reterr, SY_ERR_WRONG_STATE, "passphrase", "您还没有证书；请先生成密钥，并装入签发的证书", "you have no certificate yet: make a key, and install the certificate issued for it");
	return sealing_certs_load(db, q->caller->x5t, &w->certs);
}

/* All seals there must be, in their order, with the new one; what is still missing else. */
static void
collect(struct work *w)
{
	static const enum sy_role order[] = {SY_ROLE_TESTER, SY_ROLE_REVIEWER, SY_ROLE_APPROVER};
	memset(&w->item, 0, sizeof w->item);
	item_of(&w->row, &w->item);
	w->needed = 0;
	if (!w->all) {
		w->item.seal[w->item.nseals++] = w->seal;
		return;
	}
	for (size_t i = 0; i < SY_LEN(order); i++) {
		const struct seal_row *s = w->q->role == order[i] ? &w->seal : NULL;
		for (size_t k = 0; s == NULL && k < w->nold; k++)
			if (strcmp(w->old[k].role, sy_role_name(order[i])) == 0)
				s = &w->old[k];
		if (s == NULL)
			w->needed |= (unsigned)order[i];
		else
			w->item.seal[w->item.nseals++] = *s;
	}
}

/* Here, and only here, a record is found complete: others' seals may have come since it was read.
 * The last seal is not kept by this transaction but by the one that makes the entry. */
static enum sy_err
put_seal(struct db *db, void *arg, struct sy_fault *reterr)
{
	struct work *w = arg;
	SY_TRY(log_still_sealing(db, w->row.id, w->row.version, reterr));
	SY_TRY(seal_store_all(db, w->row.id, w->row.version, w->old, SY_LEN(w->old), &w->nold));
	SY_TRY(another_person(db, w, reterr));
	collect(w);
	w->item.line = w->q->line;
	if (w->needed == 0)
		return SY_OK;
	SY_TRY(seal_store_put(db, w->row.id, w->row.version, &w->seal));
	return trail_write(db, w->q->line);
}

static enum sy_err
run(struct work *w, struct sealing_answer *ret, struct sy_fault *reterr)
{
	char issuer[33];
	{
		DB_LOAN(w->app->reads, loan);
		SY_TRY(db_loan_take(&loan, reterr));
		SY_TRY(load(loan.db, w, reterr));
	}
	sy_hex_print(sy_span(w->row.issuer, 16), issuer);
	SY_TRY(sealing_certs_check(w->app, &w->certs, w->q->role, issuer, reterr));
	if (w->q->passphrase != NULL) {
		SY_TRY(seal_with_passphrase(w, reterr));
	} else {
		SY_TRY(seal_row_from(w->q->protected_json, NULL, now_seconds(w->app), &w->seal, &w->head, reterr));
		memcpy(w->seal.sig, w->q->sig, sizeof w->seal.sig);
	}
	if (w->head.role != w->q->role)
		return sy_fault_at(reterr, SY_ERR_WRONG_ROLE, "protected", 0, 0);
	w->seal.has_user = true;
	memcpy(w->seal.user, w->q->caller->id, sizeof w->seal.user);
	SY_TRY(verify(w, reterr));
	SY_TRY(sealing_certs_store(w->app, &w->certs, reterr));
	SY_TRY(commit_now(w->app->writer, put_seal, w, reterr));
	ret->version = w->row.version;
	ret->needed = w->needed;
	if (ret->needed != 0)
		return SY_OK;
	SY_TRY(logbook_add(w->app->logbook, &w->item, &ret->place, reterr));
	ret->complete = true;
	return SY_OK;
}

enum sy_err
sealing_by_person(struct app *app, const struct sealing_request *q, struct sealing_answer *ret, struct sy_fault *reterr)
{
	struct work w;
	memset(&w, 0, sizeof w);
	memset(ret, 0, sizeof *ret);
	w.app = app;
	w.q = q;
	record_row_init(&w.row);
	enum sy_err e = run(&w, ret, reterr);
	record_row_done(&w.row);
	sealing_certs_done(&w.certs);
	return e;
}
