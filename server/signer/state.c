/* state.c: opening the state directory and moving it on, see state.h. */
#include "server/signer/state.h"

#include "server/sql_signer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PATH_SIZE 1024

int64_t
state_now(void)
{
	return (int64_t)time(NULL);
}

static enum sy_err
read_key(const char *dir, const char *name, const struct sy_secret *passphrase, struct sy_key **ret, struct sy_fault *reterr)
{
	char path[PATH_SIZE];
	if (snprintf(path, sizeof path, "%s/%s.pem", dir, name) >= (int)sizeof path)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, dir, 0, 0);
	SY_CLEANUP(sy_buf_done) struct sy_buf pem;
	sy_buf_init(&pem, 8192);
	SY_TRY(state_file_read(path, 8192, &pem, reterr));
	enum sy_err e = sy_key_parse_pem(sy_buf_span(&pem), passphrase, ret);
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e, path, 0, 0);
}

static enum sy_err
read_keys(const char *dir, struct signer *s, struct sy_fault *reterr)
{
	char path[PATH_SIZE];
	if (snprintf(path, sizeof path, "%s/passphrase", dir) >= (int)sizeof path)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, dir, 0, 0);
	SY_AUTO_SECRET *passphrase = NULL;
	SY_TRY(sy_secret_read(path, &passphrase, reterr));
	SY_TRY(read_key(dir, "label", passphrase, &s->label, reterr));
	SY_TRY(read_key(dir, "log", passphrase, &s->log, reterr));
	return read_key(dir, "status", passphrase, &s->status, reterr);
}

/* Whose keys of the list are ours: looked up by the key, so that a kid typed wrong is found out. */
static const struct sy_trust_key *
own_entry(const struct sy_trust *t, enum sy_key_role role, const struct sy_key *key)
{
	const struct sy_trust_facts *f = sy_trust_facts(t);
	for (size_t i = 0; i < f->nkeys; i++)
		if (f->keys[i].role == role && sy_key_eq_public(f->keys[i].key, key))
			return &f->keys[i];
	return NULL;
}

static void
use_trust(struct signer *s, struct sy_trust *t)
{
	sy_trust_free(s->trust);
	s->trust = t;
	s->anchor = sy_trust_facts(t)->policy;
	s->label_entry = own_entry(t, SY_KEY_LABEL, s->label);
	s->status_entry = own_entry(t, SY_KEY_STATUS, s->status);
}

static enum sy_err
load_frontier(struct sy_span hashes, uint64_t size, struct sy_frontier *ret)
{
	sy_frontier_init(ret);
	ret->size = size;
	unsigned bits = 0;
	for (uint64_t v = size; v != 0; v &= v - 1)
		bits++;
	if (hashes.len != (size_t)bits * sizeof ret->node[0].b)
		return SY_ERR_DATA_DAMAGED;
	for (ret->n = 0; ret->n < bits; ret->n++)
		memcpy(ret->node[ret->n].b, hashes.data + (size_t)ret->n * 32, 32);
	return SY_OK;
}

static enum sy_err
load_trust(struct signer *s, struct sy_span anchor, struct sy_span note, struct sy_fault *reterr)
{
	SY_TRY(sy_anchor_parse(anchor, &s->anchor, reterr));
	struct sy_anchor by = s->anchor;
	struct sy_trust *t = NULL;
	SY_TRY(sy_trust_parse(note, &by, &t, reterr));
	use_trust(s, t);
	return SY_OK;
}

static enum sy_err
load(struct signer *s, struct sy_fault *reterr)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(s->db, "SELECT origin, size, frontier, anchor, trust, status_cert, root_cert FROM state", &q));
	SY_TRY(db_one(q));
	(void)snprintf(s->origin, sizeof s->origin, "%s", db_col_cstr(q, 0));
	SY_TRY(load_frontier(db_col_blob(q, 2), (uint64_t)db_col_int(q, 1), &s->frontier));
	if (db_col_is_null(q, 4))
		return SY_OK;
	SY_TRY(load_trust(s, db_col_text(q, 3), db_col_text(q, 4), reterr));
	SY_TRY(sy_cert_parse(db_col_blob(q, 5), &s->status_cert));
	return sy_cert_parse(db_col_blob(q, 6), &s->root_cert);
}

void
state_close(struct signer *s)
{
	if (s == NULL)
		return;
	db_close(s->db);
	sy_key_free(s->label);
	sy_key_free(s->log);
	sy_key_free(s->status);
	sy_trust_free(s->trust);
	sy_cert_free(s->status_cert);
	sy_cert_free(s->root_cert);
	(void)pthread_mutex_destroy(&s->lock);
	free(s);
}

