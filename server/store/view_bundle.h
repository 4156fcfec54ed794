/* store/view_bundle.h: what a bundle for verification offline is made of, row by row. */
#ifndef SERVER_STORE_VIEW_BUNDLE_H
#define SERVER_STORE_VIEW_BUNDLE_H

#include "server/store/db.h"

struct bundle_row { /* texts are borrowed until the next one */
	int64_t leaf_index;
	struct sy_span entry, sha256, body; /* body.data NULL: not held */
};
/* Entries from `from` up to size that an offline verifier needs, and cited reports that a release of that range made public. */
enum sy_err bundle_rows(struct db *db, int64_t from, int64_t size, struct db_stmt **ret) SY_MUST;
enum sy_err bundle_rows_next(struct db_stmt *s, struct bundle_row *ret, bool *retmore) SY_MUST;
/* Certificates, in DER. */
enum sy_err bundle_certs(struct db *db, struct db_stmt **ret) SY_MUST;
enum sy_err bundle_certs_next(struct db_stmt *s, struct sy_span *retder, bool *retmore) SY_MUST;

/* Releases and what stands against them, for the status list; in one order, so that equal lists are equal texts. */
struct bundle_status_row {
	char list[10]; /* released held recalled revoked voided */
	uint8_t release[32];
	int64_t status_index;
	char class[12];
	bool ranged;
	int64_t first, count;
};
enum sy_err bundle_status(struct db *db, int64_t size, struct db_stmt **ret) SY_MUST;
enum sy_err bundle_status_next(struct db_stmt *s, struct bundle_status_row *ret, bool *retmore) SY_MUST;
/* The newest published status record. NOT_FOUND. body: appended. */
enum sy_err bundle_status_newest(struct db *db, uint8_t retid[16], int64_t *retversion, uint8_t retleaf[32], struct sy_buf *retbody) SY_MUST;

#endif
