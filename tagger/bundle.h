/* bundle.h: the offline bundle, suyuan-label(5): trust list, checkpoint, log entries with their proofs, certificates, public
 * bodies. Opening it checks all of it: a bundle with anything in it that does not hold is refused as a whole. */
#ifndef SY_TAGGER_BUNDLE_H
#define SY_TAGGER_BUNDLE_H

#include "certs/entry.h"
#include "schema/wire/json.h"

#define SY_BUNDLE_MAX ((size_t)256 << 20)

struct sy_bundle_entry {
	uint64_t index;
	struct sy_hash leaf;
	struct sy_entry entry;
	const struct sy_json *body; /* public body, parsed; NULL when the bundle does not bring it */
};
struct sy_bundle {
	struct sy_json *root;
	struct sy_trust *trust;
	struct sy_checkpoint checkpoint;
	struct sy_cert **certs;
	size_t ncerts;
	struct sy_json *bodies; /* object: sha256 hex -> parsed body */
	struct sy_bundle_entry *entries;
	size_t nentries;
	const struct sy_bundle_entry *status; /* the newest, NULL: none */
};
/* Any error of certs/ and form, with the field ("entries.3"); nothing of the bundle is to be believed then. */
enum sy_err sy_bundle_open(struct sy_span json, struct sy_span anchor, struct sy_bundle **ret, struct sy_fault *reterr) SY_MUST;
void sy_bundle_free(struct sy_bundle *b);
SY_DEFINE_CLEANUP(struct sy_bundle, sy_bundle_free)
/* The entry whose leaf hash begins with these bytes; NULL: not in it. */
const struct sy_bundle_entry *sy_bundle_find(const struct sy_bundle *b, const uint8_t *leaf, size_t len);
/* The same by 64 hex digits. */
const struct sy_bundle_entry *sy_bundle_find_hex(const struct sy_bundle *b, const char *hex);
const char *sy_bundle_type(const struct sy_bundle_entry *e);

#endif
