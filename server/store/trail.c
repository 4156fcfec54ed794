/* store/trail.c: statements on tables idempotency, audit and issue. */
#include "server/store/col.h"
#include "server/store/user.h"

enum sy_err
idem_store_begin(struct db *db, const struct idem_row *r, const char *begun)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO idempotency (user, key, request, status, answer, at) VALUES ($1, $2, $3, 0, $4, $5)", &s));
	db_bind_blob(s, 1, sy_span(r->user, 16));
	db_bind_text(s, 2, r->key);
	db_bind_blob(s, 3, sy_span(r->request, 32));
	db_bind_text(s, 4, begun);
	db_bind_int(s, 5, r->at);
	return db_run(s);
}

enum sy_err
idem_store_finish(struct db *db, const struct idem_row *r, struct sy_span answer)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "INSERT INTO idempotency (user, key, request, status, answer, at) VALUES ($1, $2, $3, $4, $5, $6) "
	    "ON CONFLICT (user, key) DO UPDATE SET status = $4, answer = $5",
	    &s));
	db_bind_blob(s, 1, sy_span(r->user, 16));
	db_bind_text(s, 2, r->key);
	db_bind_blob(s, 3, sy_span(r->request, 32));
	db_bind_int(s, 4, r->status);
	db_bind_text_span(s, 5, answer);
	db_bind_int(s, 6, r->at);
	return db_run(s);
}

enum sy_err
idem_store_get(struct db *db, const uint8_t user[16], const char *key, struct idem_row *ret, struct sy_buf *retanswer)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT request, status, answer, at FROM idempotency WHERE user = $1 AND key = $2", &s));
	db_bind_blob(s, 1, sy_span(user, 16));
	db_bind_text(s, 2, key);
	SY_TRY(db_one(s));
	(void)col_bytes(s, 0, ret->request, 32);
	ret->status = db_col_int(s, 1);
	sy_buf_add_span(retanswer, db_col_text(s, 2));
	ret->at = db_col_int(s, 3);
	return sy_buf_err(retanswer);
}

enum sy_err
idem_store_remove(struct db *db, const uint8_t user[16], const char *key)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "DELETE FROM idempotency WHERE user = $1 AND key = $2 AND status = 0", &s));
	db_bind_blob(s, 1, sy_span(user, 16));
	db_bind_text(s, 2, key);
	return db_run(s);
}

enum sy_err
idem_store_forget(struct db *db, int64_t before)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "DELETE FROM idempotency WHERE at < $1", &s));
	db_bind_int(s, 1, before);
	return db_run(s);
}

enum sy_err
idem_store_remove_begun(struct db *db, const char *begun)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "DELETE FROM idempotency WHERE status = 0 AND answer = $1", &s));
	db_bind_text(s, 1, begun);
	return db_run(s);
}

enum sy_err
audit_store_add(struct db *db, int64_t at, const uint8_t *user, const char *action, const uint8_t *id, const char *detail)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO audit (at, user, action, id, detail) VALUES ($1, $2, $3, $4, $5)", &s));
	db_bind_int(s, 1, at);
	db_bind_blob(s, 2, user == NULL ? sy_span(NULL, 0) : sy_span(user, 16));
	db_bind_text(s, 3, action);
	db_bind_blob(s, 4, id == NULL ? sy_span(NULL, 0) : sy_span(id, 16));
	db_bind_text(s, 5, detail);
	return db_run(s);
}

enum sy_err
audit_store_unwrite(struct db *db, const uint8_t id[16])
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "DELETE FROM audit WHERE n = (SELECT n FROM audit WHERE id = $1 AND action IN ('create', 'correct') ORDER BY n DESC LIMIT 1)", &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	return db_run(s);
}

enum sy_err
audit_store_before(struct db *db, int64_t n, struct audit_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT n, at, user, action, id, detail FROM audit WHERE n < $1 ORDER BY n DESC LIMIT 1", &s));
	db_bind_int(s, 1, n);
	SY_TRY(db_one(s));
	ret->n = db_col_int(s, 0);
	ret->at = db_col_int(s, 1);
	ret->has_user = col_bytes(s, 2, ret->user, 16);
	col_text(s, 3, ret->action, sizeof ret->action);
	ret->has_id = col_bytes(s, 4, ret->id, 16);
	col_text(s, 5, ret->detail, sizeof ret->detail);
	return SY_OK;
}

enum sy_err
issue_store_add(struct db *db, const uint8_t allocation[32], int64_t first, int64_t count, const uint8_t user[16], int64_t at)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO issue (allocation, first, count, user, at) VALUES ($1, $2, $3, $4, $5)", &s));
	db_bind_blob(s, 1, sy_span(allocation, 32));
	db_bind_int(s, 2, first);
	db_bind_int(s, 3, count);
	db_bind_blob(s, 4, sy_span(user, 16));
	db_bind_int(s, 5, at);
	return db_run(s);
}
