/* store/body.c: statements on table body. */
#include "server/store/body.h"

#include "server/store/col.h"

enum sy_err
body_store_put(struct db *db, const uint8_t sha256[32], bool is_private, struct sy_span json)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO body (sha256, private, json) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", &s));
	db_bind_blob(s, 1, sy_span(sha256, 32));
	db_bind_int(s, 2, is_private ? 1 : 0);
	db_bind_text_span(s, 3, json);
	return db_run(s);
}

enum sy_err
body_store_get(struct db *db, const uint8_t sha256[32], bool *retprivate, struct sy_buf *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT private, json FROM body WHERE sha256 = $1", &s));
	db_bind_blob(s, 1, sy_span(sha256, 32));
	SY_TRY(db_one(s));
	if (retprivate != NULL)
		*retprivate = db_col_int(s, 0) != 0;
	if (db_col_is_null(s, 1))
		return SY_ERR_NOT_FOUND;
	sy_buf_add_span(ret, db_col_text(s, 1));
	return sy_buf_err(ret);
}

enum sy_err
body_store_next(struct db *db, uint8_t after[32], struct sy_buf *ret, bool *reterased)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT sha256, json FROM body WHERE sha256 > $1 ORDER BY sha256 LIMIT 1", &s));
	db_bind_blob(s, 1, sy_span(after, 32));
	SY_TRY(db_one(s));
	uint8_t found[32];
	(void)col_bytes(s, 0, found, sizeof found);
	*reterased = db_col_is_null(s, 1);
	sy_buf_add_span(ret, db_col_text(s, 1));
	memcpy(after, found, sizeof found);
	return sy_buf_err(ret);
}

enum sy_err
body_store_drop_unused(struct db *db, const uint8_t sha256[32])
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "DELETE FROM body WHERE sha256 = $1 AND NOT EXISTS (SELECT 1 FROM record WHERE public_sha256 = $1 OR private_sha256 = $1)",
	    &s));
	db_bind_blob(s, 1, sy_span(sha256, 32));
	return db_run(s);
}
