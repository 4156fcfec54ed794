/* store/seal.c: statements on tables seal and cert. */
#include "server/store/seal.h"

#include "server/store/col.h"

enum sy_err
seal_store_put(struct db *db, const uint8_t id[16], int64_t version, const struct seal_row *r)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "INSERT INTO seal (id, version, role, protected, signature, x5t, made_at, user) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
	    "ON CONFLICT (id, version, role) DO UPDATE SET protected = $4, signature = $5, x5t = $6, made_at = $7, user = $8",
	    &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	db_bind_int(s, 2, version);
	db_bind_text(s, 3, r->role);
	db_bind_text(s, 4, r->protected_json);
	db_bind_blob(s, 5, sy_span(r->sig, 64));
	db_bind_blob(s, 6, sy_span(r->x5t, 32));
	db_bind_int(s, 7, r->made_at);
	db_bind_blob(s, 8, r->has_user ? sy_span(r->user, 16) : sy_span(NULL, 0));
	return db_run(s);
}

enum sy_err
seal_store_remove(struct db *db, const uint8_t id[16], int64_t version, const char *role)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "DELETE FROM seal WHERE id = $1 AND version = $2 AND ($3 IS NULL OR role = $3)", &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	db_bind_int(s, 2, version);
	db_bind_text(s, 3, role);
	return db_run(s);
}

enum sy_err
seal_store_all(struct db *db, const uint8_t id[16], int64_t version, struct seal_row *ret, size_t max, size_t *retn)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT role, protected, signature, x5t, made_at, user FROM seal WHERE id = $1 AND version = $2 "
	    "ORDER BY CASE role WHEN 'tester' THEN 1 WHEN 'reviewer' THEN 2 WHEN 'approver' THEN 3 ELSE 4 END, role",
	    &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	db_bind_int(s, 2, version);
	*retn = 0;
	for (bool row = true; *retn < max;) {
		SY_TRY(db_step(s, &row));
		if (!row)
			return SY_OK;
		struct seal_row *r = &ret[(*retn)++];
		memset(r, 0, sizeof *r);
		col_text(s, 0, r->role, sizeof r->role);
		col_text(s, 1, r->protected_json, sizeof r->protected_json);
		(void)col_bytes(s, 2, r->sig, 64);
		(void)col_bytes(s, 3, r->x5t, 32);
		r->made_at = db_col_int(s, 4);
		r->has_user = !db_col_is_null(s, 5);
		(void)col_bytes(s, 5, r->user, 16);
	}
	return SY_OK;
}

enum sy_err
cert_store_put(struct db *db, const struct cert_row *r, struct sy_span der)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "INSERT INTO cert (sha256, der, issuer, party, subject, roles, not_before, not_after) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (sha256) DO UPDATE SET issuer = coalesce(issuer, $3)",
	    &s));
	db_bind_blob(s, 1, sy_span(r->sha256, 32));
	db_bind_blob(s, 2, der);
	db_bind_blob(s, 3, r->has_issuer ? sy_span(r->issuer, 32) : sy_span(NULL, 0));
	db_bind_blob(s, 4, sy_span(r->party, 16));
	db_bind_text(s, 5, r->subject);
	db_bind_int(s, 6, r->roles);
	db_bind_int(s, 7, r->not_before);
	db_bind_int(s, 8, r->not_after);
	return db_run(s);
}

enum sy_err
cert_store_get(struct db *db, const uint8_t sha256[32], struct cert_row *ret, struct sy_buf *retder)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT issuer, party, subject, roles, not_before, not_after, der FROM cert WHERE sha256 = $1", &s));
	db_bind_blob(s, 1, sy_span(sha256, 32));
	SY_TRY(db_one(s));
	if (ret != NULL) {
		memcpy(ret->sha256, sha256, 32);
		ret->has_issuer = col_bytes(s, 0, ret->issuer, 32);
		(void)col_bytes(s, 1, ret->party, 16);
		col_text(s, 2, ret->subject, sizeof ret->subject);
		ret->roles = db_col_int(s, 3);
		ret->not_before = db_col_int(s, 4);
		ret->not_after = db_col_int(s, 5);
	}
	if (retder == NULL)
		return SY_OK;
	sy_buf_add_span(retder, db_col_blob(s, 6));
	return sy_buf_err(retder);
}
