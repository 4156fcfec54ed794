/* service/trust.h: the trust list this deployment publishes, parsed once. */
#ifndef SERVER_SERVICE_TRUST_H
#define SERVER_SERVICE_TRUST_H

#include "certs/trust.h"
#include "server/store/db.h"

struct trust_cache; /* the newest list; older ones stay in memory, so that what was lent stays good */

/* anchor_path: text form of certs/trust.h. The newest note of table trust is loaded, if there is one. */
enum sy_err trust_cache_new(const char *anchor_path, struct db *db, struct trust_cache **ret, struct sy_fault *reterr) SY_MUST;
void trust_cache_free(struct trust_cache *c);
const struct sy_trust *trust_now(struct trust_cache *c); /* NULL: none installed yet */
const struct sy_anchor *trust_anchor(const struct trust_cache *c);
/* Verifies against the anchor; monotone: TRUST_ROLLBACK. Memory only; storing it is the caller's. */
enum sy_err trust_replace(struct trust_cache *c, struct sy_span note, struct sy_fault *reterr) SY_MUST;

#endif
