/* store/log.c: statements on tables entry, checkpoint and tile. */
#include "server/store/log.h"

#include "server/store/col.h"

enum sy_err
entry_store_add(struct db *db, const struct entry_row *r, struct sy_span bytes)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO entry (leaf_index, leaf, id, version, type, bytes) VALUES ($1, $2, $3, $4, $5, $6)", &s));
	db_bind_int(s, 1, r->leaf_index);
	db_bind_blob(s, 2, sy_span(r->leaf, 32));
	db_bind_blob(s, 3, sy_span(r->id, 16));
	db_bind_int(s, 4, r->version);
	db_bind_text(s, 5, r->type);
	db_bind_blob(s, 6, bytes);
	return db_run(s);
}

static void
read_entry(struct db_stmt *s, struct entry_row *ret)
{
	ret->leaf_index = db_col_int(s, 0);
	(void)col_bytes(s, 1, ret->leaf, 32);
	(void)col_bytes(s, 2, ret->id, 16);
	ret->version = db_col_int(s, 3);
	col_text(s, 4, ret->type, sizeof ret->type);
}

enum sy_err
entry_store_get(struct db *db, int64_t leaf_index, struct entry_row *ret, struct sy_buf *retbytes)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT leaf_index, leaf, id, version, type, bytes FROM entry WHERE leaf_index = $1", &s));
	db_bind_int(s, 1, leaf_index);
	SY_TRY(db_one(s));
	read_entry(s, ret);
	if (retbytes == NULL)
		return SY_OK;
	sy_buf_add_span(retbytes, db_col_blob(s, 5));
	return sy_buf_err(retbytes);
}

enum sy_err
entry_store_of(struct db *db, const uint8_t id[16], int64_t version, struct entry_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT leaf_index, leaf, id, version, type FROM entry WHERE id = $1 AND version = $2", &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	db_bind_int(s, 2, version);
	SY_TRY(db_one(s));
	read_entry(s, ret);
	return SY_OK;
}

enum sy_err
entry_store_count(struct db *db, int64_t *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT coalesce(max(leaf_index) + 1, 0) FROM entry", &s));
	SY_TRY(db_one(s));
	*ret = db_col_int(s, 0);
	return SY_OK;
}

enum sy_err
entry_store_cut(struct db *db, int64_t from)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "DELETE FROM entry WHERE leaf_index >= $1", &s));
	db_bind_int(s, 1, from);
	return db_run(s);
}

enum sy_err
entry_store_leaves(struct db *db, int64_t first, int64_t n, struct sy_buf *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT leaf FROM entry WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index", &s));
	db_bind_int(s, 1, first);
	db_bind_int(s, 2, first + n);
	int64_t got = 0;
	for (bool row = true;; got++) {
		SY_TRY(db_step(s, &row));
		if (!row)
			break;
		sy_buf_add_span(ret, db_col_blob(s, 0));
	}
	SY_TRY(sy_buf_err(ret));
	return got == n ? SY_OK : SY_ERR_NOT_FOUND;
}

enum sy_err
entry_store_bundle(struct db *db, int64_t first, int64_t n, struct sy_buf *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT bytes FROM entry WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index", &s));
	db_bind_int(s, 1, first);
	db_bind_int(s, 2, first + n);
	int64_t got = 0;
	for (bool row = true;; got++) {
		SY_TRY(db_step(s, &row));
		if (!row)
			break;
		struct sy_span b = db_col_blob(s, 0);
		sy_buf_add_u16(ret, (uint16_t)b.len); /* at most 65,535: CHECK of the column */
		sy_buf_add_span(ret, b);
	}
	SY_TRY(sy_buf_err(ret));
	return got == n ? SY_OK : SY_ERR_NOT_FOUND;
}

enum sy_err
checkpoint_store_newest(struct db *db, int64_t *retsize, struct sy_buf *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1", &s));
	*retsize = 0;
	enum sy_err e = db_one(s);
	if (e == SY_ERR_NOT_FOUND)
		return SY_OK;
	SY_TRY(e);
	*retsize = db_col_int(s, 0);
	if (ret == NULL)
		return SY_OK;
	sy_buf_add_span(ret, db_col_text(s, 1));
	return sy_buf_err(ret);
}

enum sy_err
checkpoint_store_add(struct db *db, int64_t size, struct sy_span note, int64_t at)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO checkpoint (size, note, at) VALUES ($1, $2, $3)", &s));
	db_bind_int(s, 1, size);
	db_bind_text_span(s, 2, note);
	db_bind_int(s, 3, at);
	return db_run(s);
}

enum sy_err
tile_store_get(struct db *db, unsigned level, int64_t n, struct sy_buf *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT hashes FROM tile WHERE level = $1 AND n = $2", &s));
	db_bind_int(s, 1, level);
	db_bind_int(s, 2, n);
	bool row = false;
	SY_TRY(db_step(s, &row));
	if (row)
		sy_buf_add_span(ret, db_col_blob(s, 0));
	return sy_buf_err(ret);
}

enum sy_err
tile_store_put(struct db *db, unsigned level, int64_t n, struct sy_span hashes)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "INSERT INTO tile (level, n, hashes) VALUES ($1, $2, $3) ON CONFLICT (level, n) DO UPDATE SET hashes = $3", &s));
	db_bind_int(s, 1, level);
	db_bind_int(s, 2, n);
	db_bind_blob(s, 3, hashes);
	return db_run(s);
}
