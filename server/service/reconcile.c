/* reconcile.c: see reconcile.h. The signer's word decides; nothing that was
 * acknowledged is ever undone, because it was acknowledged after publishing. */
#include "server/service/reconcile.h"

#include "schema/wire/hex.h"
#include "server/service/now.h"
#include "server/service/publish.h"
#include "server/store/body.h"
#include "server/store/log.h"
#include "server/store/record.h"
#include "server/store/seal.h"
#include "server/store/user.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct job {
	struct app *app;
	int64_t from;
	struct sy_span note;
};

/* A record sealed by the signer alone was written for its entry; one sealed by people stood before, and stays. */
static enum sy_err
undo_one(struct db *db, int64_t index)
{
	struct entry_row row;
	struct seal_row seal[8];
	size_t n = 0;
	char id[33], begun[64];
	RECORD_ROW(r);
	SY_TRY(entry_store_get(db, index, &row, NULL));
	SY_TRY(seal_store_all(db, row.id, row.version, seal, SY_LEN(seal), &n));
	if (n != 1 || strcmp(seal[0].role, "status") != 0)
		return SY_OK;
	SY_TRY(record_store_get(db, row.id, row.version, &r));
	SY_TRY(audit_store_unwrite(db, row.id));
	SY_TRY(seal_store_remove(db, row.id, row.version, NULL));
	SY_TRY(record_store_remove(db, row.id, row.version));
	SY_TRY(body_store_drop_unused(db, r.public_sha256));
	if (r.has_private)
		SY_TRY(body_store_drop_unused(db, r.private_sha256));
	sy_hex_print(sy_span(row.id, sizeof row.id), id);
	(void)snprintf(begun, sizeof begun, "%s %s", row.type, id);
	return idem_store_remove_begun(db, begun);
}

enum sy_err
reconcile_undo(struct db *db, int64_t from)
{
	int64_t size = 0, n = 0;
	SY_TRY(checkpoint_store_newest(db, &size, NULL));
	SY_TRY(entry_store_count(db, &n));
	if (from < size)
		return SY_ERR_INTERNAL; /* a signed entry is never undone */
	for (int64_t i = from; i < n; i++)
		SY_TRY(undo_one(db, i));
	return entry_store_cut(db, from);
}

static enum sy_err
undo(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct job *j = arg;
	(void)reterr;
	return reconcile_undo(db, j->from);
}

static enum sy_err
publish(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct job *j = arg;
	enum sy_err e = publish_checkpoint(db, j->from, j->note, j->app->conf->log_origin, now_seconds(j->app));
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e, "", 0, 0);
}

static enum sy_err
differs(struct sy_fault *reterr, int64_t signer, int64_t ours)
{
	return sy_fault_say(reterr, SY_ERR_LOG_DIFFERS, "", "签名器有 %" PRId64 " 条，本系统有 %" PRId64 " 条，或内容不同；请恢复更新的备份",
	    "the signer knows %" PRId64 " entries, here are %" PRId64 ", or they are not the same: restore a newer backup", signer, ours);
}

/* Entries [from, to) again. A refusal undoes them: whoever asked was never told that it was done. */
static enum sy_err
resend(struct app *app, int64_t from, int64_t to, struct sy_fault *reterr)
{
	struct job j = {.app = app, .from = from};
	SY_AUTO_JSON *ask = NULL;
	SY_AUTO_JSON *answer = NULL;
	struct sy_fault f = {0};
	{
		DB_LOAN(app->reads, loan);
		SY_TRY(db_loan_take(&loan, reterr));
		SY_TRY(publish_request(loan.db, from, to, &ask));
	}
	enum sy_err e = signer_client_call(app->signer, ask, &answer, &f);
	if (e == SY_ERR_UNAVAILABLE || e == SY_ERR_LOG_DIFFERS) {
		if (reterr != NULL)
			*reterr = f;
		return e;
	}
	if (e != SY_OK)
		return commit_now(app->writer, undo, &j, reterr);
	const char *note = sy_json_get_str(answer, "checkpoint");
	if (note == NULL)
		return SY_ERR_UNAVAILABLE;
	j.note = sy_span_str(note);
	return commit_now(app->writer, publish, &j, reterr);
}

static enum sy_err
read_sizes(struct app *app, int64_t *retsize, int64_t *retcount, struct sy_fault *reterr)
{
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(checkpoint_store_newest(loan.db, retsize, NULL));
	return entry_store_count(loan.db, retcount);
}

static enum sy_err
same_tree(struct app *app, struct sy_span note, struct sy_fault *reterr)
{
	struct sy_note n;
	struct sy_checkpoint c;
	SY_TRY(sy_note_parse(note, &n, reterr));
	SY_TRY(sy_checkpoint_parse(n.text, &c, reterr));
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	return publish_agrees(loan.db, &c, app->conf->log_origin);
}

enum sy_err
reconcile(struct app *app, struct sy_fault *reterr)
{
	int64_t size = 0, count = 0;
	SY_AUTO_JSON *ask = NULL;
	SY_AUTO_JSON *hello = NULL;
	SY_TRY(read_sizes(app, &size, &count, reterr));
	SY_TRY(sy_json_pack(&ask, "{s:s}", "op", "hello"));
	SY_TRY(signer_client_call(app->signer, ask, &hello, reterr));
	int64_t theirs = sy_json_get_int(hello, "size", -1);
	const char *note = sy_json_get_str(hello, "checkpoint"), *origin = sy_json_get_str(hello, "origin");
	if (origin == NULL || strcmp(origin, app->conf->log_origin) != 0)
		return sy_fault_say(reterr, SY_ERR_WRONG_ORIGIN, "log_origin", "签名器的日志名是 %s；请核对 log_origin 与 signer_state", "the signer's log is %s: compare log_origin and signer_state", origin == NULL ? "-" : origin);
	if (theirs < size || theirs > count)
		return differs(reterr, theirs, count);
	if (theirs > size) { /* it signed, and its answer was lost */
		struct job j = {.app = app, .from = size, .note = sy_span_str(note)};
		if (commit_now(app->writer, publish, &j, NULL) != SY_OK)
			return differs(reterr, theirs, count);
	} else if (theirs > 0 && same_tree(app, sy_span_str(note), NULL) != SY_OK) {
		return differs(reterr, theirs, count);
	}
	return count > theirs ? resend(app, theirs, count, reterr) : SY_OK;
}
