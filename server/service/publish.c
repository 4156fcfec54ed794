/* publish.c: what the signer is sent, and what follows from its checkpoint. */
#include "server/service/publish.h"

#include "certs/entry.h"
#include "schema/model/statement.h"
#include "schema/wire/b64.h"
#include "schema/wire/hex.h"
#include "server/service/derive.h"
#include "server/service/tree.h"
#include "server/store/body.h"
#include "server/store/log.h"
#include "server/store/record.h"
#include "server/store/seal.h"

#include <string.h>

#define CHAIN_MAX 8

struct request {
	struct sy_json *entries, *certs, *bodies;
	uint8_t sent[256][32]; /* certificates in the request already */
	size_t nsent;
};

static bool
sent_before(struct request *q, const uint8_t sha256[32])
{
	for (size_t i = 0; i < q->nsent; i++)
		if (memcmp(q->sent[i], sha256, 32) == 0)
			return true;
	if (q->nsent < SY_LEN(q->sent))
		memcpy(q->sent[q->nsent++], sha256, 32);
	return false;
}

/* The certificate and those above it that are held here. */
static enum sy_err
add_chain(struct db *db, struct request *q, const uint8_t x5t[32])
{
	uint8_t next[32];
	memcpy(next, x5t, sizeof next);
	for (unsigned i = 0; i < CHAIN_MAX; i++) {
		struct cert_row row;
		struct sy_buf der, b64;
		if (sent_before(q, next))
			return SY_OK;
		sy_buf_init(&der, STORE_CERT_MAX);
		sy_buf_init(&b64, (size_t)2 * STORE_CERT_MAX);
		enum sy_err e = cert_store_get(db, next, &row, &der);
		if (e == SY_OK) {
			sy_b64_add(&b64, sy_buf_span(&der));
			e = sy_json_append(q->certs, sy_json_from_span(sy_buf_span(&b64)));
		}
		sy_buf_done(&der);
		sy_buf_done(&b64);
		if (e == SY_ERR_NOT_FOUND)
			return SY_OK; /* the signer knows it, or says so */
		SY_TRY(e);
		if (!row.has_issuer)
			return SY_OK;
		memcpy(next, row.issuer, sizeof next);
	}
	return SY_OK;
}

static enum sy_err
add_body(struct db *db, struct request *q, const uint8_t sha256[32])
{
	char hex[65];
	struct sy_buf text;
	sy_hex_print(sy_span(sha256, 32), hex);
	if (sy_json_get(q->bodies, hex) != NULL)
		return SY_OK;
	sy_buf_init(&text, STORE_BODY_MAX);
	enum sy_err e = body_store_get(db, sha256, NULL, &text);
	if (e == SY_OK)
		e = sy_json_set(q->bodies, hex, sy_json_from_span(sy_buf_span(&text)));
	sy_buf_done(&text);
	return e;
}

/* The signer judges the reports of a release again, so it sees their bodies; of a report alone it does not. */
static enum sy_err
add_bodies(struct db *db, struct request *q, const struct sy_entry *e, const char *type)
{
	uint8_t raw[32];
	if (strcmp(type, "report") != 0) {
		const char *hex = sy_json_get_str(e->json, "public_sha256");
		SY_TRY(sy_hex_parse(sy_span_str(hex), raw, sizeof raw, NULL));
		SY_TRY(add_body(db, q, raw));
	}
	const struct sy_json *reports = sy_json_get(sy_json_get(e->json, "subject"), "reports");
	for (size_t i = 0; i < sy_json_len(reports); i++) {
		RECORD_ROW(r);
		SY_TRY(sy_hex_parse(sy_span_str(sy_json_str(sy_json_at(reports, i))), raw, sizeof raw, NULL));
		SY_TRY(record_store_by_leaf(db, raw, &r));
		SY_TRY(add_body(db, q, r.public_sha256));
	}
	return SY_OK;
}

