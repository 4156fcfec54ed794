/* op_hello.c: who this signer is and where it stands; serial keys; the journal. */
#include "server/signer/ops.h"

#include "certs/serial.h"
#include "schema/wire/hex.h"
#include "server/signer/ledger.h"

#include <stdio.h>
#include <string.h>

static enum sy_err
checkpoint_json(struct signer *s, struct sy_json **ret)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(s->db, "SELECT checkpoint FROM state", &q));
	SY_TRY(db_one(q));
	*ret = db_col_is_null(q, 0) ? sy_json_null() : sy_json_from_span(db_col_text(q, 0));
	return *ret == NULL ? SY_ERR_NO_MEMORY : SY_OK;
}

static enum sy_err
status_json(const struct signer *s, struct sy_json **ret)
{
	char x5t[65];
	if (s->status_cert == NULL || s->status_entry == NULL) {
		*ret = sy_json_null();
		return *ret == NULL ? SY_ERR_NO_MEMORY : SY_OK;
	}
	sy_hex_print(sy_span(sy_cert_sha256(s->status_cert), 32), x5t);
	return sy_json_pack(ret, "{s:I, s:s}", "kid", (long long)s->status_entry->kid, "x5t", x5t);
}

static enum sy_err
keys_json(struct signer *s, struct sy_json *ret)
{
	struct sy_note_key log;
	struct sy_json *label = NULL, *status = NULL;
	SY_CLEANUP(sy_buf_done) struct sy_buf vkey;
	sy_buf_init(&vkey, 1024);
	SY_TRY(sy_note_key_from(s->origin, s->log, &log));
	sy_note_key_print(&log, &vkey);
	SY_TRY(sy_buf_err(&vkey));
	SY_TRY(sy_json_set(ret, "log_vkey", sy_json_from_span(sy_buf_span(&vkey))));
	SY_TRY(sy_json_pack(&label, "{s:I, s:s}", "kid", s->label_entry == NULL ? 0LL : (long long)s->label_entry->kid, "alg", sy_alg_name(sy_key_alg(s->label))));
	SY_TRY(sy_json_set(ret, "label", label));
	SY_TRY(status_json(s, &status));
	return sy_json_set(ret, "status", status);
}

enum sy_err
op_hello(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr)
{
	(void)request;
	(void)reterr;
	struct sy_hash root;
	char hex[65];
	struct sy_json *checkpoint = NULL;
	SY_TRY(sy_frontier_root(&s->frontier, &root));
	sy_hex_print(sy_span(root.b, sizeof root.b), hex);
	SY_AUTO_JSON *v = NULL;
	SY_TRY(sy_json_pack(&v, "{s:s, s:s, s:I, s:s, s:I}", "version", "suyuan/signer/v1", "origin", s->origin, "size", (long long)s->frontier.size, "root", hex,
	    "trust_version", s->trust == NULL ? 0LL : (long long)sy_trust_facts(s->trust)->version));
	SY_TRY(checkpoint_json(s, &checkpoint));
	SY_TRY(sy_json_set(v, "checkpoint", checkpoint));
	SY_TRY(keys_json(s, v));
	*ret = v;
	v = NULL;
	return SY_OK;
}

enum sy_err
op_trust(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr)
{
	const char *note = NULL;
	SY_TRY(ops_text(request, "note", &note, reterr));
	SY_TRY(state_trust(s, sy_span_str(note), reterr));
	return sy_json_pack(ret, "{s:I}", "trust_version", (long long)sy_trust_facts(s->trust)->version);
}

static enum sy_err
key_json(const uint8_t key[32], const char *item, struct sy_json **ret)
{
	uint8_t commitment[32];
	char hex[65], sha256[65];
	SY_TRY(sy_serial_commit(key, sy_span_str(item), commitment));
	sy_hex_print(sy_span(key, 32), hex);
	sy_hex_print(sy_span(commitment, sizeof commitment), sha256);
	enum sy_err e = sy_json_pack(ret, "{s:s, s:s}", "key", hex, "sha256", sha256);
	sy_wipe(hex, sizeof hex);
	return e;
}

/* The server turns serials into counters with it when a label is scanned; it signs nothing with it. */
enum sy_err
op_serial_key(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr)
{
	const char *item = NULL;
	struct ledger_item i = { .own = sy_json_bool(sy_json_get(request, "own")) };
	uint8_t key[32], product[16];
	int64_t next = 0;
	SY_TRY(ops_text(request, "item", &item, reterr));
	if (snprintf(i.item, sizeof i.item, "%s", item) >= (int)sizeof i.item)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "item", 0, 0);
	enum sy_err e = ledger_product_of_item(s->db, &i, product);
	if (e != SY_OK)
		return sy_fault_at(reterr, e == SY_ERR_NOT_FOUND ? SY_ERR_NOT_LOGGED : e, "item", 0, 0);
	SY_TRY(ledger_item_get(s->db, &i, key, &next));
	e = key_json(key, i.item, ret);
	sy_wipe(key, sizeof key);
	return e;
}

#define JOURNAL_ROWS 1000

static enum sy_err
journal_row(struct db_stmt *q, struct sy_json *ranges)
{
	char release[65];
	struct sy_json *one = NULL;
	if (db_col_blob(q, 1).len != 32)
		return SY_ERR_DATA_DAMAGED;
	sy_hex_print(db_col_blob(q, 1), release);
	SY_TRY(sy_json_pack(&one, "{s:I, s:s, s:I, s:I, s:I}", "n", (long long)db_col_int(q, 0), "release", release, "first", (long long)db_col_int(q, 2), "count",
	    (long long)db_col_int(q, 3), "at", (long long)db_col_int(q, 4)));
	return sy_json_append(ranges, one);
}

enum sy_err
op_journal(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr)
{
	(void)reterr;
	SY_AUTO_JSON *v = sy_json_object(), *ranges = sy_json_array();
	DB_AUTO_STMT *q = NULL;
	bool row = false;
	SY_TRY(db_prepare(s->db, "SELECT n, release, first, count, at FROM journal WHERE n > $1 ORDER BY n LIMIT $2", &q));
	db_bind_int(q, 1, sy_json_get_int(request, "after", 0));
	db_bind_int(q, 2, JOURNAL_ROWS);
	SY_TRY(db_step(q, &row));
	while (row) {
		SY_TRY(journal_row(q, ranges));
		SY_TRY(db_step(q, &row));
	}
	struct sy_json *given = ranges;
	ranges = NULL;
	SY_TRY(sy_json_set(v, "ranges", given));
	*ret = v;
	v = NULL;
	return SY_OK;
}
