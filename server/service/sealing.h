/* service/sealing.h: who must put a seal on what, and checking that a seal is
 * good before it is kept. The signer checks all of it again. */
#ifndef SERVER_SERVICE_SEALING_H
#define SERVER_SERVICE_SEALING_H

#include "certs/entry.h"
#include "server/service/draft.h"
#include "server/service/logbook.h"

/* The signer names places in a statement ("body.quantity", "figures.units"); a client sent one flat record. */
void sealing_flat_field(struct sy_fault *f);

/* Roles that seal a record of that type and body, as sy_role bits; all: every one of them, else any one. */
unsigned sealing_roles(const char *type, const struct sy_json *body, bool *retall);

/* Certificates as a client sends them: base64 DER, leaf first. Checks that the leaf's chain leads to
 * the trust list now, for one of roles, and stores all. */
struct sealing_certs {
	size_t n;
	struct sy_cert *cert[8];
};
void sealing_certs_done(struct sealing_certs *c);
enum sy_err sealing_certs_parse(const struct sy_json *list, struct sealing_certs *ret, struct sy_fault *reterr) SY_MUST;
enum sy_err sealing_certs_load(struct db *db, const uint8_t x5t[32], struct sealing_certs *ret) SY_MUST;
enum sy_err sealing_certs_check(struct app *app, const struct sealing_certs *c, enum sy_role role, const char *party_hex, struct sy_fault *reterr) SY_MUST;
enum sy_err sealing_certs_store(struct app *app, const struct sealing_certs *c, struct sy_fault *reterr) SY_MUST;
/* Inside a transaction, for command lines. */
enum sy_err sealing_certs_put(struct db *db, const struct sealing_certs *c) SY_MUST;

/* The status key's seal for a record that needs no person, and the item for the logbook. */
enum sy_err sealing_by_status(struct app *app, const struct draft *d, struct log_item *ret, struct sy_fault *reterr) SY_MUST;

/* One person's seal on a frozen record. Either passphrase, or protected_json, sig and certs. */
struct sealing_request {
	const struct caller *caller;
	uint8_t id[16];
	int64_t version; /* 0: the newest */
	enum sy_role role;
	const char *passphrase;
	const char *protected_json;
	const uint8_t *sig;
	const struct sy_json *certs;
	const struct trail_line *line; /* kept with the seal */
};
struct sealing_answer {
	int64_t version;
	bool complete; /* in the log */
	struct log_place place;
	unsigned needed; /* roles, else */
};
enum sy_err sealing_by_person(struct app *app, const struct sealing_request *q, struct sealing_answer *ret, struct sy_fault *reterr) SY_MUST;
/* Roles still needed of a record in state sealing; 0: none. */
enum sy_err sealing_needed(struct db *db, const struct record_row *r, unsigned *ret) SY_MUST;

#endif
