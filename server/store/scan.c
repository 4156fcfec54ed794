/* store/scan.c: see store/scan.h. Days are counted in the Shanghai calendar,
 * which is UTC+8: (last_at + 28800) / 86400. */
#include "server/store/scan.h"

#include <string.h>

enum sy_err
store_scan_get(struct db *db, bool own, const char *item, uint32_t counter, struct scan_count *ret)
{
	DB_AUTO_STMT *s = NULL;
	memset(ret, 0, sizeof *ret);
	SY_TRY(db_prepare(db, "SELECT count, days, first_at FROM scan WHERE item = $1 AND own = $2 AND counter = $3", &s));
	db_bind_text(s, 1, item);
	db_bind_int(s, 2, own);
	db_bind_int(s, 3, counter);
	enum sy_err err = db_one(s);
	if (err == SY_OK)
		*ret = (struct scan_count){ .count = db_col_int(s, 0), .days = db_col_int(s, 1), .first_at = db_col_int(s, 2) };
	return err == SY_ERR_NOT_FOUND ? SY_OK : err;
}

enum sy_err
store_scan_add(struct db *db, bool own, const char *item, uint32_t counter, int64_t at, struct scan_count *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "INSERT INTO scan (own, item, counter, count, days, first_at, last_at) VALUES ($1, $2, $3, 1, 1, $4, $4) "
	    "ON CONFLICT (item, own, counter) DO UPDATE SET count = scan.count + 1, "
	    "days = scan.days + CASE WHEN (excluded.last_at + 28800) / 86400 > (scan.last_at + 28800) / 86400 THEN 1 ELSE 0 END, "
	    "last_at = max(scan.last_at, excluded.last_at) RETURNING count, days, first_at",
	    &s));
	db_bind_int(s, 1, own);
	db_bind_text(s, 2, item);
	db_bind_int(s, 3, counter);
	db_bind_int(s, 4, at);
	SY_TRY(db_one(s));
	*ret = (struct scan_count){ .count = db_col_int(s, 0), .days = db_col_int(s, 1), .first_at = db_col_int(s, 2) };
	return SY_OK;
}
