/* store/check.h: the engine's own look at its file. */
#ifndef SERVER_STORE_CHECK_H
#define SERVER_STORE_CHECK_H

#include "server/store/db.h"

/* Pages, indexes and foreign keys. words: what the engine says first, when it is not good. */
enum sy_err check_store_integrity(struct db *db, bool *retgood, char *words, size_t size) SY_MUST;

#endif