static enum sy_err
add_entry(struct db *db, struct request *q, int64_t index)
{
	struct entry_row row;
	struct sy_buf bytes;
	struct sy_entry e;
	sy_buf_init(&bytes, SY_ENTRY_MAX);
	enum sy_err err = entry_store_get(db, index, &row, &bytes);
	if (err == SY_OK)
		err = sy_json_append(q->entries, sy_json_from_span(sy_buf_span(&bytes)));
	if (err == SY_OK)
		err = sy_entry_parse(sy_buf_span(&bytes), &e, NULL);
	if (err == SY_OK) {
		for (size_t i = 0; err == SY_OK && i < e.n; i++)
			err = add_chain(db, q, e.seal[i].head.x5t);
		if (err == SY_OK)
			err = add_bodies(db, q, &e, row.type);
		sy_entry_done(&e);
	}
	sy_buf_done(&bytes);
	return err;
}

enum sy_err
publish_request(struct db *db, int64_t from, int64_t to, struct sy_json **ret)
{
	struct request q = {.entries = sy_json_array(), .certs = sy_json_array(), .bodies = sy_json_object()};
	enum sy_err e = SY_OK;
	struct sy_hash root;
	char hex[65];
	for (int64_t i = from; e == SY_OK && i < to; i++)
		e = add_entry(db, &q, i);
	if (e == SY_OK) /* ours over what is signed: a log of the same size may be another one */
		e = sy_tree_root(tree_read, db, (uint64_t)from, &root);
	if (e == SY_OK) {
		sy_hex_print(sy_span(root.b, sizeof root.b), hex);
		e = sy_json_pack(ret, "{s:s, s:I, s:s, s:O, s:O, s:O}", "op", "append", "first", from, "root", hex, "entries", q.entries, "certs",
		    q.certs, "bodies", q.bodies);
	}
	sy_json_free(q.entries);
	sy_json_free(q.certs);
	sy_json_free(q.bodies);
	return e;
}

enum sy_err
publish_agrees(struct db *db, const struct sy_checkpoint *c, const char *origin)
{
	struct sy_hash root;
	SY_TRY(sy_tree_root(tree_read, db, c->size, &root));
	if (strcmp(c->origin, origin) != 0 || memcmp(root.b, c->root.b, sizeof root.b) != 0)
		return SY_ERR_LOG_DIFFERS;
	return SY_OK;
}

static enum sy_err
publish_entry(struct db *db, int64_t index)
{
	struct entry_row row;
	SY_TRY(entry_store_get(db, index, &row, NULL));
	SY_TRY(record_store_set_logged(db, row.id, row.version, row.leaf, index));
	return publish_derive(db, index);
}

enum sy_err
publish_checkpoint(struct db *db, int64_t from, struct sy_span note, const char *origin, int64_t at)
{
	struct sy_note n;
	struct sy_checkpoint c;
	SY_TRY(sy_note_parse(note, &n, NULL));
	SY_TRY(sy_checkpoint_parse(n.text, &c, NULL));
	if (c.size <= (uint64_t)from)
		return SY_ERR_LOG_DIFFERS;
	SY_TRY(tree_grow(db, (uint64_t)from, c.size));
	SY_TRY(publish_agrees(db, &c, origin));
	for (int64_t i = from; i < (int64_t)c.size; i++)
		SY_TRY(publish_entry(db, i));
	return checkpoint_store_add(db, (int64_t)c.size, note, at);
}

enum sy_err
publish_derive(struct db *db, int64_t leaf_index)
{
	struct entry_row row;
	RECORD_ROW(r);
	SY_TRY(entry_store_get(db, leaf_index, &row, NULL));
	SY_TRY(record_store_get(db, row.id, row.version, &r));
	SY_AUTO_STATEMENT s = {0};
	SY_TRY(sy_statement_parse(sy_buf_span(&r.statement), &s, NULL));
	struct sy_buf text;
	sy_buf_init(&text, STORE_BODY_MAX);
	SY_AUTO_JSON *body = NULL;
	enum sy_err e = body_store_get(db, r.public_sha256, NULL, &text);
	if (e == SY_OK)
		e = sy_json_parse(sy_buf_span(&text), &body, NULL);
	sy_buf_done(&text);
	SY_TRY(e);
	return derive_entry(db, &row, &s, body);
}