enum sy_err
state_open(const char *dir, struct signer **ret, struct sy_fault *reterr)
{
	*ret = NULL;
	SY_TRY(state_dir_check(dir, reterr));
	char path[PATH_SIZE];
	if (snprintf(path, sizeof path, "%s/signer.db", dir) >= (int)sizeof path)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, dir, 0, 0);
	struct signer *made = calloc(1, sizeof *made);
	if (made == NULL || pthread_mutex_init(&made->lock, NULL) != 0) {
		free(made);
		return SY_ERR_NO_MEMORY;
	}
	SY_CLEANUP(state_closep) struct signer *s = made;
	SY_TRY(read_keys(dir, s, reterr));
	SY_TRY(db_open(path, DB_WRITE, &s->db, reterr));
	SY_TRY(db_migrate(s->db, signer_migrations, signer_migrations_len, reterr));
	enum sy_err e = load(s, reterr);
	if (e != SY_OK)
		return sy_fault_at(reterr, e == SY_ERR_NOT_FOUND ? SY_ERR_DATA_DAMAGED : e, path, 0, 0);
	*ret = s;
	s = NULL;
	return SY_OK;
}

enum sy_err
state_ready(const struct signer *s, int64_t now, struct sy_fault *reterr)
{
	if (s->trust == NULL)
		return sy_fault_say(reterr, SY_ERR_UNAVAILABLE, "", "签名器还没有信任名单，请先运行 suyuan-signer adopt", "the signer has no trust list yet: run suyuan-signer adopt");
	const struct sy_trust_facts *f = sy_trust_facts(s->trust);
	return now < f->expires ? SY_OK : sy_fault_at(reterr, SY_ERR_TRUST_EXPIRED, "", 0, 0);
}

static enum sy_err
print_checkpoint(struct signer *s, const struct sy_frontier *f, struct sy_buf *ret)
{
	struct sy_checkpoint c = { .size = f->size };
	(void)snprintf(c.origin, sizeof c.origin, "%s", s->origin);
	SY_TRY(sy_frontier_root(f, &c.root));
	sy_buf_reset(ret);
	sy_checkpoint_print(&c, ret);
	return sy_note_sign(ret, s->origin, s->log);
}

enum sy_err
state_advance(struct signer *s, const struct sy_frontier *f, struct sy_buf *retcheckpoint)
{
	SY_TRY(print_checkpoint(s, f, retcheckpoint));
	SY_TRY(sy_buf_err(retcheckpoint));
	uint8_t hashes[64 * 32];
	for (unsigned i = 0; i < f->n; i++)
		memcpy(hashes + (size_t)i * 32, f->node[i].b, 32);
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(s->db, "UPDATE state SET size = $1, frontier = $2, checkpoint = $3 WHERE size < $1", &q));
	db_bind_int(q, 1, (int64_t)f->size);
	db_bind_blob(q, 2, sy_span(hashes, (size_t)f->n * 32));
	db_bind_text_span(q, 3, sy_buf_span(retcheckpoint));
	SY_TRY(db_run(q));
	return db_changes(s->db) == 1 ? SY_OK : SY_ERR_LOG_DIFFERS;
}

static enum sy_err
check_list(const struct signer *s, const struct sy_trust *t, struct sy_fault *reterr)
{
	const struct sy_trust_facts *f = sy_trust_facts(t);
	if (strcmp(f->origin, s->origin) != 0)
		return sy_fault_say(reterr, SY_ERR_WRONG_ORIGIN, "note", "名单属于 %s，本签名器是 %s", "the list is for %s, this signer is %s", f->origin, s->origin);
	if (s->trust != NULL && f->version <= sy_trust_facts(s->trust)->version)
		return sy_fault_say(reterr, SY_ERR_TRUST_ROLLBACK, "note", "第 %llu 版不比现行第 %llu 版新", "version %llu is not newer than version %llu in force",
		    (unsigned long long)f->version, (unsigned long long)sy_trust_facts(s->trust)->version);
	return f->expires > state_now() ? SY_OK : sy_fault_at(reterr, SY_ERR_TRUST_EXPIRED, "note", 0, 0);
}

static enum sy_err
store_trust(struct signer *s, const struct sy_trust *t, struct sy_span note)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf anchor;
	sy_buf_init(&anchor, 65536);
	/* The roots it was verified by; the next list is verified by those that this one names (use_trust). */
	sy_anchor_print(&s->anchor, &anchor);
	SY_TRY(sy_buf_err(&anchor));
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(s->db, "UPDATE state SET anchor = $1, trust = $2, trust_version = $3", &q));
	db_bind_text_span(q, 1, sy_buf_span(&anchor));
	db_bind_text_span(q, 2, note);
	db_bind_int(q, 3, (int64_t)sy_trust_facts(t)->version);
	return db_run(q);
}

