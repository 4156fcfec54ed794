/* store/derived.c: statements on the tables that the log can rebuild. */
#include "server/store/derived.h"

#include "server/store/col.h"

enum sy_err
derived_product_add(struct db *db, const struct product_row *r)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO product (leaf, id, version, party, own, item) VALUES ($1, $2, $3, $4, $5, $6)", &s));
	db_bind_blob(s, 1, sy_span(r->leaf, 32));
	db_bind_blob(s, 2, sy_span(r->id, 16));
	db_bind_int(s, 3, r->version);
	db_bind_blob(s, 4, sy_span(r->party, 16));
	db_bind_int(s, 5, r->own ? 1 : 0);
	db_bind_text(s, 6, r->item);
	return db_run(s);
}

enum sy_err
derived_lot_add(struct db *db, const struct lot_row *r)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "INSERT INTO lot (leaf, id, version, party, product, own, item, lot, produced) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	    &s));
	db_bind_blob(s, 1, sy_span(r->leaf, 32));
	db_bind_blob(s, 2, sy_span(r->id, 16));
	db_bind_int(s, 3, r->version);
	db_bind_blob(s, 4, sy_span(r->party, 16));
	db_bind_blob(s, 5, sy_span(r->product, 16));
	db_bind_int(s, 6, r->own ? 1 : 0);
	db_bind_text(s, 7, r->item);
	db_bind_text(s, 8, r->lot);
	db_bind_int(s, 9, r->produced);
	return db_run(s);
}

enum sy_err
derived_release_add(struct db *db, const struct release_row *r)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "INSERT INTO release (leaf, leaf_index, id, lot, lot_leaf, product_leaf, own, item, lot_text, status_index, basis, units, leaf16) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
	    &s));
	db_bind_blob(s, 1, sy_span(r->leaf, 32));
	db_bind_int(s, 2, r->leaf_index);
	db_bind_blob(s, 3, sy_span(r->id, 16));
	db_bind_blob(s, 4, sy_span(r->lot, 16));
	db_bind_blob(s, 5, sy_span(r->lot_leaf, 32));
	db_bind_blob(s, 6, sy_span(r->product_leaf, 32));
	db_bind_int(s, 7, r->own ? 1 : 0);
	db_bind_text(s, 8, r->item);
	db_bind_text(s, 9, r->lot_text);
	db_bind_int(s, 10, r->status_index);
	db_bind_int(s, 11, r->basis);
	db_bind_int(s, 12, r->units);
	db_bind_blob(s, 13, sy_span(r->leaf, 16));
	return db_run(s);
}

enum sy_err
derived_cite_add(struct db *db, const uint8_t release[32], const uint8_t cited[32], const char *type)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO cite (release, cited, type) VALUES ($1, $2, $3)", &s));
	db_bind_blob(s, 1, sy_span(release, 32));
	db_bind_blob(s, 2, sy_span(cited, 32));
	db_bind_text(s, 3, type);
	return db_run(s);
}

enum sy_err
derived_allocation_add(struct db *db, const struct allocation_row *r)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "INSERT INTO allocation (leaf, leaf_index, id, release, own, item, first, count) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", &s));
	db_bind_blob(s, 1, sy_span(r->leaf, 32));
	db_bind_int(s, 2, r->leaf_index);
	db_bind_blob(s, 3, sy_span(r->id, 16));
	db_bind_blob(s, 4, sy_span(r->release, 32));
	db_bind_int(s, 5, r->own ? 1 : 0);
	db_bind_text(s, 6, r->item);
	db_bind_int(s, 7, r->first);
	db_bind_int(s, 8, r->count);
	return db_run(s);
}

enum sy_err
derived_restriction_put(struct db *db, const struct restriction_row *r)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "INSERT INTO restriction (id, version, leaf, kind, subject, target, class, first, count, open, since) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
	    "ON CONFLICT (id, target) DO UPDATE SET version = $2, leaf = $3, open = $10, class = $7, first = $8, count = $9",
	    &s));
	db_bind_blob(s, 1, sy_span(r->id, 16));
	db_bind_int(s, 2, r->version);
	db_bind_blob(s, 3, sy_span(r->leaf, 32));
	db_bind_text(s, 4, r->kind);
	db_bind_text(s, 5, r->subject);
	db_bind_blob(s, 6, sy_span(r->target, 16));
	db_bind_text(s, 7, r->class);
	if (r->ranged) {
		db_bind_int(s, 8, r->first);
		db_bind_int(s, 9, r->count);
	} else {
		db_bind_null(s, 8);
		db_bind_null(s, 9);
	}
	db_bind_int(s, 10, r->open ? 1 : 0);
	db_bind_int(s, 11, r->since);
	return db_run(s);
}

enum sy_err
derived_clear(struct db *db)
{
	return db_exec(db,
	    "DELETE FROM product; DELETE FROM lot; DELETE FROM release; DELETE FROM cite; DELETE FROM allocation; DELETE FROM restriction;");
}

enum sy_err
derived_product_of(struct db *db, bool own, const char *item, uint8_t retid[16])
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT id FROM product WHERE item = $1 AND own = $2 LIMIT 1", &s));
	db_bind_text(s, 1, item);
	db_bind_int(s, 2, own ? 1 : 0);
	SY_TRY(db_one(s));
	(void)col_bytes(s, 0, retid, 16);
	return SY_OK;
}

enum sy_err
derived_lot_of(struct db *db, bool own, const char *item, const char *lot, uint8_t retid[16])
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT id FROM lot WHERE item = $1 AND own = $2 AND lot = $3 LIMIT 1", &s));
	db_bind_text(s, 1, item);
	db_bind_int(s, 2, own ? 1 : 0);
	db_bind_text(s, 3, lot);
	SY_TRY(db_one(s));
	(void)col_bytes(s, 0, retid, 16);
	return SY_OK;
}

