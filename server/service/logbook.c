/* logbook.c: the queue and the two transactions around the signer's word. */
#include "server/service/logbook.h"

#include "certs/entry.h"
#include "schema/wire/hex.h"
#include "server/service/draft.h"
#include "server/service/now.h"
#include "server/service/publish.h"
#include "server/service/reconcile.h"
#include "server/service/sealing.h"
#include "server/store/body.h"
#include "server/store/log.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define GROUP_MAX 64 /* entries in one append: 64 times 65,535 bytes fit a frame with their bodies */

struct waiting {
	struct waiting *next;
	const struct log_item *item;
	struct log_place place;
	bool done, written; /* its entry stands in the store */
	enum sy_err err;
	struct sy_fault fault;
};

struct logbook {
	struct app *app;
	pthread_t thread;
	pthread_mutex_t lock, turn;
	pthread_cond_t work, finished;
	struct waiting *first, **last;
	bool stop, unsure; /* unsure: what the signer knows must be asked before going on */
	enum sy_err state; /* of the last reconciliation */
};

/* One group on its way; runs on the writer's thread, too. */
struct group {
	struct logbook *lb;
	struct waiting *list;
	int64_t first, n;
	struct sy_span note;
};

static enum sy_err
put_body(struct db *db, const uint8_t sha256[32], bool private, const struct sy_buf *text)
{
	return body_store_put(db, sha256, private, sy_buf_span(text));
}

enum sy_err
log_put_record(struct db *db, const struct draft *d, const struct idem_row *idem)
{
	char begun[64];
	SY_TRY(put_body(db, d->row.public_sha256, false, &d->public_text));
	if (d->row.has_private)
		SY_TRY(put_body(db, d->row.private_sha256, true, &d->private_text));
	SY_TRY(record_store_add(db, &d->row));
	const struct sy_json *lots = strcmp(d->row.type, "report") == 0 ? sy_json_get(d->flat, "lots") : NULL;
	for (size_t i = 0; i < sy_json_len(lots); i++) {
		uint8_t lot[16];
		SY_TRY(sy_hex_parse(sy_span_str(sy_json_str(sy_json_at(lots, i))), lot, sizeof lot, NULL));
		SY_TRY(record_store_cover(db, d->id16, lot));
	}
	if (idem == NULL)
		return SY_OK;
	(void)snprintf(begun, sizeof begun, "%s %s", d->row.type, d->id);
	return idem_store_begin(db, idem, begun);
}

enum sy_err
log_still_sealing(struct db *db, const uint8_t id[16], int64_t version, struct sy_fault *reterr)
{
	RECORD_ROW(r);
	struct entry_row row;
	SY_TRY(record_store_get(db, id, version, &r));
	enum sy_err e = entry_store_of(db, id, version, &row);
	if (e == SY_OK || strcmp(r.state, "sealing") != 0)
		return sy_fault_say(reterr, SY_ERR_WRONG_STATE, "record", "第 %lld 版已经盖齐，要改请另立新版",
		    "version %lld is sealed already: to change it, make a new version", (long long)version);
	return e == SY_ERR_NOT_FOUND ? SY_OK : e;
}

static enum sy_err
put_entry(struct db *db, struct waiting *w, int64_t index)
{
	const struct log_item *it = w->item;
	struct sy_entry_part part[LOG_SEALS_MAX];
	struct sy_buf bytes;
	struct sy_hash leaf;
	if (it->draft != NULL)
		SY_TRY(log_put_record(db, it->draft, it->idem));
	else
		SY_TRY(log_still_sealing(db, it->id, it->version, &w->fault)); /* the last seal may come twice at once */
	for (size_t i = 0; i < it->nseals; i++) {
		SY_TRY(seal_store_put(db, it->id, it->version, &it->seal[i]));
		part[i] = (struct sy_entry_part){sy_span_str(it->seal[i].protected_json), it->seal[i].sig};
	}
	sy_buf_init(&bytes, SY_ENTRY_MAX);
	enum sy_err e = sy_entry_print(it->statement, part, it->nseals, &bytes);
	if (e == SY_OK)
		e = sy_leaf_hash(sy_buf_span(&bytes), &leaf);
	if (e == SY_OK) {
		struct entry_row row = {.leaf_index = index, .version = it->version};
		memcpy(row.leaf, leaf.b, sizeof row.leaf);
		memcpy(row.id, it->id, sizeof row.id);
		memcpy(row.type, it->type, sizeof row.type);
		memcpy(w->place.leaf, leaf.b, sizeof leaf.b);
		w->place.leaf_index = index;
		e = entry_store_add(db, &row, sy_buf_span(&bytes));
	}
	if (e == SY_OK)
		e = trail_write(db, it->line);
	sy_buf_done(&bytes);
	return e;
}

