/* store/trust.c: statements on table trust. */
#include "server/store/trust.h"

enum sy_err
trust_store_add(struct db *db, uint64_t version, struct sy_span note, int64_t at)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO trust (version, note, at) VALUES ($1, $2, $3)", &s));
	db_bind_int(s, 1, (int64_t)version);
	db_bind_text_span(s, 2, note);
	db_bind_int(s, 3, at);
	return db_run(s);
}

enum sy_err
trust_store_newest(struct db *db, struct sy_buf *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT note FROM trust ORDER BY version DESC LIMIT 1", &s));
	SY_TRY(db_one(s));
	sy_buf_add_span(ret, db_col_text(s, 0));
	return sy_buf_err(ret);
}
