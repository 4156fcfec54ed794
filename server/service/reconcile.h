/* service/reconcile.h: server and signer after a stop, a crash or a lost answer. */
#ifndef SERVER_SERVICE_RECONCILE_H
#define SERVER_SERVICE_RECONCILE_H

#include "server/app.h"

/* Asks the signer how far it is. Entries it signed are published, entries it has not seen are sent
 * again (and undone when refused). LOG_DIFFERS when it knows more than is written here, or other
 * things: a restored copy, or another log. */
enum sy_err reconcile(struct app *app, struct sy_fault *reterr) SY_MUST;
/* Entries from there on were signed by nobody: they go, with records that were written for them alone. */
enum sy_err reconcile_undo(struct db *db, int64_t from) SY_MUST;

#endif
