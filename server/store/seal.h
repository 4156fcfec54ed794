/* store/seal.h: tables seal and cert: who signed what, with which certificate. */
#ifndef SERVER_STORE_SEAL_H
#define SERVER_STORE_SEAL_H

#include "server/store/db.h"

#define STORE_PROTECTED_MAX 1024
#define STORE_CERT_MAX 8192

struct seal_row {
	char role[17];
	char protected_json[STORE_PROTECTED_MAX + 1];
	uint8_t sig[64];
	uint8_t x5t[32];
	int64_t made_at;
	bool has_user;
	uint8_t user[16]; /* the login that handed it in */
};
/* A seal of the same role is replaced while the record is not logged. */
enum sy_err seal_store_put(struct db *db, const uint8_t id[16], int64_t version, const struct seal_row *r) SY_MUST;
enum sy_err seal_store_remove(struct db *db, const uint8_t id[16], int64_t version, const char *role) SY_MUST; /* NULL: all */
/* Up to max, in the order of signing: tester, reviewer, approver, then the others. */
enum sy_err seal_store_all(struct db *db, const uint8_t id[16], int64_t version, struct seal_row *ret, size_t max, size_t *retn) SY_MUST;

struct cert_row {
	uint8_t sha256[32];
	bool has_issuer;
	uint8_t issuer[32];
	uint8_t party[16];
	char subject[65];
	int64_t roles, not_before, not_after;
};
enum sy_err cert_store_put(struct db *db, const struct cert_row *r, struct sy_span der) SY_MUST;
/* der appended to retder. NOT_FOUND. */
enum sy_err cert_store_get(struct db *db, const uint8_t sha256[32], struct cert_row *ret, struct sy_buf *retder) SY_MUST;

#endif
