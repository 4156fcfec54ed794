/* store/user.c: statements on tables user and token. */
#include "server/store/user.h"

#include "server/store/col.h"

#define USER "u.id, u.party, u.name, u.role, u.duties, u.x5t, u.disabled, u.at"

static void
read_user(struct db_stmt *s, struct user_row *ret)
{
	(void)col_bytes(s, 0, ret->id, 16);
	ret->has_party = col_bytes(s, 1, ret->party, 16);
	col_text(s, 2, ret->name, sizeof ret->name);
	col_text(s, 3, ret->role, sizeof ret->role);
	ret->duties = db_col_int(s, 4);
	ret->has_x5t = col_bytes(s, 5, ret->x5t, 32);
	ret->disabled = db_col_int(s, 6) != 0;
	ret->at = db_col_int(s, 7);
}

enum sy_err
user_store_add(struct db *db, const struct user_row *r)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO user (id, party, name, role, duties, at) VALUES ($1, $2, $3, $4, $5, $6)", &s));
	db_bind_blob(s, 1, sy_span(r->id, 16));
	db_bind_blob(s, 2, r->has_party ? sy_span(r->party, 16) : sy_span(NULL, 0));
	db_bind_text(s, 3, r->name);
	db_bind_text(s, 4, r->role);
	db_bind_int(s, 5, r->duties);
	db_bind_int(s, 6, r->at);
	return db_run(s);
}

enum sy_err
user_store_get(struct db *db, const uint8_t id[16], struct user_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT " USER " FROM user u WHERE u.id = $1", &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	SY_TRY(db_one(s));
	read_user(s, ret);
	return SY_OK;
}

enum sy_err
user_store_by_name(struct db *db, const char *name, struct user_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT " USER " FROM user u WHERE u.name = $1", &s));
	db_bind_text(s, 1, name);
	SY_TRY(db_one(s));
	read_user(s, ret);
	return SY_OK;
}

enum sy_err
user_store_set(struct db *db, const struct user_row *r)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "UPDATE user SET duties = $2, x5t = $3, disabled = $4 WHERE id = $1", &s));
	db_bind_blob(s, 1, sy_span(r->id, 16));
	db_bind_int(s, 2, r->duties);
	db_bind_blob(s, 3, r->has_x5t ? sy_span(r->x5t, 32) : sy_span(NULL, 0));
	db_bind_int(s, 4, r->disabled ? 1 : 0);
	SY_TRY(db_run(s));
	return db_changes(db) == 1 ? SY_OK : SY_ERR_NOT_FOUND;
}

enum sy_err
user_store_next(struct db *db, const uint8_t after[16], struct user_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT " USER " FROM user u WHERE u.id > $1 ORDER BY u.id LIMIT 1", &s));
	db_bind_blob(s, 1, sy_span(after, 16));
	SY_TRY(db_one(s));
	read_user(s, ret);
	return SY_OK;
}

enum sy_err
token_store_add(struct db *db, const struct token_row *r)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO token (sha256, user, label, expires) VALUES ($1, $2, $3, $4)", &s));
	db_bind_blob(s, 1, sy_span(r->sha256, 32));
	db_bind_blob(s, 2, sy_span(r->user, 16));
	db_bind_text(s, 3, r->label);
	db_bind_int(s, 4, r->expires);
	return db_run(s);
}

enum sy_err
token_store_user(struct db *db, const uint8_t sha256[32], int64_t now, struct user_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT " USER " FROM token t JOIN user u ON u.id = t.user "
	    "WHERE t.sha256 = $1 AND t.revoked = 0 AND t.expires > $2 AND u.disabled = 0",
	    &s));
	db_bind_blob(s, 1, sy_span(sha256, 32));
	db_bind_int(s, 2, now);
	SY_TRY(db_one(s));
	read_user(s, ret);
	return SY_OK;
}

enum sy_err
token_store_revoke(struct db *db, const uint8_t sha256[32])
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "UPDATE token SET revoked = 1 WHERE sha256 = $1", &s));
	db_bind_blob(s, 1, sy_span(sha256, 32));
	SY_TRY(db_run(s));
	return db_changes(db) == 1 ? SY_OK : SY_ERR_NOT_FOUND;
}

static void
read_token(struct db_stmt *s, struct token_row *ret)
{
	(void)col_bytes(s, 0, ret->sha256, 32);
	(void)col_bytes(s, 1, ret->user, 16);
	col_text(s, 2, ret->label, sizeof ret->label);
	ret->expires = db_col_int(s, 3);
	ret->revoked = db_col_int(s, 4) != 0;
}

enum sy_err
token_store_get(struct db *db, const uint8_t sha256[32], struct token_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT sha256, user, label, expires, revoked FROM token WHERE sha256 = $1", &s));
	db_bind_blob(s, 1, sy_span(sha256, 32));
	SY_TRY(db_one(s));
	read_token(s, ret);
	return SY_OK;
}

enum sy_err
token_store_next(struct db *db, const uint8_t after[32], struct token_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT sha256, user, label, expires, revoked FROM token WHERE sha256 > $1 ORDER BY sha256 LIMIT 1", &s));
	db_bind_blob(s, 1, sy_span(after, 32));
	SY_TRY(db_one(s));
	read_token(s, ret);
	return SY_OK;
}
