/* proof.h: c2sp.org/tlog-proof@v1: an entry's index, its inclusion proof and a
 * signed checkpoint in one text (.tlog-proof), checked without a network. */
#ifndef SY_CERTS_PROOF_H
#define SY_CERTS_PROOF_H

#include "certs/note.h"

#define SY_PROOF_MAX 65536
#define SY_PROOF_HASHES_MAX 63

struct sy_proof {
	uint64_t index;
	size_t n;
	struct sy_hash hash[SY_PROOF_HASHES_MAX];
	struct sy_span extra; /* base64 as it stands, empty: none; borrowed */
	struct sy_span checkpoint; /* the signed note; borrowed */
};
/* MALFORMED with field "line N". The checkpoint is not looked into. */
enum sy_err sy_proof_parse(struct sy_span text, struct sy_proof *ret, struct sy_fault *reterr) SY_MUST;
void sy_proof_print(const struct sy_proof *p, struct sy_buf *ret);
/* The entry stands at that index of the tree whose checkpoint this log key signed:
 * BAD_NOTE, WRONG_ORIGIN, UNKNOWN_KEY, BAD_SIGNATURE, BAD_PROOF. */
enum sy_err sy_proof_verify(const struct sy_proof *p, const struct sy_hash *leaf, const struct sy_note_key *log, struct sy_checkpoint *ret, struct sy_fault *reterr) SY_MUST;

#endif