/* First transaction. Who cannot be written (asked twice, say) harms no other. */
static enum sy_err
write_group(struct db *db, void *arg, struct sy_fault *reterr)
{
	static const char enter[] = "SAVEPOINT entry", leave[] = "RELEASE entry", undo[] = "ROLLBACK TO entry";
	struct group *g = arg;
	(void)reterr;
	SY_TRY(entry_store_count(db, &g->first));
	g->n = 0;
	for (struct waiting *w = g->list; w != NULL; w = w->next) {
		SY_TRY(db_exec(db, enter));
		w->err = put_entry(db, w, g->first + g->n);
		w->written = w->err == SY_OK;
		if (!w->written)
			SY_TRY(db_exec(db, undo));
		SY_TRY(db_exec(db, leave));
		g->n += w->written ? 1 : 0;
	}
	return SY_OK;
}

/* Second transaction. */
static enum sy_err
publish_group(struct db *db, void *arg, struct sy_fault *reterr)
{
	struct group *g = arg;
	const struct app *app = g->lb->app;
	enum sy_err e = publish_checkpoint(db, g->first, g->note, app->conf->log_origin, now_seconds(app));
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e, "", 0, 0);
}

static enum sy_err
undo_group(struct db *db, void *arg, struct sy_fault *reterr)
{
	struct group *g = arg;
	(void)reterr;
	return reconcile_undo(db, g->first);
}

static enum sy_err
append(struct group *g, struct sy_fault *reterr)
{
	struct app *app = g->lb->app;
	SY_AUTO_JSON *ask = NULL;
	SY_AUTO_JSON *answer = NULL;
	{
		DB_LOAN(app->reads, loan);
		SY_TRY(db_loan_take(&loan, reterr));
		SY_TRY(publish_request(loan.db, g->first, g->first + g->n, &ask));
	}
	SY_TRY(signer_client_call(app->signer, ask, &answer, reterr));
	const char *note = sy_json_get_str(answer, "checkpoint");
	if (note == NULL)
		return SY_ERR_UNAVAILABLE;
	g->note = sy_span_str(note);
	enum sy_err e = commit_now(app->writer, publish_group, g, reterr);
	/* The signer has it and we could not write it down: as if its answer had been lost. */
	return e == SY_OK ? SY_OK : SY_ERR_UNAVAILABLE;
}

/* Which of the group the signer refused: "entries.<k>..."; -1: it does not say. The prefix goes. */
static int64_t
culprit(struct sy_fault *f)
{
	static const char prefix[] = "entries.";
	if (strncmp(f->field, prefix, sizeof prefix - 1) != 0)
		return -1;
	char *end = NULL;
	unsigned long k = strtoul(f->field + sizeof prefix - 1, &end, 10);
	size_t skip = (size_t)(end - f->field) + (*end == '.' ? 1 : 0);
	memmove(f->field, f->field + skip, strlen(f->field + skip) + 1);
	sealing_flat_field(f);
	return (int64_t)k;
}

static void
fail_all(struct waiting *list, enum sy_err e, const struct sy_fault *f)
{
	for (struct waiting *w = list; w != NULL; w = w->next) {
		if (!w->written)
			continue;
		w->err = e;
		if (f != NULL)
			w->fault = *f;
	}
}

