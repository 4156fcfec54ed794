/* op_append.c: new entries: verified from their bytes, admitted by the rules, hashed
 * into the tree, and one checkpoint over all; in one transaction or not at all.
 *
 * The signer's own frontier says what the log is. A server that lost entries (an old
 * backup) or holds others comes with a size or root that does not fit and is refused. */
#include "server/signer/ops.h"

#include "schema/wire/hex.h"
#include "server/signer/certset.h"
#include "server/signer/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENTRIES_MAX 4096
#define CLOCK_SKEW 300 /* seconds that a person's clock may be ahead of ours */

struct append {
	struct signer *s;
	struct certset certs;
	struct sy_frontier frontier;
	const struct sy_json *bodies;
	int64_t now;
};

static void
append_free(struct append *a)
{
	if (a != NULL)
		certset_done(&a->certs);
	free(a);
}
SY_DEFINE_CLEANUP(struct append, append_free)

static enum sy_err
check_seals(struct append *a, const struct sy_entry *e, struct sy_fault *reterr)
{
	struct sy_entry_context c = { .certs = a->certs.all, .n = a->certs.n, .trust = a->s->trust, .leaf = a->frontier.size };
	for (size_t i = 0; i < e->n; i++) {
		if (e->seal[i].head.iat > a->now + CLOCK_SKEW)
			return sy_fault_at(reterr, SY_ERR_BAD_TIME, "signatures", 0, 0);
		/* Ours and no other, whoever else may have a certificate with that role. */
		if (e->seal[i].head.role == SY_ROLE_STATUS && memcmp(e->seal[i].head.x5t, sy_cert_sha256(a->s->status_cert), 32) != 0)
			return sy_fault_at(reterr, SY_ERR_UNKNOWN_KEY, "signatures", 0, 0);
	}
	/* At the time of the seal, and still now: nothing is back-dated into a certificate that has ended. */
	enum sy_err err = sy_entry_check(e, &c, reterr);
	c.time = a->now;
	if (err == SY_OK)
		err = sy_entry_check(e, &c, reterr);
	/* A certificate that nobody sent is a chain that leads nowhere. */
	if (err == SY_ERR_NOT_FOUND && reterr != NULL)
		reterr->err = SY_ERR_BAD_CHAIN;
	return err == SY_ERR_NOT_FOUND ? SY_ERR_BAD_CHAIN : err;
}

static enum sy_err
admit(struct append *a, const struct sy_entry *e, const struct sy_hash *leaf, struct sy_fault *reterr)
{
	SY_AUTO_STATEMENT st = { 0 };
	SY_TRY(sy_statement_parse(sy_buf_span(&e->statement), &st, reterr));
	if (st.time > a->now + CLOCK_SKEW)
		return sy_fault_at(reterr, SY_ERR_BAD_TIME, "time", 0, 0);
	struct rule r = { .db = a->s->db, .st = &st, .leaf = *leaf, .index = a->frontier.size, .bodies = a->bodies, .fault = reterr };
	for (size_t i = 0; i < e->n; i++)
		r.roles |= (unsigned)e->seal[i].head.role;
	return rules_admit(&r);
}

static enum sy_err
add_parsed(struct append *a, const struct sy_entry *e, struct sy_span text, struct sy_fault *reterr)
{
	struct sy_hash leaf;
	SY_TRY(certset_fetch(&a->certs, a->s->db, e));
	SY_TRY(check_seals(a, e, reterr));
	SY_TRY(certset_keep(&a->certs, a->s, a->now, e));
	SY_TRY(sy_leaf_hash(text, &leaf));
	SY_TRY(admit(a, e, &leaf, reterr));
	return sy_frontier_add(&a->frontier, &leaf);
}

static enum sy_err
add_entry(struct append *a, const struct sy_json *v, struct sy_fault *reterr)
{
	const char *text = sy_json_str(v);
	if (text == NULL)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "", 0, 0);
	struct sy_entry e;
	SY_TRY(sy_entry_parse(sy_span_str(text), &e, reterr));
	enum sy_err err = add_parsed(a, &e, sy_span_str(text), reterr);
	sy_entry_done(&e);
	return err;
}

