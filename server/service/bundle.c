/* service/bundle.c: see bundle.h. Written straight as JSON text: a tree of all
 * entries would take many times the memory. */
#include "server/service/bundle.h"

#include "schema/wire/b64.h"
#include "schema/wire/hex.h"
#include "schema/wire/json.h"
#include "server/service/tree.h"
#include "server/store/log.h"
#include "server/store/trust.h"
#include "server/store/view_bundle.h"

#include <string.h>

static enum sy_err
add_text(struct sy_buf *b, struct sy_span text)
{
	SY_AUTO_JSON *v = sy_json_from_span(text);
	if (v == NULL)
		return SY_ERR_NO_MEMORY;
	sy_json_print(v, b);
	return SY_OK;
}

static enum sy_err
add_entry(struct db *db, const struct bundle_row *row, int64_t size, bool first, struct sy_buf *b)
{
	struct sy_hash proof[64];
	size_t n = 0;
	SY_TRY(sy_tree_inclusion(tree_read, db, (uint64_t)row->leaf_index, (uint64_t)size, proof, &n));
	sy_buf_printf(b, "%s{\"index\":%lld,\"entry\":", first ? "" : ",", (long long)row->leaf_index);
	SY_TRY(add_text(b, row->entry));
	sy_buf_add_str(b, ",\"proof\":[");
	for (size_t i = 0; i < n; i++) {
		sy_buf_add_str(b, i == 0 ? "\"" : ",\"");
		sy_b64_add(b, sy_span(proof[i].b, sizeof proof[i].b));
		sy_buf_add_byte(b, '"');
	}
	sy_buf_add_str(b, "]}\n");
	return sy_buf_err(b);
}

/* Bodies may repeat (two records with equal bodies cannot be, each has its salt): once each. */
static enum sy_err
add_body(const struct bundle_row *row, bool first, struct sy_buf *b)
{
	sy_buf_add_str(b, first ? "\"" : ",\"");
	sy_hex_add(b, row->sha256);
	sy_buf_add_str(b, "\":");
	SY_TRY(add_text(b, row->body));
	return sy_buf_err(b);
}

static enum sy_err
add_rows(struct db *db, int64_t since, int64_t size, struct sy_buf *b, struct sy_buf *bodies)
{
	DB_AUTO_STMT *s = NULL;
	struct bundle_row row;
	bool more = false;
	SY_TRY(bundle_rows(db, since, size, &s));
	for (bool first = true;; first = false) {
		SY_TRY(bundle_rows_next(s, &row, &more));
		if (!more)
			return SY_OK;
		SY_TRY(add_entry(db, &row, size, first, b));
		if (row.body.data != NULL)
			SY_TRY(add_body(&row, bodies->len == 0, bodies));
	}
}

static enum sy_err
add_certs(struct db *db, struct sy_buf *b)
{
	DB_AUTO_STMT *s = NULL;
	struct sy_span der;
	bool more = false;
	SY_TRY(bundle_certs(db, &s));
	for (bool first = true;; first = false) {
		SY_TRY(bundle_certs_next(s, &der, &more));
		if (!more)
			return SY_OK;
		sy_buf_add_str(b, first ? "\"" : ",\"");
		sy_b64_add(b, der);
		sy_buf_add_byte(b, '"');
	}
}

static enum sy_err
add_heads(struct db *db, int64_t *retsize, struct sy_buf *b)
{
	struct sy_buf note;
	sy_buf_init(&note, 1u << 20);
	enum sy_err err = trust_store_newest(db, &note);
	sy_buf_add_str(b, "{\"v\":\"suyuan/bundle/v1\",\"trust\":");
	if (err == SY_OK)
		err = add_text(b, sy_buf_span(&note));
	sy_buf_reset(&note);
	sy_buf_add_str(b, ",\"checkpoint\":");
	if (err == SY_OK)
		err = checkpoint_store_newest(db, retsize, &note);
	if (err == SY_OK && *retsize == 0)
		err = SY_ERR_NOT_FOUND;
	if (err == SY_OK)
		err = add_text(b, sy_buf_span(&note));
	sy_buf_done(&note);
	return err;
}

enum sy_err
bundle_print(struct app *app, struct db *db, int64_t since, struct sy_buf *b)
{
	struct sy_buf bodies;
	int64_t size = 0;
	(void)app;
	SY_TRY(add_heads(db, &size, b));
	sy_buf_init(&bodies, b->max);
	sy_buf_add_str(b, ",\"entries\":[");
	enum sy_err err = add_rows(db, since, size, b, &bodies);
	sy_buf_add_str(b, "],\"certs\":[");
	if (err == SY_OK)
		err = add_certs(db, b);
	sy_buf_add_str(b, "],\"bodies\":{");
	sy_buf_add_span(b, sy_buf_span(&bodies));
	sy_buf_add_str(b, "}}\n");
	if (err == SY_OK)
		err = sy_buf_err(&bodies);
	sy_buf_done(&bodies);
	return err == SY_OK ? sy_buf_err(b) : err;
}