/* Takes the k-th written of the list out; its successors keep their order. */
static struct waiting *
take_out(struct waiting **list, int64_t k)
{
	for (struct waiting **at = list; *at != NULL; at = &(*at)->next) {
		if (!(*at)->written)
			continue;
		if (k-- > 0)
			continue;
		struct waiting *w = *at;
		*at = w->next;
		w->next = NULL;
		return w;
	}
	return NULL;
}

static void run_group(struct logbook *lb, struct waiting **list);

/* Each alone, when the signer refused the group and did not say whom. */
static void
run_each(struct logbook *lb, struct waiting **list)
{
	struct waiting *done = NULL;
	while (*list != NULL) {
		struct waiting *one = *list;
		*list = one->next;
		one->next = NULL;
		run_group(lb, &one);
		if (one != NULL) {
			one->next = done;
			done = one;
		}
	}
	*list = done;
}

/* Until the signer has said yes or no to each. */
static void
run_group(struct logbook *lb, struct waiting **list)
{
	struct waiting *refused = NULL, **end = &refused;
	while (*list != NULL) {
		struct group g = {.lb = lb, .list = *list};
		struct sy_fault f = {0};
		enum sy_err e = commit_now(lb->app->writer, write_group, &g, &f);
		if (e != SY_OK) {
			for (struct waiting *w = *list; w != NULL; w = w->next)
				w->err = e;
			break;
		}
		if (g.n == 0)
			break;
		e = append(&g, &f);
		if (e == SY_OK)
			break;
		if (e == SY_ERR_UNAVAILABLE || e == SY_ERR_LOG_DIFFERS) {
			lb->unsure = true; /* it may have acted: the entries stay until it can be asked */
			fail_all(*list, SY_ERR_UNAVAILABLE, &f);
			break;
		}
		if (commit_now(lb->app->writer, undo_group, &g, NULL) != SY_OK)
			lb->unsure = true;
		int64_t k = culprit(&f);
		struct waiting *w = g.n == 1 ? take_out(list, 0) : k >= 0 ? take_out(list, k) : NULL;
		if (w == NULL) {
			run_each(lb, list);
			break;
		}
		w->err = e;
		w->fault = f;
		*end = w;
		end = &w->next;
	}
	*end = *list;
	*list = refused;
}

/* After a lost answer: ask until the signer can be asked, for a while. */
static void
become_sure(struct logbook *lb, unsigned tries)
{
	struct timespec pause = {0, 100000000};
	for (unsigned i = 0; lb->unsure && i < tries; i++) {
		struct sy_fault f = {0};
		enum sy_err e = reconcile(lb->app, &f);
		(void)pthread_mutex_lock(&lb->lock);
		lb->state = e;
		lb->unsure = e != SY_OK;
		(void)pthread_mutex_unlock(&lb->lock);
		if (e == SY_ERR_LOG_DIFFERS)
			return;
		if (e != SY_OK)
			(void)nanosleep(&pause, NULL);
	}
}

/* Those whose answer was lost, and whose entry turned out to be in the log. */
static void
look_again(struct logbook *lb, struct waiting *list)
{
	DB_LOAN(lb->app->reads, loan);
	if (db_loan_take(&loan, NULL) != SY_OK)
		return;
	for (struct waiting *w = list; w != NULL; w = w->next) {
		RECORD_ROW(r);
		if (w->err != SY_ERR_UNAVAILABLE || record_store_by_leaf(loan.db, w->place.leaf, &r) != SY_OK)
			continue;
		w->place.leaf_index = r.leaf_index;
		w->err = SY_OK;
	}
}

static struct waiting *
take_group(struct logbook *lb)
{
	struct waiting *list = lb->first, **at = &lb->first;
	for (unsigned n = 0; n < GROUP_MAX && *at != NULL; n++)
		at = &(*at)->next;
	lb->first = *at;
	*at = NULL;
	if (lb->first == NULL)
		lb->last = &lb->first;
	return list;
}