static enum sy_err
add_all(struct append *a, const struct sy_json *entries, struct sy_fault *reterr)
{
	for (size_t i = 0; i < sy_json_len(entries); i++) {
		struct sy_fault f = { 0 };
		enum sy_err e = add_entry(a, sy_json_at(entries, i), &f);
		if (e == SY_OK)
			continue;
		char at[32];
		(void)snprintf(at, sizeof at, "entries.%zu", i);
		(void)sy_fault_at(&f, e, "", 0, 0); /* a fault that only has a code still says where */
		sy_fault_within(&f, at);
		if (reterr != NULL)
			*reterr = f;
		return e;
	}
	return SY_OK;
}

/* The server's view: how many there are, and (if it says so) the root over them. */
static enum sy_err
check_view(const struct signer *s, const struct sy_json *request, struct sy_fault *reterr)
{
	int64_t first = sy_json_get_int(request, "first", -1);
	const char *root = sy_json_get_str(request, "root");
	struct sy_hash own;
	char hex[65];
	if (first != (int64_t)s->frontier.size)
		return sy_fault_say(reterr, SY_ERR_LOG_DIFFERS, "first", "服务器的日志有 %lld 条，签名器已签到 %lld 条", "the server's log has %lld entries, the signer signed %lld",
		    (long long)first, (long long)s->frontier.size);
	SY_TRY(sy_frontier_root(&s->frontier, &own));
	sy_hex_print(sy_span(own.b, sizeof own.b), hex);
	if (root != NULL && strcmp(root, hex) != 0)
		return sy_fault_say(reterr, SY_ERR_LOG_DIFFERS, "root", "服务器的根是 %s，签名器的根是 %s", "the server's root is %s, the signer's is %s", root, hex);
	return SY_OK;
}

static enum sy_err
answer(const struct sy_frontier *f, struct sy_buf *checkpoint, struct sy_json **ret)
{
	struct sy_hash root;
	char hex[65];
	SY_TRY(sy_frontier_root(f, &root));
	sy_hex_print(sy_span(root.b, sizeof root.b), hex);
	return sy_json_pack(ret, "{s:I, s:s, s:s}", "size", (long long)f->size, "root", hex, "checkpoint", sy_buf_cstr(checkpoint));
}

static enum sy_err
write_all(struct append *a, const struct sy_json *entries, struct sy_json **ret, struct sy_fault *reterr)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf checkpoint;
	sy_buf_init(&checkpoint, 16384);
	SY_TRY(add_all(a, entries, reterr));
	SY_TRY(state_advance(a->s, &a->frontier, &checkpoint));
	SY_TRY(answer(&a->frontier, &checkpoint, ret));
	return db_commit(a->s->db);
}

enum sy_err
op_append(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr)
{
	const struct sy_json *entries = sy_json_get(request, "entries");
	SY_CLEANUP(append_freep) struct append *a = calloc(1, sizeof *a);
	if (a == NULL)
		return SY_ERR_NO_MEMORY;
	a->s = s;
	a->now = state_now();
	a->frontier = s->frontier;
	a->bodies = sy_json_get(request, "bodies");
	SY_TRY(state_ready(s, a->now, reterr));
	SY_TRY(check_view(s, request, reterr));
	if (sy_json_kind(entries) != SY_JSON_ARRAY || sy_json_len(entries) == 0 || sy_json_len(entries) > ENTRIES_MAX)
		return sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "entries", 0, 0);
	SY_TRY(certset_init(&a->certs, s, sy_json_get(request, "certs"), reterr));
	SY_TRY(db_begin(s->db));
	enum sy_err e = write_all(a, entries, ret, reterr);
	if (e != SY_OK) {
		db_rollback(s->db);
		sy_json_free(*ret);
		*ret = NULL;
		return e;
	}
	s->frontier = a->frontier;
	return SY_OK;
}
