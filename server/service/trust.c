/* service/trust.c: the newest trust list, in memory. Lists are replaced a few
 * times a year; those replaced are kept until the end, so that a borrowed list
 * needs no lock and no count. */
#include "server/service/trust.h"

#include "server/store/trust.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANCHOR_MAX 65536

struct kept {
	struct sy_trust *list;
	struct kept *older;
};

struct trust_cache {
	struct sy_anchor anchor;
	struct kept *newest;
	pthread_mutex_t lock;
};

static enum sy_err
read_anchor(const char *path, struct sy_anchor *ret, struct sy_fault *reterr)
{
	FILE *f = fopen(path, "rbe");
	if (f == NULL)
		return sy_fault_say(reterr, SY_ERR_IO, path, "%s", "%s", strerror(errno));
	char text[ANCHOR_MAX];
	size_t n = fread(text, 1, sizeof text, f);
	(void)fclose(f);
	return sy_anchor_parse(sy_span(text, n), ret, reterr);
}

enum sy_err
trust_cache_new(const char *anchor_path, struct db *db, struct trust_cache **ret, struct sy_fault *reterr)
{
	struct trust_cache *c = calloc(1, sizeof *c);
	if (c == NULL)
		return SY_ERR_NO_MEMORY;
	(void)pthread_mutex_init(&c->lock, NULL);
	struct sy_buf note;
	sy_buf_init(&note, SY_TRUST_MAX);
	enum sy_err e = read_anchor(anchor_path, &c->anchor, reterr);
	if (e == SY_OK) {
		e = trust_store_newest(db, &note);
		if (e == SY_OK)
			e = trust_replace(c, sy_buf_span(&note), reterr);
		else if (e == SY_ERR_NOT_FOUND)
			e = SY_OK;
	}
	sy_buf_done(&note);
	if (e != SY_OK) {
		trust_cache_free(c);
		return e;
	}
	*ret = c;
	return SY_OK;
}

void
trust_cache_free(struct trust_cache *c)
{
	if (c == NULL)
		return;
	for (struct kept *k = c->newest, *older = NULL; k != NULL; k = older) {
		older = k->older;
		sy_trust_free(k->list);
		free(k);
	}
	(void)pthread_mutex_destroy(&c->lock);
	free(c);
}

const struct sy_trust *
trust_now(struct trust_cache *c)
{
	(void)pthread_mutex_lock(&c->lock);
	const struct sy_trust *t = c->newest == NULL ? NULL : c->newest->list;
	(void)pthread_mutex_unlock(&c->lock);
	return t;
}

const struct sy_anchor *
trust_anchor(const struct trust_cache *c)
{
	return &c->anchor;
}

enum sy_err
trust_replace(struct trust_cache *c, struct sy_span note, struct sy_fault *reterr)
{
	struct kept *k = calloc(1, sizeof *k);
	if (k == NULL)
		return SY_ERR_NO_MEMORY;
	enum sy_err e = sy_trust_parse(note, &c->anchor, &k->list, reterr);
	if (e != SY_OK) {
		free(k);
		return e;
	}
	uint64_t version = sy_trust_facts(k->list)->version;
	(void)pthread_mutex_lock(&c->lock);
	if (c->newest != NULL && sy_trust_facts(c->newest->list)->version >= version)
		e = SY_ERR_TRUST_ROLLBACK;
	if (e == SY_OK) {
		k->older = c->newest;
		c->newest = k;
	}
	(void)pthread_mutex_unlock(&c->lock);
	if (e != SY_OK) {
		sy_trust_free(k->list);
		free(k);
		return sy_fault_at(reterr, e, "", 0, 0);
	}
	return SY_OK;
}