static void
work(struct logbook *lb, struct waiting **list)
{
	if (lb->unsure)
		become_sure(lb, 1);
	if (lb->unsure) {
		for (struct waiting *w = *list; w != NULL; w = w->next)
			w->err = lb->state == SY_ERR_LOG_DIFFERS ? SY_ERR_LOG_DIFFERS : SY_ERR_UNAVAILABLE;
		return;
	}
	run_group(lb, list);
	if (!lb->unsure)
		return;
	become_sure(lb, 20);
	if (!lb->unsure)
		look_again(lb, *list);
}

static void *
logbook_main(void *arg)
{
	struct logbook *lb = arg;
	for (;;) {
		(void)pthread_mutex_lock(&lb->lock);
		while (lb->first == NULL && !lb->stop)
			(void)pthread_cond_wait(&lb->work, &lb->lock);
		struct waiting *list = take_group(lb);
		(void)pthread_mutex_unlock(&lb->lock);
		if (list == NULL)
			return NULL;
		work(lb, &list);
		(void)pthread_mutex_lock(&lb->lock);
		for (struct waiting *w = list, *next = NULL; w != NULL; w = next) {
			next = w->next;
			w->done = true; /* from here on it is its owner's again */
		}
		(void)pthread_cond_broadcast(&lb->finished);
		(void)pthread_mutex_unlock(&lb->lock);
	}
}

enum sy_err
logbook_start(struct app *app, struct logbook **ret, struct sy_fault *reterr)
{
	SY_TRY(reconcile(app, reterr));
	struct logbook *lb = calloc(1, sizeof *lb);
	if (lb == NULL)
		return SY_ERR_NO_MEMORY;
	lb->app = app;
	lb->last = &lb->first;
	(void)pthread_mutex_init(&lb->lock, NULL);
	(void)pthread_mutex_init(&lb->turn, NULL);
	(void)pthread_cond_init(&lb->work, NULL);
	(void)pthread_cond_init(&lb->finished, NULL);
	if (pthread_create(&lb->thread, NULL, logbook_main, lb) != 0) {
		free(lb);
		return SY_ERR_NO_MEMORY;
	}
	*ret = lb;
	return SY_OK;
}

void
logbook_stop(struct logbook *lb)
{
	if (lb == NULL)
		return;
	(void)pthread_mutex_lock(&lb->lock);
	lb->stop = true;
	(void)pthread_cond_signal(&lb->work);
	(void)pthread_mutex_unlock(&lb->lock);
	(void)pthread_join(lb->thread, NULL);
	(void)pthread_mutex_destroy(&lb->lock);
	(void)pthread_mutex_destroy(&lb->turn);
	(void)pthread_cond_destroy(&lb->work);
	(void)pthread_cond_destroy(&lb->finished);
	free(lb);
}

enum sy_err
logbook_add(struct logbook *lb, const struct log_item *item, struct log_place *ret, struct sy_fault *reterr)
{
	struct waiting *w = calloc(1, sizeof *w);
	if (w == NULL)
		return SY_ERR_NO_MEMORY;
	w->item = item;
	(void)pthread_mutex_lock(&lb->lock);
	*lb->last = w;
	lb->last = &w->next;
	(void)pthread_cond_signal(&lb->work);
	while (!w->done)
		(void)pthread_cond_wait(&lb->finished, &lb->lock);
	(void)pthread_mutex_unlock(&lb->lock);
	enum sy_err e = w->err;
	if (e == SY_OK)
		*ret = w->place;
	else if (reterr != NULL && reterr->err == SY_OK)
		*reterr = w->fault;
	free(w);
	return e;
}

bool
logbook_ready(struct logbook *lb)
{
	(void)pthread_mutex_lock(&lb->lock);
	bool ready = lb->state == SY_OK;
	(void)pthread_mutex_unlock(&lb->lock);
	return ready;
}

void
logbook_turn(struct logbook *lb)
{
	(void)pthread_mutex_lock(&lb->turn);
}

void
logbook_turn_end(struct logbook *lb)
{
	(void)pthread_mutex_unlock(&lb->turn);
}
