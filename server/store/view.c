/* store/view.c: see store/view.h. Everything is read at or below the newest
 * checkpoint: what is not yet published is not yet known to anyone. */
#include "server/store/view.h"

#include <stdlib.h>
#include <string.h>

#define PUBLISHED " < (SELECT coalesce(max(size), 0) FROM checkpoint) "

static void
copy_blob(struct db_stmt *s, unsigned col, uint8_t *ret, size_t len)
{
	struct sy_span v = db_col_blob(s, col);
	memset(ret, 0, len);
	if (v.len == len)
		memcpy(ret, v.data, len);
}

static void
copy_text(struct db_stmt *s, unsigned col, char *ret, size_t size)
{
	struct sy_span v = db_col_text(s, col);
	size_t n = v.len < size ? v.len : size - 1;
	if (n != 0)
		memcpy(ret, v.data, n);
	ret[n] = '\0';
}

static enum sy_err
own_text(struct db_stmt *s, unsigned col, char **ret)
{
	struct sy_span v = db_col_text(s, col);
	if (db_col_is_null(s, col))
		return SY_OK;
	char *p = malloc(v.len + 1);
	if (p == NULL)
		return SY_ERR_NO_MEMORY;
	if (v.len != 0)
		memcpy(p, v.data, v.len);
	p[v.len] = '\0';
	*ret = p;
	return SY_OK;
}

void
store_view_doc_done(struct store_view_doc *d)
{
	free(d->statement);
	free(d->body);
	memset(d, 0, sizeof *d);
}

static void
read_release(struct db_stmt *s, struct store_view_release *ret)
{
	memset(ret, 0, sizeof *ret);
	copy_blob(s, 0, ret->leaf, 32);
	ret->leaf_index = db_col_int(s, 1);
	copy_blob(s, 2, ret->id, 16);
	copy_blob(s, 3, ret->lot_id, 16);
	copy_blob(s, 4, ret->lot_leaf, 32);
	copy_blob(s, 5, ret->product_leaf, 32);
	ret->own = db_col_int(s, 6) != 0;
	copy_text(s, 7, ret->item, sizeof ret->item);
	copy_text(s, 8, ret->lot, sizeof ret->lot);
	ret->status_index = db_col_int(s, 9);
	ret->basis = (int)db_col_int(s, 10);
	ret->units = db_col_int(s, 11);
}

#define RELEASE_COLUMNS "leaf, leaf_index, id, lot, lot_leaf, product_leaf, own, item, lot_text, status_index, basis, units"

enum sy_err
store_view_release(struct db *db, const uint8_t leaf16[16], struct store_view_release *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT " RELEASE_COLUMNS " FROM release WHERE leaf16 = $1 AND leaf_index" PUBLISHED, &s));
	db_bind_blob(s, 1, sy_span(leaf16, 16));
	SY_TRY(db_one(s));
	read_release(s, ret);
	return SY_OK;
}

enum sy_err
store_view_release_of(struct db *db, bool own, const char *item, const char *lot, struct store_view_release *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT " RELEASE_COLUMNS " FROM release WHERE item = $1 AND own = $2 AND lot_text = $3 AND leaf_index" PUBLISHED
	    "ORDER BY leaf_index DESC LIMIT 1",
	    &s));
	db_bind_text(s, 1, item);
	db_bind_int(s, 2, own);
	db_bind_text(s, 3, lot);
	SY_TRY(db_one(s));
	read_release(s, ret);
	return SY_OK;
}

static enum sy_err
read_doc(struct db_stmt *s, struct store_view_doc *ret)
{
	SY_TRY(db_one(s));
	memset(ret, 0, sizeof *ret);
	copy_blob(s, 0, ret->leaf, 32);
	copy_blob(s, 1, ret->id, 16);
	ret->version = db_col_int(s, 2);
	copy_text(s, 3, ret->type, sizeof ret->type);
	copy_blob(s, 4, ret->issuer, 16);
	copy_blob(s, 5, ret->public_sha256, 32);
	ret->leaf_index = db_col_int(s, 6);
	enum sy_err err = own_text(s, 7, &ret->statement);
	if (err == SY_OK)
		err = own_text(s, 8, &ret->body);
	if (err != SY_OK)
		store_view_doc_done(ret);
	return err;
}

#define DOC_FROM                                                                                                               \
	"SELECT r.leaf, r.id, r.version, r.type, r.issuer, r.public_sha256, r.leaf_index, r.statement, b.json "                \
	"FROM record r LEFT JOIN body b ON b.sha256 = r.public_sha256 AND b.private = 0 "

enum sy_err
store_view_doc(struct db *db, const uint8_t leaf[32], struct store_view_doc *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, DOC_FROM "WHERE r.leaf = $1 AND r.leaf_index" PUBLISHED, &s));
	db_bind_blob(s, 1, sy_span(leaf, 32));
	return read_doc(s, ret);
}

enum sy_err
store_view_newest(struct db *db, const uint8_t id[16], struct store_view_doc *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, DOC_FROM "WHERE r.id = $1 AND r.leaf_index" PUBLISHED "ORDER BY r.version DESC LIMIT 1", &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	return read_doc(s, ret);
}

enum sy_err
store_view_product(struct db *db, bool own, const char *item, uint8_t retleaf[32])
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT leaf FROM product WHERE item = $1 AND own = $2 ORDER BY version DESC LIMIT 1", &s));
	db_bind_text(s, 1, item);
	db_bind_int(s, 2, own);
	SY_TRY(db_one(s));
	copy_blob(s, 0, retleaf, 32);
	return SY_OK;
}

