/* op_person.c: keys of persons, each under that person's own passphrase (trust.md,
 * "A person's key is the person's"). The passphrase comes with every seal, is kept
 * nowhere, and a try is counted on disk before it is made. */
#include "server/signer/ops.h"

#include "certs/entry.h"
#include "schema/model/id16.h"
#include "schema/model/statement.h"
#include "schema/wire/hex.h"
#include "server/signer/rules.h"

#include <stdio.h>
#include <string.h>

#define PASSPHRASE_MIN 8
#define PASSPHRASE_MAX 256
#define TRIES_FREE 5
#define LOCK_SECONDS 60 /* doubled for each wrong try after the free ones */
#define LOCK_DOUBLINGS 6 /* about an hour */

/* A request's own text, wiped where it lies: jansson lends it const, and would free it unwiped. */
static void
wipe_text(const char *s)
{
	const union {
		const char *lent;
		void *bytes;
	} p = { .lent = s };
	sy_wipe(p.bytes, strlen(s));
}

static enum sy_err
read_passphrase(const struct sy_json *request, struct sy_secret **ret, struct sy_fault *reterr)
{
	const char *text = NULL;
	SY_TRY(ops_text(request, "passphrase", &text, reterr));
	size_t len = strlen(text);
	enum sy_err e = len < PASSPHRASE_MIN ? SY_ERR_TOO_SHORT : len > PASSPHRASE_MAX ? SY_ERR_TOO_LONG : SY_OK;
	if (e == SY_OK)
		e = sy_secret_new(sy_span(text, len), ret);
	wipe_text(text);
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e, "passphrase", 0, 0);
}

struct person {
	const char *id, *party, *subject;
	char kid[17];
	struct sy_buf pem, csr;
};

static void
person_done(struct person *p)
{
	sy_buf_done(&p->pem);
	sy_buf_done(&p->csr);
}

static enum sy_err
store(struct signer *s, struct person *p)
{
	uint8_t id[16];
	DB_AUTO_STMT *q = NULL;
	SY_TRY(sy_hex_parse(sy_span_str(p->id), id, sizeof id, NULL));
	SY_TRY(db_prepare(s->db, "INSERT INTO person (kid, id, party, subject, pem) VALUES ($1, $2, $3, $4, $5)", &q));
	db_bind_text(q, 1, p->kid);
	db_bind_blob(q, 2, sy_span(id, sizeof id));
	db_bind_text(q, 3, p->party);
	db_bind_text(q, 4, p->subject);
	db_bind_text_span(q, 5, sy_buf_span(&p->pem));
	return db_run(q);
}

static enum sy_err
read_person(const struct sy_json *request, struct person *p, struct sy_fault *reterr)
{
	SY_TRY(ops_text(request, "person", &p->id, reterr));
	SY_TRY(ops_text(request, "party", &p->party, reterr));
	SY_TRY(ops_text(request, "subject", &p->subject, reterr));
	if (sy_id16_check(sy_span_str(p->id), NULL) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "person", 0, 0);
	if (sy_id16_check(sy_span_str(p->party), NULL) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "party", 0, 0);
	size_t len = strlen(p->subject);
	return len >= 1 && len <= 64 ? SY_OK : sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "subject", 0, 0);
}

static enum sy_err
make(struct person *p, const struct sy_secret *passphrase, struct sy_fault *reterr)
{
	SY_AUTO_KEY *key = NULL;
	SY_TRY(sy_key_generate(SY_ALG_P256, &key));
	SY_TRY(sy_key_kid(key, p->kid));
	SY_TRY(sy_key_print_pem(key, passphrase, &p->pem));
	enum sy_err e = sy_csr_print(key, p->subject, &p->csr);
	if (e != SY_OK)
		return sy_fault_at(reterr, e, "subject", 0, 0);
	SY_TRY(sy_buf_err(&p->pem));
	return sy_buf_err(&p->csr);
}

enum sy_err
op_person_new(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr)
{
	SY_CLEANUP(person_done) struct person p = { 0 };
	SY_AUTO_SECRET *passphrase = NULL;
	sy_buf_init(&p.pem, 8192);
	sy_buf_init(&p.csr, 8192);
	SY_TRY(read_passphrase(request, &passphrase, reterr));
	SY_TRY(read_person(request, &p, reterr));
	SY_TRY(make(&p, passphrase, reterr));
	if (pthread_mutex_lock(&s->lock) != 0)
		return SY_ERR_INTERNAL;
	enum sy_err e = store(s, &p);
	(void)pthread_mutex_unlock(&s->lock);
	SY_TRY(e);
	return sy_json_pack(ret, "{s:s, s:s}", "kid", p.kid, "csr", sy_buf_cstr(&p.csr));
}

