/* service/limit.h: how often something happened to one address within a minute. */
#ifndef SERVER_SERVICE_LIMIT_H
#define SERVER_SERVICE_LIMIT_H

#include "schema/err.h"

#include <stdbool.h>
#include <stdint.h>

struct limit; /* a table of fixed size; when it is full the oldest is forgotten */
enum sy_err limit_new(struct limit **ret) SY_MUST;
void limit_free(struct limit *l);
/* Counts one and gives how many there are now in this minute. */
int64_t limit_count(struct limit *l, const char *peer, int64_t now);
/* n more, if there were fewer than most (0: no limit) before; false: there were not. NULL counts nothing. */
bool limit_take(struct limit *l, const char *peer, int64_t now, int64_t n, int64_t most);
int64_t limit_seen(struct limit *l, const char *peer, int64_t now);

#endif
