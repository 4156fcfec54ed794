/* limit.c: a small table of addresses; 2,048 of them fit 128 KiB. An address is
 * IPv4, or the first 64 bits' worth of IPv6 text as given: good enough against
 * guessing, where each failure costs the guesser one of few. */
#include "server/service/limit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 2048u
#define NEAR 8u /* slots an address may lie in */

struct slot {
	char peer[48];
	int64_t minute, n;
};

struct limit {
	pthread_mutex_t lock;
	struct slot slot[SLOTS];
};

enum sy_err
limit_new(struct limit **ret)
{
	struct limit *l = calloc(1, sizeof *l);
	if (l == NULL)
		return SY_ERR_NO_MEMORY;
	(void)pthread_mutex_init(&l->lock, NULL);
	*ret = l;
	return SY_OK;
}

void
limit_free(struct limit *l)
{
	if (l == NULL)
		return;
	(void)pthread_mutex_destroy(&l->lock);
	free(l);
}

static unsigned
hash(const char *peer)
{
	uint32_t h = 2166136261u; /* FNV-1a */
	for (; *peer != '\0'; peer++)
		h = (h ^ (unsigned char)*peer) * 16777619u;
	return h % SLOTS;
}

/* Its slot, or else the stalest near it. */
static struct slot *
find(struct limit *l, const char *peer)
{
	unsigned at = hash(peer);
	struct slot *oldest = &l->slot[at];
	for (unsigned i = 0; i < NEAR; i++) {
		struct slot *s = &l->slot[(at + i) % SLOTS];
		if (strncmp(s->peer, peer, sizeof s->peer - 1) == 0)
			return s;
		if (s->minute < oldest->minute)
			oldest = s;
	}
	return oldest;
}

static int64_t
touch(struct limit *l, const char *peer, int64_t now, int64_t add)
{
	(void)pthread_mutex_lock(&l->lock);
	struct slot *s = find(l, peer);
	bool mine = strncmp(s->peer, peer, sizeof s->peer - 1) == 0;
	int64_t n = mine && s->minute == now / 60 ? s->n : 0;
	if (add > 0) {
		(void)snprintf(s->peer, sizeof s->peer, "%s", peer);
		s->minute = now / 60;
		s->n = n + add;
	}
	(void)pthread_mutex_unlock(&l->lock);
	return n + add;
}

int64_t
limit_count(struct limit *l, const char *peer, int64_t now)
{
	return touch(l, peer, now, 1);
}

bool
limit_take(struct limit *l, const char *peer, int64_t now, int64_t n, int64_t most)
{
	if (l == NULL || most == 0)
		return true;
	if (touch(l, peer, now, 0) >= most)
		return false;
	(void)touch(l, peer, now, n);
	return true;
}

int64_t
limit_seen(struct limit *l, const char *peer, int64_t now)
{
	return touch(l, peer, now, 0);
}
