/* ledger.h: the signer's own tables (schema/sql/sqlite/signer). Statements and no rules.
 * NOT_FOUND where there is no such row. */
#ifndef SERVER_SIGNER_LEDGER_H
#define SERVER_SIGNER_LEDGER_H

#include "certs/chain.h"
#include "schema/model/quantity.h"
#include "server/store/db.h"

struct ledger_record {
	struct sy_hash leaf;
	int64_t index;
	uint8_t id[16];
	int64_t version;
	char type[25];
	char issuer[33];
	char public_sha256[65];
};
enum sy_err ledger_record_add(struct db *db, const struct ledger_record *r) SY_MUST;
enum sy_err ledger_record_get(struct db *db, const struct sy_hash *leaf, struct ledger_record *ret) SY_MUST;
enum sy_err ledger_record_last(struct db *db, const uint8_t id[16], struct ledger_record *ret) SY_MUST; /* newest version */

enum sy_err ledger_cert_add(struct db *db, const struct sy_cert *c, bool ca) SY_MUST; /* again: no matter */
enum sy_err ledger_cert_get(struct db *db, const uint8_t sha256[32], struct sy_cert **ret) SY_MUST;
/* CA certificates of a party, at most max. */
enum sy_err ledger_cert_cas(struct db *db, const char *party, struct sy_cert **ret, size_t max, size_t *retn) SY_MUST;

struct ledger_item {
	bool own;
	char item[15];
};
enum sy_err ledger_product_add(struct db *db, const struct sy_hash *leaf, const uint8_t id[16], const struct ledger_item *item, struct sy_span body) SY_MUST;
/* What any version of a product has; caller owns *retbody (NULL: not asked for), the body of that version. */
enum sy_err ledger_product_get(struct db *db, const struct sy_hash *leaf, struct ledger_item *ret, struct sy_json **retbody) SY_MUST;
/* The product that holds this item. */
enum sy_err ledger_product_of_item(struct db *db, const struct ledger_item *item, uint8_t ret[16]) SY_MUST;

struct ledger_lot {
	uint8_t id[16], product[16];
	char lot[21];
};
enum sy_err ledger_lot_add(struct db *db, const struct sy_hash *leaf, const struct ledger_lot *l, struct sy_span body) SY_MUST;
enum sy_err ledger_lot_get(struct db *db, const struct sy_hash *leaf, struct ledger_lot *ret, struct sy_json **retbody) SY_MUST;
enum sy_err ledger_lot_of_text(struct db *db, const uint8_t product[16], const char *lot, uint8_t ret[16]) SY_MUST;
/* Sum over the releases of a lot that are not void; *retn counts all of them. ret must hold a unit (value 0). */
enum sy_err ledger_lot_released(struct db *db, const uint8_t lot[16], struct sy_quantity *ret, size_t *retn) SY_MUST;

enum sy_err ledger_certificate_add(struct db *db, const struct sy_hash *leaf, struct sy_span body) SY_MUST;
enum sy_err ledger_certificate_get(struct db *db, const struct sy_hash *leaf, struct sy_json **retbody) SY_MUST;

struct ledger_release {
	struct sy_hash leaf;
	uint8_t lot[16];
	struct ledger_item item;
	char lot_text[21];
	int64_t status_index, basis, grade, certified, county;
	bool has_best_before;
	int32_t best_before;
	struct sy_quantity quantity;
	int64_t units, allocated;
};
enum sy_err ledger_release_add(struct db *db, const struct ledger_release *r) SY_MUST; /* EXISTS: status index used */
enum sy_err ledger_release_get(struct db *db, const struct sy_hash *leaf, struct ledger_release *ret) SY_MUST;
enum sy_err ledger_cite_add(struct db *db, const struct sy_hash *release, const struct ledger_record *cited) SY_MUST;

/* The item's serial key and next counter; made when first asked. */
enum sy_err ledger_item_get(struct db *db, const struct ledger_item *item, uint8_t retkey[32], int64_t *retnext) SY_MUST;

enum sy_err ledger_allocation_add(struct db *db, const struct sy_hash *leaf, const struct ledger_release *r, int64_t first, int64_t count) SY_MUST;
enum sy_err ledger_allocation_get(struct db *db, const struct sy_hash *leaf, struct sy_hash *retrelease, int64_t *retfirst, int64_t *retcount) SY_MUST;
/* NOT_FOUND unless one allocation of the release holds all of the range. */
enum sy_err ledger_allocation_covers(struct db *db, const struct sy_hash *release, int64_t first, int64_t count) SY_MUST;

struct ledger_restriction {
	uint8_t id[16];
	struct sy_span target; /* 16 or 32 bytes */
	const char *kind; /* hold void recall */
	const char *klass; /* hold: safety certificate; else NULL */
	bool ranged; /* void of labels */
	int64_t first, count;
	bool open;
	enum sy_role opener;
};
enum sy_err ledger_restriction_put(struct db *db, const struct ledger_restriction *r) SY_MUST; /* new, or changes open */
enum sy_err ledger_restriction_opener(struct db *db, const uint8_t id[16], enum sy_role *ret, bool *retopen) SY_MUST;
/* Is exactly this what the record restricts already? */
enum sy_err ledger_restriction_has(struct db *db, const uint8_t id[16], struct sy_span target, bool *ret) SY_MUST;
enum sy_err ledger_restriction_count(struct db *db, const uint8_t id[16], size_t *ret) SY_MUST;
/* RECALLED, WITHDRAWN or ON_HOLD when something open stands against target, in this order. */
enum sy_err ledger_restricted(struct db *db, struct sy_span target) SY_MUST;
/* The same for a release: itself, its lot, what it cites. */
enum sy_err ledger_release_restricted(struct db *db, const struct ledger_release *r) SY_MUST;
/* WITHDRAWN when some of these labels are void. */
enum sy_err ledger_labels_void(struct db *db, const struct sy_hash *release, int64_t first, int64_t count) SY_MUST;

enum sy_err ledger_journal_overlaps(struct db *db, const struct sy_hash *release, int64_t first, int64_t count, bool *ret) SY_MUST;
enum sy_err ledger_journal_add(struct db *db, const struct sy_hash *release, int64_t first, int64_t count, int64_t at) SY_MUST;

#endif