enum sy_err
derived_lot_get(struct db *db, const uint8_t leaf[32], struct lot_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT id, version, party, product, own, item, lot, produced FROM lot WHERE leaf = $1", &s));
	db_bind_blob(s, 1, sy_span(leaf, 32));
	SY_TRY(db_one(s));
	memcpy(ret->leaf, leaf, 32);
	(void)col_bytes(s, 0, ret->id, 16);
	ret->version = db_col_int(s, 1);
	(void)col_bytes(s, 2, ret->party, 16);
	(void)col_bytes(s, 3, ret->product, 16);
	ret->own = db_col_int(s, 4) != 0;
	col_text(s, 5, ret->item, sizeof ret->item);
	col_text(s, 6, ret->lot, sizeof ret->lot);
	ret->produced = (int32_t)db_col_int(s, 7);
	return SY_OK;
}

enum sy_err
derived_product_get(struct db *db, const uint8_t leaf[32], struct product_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT id, version, party, own, item FROM product WHERE leaf = $1", &s));
	db_bind_blob(s, 1, sy_span(leaf, 32));
	SY_TRY(db_one(s));
	memcpy(ret->leaf, leaf, 32);
	(void)col_bytes(s, 0, ret->id, 16);
	ret->version = db_col_int(s, 1);
	(void)col_bytes(s, 2, ret->party, 16);
	ret->own = db_col_int(s, 3) != 0;
	col_text(s, 4, ret->item, sizeof ret->item);
	return SY_OK;
}

static void
read_release(struct db_stmt *s, struct release_row *ret)
{
	(void)col_bytes(s, 0, ret->leaf, 32);
	ret->leaf_index = db_col_int(s, 1);
	(void)col_bytes(s, 2, ret->id, 16);
	(void)col_bytes(s, 3, ret->lot, 16);
	(void)col_bytes(s, 4, ret->lot_leaf, 32);
	(void)col_bytes(s, 5, ret->product_leaf, 32);
	ret->own = db_col_int(s, 6) != 0;
	col_text(s, 7, ret->item, sizeof ret->item);
	col_text(s, 8, ret->lot_text, sizeof ret->lot_text);
	ret->status_index = db_col_int(s, 9);
	ret->basis = db_col_int(s, 10);
	ret->units = db_col_int(s, 11);
}

#define RELEASE "leaf, leaf_index, id, lot, lot_leaf, product_leaf, own, item, lot_text, status_index, basis, units"

enum sy_err
derived_release_get(struct db *db, const uint8_t leaf[32], struct release_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT " RELEASE " FROM release WHERE leaf = $1", &s));
	db_bind_blob(s, 1, sy_span(leaf, 32));
	SY_TRY(db_one(s));
	read_release(s, ret);
	return SY_OK;
}

enum sy_err
derived_release_after(struct db *db, const uint8_t lot[16], int64_t after, struct release_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT " RELEASE " FROM release WHERE lot = $1 AND leaf_index > $2 ORDER BY leaf_index LIMIT 1", &s));
	db_bind_blob(s, 1, sy_span(lot, 16));
	db_bind_int(s, 2, after);
	SY_TRY(db_one(s));
	read_release(s, ret);
	return SY_OK;
}

enum sy_err
derived_allocation_get(struct db *db, const uint8_t id[16], struct allocation_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT leaf, leaf_index, id, release, own, item, first, count FROM allocation WHERE id = $1", &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	SY_TRY(db_one(s));
	(void)col_bytes(s, 0, ret->leaf, 32);
	ret->leaf_index = db_col_int(s, 1);
	(void)col_bytes(s, 2, ret->id, 16);
	(void)col_bytes(s, 3, ret->release, 32);
	ret->own = db_col_int(s, 4) != 0;
	col_text(s, 5, ret->item, sizeof ret->item);
	ret->first = db_col_int(s, 6);
	ret->count = db_col_int(s, 7);
	return SY_OK;
}

enum sy_err
derived_next_counter(struct db *db, bool own, const char *item, int64_t *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT coalesce((SELECT first + count FROM allocation WHERE item = $1 AND own = $2 ORDER BY first DESC LIMIT 1), 0)", &s));
	db_bind_text(s, 1, item);
	db_bind_int(s, 2, own ? 1 : 0);
	SY_TRY(db_one(s));
	*ret = db_col_int(s, 0);
	return SY_OK;
}

enum sy_err
derived_allocated(struct db *db, const uint8_t release[32], int64_t *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT coalesce(sum(count), 0) FROM allocation WHERE release = $1", &s));
	db_bind_blob(s, 1, sy_span(release, 32));
	SY_TRY(db_one(s));
	*ret = db_col_int(s, 0);
	return SY_OK;
}

enum sy_err
derived_status_index_taken(struct db *db, int64_t index, bool *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT 1 FROM release WHERE status_index = $1", &s));
	db_bind_int(s, 1, index);
	return db_step(s, ret);
}

enum sy_err
derived_restricted(struct db *db, const uint8_t target[16], const char *kind, bool *ret, uint8_t retid[16])
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT id FROM restriction WHERE target = $1 AND kind = $2 AND open = 1 AND subject <> 'labels' ORDER BY since LIMIT 1", &s));
	db_bind_blob(s, 1, sy_span(target, 16));
	db_bind_text(s, 2, kind);
	SY_TRY(db_step(s, ret));
	if (*ret && retid != NULL)
		(void)col_bytes(s, 0, retid, 16);
	return SY_OK;
}
