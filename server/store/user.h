/* store/user.h: tables user, token, idempotency, audit, issue. */
#ifndef SERVER_STORE_USER_H
#define SERVER_STORE_USER_H

#include "server/store/db.h"

struct user_row {
	uint8_t id[16];
	bool has_party;
	uint8_t party[16];
	char name[65];
	char role[16];
	int64_t duties;
	bool has_x5t;
	uint8_t x5t[32];
	bool disabled;
	int64_t at;
};
enum sy_err user_store_add(struct db *db, const struct user_row *r) SY_MUST; /* EXISTS */
enum sy_err user_store_get(struct db *db, const uint8_t id[16], struct user_row *ret) SY_MUST;
enum sy_err user_store_by_name(struct db *db, const char *name, struct user_row *ret) SY_MUST;
enum sy_err user_store_set(struct db *db, const struct user_row *r) SY_MUST; /* duties, x5t, disabled */
/* Next after that id, in the order of ids: NOT_FOUND at the end. */
enum sy_err user_store_next(struct db *db, const uint8_t after[16], struct user_row *ret) SY_MUST;

struct token_row {
	uint8_t sha256[32];
	uint8_t user[16];
	char label[65];
	int64_t expires;
	bool revoked;
};
enum sy_err token_store_add(struct db *db, const struct token_row *r) SY_MUST;
/* The user behind a token that is neither revoked nor expired, of a user not disabled. NOT_FOUND. */
enum sy_err token_store_user(struct db *db, const uint8_t sha256[32], int64_t now, struct user_row *ret) SY_MUST;
enum sy_err token_store_revoke(struct db *db, const uint8_t sha256[32]) SY_MUST; /* NOT_FOUND */
enum sy_err token_store_get(struct db *db, const uint8_t sha256[32], struct token_row *ret) SY_MUST;
enum sy_err token_store_next(struct db *db, const uint8_t after[32], struct token_row *ret) SY_MUST;

struct idem_row {
	uint8_t user[16];
	char key[129];
	uint8_t request[32];
	int64_t status;
	int64_t at;
};
enum sy_err idem_store_begin(struct db *db, const struct idem_row *r, const char *begun) SY_MUST; /* status 0; EXISTS */
enum sy_err idem_store_finish(struct db *db, const struct idem_row *r, struct sy_span answer) SY_MUST;
enum sy_err idem_store_get(struct db *db, const uint8_t user[16], const char *key, struct idem_row *ret, struct sy_buf *retanswer) SY_MUST;
enum sy_err idem_store_remove(struct db *db, const uint8_t user[16], const char *key) SY_MUST; /* only while status is 0 */
/* Those asked before that time are forgotten. */
enum sy_err idem_store_forget(struct db *db, int64_t before) SY_MUST;
/* Of a record that was refused: whoever asked may ask again. */
enum sy_err idem_store_remove_begun(struct db *db, const char *begun) SY_MUST;

enum sy_err audit_store_add(struct db *db, int64_t at, const uint8_t *user, const char *action, const uint8_t *id, const char *detail) SY_MUST;
/* The line that was kept with a record that is taken back: its newest about entering it. */
enum sy_err audit_store_unwrite(struct db *db, const uint8_t id[16]) SY_MUST;
struct audit_row {
	int64_t n, at;
	bool has_user, has_id;
	uint8_t user[16], id[16];
	char action[65];
	char detail[1025];
};
/* Next below n: NOT_FOUND at the end. */
enum sy_err audit_store_before(struct db *db, int64_t n, struct audit_row *ret) SY_MUST;

enum sy_err issue_store_add(struct db *db, const uint8_t allocation[32], int64_t first, int64_t count, const uint8_t user[16], int64_t at) SY_MUST;

#endif
