/* store/thing.h: tables facility and sample: records without a log entry. */
#ifndef SERVER_STORE_THING_H
#define SERVER_STORE_THING_H

#include "server/store/db.h"

#define STORE_THING_MAX 65536

enum thing_kind { THING_FACILITY, THING_SAMPLE };

struct thing_row {
	uint8_t id[16], party[16];
	int64_t version, at;
	struct sy_buf json;
};
void thing_row_done(struct thing_row *r);
#define THING_ROW(name) SY_CLEANUP(thing_row_done) struct thing_row name = {.json = {.max = STORE_THING_MAX}}

enum sy_err thing_store_add(struct db *db, enum thing_kind k, const struct thing_row *r) SY_MUST;
/* version 0: the newest. NOT_FOUND. */
enum sy_err thing_store_get(struct db *db, enum thing_kind k, const uint8_t id[16], int64_t version, struct thing_row *ret) SY_MUST;
/* Newest versions, newest first; party NULL: all. NOT_FOUND at the end. Cursor: at and id of the last one. */
enum sy_err thing_store_before(struct db *db, enum thing_kind k, const uint8_t *party, int64_t at, const uint8_t id[16], struct thing_row *ret) SY_MUST;

#endif
