/* commit.c: the writer's queue. Tickets are counted: the queue holds one
 * reference, the submitter one. The lock guards the queue alone; a ticket's state
 * is atomic, so that who is told of its end need not queue for the lock to ask. */
#include "server/service/commit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#define RESTART_EVERY 512u /* groups; some pages each, so that the write-ahead log stays at a few MiB */
#define GROUP_MAX 1024 /* jobs in one transaction: bounds how long the first waits for the last */
#define COMPANY_NS 5000000 /* that scans wait for company at most */

enum ticket_state {
	TICKET_QUEUED,
	TICKET_AWAITED, /* then and then_arg are set, for the writer to call */
	TICKET_DONE, /* err and fault are set */
};

struct commit_ticket {
	struct writer *w;
	struct commit_ticket *next;
	commit_fn *run;
	void *arg;
	void (*free_arg)(void *);
	enum commit_kind kind;
	atomic_uint refs;
	atomic_int state;
	bool awaited; /* the writer's own note */
	enum sy_err err;
	void (*then)(void *);
	void *then_arg;
	struct sy_fault fault;
};

struct writer {
	struct db *db;
	struct db_pool *pool;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t work, finished;
	struct commit_ticket *first, **last;
	size_t queued, loud; /* jobs in the queue; loud ones among them */
	size_t expected; /* jobs in the group before, and those that came meanwhile */
	size_t wanted; /* how many the writer waits for */
	unsigned waiting; /* threads in commit_wait */
	bool stop;
};

static void
run_one(struct db *db, struct commit_ticket *t)
{
	static const char enter[] = "SAVEPOINT job", leave[] = "RELEASE job", undo[] = "ROLLBACK TO job";
	struct db_stmt *s = NULL;
	/* A scan is one statement, which undoes itself when it fails. */
	if (t->kind == COMMIT_QUIET) {
		t->err = t->run(db, t->arg, &t->fault);
		return;
	}
	t->err = db_prepare(db, enter, &s);
	if (t->err == SY_OK)
		t->err = db_run(s);
	if (t->err != SY_OK)
		return;
	t->err = t->run(db, t->arg, &t->fault);
	enum sy_err e = t->err == SY_OK ? SY_OK : db_prepare(db, undo, &s);
	if (e == SY_OK && t->err != SY_OK)
		e = db_run(s);
	if (e == SY_OK)
		e = db_prepare(db, leave, &s);
	if (e == SY_OK)
		e = db_run(s);
	if (t->err == SY_OK)
		t->err = e;
}

static bool
run_group(struct writer *w, struct commit_ticket *list)
{
	enum sy_err e = db_begin(w->db);
	bool loud = false;
	for (struct commit_ticket *t = list; e == SY_OK && t != NULL; t = t->next) {
		run_one(w->db, t);
		loud = loud || (t->kind == COMMIT_LOUD && t->err == SY_OK);
	}
	if (e == SY_OK)
		e = db_commit(w->db);
	if (e != SY_OK) {
		db_rollback(w->db);
		for (struct commit_ticket *t = list; t != NULL; t = t->next)
			if (t->err == SY_OK)
				t->err = e;
		return false;
	}
	return loud;
}

/* Takes up to GROUP_MAX jobs off the queue. The lock is held. */
static struct commit_ticket *
take_group(struct writer *w)
{
	struct commit_ticket *list = w->first, **at = &w->first;
	size_t n = 0;
	for (; n < GROUP_MAX && *at != NULL; n++) {
		w->loud -= (*at)->kind == COMMIT_LOUD ? 1 : 0;
		at = &(*at)->next;
	}
	w->first = *at;
	*at = NULL;
	if (w->first == NULL)
		w->last = &w->first;
	w->queued -= n;
	w->expected = n;
	return list;
}

static void
unref(struct commit_ticket *t)
{
	if (atomic_fetch_sub_explicit(&t->refs, 1, memory_order_acq_rel) > 1)
		return;
	if (t->free_arg != NULL)
		t->free_arg(t->arg);
	free(t);
}

static void
finish_group(struct writer *w, struct commit_ticket *list)
{
	for (struct commit_ticket *t = list; t != NULL; t = t->next)
		t->awaited = atomic_exchange_explicit(&t->state, TICKET_DONE, memory_order_acq_rel) == TICKET_AWAITED;
	(void)pthread_mutex_lock(&w->lock);
	w->expected += w->queued;
	if (w->waiting > 0)
		(void)pthread_cond_broadcast(&w->finished);
	(void)pthread_mutex_unlock(&w->lock);
	for (struct commit_ticket *t = list, *next = NULL; t != NULL; t = next) {
		void (*then)(void *) = t->awaited ? t->then : NULL;
		void *arg = t->then_arg;
		next = t->next;
		/* The queue lets go first: memory then goes back to the thread that asked for it, which has use for it. */
		unref(t);
		if (then != NULL)
			then(arg);
	}
}

/* One commit costs two to three verifications, however many scans it holds. A scan alone waits
 * for nobody; in a crowd they wait for as many as were there last time, but not long. The lock is held. */
