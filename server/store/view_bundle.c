/* store/view_bundle.c: see view_bundle.h. */
#include "server/store/view_bundle.h"

#include <string.h>

enum sy_err
bundle_rows(struct db *db, int64_t from, int64_t size, struct db_stmt **ret)
{
	SY_TRY(db_prepare(db,
	    "SELECT e.leaf_index, e.bytes, r.public_sha256, b.json FROM entry e JOIN record r ON r.id = e.id AND r.version = e.version "
	    "LEFT JOIN body b ON b.sha256 = r.public_sha256 AND b.private = 0 WHERE e.leaf_index < $2 AND ("
	    "(e.leaf_index >= $1 AND e.type IN ('party', 'product', 'lot', 'certificate', 'release', 'hold', 'void', 'recall')) "
	    "OR (e.type = 'report' AND EXISTS (SELECT 1 FROM cite c JOIN release l ON l.leaf = c.release WHERE c.cited = e.leaf "
	    "AND (l.leaf_index >= $1 OR e.leaf_index >= $1))) "
	    "OR (e.type = 'status' AND e.leaf_index = (SELECT max(leaf_index) FROM entry WHERE type = 'status' AND leaf_index < $2))) "
	    "ORDER BY e.leaf_index",
	    ret));
	db_bind_int(*ret, 1, from);
	db_bind_int(*ret, 2, size);
	return SY_OK;
}

enum sy_err
bundle_rows_next(struct db_stmt *s, struct bundle_row *ret, bool *retmore)
{
	SY_TRY(db_step(s, retmore));
	if (!*retmore)
		return SY_OK;
	ret->leaf_index = db_col_int(s, 0);
	ret->entry = db_col_blob(s, 1);
	ret->sha256 = db_col_blob(s, 2);
	ret->body = db_col_is_null(s, 3) ? sy_span(NULL, 0) : db_col_text(s, 3);
	return SY_OK;
}

enum sy_err
bundle_certs(struct db *db, struct db_stmt **ret)
{
	return db_prepare(db, "SELECT der FROM cert ORDER BY sha256", ret);
}

enum sy_err
bundle_certs_next(struct db_stmt *s, struct sy_span *retder, bool *retmore)
{
	SY_TRY(db_step(s, retmore));
	if (*retmore)
		*retder = db_col_blob(s, 0);
	return SY_OK;
}

enum sy_err
bundle_status(struct db *db, int64_t size, struct db_stmt **ret)
{
	SY_TRY(db_prepare(db,
	    "WITH known AS (SELECT leaf, id, lot, leaf_index, status_index FROM release WHERE leaf_index < $1), "
	    "papers AS (SELECT c.release, r.id FROM cite c JOIN record r ON r.leaf = c.cited) "
	    "SELECT 'released', leaf, status_index, '', NULL, 0, leaf_index FROM known "
	    "UNION SELECT 'held', k.leaf, 0, coalesce(x.class, 'safety'), NULL, 0, k.leaf_index FROM restriction x JOIN known k ON k.lot = x.target "
	    "WHERE x.kind = 'hold' AND x.subject = 'lot' AND x.open = 1 "
	    "UNION SELECT 'held', k.leaf, 0, coalesce(x.class, 'certificate'), NULL, 0, k.leaf_index FROM restriction x JOIN papers p ON p.id = x.target "
	    "JOIN known k ON k.leaf = p.release WHERE x.kind = 'hold' AND x.subject = 'certificate' AND x.open = 1 "
	    "UNION SELECT 'recalled', k.leaf, 0, '', NULL, 0, k.leaf_index FROM restriction x JOIN known k ON k.lot = x.target "
	    "WHERE x.kind = 'recall' AND x.open = 1 "
	    "UNION SELECT 'revoked', k.leaf, 0, '', NULL, 0, k.leaf_index FROM restriction x JOIN papers p ON p.id = x.target "
	    "JOIN known k ON k.leaf = p.release WHERE x.kind = 'void' AND x.subject IN ('report', 'certificate') AND x.open = 1 "
	    "UNION SELECT 'voided', k.leaf, 0, '', CASE x.subject WHEN 'labels' THEN x.first END, coalesce(x.count, 0), k.leaf_index "
	    "FROM restriction x JOIN known k ON k.id = x.target WHERE x.kind = 'void' AND x.subject IN ('release', 'labels') AND x.open = 1 "
	    "ORDER BY 1, 7, 5, 6, 4",
	    ret));
	db_bind_int(*ret, 1, size);
	return SY_OK;
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

enum sy_err
bundle_status_next(struct db_stmt *s, struct bundle_status_row *ret, bool *retmore)
{
	SY_TRY(db_step(s, retmore));
	if (!*retmore)
		return SY_OK;
	struct sy_span leaf = db_col_blob(s, 1);
	if (leaf.len != 32)
		return SY_ERR_DATA_DAMAGED;
	copy_text(s, 0, ret->list, sizeof ret->list);
	memcpy(ret->release, leaf.data, 32);
	ret->status_index = db_col_int(s, 2);
	copy_text(s, 3, ret->class, sizeof ret->class);
	ret->ranged = !db_col_is_null(s, 4);
	ret->first = db_col_int(s, 4);
	ret->count = db_col_int(s, 5);
	return SY_OK;
}

enum sy_err
bundle_status_newest(struct db *db, uint8_t retid[16], int64_t *retversion, uint8_t retleaf[32], struct sy_buf *retbody)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT r.id, r.version, r.leaf, b.json FROM record r JOIN body b ON b.sha256 = r.public_sha256 WHERE r.type = 'status' AND r.leaf IS NOT NULL "
	    "ORDER BY r.version DESC LIMIT 1",
	    &s));
	SY_TRY(db_one(s));
	struct sy_span id = db_col_blob(s, 0), leaf = db_col_blob(s, 2);
	if (id.len != 16 || leaf.len != 32)
		return SY_ERR_DATA_DAMAGED;
	memcpy(retid, id.data, 16);
	*retversion = db_col_int(s, 1);
	memcpy(retleaf, leaf.data, 32);
	sy_buf_add_span(retbody, db_col_text(s, 3));
	return sy_buf_err(retbody);
}
