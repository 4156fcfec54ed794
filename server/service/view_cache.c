/* service/view_cache.c: the views in memory, see view.h. One lock; making a
 * view happens outside it, so that one slow lot does not stop the others. */
#include "server/service/view.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct views {
	pthread_mutex_t lock;
	int64_t log_size; /* that the slots were read at */
	size_t hand; /* next slot to give up */
	struct view *slot[VIEW_CACHE];
};

enum sy_err
views_new(struct views **ret)
{
	struct views *v = calloc(1, sizeof *v);
	if (v == NULL)
		return SY_ERR_NO_MEMORY;
	if (pthread_mutex_init(&v->lock, NULL) != 0) {
		free(v);
		return SY_ERR_NO_MEMORY;
	}
	*ret = v;
	return SY_OK;
}

static void
drop(struct view *v)
{
	if (v != NULL && --v->refs == 0)
		view_free(v);
}

void
views_free(struct views *v)
{
	if (v == NULL)
		return;
	for (size_t i = 0; i < VIEW_CACHE; i++)
		drop(v->slot[i]);
	(void)pthread_mutex_destroy(&v->lock);
	free(v);
}

/* Under the lock. The log grew: a hold or a recall may have come in. */
static void
forget(struct views *v, int64_t log_size)
{
	v->log_size = log_size;
	for (size_t i = 0; i < VIEW_CACHE; i++) {
		drop(v->slot[i]);
		v->slot[i] = NULL;
	}
}

static struct view *
find(struct views *v, const uint8_t leaf16[16])
{
	for (size_t i = 0; i < VIEW_CACHE; i++)
		if (v->slot[i] != NULL && memcmp(v->slot[i]->release.leaf, leaf16, 16) == 0)
			return v->slot[i];
	return NULL;
}

enum sy_err
views_get(struct views *vs, struct db *db, int64_t size, const uint8_t leaf16[16], const struct view **ret)
{
	struct view *v;
	(void)pthread_mutex_lock(&vs->lock);
	if (size > vs->log_size)
		forget(vs, size);
	v = find(vs, leaf16);
	if (v != NULL)
		v->refs++;
	(void)pthread_mutex_unlock(&vs->lock);
	if (v == NULL) {
		SY_TRY(view_release_assemble(db, leaf16, &v));
		v->refs = 1;
		(void)pthread_mutex_lock(&vs->lock);
		/* A view read at another size of the log answers this one request and is not kept. */
		if (v->log_size == vs->log_size && find(vs, leaf16) == NULL) {
			drop(vs->slot[vs->hand]);
			vs->slot[vs->hand] = v;
			v->refs++;
			vs->hand = (vs->hand + 1) % VIEW_CACHE;
		}
		(void)pthread_mutex_unlock(&vs->lock);
	}
	*ret = v;
	return SY_OK;
}

/* The cache lends views as const; the count of borrowers is the cache's own. */
static struct view *
ours(const struct view *v)
{
	union {
		const struct view *lent;
		struct view *own;
	} u = { .lent = v };
	return u.own;
}

void
views_put(struct views *vs, const struct view *view)
{
	if (view == NULL)
		return;
	(void)pthread_mutex_lock(&vs->lock);
	drop(ours(view));
	(void)pthread_mutex_unlock(&vs->lock);
}

enum sy_err
views_piece(struct views *vs, const struct view *view, unsigned lang, enum sy_err (*make)(const struct view *, unsigned, struct sy_buf *),
    const struct sy_gzip_piece **ret)
{
	struct view *v = ours(view);
	enum sy_err err = SY_OK;
	(void)pthread_mutex_lock(&vs->lock);
	bool has = v->has_piece[lang];
	(void)pthread_mutex_unlock(&vs->lock);
	if (!has) {
		struct sy_buf html;
		struct sy_gzip_piece made = { .plain_len = 0 };
		sy_buf_init(&html, 1u << 20);
		err = make(view, lang, &html);
		if (err == SY_OK)
			err = sy_buf_err(&html);
		if (err == SY_OK)
			err = sy_gzip_piece_init(&made, sy_buf_span(&html), 9);
		sy_buf_done(&html);
		SY_TRY(err);
		(void)pthread_mutex_lock(&vs->lock);
		if (v->has_piece[lang])
			sy_gzip_piece_done(&made);
		else {
			v->piece[lang] = made;
			v->has_piece[lang] = true;
		}
		(void)pthread_mutex_unlock(&vs->lock);
	}
	*ret = &v->piece[lang];
	return SY_OK;
}
