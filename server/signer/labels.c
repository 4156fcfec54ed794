/* labels.c: a range cut into chunks for two threads; chunks leave in order. Memory
 * is a few chunks, whatever the length of the range. */
#include "server/signer/labels.h"

#include <pthread.h>
#include <stdlib.h>

#define THREADS 2
#define SLOTS 8 /* chunks between the fastest thread and the reader */

struct slot {
	bool ready;
	uint8_t records[LABEL_CHUNK * LABEL_SIZE];
};

struct ring {
	const struct label_run *run;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	uint32_t chunks, next, sent; /* all; next to be signed; given to the sink */
	enum sy_err err; /* the first failure: all stop */
	struct slot slot[SLOTS];
};

static uint32_t
chunk_len(const struct label_run *run, uint32_t chunk)
{
	uint32_t left = run->count - chunk * LABEL_CHUNK;
	return left < LABEL_CHUNK ? left : LABEL_CHUNK;
}

/* The next chunk for a worker; false when there is none. */
static bool
take_chunk(struct ring *r, uint32_t *ret)
{
	(void)pthread_mutex_lock(&r->lock);
	while (r->err == SY_OK && r->next < r->chunks && r->next - r->sent >= SLOTS)
		(void)pthread_cond_wait(&r->changed, &r->lock);
	bool any = r->err == SY_OK && r->next < r->chunks;
	*ret = r->next;
	if (any)
		r->next++;
	(void)pthread_mutex_unlock(&r->lock);
	return any;
}

static void
put_chunk(struct ring *r, uint32_t chunk, enum sy_err err)
{
	(void)pthread_mutex_lock(&r->lock);
	if (err == SY_OK)
		r->slot[chunk % SLOTS].ready = true;
	else if (r->err == SY_OK)
		r->err = err;
	(void)pthread_cond_broadcast(&r->changed);
	(void)pthread_mutex_unlock(&r->lock);
}

static void *
work(void *arg)
{
	struct ring *r = arg;
	struct label_signer *made = NULL;
	enum sy_err e = label_signer_new(r->run, &made);
	SY_CLEANUP(label_signer_freep) struct label_signer *l = made;
	uint32_t chunk;
	if (e != SY_OK)
		put_chunk(r, 0, e);
	while (take_chunk(r, &chunk))
		put_chunk(r, chunk, label_signer_run(l, chunk * LABEL_CHUNK, chunk_len(r->run, chunk), r->slot[chunk % SLOTS].records));
	return NULL;
}

static enum sy_err
give_chunk(struct ring *r, uint32_t chunk, label_sink *sink, void *arg)
{
	struct slot *slot = &r->slot[chunk % SLOTS];
	(void)pthread_mutex_lock(&r->lock);
	while (r->err == SY_OK && !slot->ready)
		(void)pthread_cond_wait(&r->changed, &r->lock);
	enum sy_err e = r->err;
	(void)pthread_mutex_unlock(&r->lock);
	if (e == SY_OK)
		e = sink(arg, sy_span(slot->records, (size_t)chunk_len(r->run, chunk) * LABEL_SIZE));
	(void)pthread_mutex_lock(&r->lock);
	slot->ready = false;
	r->sent++;
	if (r->err == SY_OK)
		r->err = e;
	(void)pthread_cond_broadcast(&r->changed);
	(void)pthread_mutex_unlock(&r->lock);
	return e;
}

static enum sy_err
run_threads(struct ring *r, label_sink *sink, void *arg)
{
	pthread_t thread[THREADS];
	size_t n = 0;
	enum sy_err e = SY_OK;
	while (n < THREADS && pthread_create(&thread[n], NULL, work, r) == 0)
		n++;
	if (n == 0)
		return SY_ERR_UNAVAILABLE;
	for (uint32_t c = 0; e == SY_OK && c < r->chunks; c++)
		e = give_chunk(r, c, sink, arg);
	for (size_t i = 0; i < n; i++)
		(void)pthread_join(thread[i], NULL);
	return e;
}

/* Not worth a thread. */
static enum sy_err
run_here(const struct label_run *run, label_sink *sink, void *arg)
{
	struct label_signer *made = NULL;
	SY_TRY(label_signer_new(run, &made));
	SY_CLEANUP(label_signer_freep) struct label_signer *l = made;
	uint8_t records[LABEL_CHUNK * LABEL_SIZE];
	SY_TRY(label_signer_run(l, 0, run->count, records));
	return sink(arg, sy_span(records, (size_t)run->count * LABEL_SIZE));
}

enum sy_err
labels_make(const struct label_run *run, label_sink *sink, void *arg)
{
	if (run->count <= LABEL_CHUNK / 4)
		return run_here(run, sink, arg);
	struct ring *r = calloc(1, sizeof *r);
	if (r == NULL)
		return SY_ERR_NO_MEMORY;
	r->run = run;
	r->chunks = (run->count + LABEL_CHUNK - 1) / LABEL_CHUNK;
	enum sy_err e = SY_ERR_NO_MEMORY;
	if (pthread_mutex_init(&r->lock, NULL) == 0) {
		if (pthread_cond_init(&r->changed, NULL) == 0) {
			e = run_threads(r, sink, arg);
			(void)pthread_cond_destroy(&r->changed);
		}
		(void)pthread_mutex_destroy(&r->lock);
	}
	free(r);
	return e;
}
