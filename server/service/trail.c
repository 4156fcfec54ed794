/* trail.c: see trail.h. */
#include "server/service/trail.h"

#include "server/service/now.h"
#include "server/store/user.h"

#include <stdio.h>
#include <string.h>

struct trail_line
trail_line(const struct app *app, const struct caller *who, const char *action, const uint8_t *id, const char *detail)
{
	struct trail_line l = {.at = now_seconds(app), .has_id = id != NULL};
	memcpy(l.user, who->id, sizeof l.user);
	if (id != NULL)
		memcpy(l.id, id, sizeof l.id);
	(void)snprintf(l.action, sizeof l.action, "%s", action);
	(void)snprintf(l.detail, sizeof l.detail, "%s", detail == NULL ? "" : detail);
	return l;
}

enum sy_err
trail_write(struct db *db, const struct trail_line *l)
{
	if (l == NULL)
		return SY_OK;
	return audit_store_add(db, l->at, l->user, l->action, l->has_id ? l->id : NULL, l->detail[0] == '\0' ? NULL : l->detail);
}

struct both {
	const struct trail_line *line;
	commit_fn *run;
	void *arg;
};

static enum sy_err
run_both(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct both *b = arg;
	if (b->run != NULL)
		SY_TRY(b->run(db, b->arg, reterr));
	return trail_write(db, b->line);
}

enum sy_err
trail_commit(struct app *app, const struct trail_line *l, commit_fn *run, void *arg, struct sy_fault *reterr)
{
	struct both b = {l, run, arg};
	return commit_now(app->writer, run_both, &b, reterr);
}
