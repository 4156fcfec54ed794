/* rules.h: what may enter the log. One type's rules a file (rules_<type>.c); each sees
 * the statement, who sealed it (verified before), and the ledger, and writes its rows.
 * Everything runs inside a transaction of the caller's, who takes it back on a refusal.
 *
 * A fault's field is the path into the statement ("figures.quantity"), or "body.<path>". */
#ifndef SERVER_SIGNER_RULES_H
#define SERVER_SIGNER_RULES_H

#include "schema/model/statement.h"
#include "server/signer/ledger.h"

struct rule {
	struct db *db;
	const struct sy_statement *st;
	uint8_t id[16]; /* st->id */
	struct sy_hash leaf;
	uint64_t index;
	unsigned roles; /* bits: who sealed */
	const struct sy_json *bodies; /* {sha256 hex: text}, unverified */
	struct sy_fault *fault;
};

/* Seals asked for, version, and the type's own rules; then the rows. */
enum sy_err rules_admit(struct rule *r) SY_MUST;
/* May one person with this role put a seal on a statement of this type? */
bool rules_role_may(const char *type, enum sy_role role);

/* For the rules_<type>.c. */
/* The body with that hash: MISSING, BODY_MISMATCH, NOT_CANONICAL. Caller owns *ret; *rettext borrows from bodies. */
enum sy_err rules_body(const struct rule *r, const char *sha256_hex, struct sy_span *rettext, struct sy_json **ret) SY_MUST;
/* The statement's own public body, fitting its shape. */
enum sy_err rules_own_body(const struct rule *r, const struct sy_shape *shape, struct sy_span *rettext, struct sy_json **ret) SY_MUST;
/* The record at a leaf that a subject names: NOT_LOGGED, WRONG_TYPE; newest asks that no later version is logged: VERSION_CONFLICT. */
enum sy_err rules_cited(const struct rule *r, const char *leaf_hex, const char *type, bool newest, const char *field, struct ledger_record *ret) SY_MUST;
enum sy_err rules_fail(const struct rule *r, enum sy_err err, const char *field);
enum sy_err rules_id(const struct sy_json *body, const char *name, uint8_t ret[16]) SY_MUST;
/* The statement's issuer is that party: WRONG_PARTY. */
enum sy_err rules_own(const struct rule *r, const char *party, const char *field) SY_MUST;

enum sy_err rules_product(struct rule *r) SY_MUST;
enum sy_err rules_lot(struct rule *r) SY_MUST;
enum sy_err rules_certificate(struct rule *r) SY_MUST;
enum sy_err rules_release(struct rule *r) SY_MUST;
enum sy_err rules_allocation(struct rule *r) SY_MUST;
enum sy_err rules_activation(struct rule *r) SY_MUST;
enum sy_err rules_trust(struct rule *r) SY_MUST;
enum sy_err rules_status(struct rule *r) SY_MUST;
enum sy_err rules_hold(struct rule *r) SY_MUST;
enum sy_err rules_void(struct rule *r) SY_MUST;
enum sy_err rules_recall(struct rule *r) SY_MUST;

/* What a release rests on (rules_basis.c): reports and certificates of the statement, against its lot. */
struct rule_lot {
	struct ledger_record record, product;
	struct ledger_lot lot;
	struct ledger_item item;
	const struct sy_json *body, *product_body;
	int32_t produced;
};
enum sy_err rules_basis(struct rule *r, const struct rule_lot *l, int64_t basis, int64_t certified) SY_MUST;
/* Writes down what it cited, after the release itself is a row. */
enum sy_err rules_basis_cite(struct rule *r) SY_MUST;

#endif
