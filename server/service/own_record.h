/* service/own_record.h: records that are the deployment's own word and no party's:
 * status lists and trust lists. One id of each type for ever, a version each time. */
#ifndef SERVER_SERVICE_OWN_RECORD_H
#define SERVER_SERVICE_OWN_RECORD_H

#include "schema/wire/json.h"
#include "server/app.h"

/* The newest of its type in the log. */
struct own_last {
	bool any;
	uint8_t id[16], leaf[32];
	int64_t version;
	struct sy_json *body;
};
enum sy_err own_last_read(struct db *db, const char *type, struct own_last *ret) SY_MUST;
void own_last_done(struct own_last *l);

/* Puts the next version of that type with this public body, which gets its salt, into the log. The caller has the
 * logbook's turn from own_last_read on, so that two askers at once make one record. */
enum sy_err own_record_add(struct app *app, const char *type, const struct own_last *last, struct sy_json *body, struct sy_fault *reterr) SY_MUST;

#endif
