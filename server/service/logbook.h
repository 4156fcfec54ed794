/* service/logbook.h: how a sealed record enters the log.
 *
 * One thread takes all that is ready, writes the entries (and records that are
 * new) in one transaction, has the signer append them, then writes checkpoint,
 * record states, tiles and derived rows in a second one. An entry is published
 * from then on and not before; who asked is told only then. Stopped anywhere in
 * between, the next start finds entries without a checkpoint and goes on. */
#ifndef SERVER_SERVICE_LOGBOOK_H
#define SERVER_SERVICE_LOGBOOK_H

#include "server/app.h"
#include "server/store/record.h"
#include "server/store/seal.h"
#include "server/service/trail.h"
#include "server/store/user.h"

struct draft;
#define LOG_SEALS_MAX 3

struct log_item {
	const struct draft *draft; /* a record to be written with its entry; NULL: it stands already, in state sealing */
	uint8_t id[16];
	int64_t version;
	char type[25];
	struct sy_span statement;
	size_t nseals;
	struct seal_row seal[LOG_SEALS_MAX]; /* tester, reviewer, approver; or one */
	const struct idem_row *idem; /* of the request that creates the record; NULL: none */
	const struct trail_line *line; /* for the auditors, kept with the entry; NULL: none */
};
struct log_place {
	int64_t leaf_index;
	uint8_t leaf[32];
};

struct logbook;
/* Reconciles with the signer first: LOG_DIFFERS when one knows what the other does not. app outlives it. */
enum sy_err logbook_start(struct app *app, struct logbook **ret, struct sy_fault *reterr) SY_MUST;
void logbook_stop(struct logbook *lb); /* what is queued is done first; NULL is fine */
/* Waits until the entry is published, or refused: then the signer's error and fault, and nothing was kept of a new record. */
enum sy_err logbook_add(struct logbook *lb, const struct log_item *item, struct log_place *ret, struct sy_fault *reterr) SY_MUST;
bool logbook_ready(struct logbook *lb); /* agrees with the signer, as far as known */
/* For drafts whose figures depend on what is logged (counters): one at a time from draft to log. */
void logbook_turn(struct logbook *lb);
void logbook_turn_end(struct logbook *lb);

/* Still without an entry? WRONG_STATE else. Inside the writer's transaction. */
enum sy_err log_still_sealing(struct db *db, const uint8_t id[16], int64_t version, struct sy_fault *reterr) SY_MUST;
/* Writes a new record in state sealing, with its bodies. Inside the writer's transaction. */
enum sy_err log_put_record(struct db *db, const struct draft *d, const struct idem_row *idem) SY_MUST;

#endif
