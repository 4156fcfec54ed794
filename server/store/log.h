/* store/log.h: tables entry, checkpoint and tile: the log as rows. */
#ifndef SERVER_STORE_LOG_H
#define SERVER_STORE_LOG_H

#include "server/store/db.h"

struct entry_row {
	int64_t leaf_index;
	uint8_t leaf[32];
	uint8_t id[16];
	int64_t version;
	char type[25];
};
enum sy_err entry_store_add(struct db *db, const struct entry_row *r, struct sy_span bytes) SY_MUST;
/* bytes appended to retbytes unless NULL. NOT_FOUND. */
enum sy_err entry_store_get(struct db *db, int64_t leaf_index, struct entry_row *ret, struct sy_buf *retbytes) SY_MUST;
enum sy_err entry_store_of(struct db *db, const uint8_t id[16], int64_t version, struct entry_row *ret) SY_MUST;
enum sy_err entry_store_count(struct db *db, int64_t *ret) SY_MUST; /* also those not yet signed */
enum sy_err entry_store_cut(struct db *db, int64_t from) SY_MUST; /* entries from there on, which nobody signed */
/* n leaf hashes (or entries, each after its u16 length) from first, appended to ret. NOT_FOUND unless all are there. */
enum sy_err entry_store_leaves(struct db *db, int64_t first, int64_t n, struct sy_buf *ret) SY_MUST;
enum sy_err entry_store_bundle(struct db *db, int64_t first, int64_t n, struct sy_buf *ret) SY_MUST;

/* size 0 and an untouched ret when there is none. */
enum sy_err checkpoint_store_newest(struct db *db, int64_t *retsize, struct sy_buf *ret) SY_MUST;
enum sy_err checkpoint_store_add(struct db *db, int64_t size, struct sy_span note, int64_t at) SY_MUST;

/* Hashes of a tile above the leaves, appended; nothing when there is none. */
enum sy_err tile_store_get(struct db *db, unsigned level, int64_t n, struct sy_buf *ret) SY_MUST;
enum sy_err tile_store_put(struct db *db, unsigned level, int64_t n, struct sy_span hashes) SY_MUST;

#endif
