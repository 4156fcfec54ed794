/* store/view.h: what the public may know of a release, statement by statement.
 * Only what stands in the log is found here; no rules. Blobs are borrowed until
 * the statement is stepped again, so callers copy (service/view.c). */
#ifndef SERVER_STORE_VIEW_H
#define SERVER_STORE_VIEW_H

#include "server/store/db.h"

/* One logged record with its public body. */
struct store_view_doc {
	uint8_t leaf[32], id[16], public_sha256[32], issuer[16];
	int64_t leaf_index, version;
	char type[25];
	char *statement; /* owned */
	char *body; /* owned; NULL when it is not held */
};
void store_view_doc_done(struct store_view_doc *d);

struct store_view_release {
	uint8_t leaf[32], id[16], lot_id[16], lot_leaf[32], product_leaf[32];
	int64_t leaf_index, status_index;
	bool own;
	char item[15], lot[21];
	int basis;
	int64_t units;
};
/* NOT_FOUND. leaf16: the first half of a leaf hash, as in a token. */
enum sy_err store_view_release(struct db *db, const uint8_t leaf16[16], struct store_view_release *ret) SY_MUST;
/* The newest release of a lot by the text on a pack. */
enum sy_err store_view_release_of(struct db *db, bool own, const char *item, const char *lot, struct store_view_release *ret) SY_MUST;
enum sy_err store_view_doc(struct db *db, const uint8_t leaf[32], struct store_view_doc *ret) SY_MUST;
/* The newest logged version of a record: a party, say. */
enum sy_err store_view_newest(struct db *db, const uint8_t id[16], struct store_view_doc *ret) SY_MUST;
/* Newest logged version by the text on a pack. */
enum sy_err store_view_product(struct db *db, bool own, const char *item, uint8_t retleaf[32]) SY_MUST;
enum sy_err store_view_lot(struct db *db, bool own, const char *item, const char *lot, uint8_t retleaf[32], uint8_t retid[16]) SY_MUST;

/* Lists: called with a growing array through the iterator's next; SY_OK with *retmore false at the end. */
enum sy_err store_view_cites(struct db *db, const uint8_t release[32], struct db_stmt **ret) SY_MUST;
enum sy_err store_view_cites_next(struct db_stmt *s, uint8_t retleaf[32], bool *retreport, bool *retmore) SY_MUST;
enum sy_err store_view_allocations(struct db *db, const uint8_t release[32], struct db_stmt **ret) SY_MUST;
struct store_view_range {
	int64_t leaf_index, first, count;
};
enum sy_err store_view_allocations_next(struct db_stmt *s, struct store_view_range *ret, bool *retmore) SY_MUST;

struct store_view_restriction {
	uint8_t id[16], leaf[32], target[16];
	int kind; /* 'h', 'v', 'r' */
	char subject[12];
	char class[12];
	int64_t first, count, since;
	bool open, ranged;
};
/* Those of one target (a record id), open or closed, oldest first. */
enum sy_err store_view_restrictions(struct db *db, const uint8_t target[16], struct db_stmt **ret) SY_MUST;
enum sy_err store_view_restrictions_next(struct db_stmt *s, struct store_view_restriction *ret, bool *retmore) SY_MUST;
/* Every recall, newest first, for the list of notices. */
enum sy_err store_view_recalls(struct db *db, struct db_stmt **ret) SY_MUST;

/* Roles and parties that sealed a record, in the order of signing. */
struct store_view_seal {
	char role[17];
	uint8_t x5t[32], party[16];
	int64_t made_at;
};
enum sy_err store_view_seals(struct db *db, const uint8_t id[16], int64_t version, struct db_stmt **ret) SY_MUST;
enum sy_err store_view_seals_next(struct db_stmt *s, struct store_view_seal *ret, bool *retmore) SY_MUST;

/* Size of the newest signed checkpoint; 0 before the first. */
enum sy_err store_view_log_size(struct db *db, int64_t *ret) SY_MUST;

#endif