enum sy_err
store_view_lot(struct db *db, bool own, const char *item, const char *lot, uint8_t retleaf[32], uint8_t retid[16])
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT leaf, id FROM lot WHERE item = $1 AND own = $2 AND lot = $3 ORDER BY version DESC LIMIT 1", &s));
	db_bind_text(s, 1, item);
	db_bind_int(s, 2, own);
	db_bind_text(s, 3, lot);
	SY_TRY(db_one(s));
	copy_blob(s, 0, retleaf, 32);
	copy_blob(s, 1, retid, 16);
	return SY_OK;
}

enum sy_err
store_view_cites(struct db *db, const uint8_t release[32], struct db_stmt **ret)
{
	SY_TRY(db_prepare(db, "SELECT c.cited, c.type FROM cite c JOIN record r ON r.leaf = c.cited WHERE c.release = $1 ORDER BY r.leaf_index", ret));
	db_bind_blob(*ret, 1, sy_span(release, 32));
	return SY_OK;
}

enum sy_err
store_view_cites_next(struct db_stmt *s, uint8_t retleaf[32], bool *retreport, bool *retmore)
{
	SY_TRY(db_step(s, retmore));
	if (!*retmore)
		return SY_OK;
	copy_blob(s, 0, retleaf, 32);
	*retreport = sy_span_eq_str(db_col_text(s, 1), "report");
	return SY_OK;
}

enum sy_err
store_view_allocations(struct db *db, const uint8_t release[32], struct db_stmt **ret)
{
	SY_TRY(db_prepare(db, "SELECT leaf_index, first, count FROM allocation WHERE release = $1 AND leaf_index" PUBLISHED "ORDER BY first", ret));
	db_bind_blob(*ret, 1, sy_span(release, 32));
	return SY_OK;
}

enum sy_err
store_view_allocations_next(struct db_stmt *s, struct store_view_range *ret, bool *retmore)
{
	SY_TRY(db_step(s, retmore));
	if (!*retmore)
		return SY_OK;
	ret->leaf_index = db_col_int(s, 0);
	ret->first = db_col_int(s, 1);
	ret->count = db_col_int(s, 2);
	return SY_OK;
}

#define RESTRICTION_COLUMNS "id, leaf, kind, subject, target, class, first, count, open, since"

enum sy_err
store_view_restrictions(struct db *db, const uint8_t target[16], struct db_stmt **ret)
{
	SY_TRY(db_prepare(db, "SELECT " RESTRICTION_COLUMNS " FROM restriction WHERE target = $1 ORDER BY since, id", ret));
	db_bind_blob(*ret, 1, sy_span(target, 16));
	return SY_OK;
}

enum sy_err
store_view_recalls(struct db *db, struct db_stmt **ret)
{
	return db_prepare(db, "SELECT " RESTRICTION_COLUMNS " FROM restriction WHERE kind = 'recall' ORDER BY since DESC, id LIMIT 1000", ret);
}

enum sy_err
store_view_restrictions_next(struct db_stmt *s, struct store_view_restriction *ret, bool *retmore)
{
	SY_TRY(db_step(s, retmore));
	if (!*retmore)
		return SY_OK;
	memset(ret, 0, sizeof *ret);
	copy_blob(s, 0, ret->id, 16);
	copy_blob(s, 1, ret->leaf, 32);
	struct sy_span kind = db_col_text(s, 2);
	ret->kind = kind.len == 0 ? 0 : kind.data[0];
	copy_text(s, 3, ret->subject, sizeof ret->subject);
	copy_blob(s, 4, ret->target, 16);
	copy_text(s, 5, ret->class, sizeof ret->class);
	ret->ranged = !db_col_is_null(s, 6);
	ret->first = db_col_int(s, 6);
	ret->count = db_col_int(s, 7);
	ret->open = db_col_int(s, 8) != 0;
	ret->since = db_col_int(s, 9);
	return SY_OK;
}

enum sy_err
store_view_seals(struct db *db, const uint8_t id[16], int64_t version, struct db_stmt **ret)
{
	SY_TRY(db_prepare(db,
	    "SELECT s.role, s.x5t, c.party, s.made_at FROM seal s LEFT JOIN cert c ON c.sha256 = s.x5t WHERE s.id = $1 AND s.version = $2 "
	    "ORDER BY CASE s.role WHEN 'tester' THEN 0 WHEN 'reviewer' THEN 1 ELSE 2 END",
	    ret));
	db_bind_blob(*ret, 1, sy_span(id, 16));
	db_bind_int(*ret, 2, version);
	return SY_OK;
}

enum sy_err
store_view_seals_next(struct db_stmt *s, struct store_view_seal *ret, bool *retmore)
{
	SY_TRY(db_step(s, retmore));
	if (!*retmore)
		return SY_OK;
	memset(ret, 0, sizeof *ret);
	copy_text(s, 0, ret->role, sizeof ret->role);
	copy_blob(s, 1, ret->x5t, 32);
	copy_blob(s, 2, ret->party, 16);
	ret->made_at = db_col_int(s, 3);
	return SY_OK;
}

enum sy_err
store_view_log_size(struct db *db, int64_t *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT coalesce(max(size), 0) FROM checkpoint", &s));
	SY_TRY(db_one(s));
	*ret = db_col_int(s, 0);
	return SY_OK;
}
