/* seen.h: the newest trust list that a verifier has seen of each origin, as text, so that an older one is refused.
 *
 * A line each: "<sha256 of the anchor, hex> <version> <origin>", after the line "suyuan/trust-seen/v1".
 * The anchor is part of it: an installation begun anew under other roots counts from 1 again. */
#ifndef SY_TAGGER_SEEN_H
#define SY_TAGGER_SEEN_H

#include "schema/bytes.h"

#define SY_SEEN_MAX ((size_t)1 << 18)

/* state: the text so far, empty at first. TRUST_ROLLBACK with both numbers; DATA_DAMAGED with the line. *retnews: this
 * one is newer, and ret is the text to keep. */
enum sy_err sy_seen_check(struct sy_span state, struct sy_span anchor, const char *origin, uint64_t version, struct sy_buf *ret, bool *retnews,
    struct sy_fault *reterr) SY_MUST;

#endif
