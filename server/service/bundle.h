/* service/bundle.h: everything a verifier without a network needs, with its
 * proofs: suyuan-label(5) describes the form. A bundle is no statement of ours:
 * all that is in it is signed by others or proven by the log. */
#ifndef SERVER_SERVICE_BUNDLE_H
#define SERVER_SERVICE_BUNDLE_H

#include "server/app.h"

#define BUNDLE_STATUS_DAYS INT64_C(7) /* how long a status list speaks */

/* Entries from `since` on (0: all) and the newest status list. NOT_FOUND before the first checkpoint or without a trust list. */
enum sy_err bundle_print(struct app *app, struct db *db, int64_t since, struct sy_buf *ret) SY_MUST;
/* Puts a new status list into the log if the newest says another thing or half its time is over. */
enum sy_err bundle_refresh_status(struct app *app, struct sy_fault *reterr) SY_MUST;

/* The lists of a status body as canonical JSON members; equal lists give equal texts. */
struct sy_json;
enum sy_err bundle_status_lists(struct db *db, int64_t size, struct sy_json **ret) SY_MUST;

#endif
