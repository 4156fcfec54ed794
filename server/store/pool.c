/* pool.c: lent read connections. The most recently used is lent first, so that
 * its page cache is warm and the others' transactions can be ended. */
#include "server/store/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SLOTS_MAX 64
#define STANDING_MS 100 /* how long a read transaction may stand */

struct slot {
	struct db *db;
	bool out, open; /* lent; inside a transaction */
	uint64_t generation;
	int64_t since;
};

struct db_pool {
	char *path;
	unsigned max, n;
	struct slot slot[SLOTS_MAX];
	uint64_t generation;
	pthread_mutex_t lock;
	pthread_cond_t back;
};

static int64_t
now_ms(void)
{
	struct timespec t = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

enum sy_err
db_pool_new(const char *path, unsigned max, struct db_pool **ret, struct sy_fault *reterr)
{
	struct db_pool *p = calloc(1, sizeof *p);
	if (p == NULL)
		return SY_ERR_NO_MEMORY;
	p->path = strdup(path);
	p->max = max > SLOTS_MAX ? SLOTS_MAX : max;
	(void)pthread_mutex_init(&p->lock, NULL);
	(void)pthread_cond_init(&p->back, NULL);
	enum sy_err e = p->path == NULL ? SY_ERR_NO_MEMORY : db_open(path, DB_READ, &p->slot[0].db, reterr);
	p->n = e == SY_OK ? 1 : 0;
	if (e != SY_OK) {
		db_pool_free(p);
		return e;
	}
	*ret = p;
	return SY_OK;
}

void
db_pool_free(struct db_pool *p)
{
	if (p == NULL)
		return;
	for (unsigned i = 0; i < p->n; i++)
		db_close(p->slot[i].db);
	(void)pthread_cond_destroy(&p->back);
	(void)pthread_mutex_destroy(&p->lock);
	free(p->path);
	free(p);
}

static void
end(struct slot *s)
{
	if (s->open)
		db_rollback(s->db);
	s->open = false;
}

/* A free slot, or one newly opened; NULL when all are out. The lock is held. */
static enum sy_err
pick(struct db_pool *p, struct slot **ret, struct sy_fault *reterr)
{
	for (unsigned i = 0; i < p->n; i++) {
		if (!p->slot[i].out) {
			*ret = &p->slot[i];
			return SY_OK;
		}
	}
	if (p->n == p->max)
		return SY_OK;
	SY_TRY(db_open(p->path, DB_READ, &p->slot[p->n].db, reterr));
	*ret = &p->slot[p->n++];
	return SY_OK;
}

enum sy_err
db_pool_take(struct db_pool *p, struct db **ret, struct sy_fault *reterr)
{
	struct slot *s = NULL;
	(void)pthread_mutex_lock(&p->lock);
	enum sy_err e = pick(p, &s, reterr);
	while (e == SY_OK && s == NULL) {
		(void)pthread_cond_wait(&p->back, &p->lock);
		e = pick(p, &s, reterr);
	}
	uint64_t generation = p->generation;
	if (s != NULL)
		s->out = true;
	(void)pthread_mutex_unlock(&p->lock);
	if (e != SY_OK)
		return e;
	/* By age, too: a command line may have written, beside the server. */
	if (s->open && (s->generation != generation || now_ms() - s->since > STANDING_MS))
		end(s);
	if (!s->open) {
		e = db_begin(s->db);
		if (e != SY_OK) {
			db_pool_give(p, s->db);
			return e;
		}
		s->open = true;
		s->generation = generation;
		s->since = now_ms();
	}
	*ret = s->db;
	return SY_OK;
}

void
db_pool_give(struct db_pool *p, struct db *db)
{
	if (db == NULL)
		return;
	(void)pthread_mutex_lock(&p->lock);
	for (unsigned i = 0; i < p->n; i++) {
		struct slot *s = &p->slot[i];
		if (s->db != db)
			continue;
		if (now_ms() - s->since > STANDING_MS)
			end(s);
		s->out = false;
	}
	(void)pthread_cond_signal(&p->back);
	(void)pthread_mutex_unlock(&p->lock);
}

void
db_pool_renew(struct db_pool *p)
{
	(void)pthread_mutex_lock(&p->lock);
	p->generation++;
	(void)pthread_mutex_unlock(&p->lock);
}

void
db_pool_sweep(struct db_pool *p)
{
	int64_t now = now_ms();
	(void)pthread_mutex_lock(&p->lock);
	for (unsigned i = 0; i < p->n; i++)
		if (!p->slot[i].out && p->slot[i].open && (p->slot[i].generation != p->generation || now - p->slot[i].since > STANDING_MS))
			end(&p->slot[i]);
	(void)pthread_mutex_unlock(&p->lock);
}

void
db_loan_give(struct db_loan *l)
{
	db_pool_give(l->pool, l->db);
	l->db = NULL;
}

enum sy_err
db_loan_take(struct db_loan *l, struct sy_fault *reterr)
{
	return db_pool_take(l->pool, &l->db, reterr);
}
