/* service/fact.h: a record that others cite: its newest logged version with its
 * public body. */
#ifndef SERVER_SERVICE_FACT_H
#define SERVER_SERVICE_FACT_H

#include "schema/wire/json.h"
#include "server/store/record.h"

struct fact {
	struct record_row row;
	char id[33], leaf[65], issuer[33];
	struct sy_json *body;
};
void fact_done(struct fact *f);
#define FACT(name) SY_CLEANUP(fact_done) struct fact name = {.row = {.statement = {.max = STORE_STATEMENT_MAX}}}

/* field: where the request cites it. NOT_FOUND: no such record of that type; NOT_LOGGED: not in the log yet. */
enum sy_err fact_get(struct db *db, const char *field, const char *id, const char *type, struct fact *ret, struct sy_fault *reterr) SY_MUST;
enum sy_err fact_by_leaf(struct db *db, const char *leaf_hex, struct fact *ret, struct sy_fault *reterr) SY_MUST;
/* Withdrawn (void), on hold or recalled: its error, with what to look at. */
enum sy_err fact_unrestricted(struct db *db, const char *field, const struct fact *f, struct sy_fault *reterr) SY_MUST;

#endif
