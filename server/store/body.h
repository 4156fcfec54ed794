/* store/body.h: table body: canonical JSON by its hash. */
#ifndef SERVER_STORE_BODY_H
#define SERVER_STORE_BODY_H

#include "server/store/db.h"

#define STORE_BODY_MAX 12582912 /* a status list has some 100 bytes a release; requests are bounded by their routes */

/* A body already there is left as it is. */
enum sy_err body_store_put(struct db *db, const uint8_t sha256[32], bool is_private, struct sy_span json) SY_MUST;
/* Appended to ret. NOT_FOUND: never seen, or erased. */
enum sy_err body_store_get(struct db *db, const uint8_t sha256[32], bool *retprivate, struct sy_buf *ret) SY_MUST;
/* Next body in the order of hashes, for check: NOT_FOUND at the end. after: 32 bytes, all zero at first. json is empty once erased. */
enum sy_err body_store_next(struct db *db, uint8_t after[32], struct sy_buf *ret, bool *reterased) SY_MUST;
/* A body that no record names any more (a refused record). */
enum sy_err body_store_drop_unused(struct db *db, const uint8_t sha256[32]) SY_MUST;

#endif
