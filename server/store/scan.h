/* store/scan.h: one row for each code ever scanned. */
#ifndef SERVER_STORE_SCAN_H
#define SERVER_STORE_SCAN_H

#include "server/store/db.h"

struct scan_count { /* of one code */
	int64_t count, days, first_at;
};

/* Zeros for a code that was never scanned. */
enum sy_err store_scan_get(struct db *db, bool own, const char *item, uint32_t counter, struct scan_count *ret) SY_MUST;
/* One scan more at that instant; gives the new figures. */
enum sy_err store_scan_add(struct db *db, bool own, const char *item, uint32_t counter, int64_t at, struct scan_count *ret) SY_MUST;

#endif
