/* service/trust_log.h: the hash of each trust list is a log entry, so that nobody is
 * shown a list that others cannot find (suyuan-trust(5)). */
#ifndef SERVER_SERVICE_TRUST_LOG_H
#define SERVER_SERVICE_TRUST_LOG_H

#include "server/app.h"

/* At the start: a list that the command line installed goes to the signer, which believes it or does not; then
 * trust_log_newest. */
enum sy_err trust_log_catch_up(struct app *app, struct sy_fault *reterr) SY_MUST;
/* Logs the newest list unless its hash is the newest record of type trust. */
enum sy_err trust_log_newest(struct app *app, struct sy_fault *reterr) SY_MUST;

#endif