enum sy_err
state_trust(struct signer *s, struct sy_span note, struct sy_fault *reterr)
{
	if (s->trust == NULL)
		return state_ready(s, 0, reterr);
	struct sy_trust *made = NULL;
	SY_TRY(sy_trust_parse(note, &s->anchor, &made, reterr));
	SY_CLEANUP(sy_trust_freep) struct sy_trust *t = made;
	SY_TRY(check_list(s, t, reterr));
	SY_TRY(store_trust(s, t, note));
	use_trust(s, t);
	t = NULL;
	return SY_OK;
}

/* The status certificate is for our key and hangs, by role, on the list. */
static enum sy_err
check_status(struct signer *s, const struct sy_cert *status, const struct sy_cert *root, struct sy_fault *reterr)
{
	SY_AUTO_KEY *key = NULL;
	SY_TRY(sy_cert_key(status, &key));
	if (!sy_key_eq_public(key, s->status))
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_KEY, "status-cert", 0, 0);
	enum sy_err e = sy_chain_check(status, &root, 1, s->trust, SY_ROLE_STATUS, state_now());
	if (e != SY_OK)
		return sy_fault_at(reterr, e, "status-cert", 0, 0);
	if (s->label_entry == NULL || s->status_entry == NULL)
		return sy_fault_say(reterr, SY_ERR_UNKNOWN_KEY, "trust", "名单里没有本签名器的标签密钥或状态密钥；请用 suyuan-signer init 打印的密钥另做名单", "the list does not hold this signer's label key or status key: make one with the keys that suyuan-signer init printed");
	return SY_OK;
}

static enum sy_err
store_certs(struct signer *s, const struct sy_cert *status, const struct sy_cert *root)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(s->db, "UPDATE state SET status_cert = $1, root_cert = $2", &q));
	db_bind_blob(q, 1, sy_cert_der(status));
	db_bind_blob(q, 2, sy_cert_der(root));
	return db_run(q);
}

static enum sy_err
adopt(struct signer *s, struct sy_span anchor, struct sy_span note, struct sy_cert *status, struct sy_cert *root, struct sy_fault *reterr)
{
	SY_TRY(sy_anchor_parse(anchor, &s->anchor, reterr));
	struct sy_anchor first = s->anchor;
	struct sy_trust *t = NULL;
	SY_TRY(sy_trust_parse(note, &first, &t, reterr));
	enum sy_err e = check_list(s, t, reterr);
	if (e == SY_OK)
		e = store_trust(s, t, note);
	if (e != SY_OK) {
		sy_trust_free(t);
		return e;
	}
	use_trust(s, t);
	SY_TRY(check_status(s, status, root, reterr));
	return store_certs(s, status, root);
}

/* Again: other certificates, and the list if it is newer. The roots stay those of the state. */
static enum sy_err
renew(struct signer *s, struct sy_span note, const struct sy_cert *status, const struct sy_cert *root, struct sy_fault *reterr)
{
	struct sy_fault f = { 0 };
	enum sy_err e = state_trust(s, note, &f);
	if (e != SY_OK && e != SY_ERR_TRUST_ROLLBACK) { /* no newer than the one in force: that one stays */
		if (reterr != NULL)
			*reterr = f;
		return e;
	}
	SY_TRY(check_status(s, status, root, reterr));
	return store_certs(s, status, root);
}

enum sy_err
state_adopt(struct signer *s, struct sy_span anchor, struct sy_span trust, struct sy_span status_cert_pem, struct sy_span root_cert_pem, struct sy_fault *reterr)
{
	const bool again = s->trust != NULL;
	SY_AUTO_CERT *status = NULL, *root = NULL;
	SY_TRY(sy_cert_parse_pem(status_cert_pem, &status));
	SY_TRY(sy_cert_parse_pem(root_cert_pem, &root));
	SY_TRY(db_begin(s->db));
	enum sy_err e = again ? renew(s, trust, status, root, reterr) : adopt(s, anchor, trust, status, root, reterr);
	if (e == SY_OK)
		e = db_commit(s->db);
	if (e != SY_OK) {
		db_rollback(s->db);
		return e; /* memory may be ahead of the disk: the verb ends here */
	}
	sy_cert_free(s->status_cert);
	sy_cert_free(s->root_cert);
	s->status_cert = status;
	s->root_cert = root;
	status = root = NULL;
	return SY_OK;
}