/* Counts the try, then hands out the wrapped key. */
static enum sy_err
begin_try(struct signer *s, const char *kid, struct sy_buf *retpem)
{
	DB_AUTO_STMT *q = NULL, *u = NULL;
	int64_t now = state_now();
	SY_TRY(db_prepare(s->db, "SELECT pem, tries, locked FROM person WHERE kid = $1", &q));
	db_bind_text(q, 1, kid);
	enum sy_err e = db_one(q);
	if (e != SY_OK)
		return e == SY_ERR_NOT_FOUND ? SY_ERR_UNKNOWN_KEY : e;
	if (now < db_col_int(q, 2))
		return SY_ERR_TOO_MANY;
	int64_t tries = db_col_int(q, 1) + 1, over = tries - TRIES_FREE;
	sy_buf_add_span(retpem, db_col_text(q, 0));
	SY_TRY(sy_buf_err(retpem));
	int64_t wait = over < 0 ? 0 : (int64_t)LOCK_SECONDS << (over > LOCK_DOUBLINGS ? LOCK_DOUBLINGS : over);
	db_reset(q);
	SY_TRY(db_prepare(s->db, "UPDATE person SET tries = $2, locked = $3 WHERE kid = $1", &u));
	db_bind_text(u, 1, kid);
	db_bind_int(u, 2, tries);
	db_bind_int(u, 3, wait == 0 ? 0 : now + wait);
	return db_run(u);
}

static enum sy_err
end_try(struct signer *s, const char *kid)
{
	DB_AUTO_STMT *u = NULL;
	SY_TRY(db_prepare(s->db, "UPDATE person SET tries = 0, locked = 0 WHERE kid = $1", &u));
	db_bind_text(u, 1, kid);
	return db_run(u);
}

static enum sy_err
open_key(struct signer *s, const char *kid, const struct sy_secret *passphrase, struct sy_key **ret, struct sy_fault *reterr)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf pem;
	sy_buf_init(&pem, 8192);
	if (pthread_mutex_lock(&s->lock) != 0)
		return SY_ERR_INTERNAL;
	enum sy_err e = begin_try(s, kid, &pem);
	(void)pthread_mutex_unlock(&s->lock);
	if (e != SY_OK)
		return sy_fault_at(reterr, e, "kid", 0, 0);
	e = sy_key_parse_pem(sy_buf_span(&pem), passphrase, ret);
	if (e != SY_OK)
		return sy_fault_at(reterr, e, "passphrase", 0, 0);
	if (pthread_mutex_lock(&s->lock) != 0)
		return SY_ERR_INTERNAL;
	e = end_try(s, kid);
	(void)pthread_mutex_unlock(&s->lock);
	return e;
}

static enum sy_err
read_head(const struct sy_json *request, const struct sy_statement *st, struct sy_seal_head *ret, struct sy_fault *reterr)
{
	const char *kid = NULL, *role = NULL, *x5t = NULL;
	SY_TRY(ops_text(request, "kid", &kid, reterr));
	SY_TRY(ops_text(request, "role", &role, reterr));
	SY_TRY(ops_text(request, "x5t", &x5t, reterr));
	if (snprintf(ret->kid, sizeof ret->kid, "%s", kid) >= (int)sizeof ret->kid)
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_KEY, "kid", 0, 0);
	if (sy_role_parse(sy_span_str(role), &ret->role) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_CODE, "role", 0, 0);
	/* A person never says what the installation says. */
	if (ret->role == SY_ROLE_STATUS || !rules_role_may(st->type, ret->role))
		return sy_fault_at(reterr, SY_ERR_WRONG_ROLE, "role", 0, 0);
	enum sy_err e = sy_hex_parse(sy_span_str(x5t), ret->x5t, sizeof ret->x5t, NULL);
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e, "x5t", 0, 0);
}

enum sy_err
op_person_seal(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr)
{
	const char *text = NULL;
	struct sy_seal_head head = { 0 };
	SY_AUTO_SECRET *passphrase = NULL;
	SY_AUTO_STATEMENT st = { 0 };
	SY_AUTO_KEY *key = NULL;
	SY_TRY(read_passphrase(request, &passphrase, reterr));
	SY_TRY(ops_text(request, "statement", &text, reterr));
	enum sy_err e = sy_statement_parse(sy_span_str(text), &st, reterr);
	if (e != SY_OK) {
		sy_fault_within(reterr, "statement");
		return e;
	}
	SY_TRY(read_head(request, &st, &head, reterr));
	SY_TRY(open_key(s, head.kid, passphrase, &key, reterr));
	return ops_seal(key, &head, st.type, sy_span_str(text), ret);
}
