/* store/record.h: table record: every version of every record that may enter the log. */
#ifndef SERVER_STORE_RECORD_H
#define SERVER_STORE_RECORD_H

#include "server/store/db.h"

#define STORE_STATEMENT_MAX 32768

struct record_row {
	uint8_t id[16];
	int64_t version;
	char type[25];
	uint8_t issuer[16];
	struct sy_buf statement;
	uint8_t public_sha256[32];
	bool has_private;
	uint8_t private_sha256[32];
	int64_t created_at;
	bool has_by;
	uint8_t created_by[16];
	char state[12]; /* sealing logged */
	bool logged;
	uint8_t leaf[32];
	int64_t leaf_index;
};
void record_row_init(struct record_row *r);
void record_row_done(struct record_row *r);
#define RECORD_ROW(name) SY_CLEANUP(record_row_done) struct record_row name = {.statement = {.max = STORE_STATEMENT_MAX}}

enum sy_err record_store_add(struct db *db, const struct record_row *r) SY_MUST; /* state sealing */
/* version 0: the newest. NOT_FOUND. */
enum sy_err record_store_get(struct db *db, const uint8_t id[16], int64_t version, struct record_row *ret) SY_MUST;
enum sy_err record_store_newest_logged(struct db *db, const uint8_t id[16], struct record_row *ret) SY_MUST;
enum sy_err record_store_newest_of(struct db *db, const char *type, struct record_row *ret) SY_MUST; /* logged, by its place in the log */
/* The party, other than id, whose newest logged version has this code; NOT_FOUND. */
enum sy_err record_store_party_of(struct db *db, const char *uscc, const uint8_t id[16], uint8_t retid[16]) SY_MUST;
enum sy_err record_store_by_leaf(struct db *db, const uint8_t leaf[32], struct record_row *ret) SY_MUST;
enum sy_err record_store_set_logged(struct db *db, const uint8_t id[16], int64_t version, const uint8_t leaf[32], int64_t leaf_index) SY_MUST;
/* A draft that nobody will seal goes, with the seals it has; WRONG_STATE once it has an entry. */
enum sy_err record_store_give_up(struct db *db, const uint8_t id[16], int64_t version) SY_MUST;
enum sy_err record_store_remove(struct db *db, const uint8_t id[16], int64_t version) SY_MUST;

/* A page of newest versions, newest first. */
struct record_filter {
	const char *type;
	bool all; /* else: what party issued, or what everyone may read */
	bool open_type; /* others' logged records of this type may be read by everyone */
	uint8_t party[16];
	const char *item; /* lots, products: only of this GTIN or own item; NULL: any */
	const char *state; /* NULL: any */
	int64_t before_at; /* cursor: INT64_MAX at first */
	uint8_t before_id[16];
	int64_t limit;
};
enum sy_err record_store_list(struct db *db, const struct record_filter *f, struct db_stmt **ret) SY_MUST;
enum sy_err record_store_list_next(struct db_stmt *s, struct record_row *ret, bool *retmore) SY_MUST;

/* Is this body public: of a logged record that is no report, or of a report that a logged release cites? */
enum sy_err record_store_body_is_public(struct db *db, const uint8_t sha256[32], bool *ret) SY_MUST;

/* Which lots a report covers, from the moment it is entered. */
enum sy_err record_store_cover(struct db *db, const uint8_t report[16], const uint8_t lot[16]) SY_MUST;
/* Does that party own a lot that the report covers? */
enum sy_err record_store_covers_party(struct db *db, const uint8_t report[16], const uint8_t party[16], bool *ret) SY_MUST;

#endif
