/* store/derived.h: tables that can be rebuilt from the log: product, lot,
 * release, cite, allocation, restriction. Written when an entry is published. */
#ifndef SERVER_STORE_DERIVED_H
#define SERVER_STORE_DERIVED_H

#include "server/store/db.h"

struct product_row {
	uint8_t leaf[32], id[16], party[16];
	int64_t version;
	bool own;
	char item[15];
};
struct lot_row {
	uint8_t leaf[32], id[16], party[16], product[16];
	int64_t version;
	bool own;
	char item[15], lot[21];
	int32_t produced;
};
struct release_row {
	uint8_t leaf[32], id[16], lot[16], lot_leaf[32], product_leaf[32];
	int64_t leaf_index;
	bool own;
	char item[15], lot_text[21];
	int64_t status_index, basis, units;
};
struct allocation_row {
	uint8_t leaf[32], id[16], release[32];
	int64_t leaf_index, first, count;
	bool own;
	char item[15];
};
struct restriction_row {
	uint8_t id[16], leaf[32], target[16];
	int64_t version;
	const char *kind, *subject, *class; /* class may be NULL; literals or statement texts */
	bool ranged;
	int64_t first, count;
	bool open;
	int64_t since;
};
enum sy_err derived_product_add(struct db *db, const struct product_row *r) SY_MUST;
enum sy_err derived_lot_add(struct db *db, const struct lot_row *r) SY_MUST;
enum sy_err derived_release_add(struct db *db, const struct release_row *r) SY_MUST;
enum sy_err derived_cite_add(struct db *db, const uint8_t release[32], const uint8_t cited[32], const char *type) SY_MUST;
enum sy_err derived_allocation_add(struct db *db, const struct allocation_row *r) SY_MUST;
enum sy_err derived_restriction_put(struct db *db, const struct restriction_row *r) SY_MUST;
enum sy_err derived_clear(struct db *db) SY_MUST; /* all of them, before a rebuild */

/* The product or lot record that uses this text; NOT_FOUND. */
enum sy_err derived_product_of(struct db *db, bool own, const char *item, uint8_t retid[16]) SY_MUST;
enum sy_err derived_lot_of(struct db *db, bool own, const char *item, const char *lot, uint8_t retid[16]) SY_MUST;
enum sy_err derived_lot_get(struct db *db, const uint8_t leaf[32], struct lot_row *ret) SY_MUST;
enum sy_err derived_product_get(struct db *db, const uint8_t leaf[32], struct product_row *ret) SY_MUST;
enum sy_err derived_release_get(struct db *db, const uint8_t leaf[32], struct release_row *ret) SY_MUST;
enum sy_err derived_allocation_get(struct db *db, const uint8_t id[16], struct allocation_row *ret) SY_MUST;
/* Next unused counter of an item; units already allocated of a release. */
enum sy_err derived_next_counter(struct db *db, bool own, const char *item, int64_t *ret) SY_MUST;
enum sy_err derived_allocated(struct db *db, const uint8_t release[32], int64_t *ret) SY_MUST;
enum sy_err derived_status_index_taken(struct db *db, int64_t index, bool *ret) SY_MUST;
/* Leaves of the releases of a lot record, oldest first, from leaf_index on: NOT_FOUND at the end. */
enum sy_err derived_release_after(struct db *db, const uint8_t lot[16], int64_t after, struct release_row *ret) SY_MUST;
/* An open restriction of that kind on that target (a void is open always). *retid may be NULL. */
enum sy_err derived_restricted(struct db *db, const uint8_t target[16], const char *kind, bool *ret, uint8_t retid[16]) SY_MUST;

#endif