static void
gather(struct writer *w)
{
	struct timespec until = {0};
	if (w->first == NULL || w->expected < 2)
		return;
	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += COMPANY_NS;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	w->wanted = w->expected < GROUP_MAX ? w->expected : GROUP_MAX;
	while (w->loud == 0 && !w->stop && w->queued < w->wanted)
		if (pthread_cond_timedwait(&w->work, &w->lock, &until) != 0)
			return;
}

static void *
writer_main(void *arg)
{
	struct writer *w = arg;
	unsigned groups = 0;
	for (;;) {
		(void)pthread_mutex_lock(&w->lock);
		w->wanted = 1;
		while (w->first == NULL && !w->stop)
			(void)pthread_cond_wait(&w->work, &w->lock);
		gather(w);
		struct commit_ticket *list = take_group(w);
		(void)pthread_mutex_unlock(&w->lock);
		if (list == NULL)
			return NULL; /* told to stop, and nothing is left */
		bool loud = run_group(w, list);
		bool restart = ++groups % RESTART_EVERY == 0;
		if (w->pool != NULL) {
			if (loud || restart)
				db_pool_renew(w->pool);
			db_pool_sweep(w->pool);
		}
		finish_group(w, list);
		if (restart)
			db_restart_log(w->db);
	}
}

enum sy_err
writer_start(struct db *db, struct db_pool *pool, struct writer **ret)
{
	struct writer *w = calloc(1, sizeof *w);
	if (w == NULL) {
		db_close(db);
		return SY_ERR_NO_MEMORY;
	}
	w->db = db;
	w->pool = pool;
	w->last = &w->first;
	(void)pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_t steady;
	(void)pthread_condattr_init(&steady);
	(void)pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&w->work, &steady);
	(void)pthread_condattr_destroy(&steady);
	(void)pthread_cond_init(&w->finished, NULL);
	if (pthread_create(&w->thread, NULL, writer_main, w) != 0) {
		db_close(db);
		free(w);
		return SY_ERR_NO_MEMORY;
	}
	*ret = w;
	return SY_OK;
}

void
writer_stop(struct writer *w)
{
	if (w == NULL)
		return;
	(void)pthread_mutex_lock(&w->lock);
	w->stop = true;
	(void)pthread_cond_signal(&w->work);
	(void)pthread_mutex_unlock(&w->lock);
	(void)pthread_join(w->thread, NULL);
	(void)pthread_cond_destroy(&w->work);
	(void)pthread_cond_destroy(&w->finished);
	(void)pthread_mutex_destroy(&w->lock);
	db_close(w->db);
	free(w);
}

enum sy_err
commit_submit(struct writer *w, enum commit_kind kind, commit_fn *run, void *arg, void (*free_arg)(void *),
    struct commit_ticket **ret)
{
	struct commit_ticket *t = calloc(1, sizeof *t);
	if (t == NULL) {
		if (free_arg != NULL)
			free_arg(arg);
		return SY_ERR_NO_MEMORY;
	}
	t->w = w;
	t->run = run;
	t->arg = arg;
	t->free_arg = free_arg;
	t->kind = kind;
	atomic_init(&t->refs, 2);
	atomic_init(&t->state, TICKET_QUEUED);
	(void)pthread_mutex_lock(&w->lock);
	*w->last = t;
	w->last = &t->next;
	w->queued++;
	w->loud += kind == COMMIT_LOUD ? 1 : 0;
	if (kind == COMMIT_LOUD || w->queued >= w->wanted)
		(void)pthread_cond_signal(&w->work);
	(void)pthread_mutex_unlock(&w->lock);
	*ret = t;
	return SY_OK;
}

static bool
is_done(struct commit_ticket *t)
{
	return atomic_load_explicit(&t->state, memory_order_acquire) == TICKET_DONE;
}

enum sy_err
commit_wait(struct commit_ticket *t, struct sy_fault *reterr)
{
	struct writer *w = t->w;
	if (!is_done(t)) {
		(void)pthread_mutex_lock(&w->lock);
		w->waiting++;
		while (!is_done(t))
			(void)pthread_cond_wait(&w->finished, &w->lock);
		w->waiting--;
		(void)pthread_mutex_unlock(&w->lock);
	}
	if (t->err != SY_OK && reterr != NULL && reterr->err == SY_OK)
		*reterr = t->fault;
	return t->err;
}

bool
commit_then(struct commit_ticket *t, void (*fn)(void *), void *arg)
{
	int queued = TICKET_QUEUED;
	t->then = fn;
	t->then_arg = arg;
	return atomic_compare_exchange_strong_explicit(&t->state, &queued, TICKET_AWAITED, memory_order_acq_rel, memory_order_acquire);
}

void
commit_ticket_free(struct commit_ticket *t)
{
	if (t != NULL)
		unref(t);
}

enum sy_err
commit_now(struct writer *w, commit_fn *run, void *arg, struct sy_fault *reterr)
{
	SY_CLEANUP(commit_ticket_freep) struct commit_ticket *t = NULL;
	SY_TRY(commit_submit(w, COMMIT_LOUD, run, arg, NULL, &t));
	return commit_wait(t, reterr);
}
