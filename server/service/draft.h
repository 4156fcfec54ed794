/* service/draft.h: a record on its way from a request to a frozen statement.
 *
 * draft_make checks the request against its shape, computes what the server
 * computes, applies the rules that can be told early (with their figures), and
 * freezes bodies and statement. The signer decides again by itself. */
#ifndef SERVER_SERVICE_DRAFT_H
#define SERVER_SERVICE_DRAFT_H

#include "schema/model/shapes.h"
#include "schema/model/statement.h"
#include "server/app.h"
#include "server/service/caller.h"
#include "server/store/record.h"

struct draft {
	const struct sy_shape *shape;
	const struct caller *caller; /* borrowed */
	char id[33];
	uint8_t id16[16];
	int64_t version;
	char supersedes[65];
	struct sy_json *previous; /* flat public body of the version before; NULL in version 1 */
	char issuer[33]; /* set by the rule of the type */
	int64_t time;
	int32_t today;
	struct sy_json *flat; /* the request, completed */
	struct sy_json *subject, *figures; /* NULL for types without */
	/* frozen */
	struct record_row row;
	struct sy_buf public_text, private_text;
};
void draft_done(struct draft *d);

/* id: NULL for a new record; else a new version of it, over version `over`. */
enum sy_err draft_make(struct app *app, struct db *db, const struct caller *caller, const char *type, const char *id,
    int64_t over, const struct sy_json *request, struct draft *ret, struct sy_fault *reterr) SY_MUST;

/* Rules of the types; each sets issuer and whatever is computed. */
typedef enum sy_err draft_rule(struct app *app, struct db *db, struct draft *d, struct sy_fault *reterr);
draft_rule draft_party, draft_product, draft_lot, draft_report, draft_certificate, draft_release, draft_allocation,
    draft_activation, draft_hold, draft_void, draft_recall;
/* Facilities and samples have a rule each and no statement. retparty: whose it is. */
enum sy_err draft_thing(struct db *db, const struct caller *caller, const char *type, const struct sy_json *request,
    uint8_t retparty[16], struct sy_fault *reterr) SY_MUST;

/* The caller may write for that party: its own, or as administrator. WRONG_PARTY at field. */
enum sy_err draft_own(const struct caller *caller, const char *party_hex, const char *field, struct sy_fault *reterr) SY_MUST;
/* demonstration: refused as true outside a demonstration. */
enum sy_err draft_demonstration(struct app *app, const struct sy_json *flat, struct sy_fault *reterr) SY_MUST;
/* The date in that field, when it is given, is not later than day. */
enum sy_err draft_date_not_after(const struct sy_json *flat, const char *field, int32_t day, struct sy_fault *reterr) SY_MUST;
enum sy_err draft_random_hex(char *ret, size_t bytes) SY_MUST;

#endif
