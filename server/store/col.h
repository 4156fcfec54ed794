/* store/col.h: fixed-size columns into fixed-size members. */
#ifndef SERVER_STORE_COL_H
#define SERVER_STORE_COL_H

#include "server/store/db.h"

#include <string.h>

/* False (and zeroes) when the column is NULL or of another length. */
static inline bool
col_bytes(struct db_stmt *s, unsigned col, uint8_t *ret, size_t len)
{
	struct sy_span b = db_col_blob(s, col);
	memset(ret, 0, len);
	if (b.data == NULL || b.len != len)
		return false;
	memcpy(ret, b.data, len);
	return true;
}

static inline void
col_text(struct db_stmt *s, unsigned col, char *ret, size_t size)
{
	struct sy_span t = db_col_text(s, col);
	size_t n = t.len < size ? t.len : size - 1;
	if (n > 0)
		memcpy(ret, t.data, n);
	ret[n] = '\0';
}

#endif
