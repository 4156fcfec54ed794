/* offline.h: the verdict on a label without a network: its URL, a bundle, and the time. */
#ifndef SY_TAGGER_OFFLINE_H
#define SY_TAGGER_OFFLINE_H

#include "tagger/bundle.h"
#include "tagger/code/link.h"
#include "tagger/code/token.h"
#include "tagger/verdict.h"

struct sy_answer {
	enum sy_verdict verdict;
	bool found[SY_REASONS]; /* everything that speaks against it */
	struct sy_fault fault; /* of the form, when malformed */
	bool has_link, has_token;
	struct sy_link link;
	struct sy_token token;
	const struct sy_bundle_entry *release, *lot, *product; /* borrowed from the bundle; NULL: unknown */
};
/* now: seconds. An error means that it could not be told; a verdict is an answer. */
enum sy_err sy_offline_verify(const struct sy_bundle *b, struct sy_span url, int64_t now, struct sy_answer *ret) SY_MUST;

#endif
