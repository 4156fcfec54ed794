/* store/trust.h: table trust: the lists this deployment published. */
#ifndef SERVER_STORE_TRUST_H
#define SERVER_STORE_TRUST_H

#include "server/store/db.h"

enum sy_err trust_store_add(struct db *db, uint64_t version, struct sy_span note, int64_t at) SY_MUST;
/* The newest note, appended to ret. NOT_FOUND. */
enum sy_err trust_store_newest(struct db *db, struct sy_buf *ret) SY_MUST;

#endif
