/* store/check.c: see check.h. */
#include "server/store/check.h"

#include "server/store/col.h"

#include <stdio.h>

enum sy_err
check_store_integrity(struct db *db, bool *retgood, char *words, size_t size)
{
	DB_AUTO_STMT *s = NULL;
	DB_AUTO_STMT *k = NULL;
	bool row = false;
	SY_TRY(db_prepare(db, "PRAGMA integrity_check(1)", &s));
	SY_TRY(db_one(s));
	col_text(s, 0, words, size);
	*retgood = sy_span_eq_str(db_col_text(s, 0), "ok");
	if (!*retgood)
		return SY_OK;
	SY_TRY(db_prepare(db, "PRAGMA foreign_key_check", &k));
	SY_TRY(db_step(k, &row));
	if (row) {
		(void)snprintf(words, size, "foreign key: %.200s", db_col_cstr(k, 0));
		*retgood = false;
	}
	return SY_OK;
}
