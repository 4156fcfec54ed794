/* service/trail.h: a line for the auditors: who did what, kept by the same
 * transaction as what it describes, so that neither stands without the other. */
#ifndef SERVER_SERVICE_TRAIL_H
#define SERVER_SERVICE_TRAIL_H

#include "server/app.h"
#include "server/service/caller.h"

struct trail_line {
	int64_t at;
	uint8_t user[16];
	bool has_id;
	uint8_t id[16]; /* record concerned */
	char action[65], detail[256];
};
struct trail_line trail_line(const struct app *app, const struct caller *who, const char *action, const uint8_t *id, const char *detail);
enum sy_err trail_write(struct db *db, const struct trail_line *l) SY_MUST; /* NULL is fine */
/* commit_now, and the line with it; run NULL: only the line. */
enum sy_err trail_commit(struct app *app, const struct trail_line *l, commit_fn *run, void *arg, struct sy_fault *reterr) SY_MUST;

#endif
