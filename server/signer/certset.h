/* certset.h: the certificates at hand while entries are verified: those of the request,
 * our own, and from the ledger what a seal asks for. */
#ifndef SERVER_SIGNER_CERTSET_H
#define SERVER_SIGNER_CERTSET_H

#include "certs/entry.h"
#include "server/signer/state.h"

#define CERTSET_MAX 1024

struct certset {
	size_t n, owned; /* the first `owned` are freed */
	struct sy_cert *mine[CERTSET_MAX];
	const struct sy_cert *all[CERTSET_MAX + 2];
};
/* certs: array of base64 DER, or NULL. A fault's field is "certs.<i>". */
enum sy_err certset_init(struct certset *c, const struct signer *s, const struct sy_json *certs, struct sy_fault *reterr) SY_MUST;
void certset_done(struct certset *c);
const struct sy_cert *certset_find(const struct certset *c, const uint8_t sha256[32]); /* NULL */
/* Brings in what the seals of e need and the ledger has. */
enum sy_err certset_fetch(struct certset *c, struct db *db, const struct sy_entry *e) SY_MUST;
/* Keeps what the verified seals of e rest on, and of what came with them nothing else. */
enum sy_err certset_keep(const struct certset *c, const struct signer *s, int64_t now, const struct sy_entry *e) SY_MUST;

#endif
