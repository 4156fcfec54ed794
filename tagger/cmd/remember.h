/* remember.h: the file of the trust list versions seen (seen.h), replaced whole. */
#ifndef SY_TAGGER_CMD_REMEMBER_H
#define SY_TAGGER_CMD_REMEMBER_H

#include "tagger/bundle.h"

/* path NULL: $XDG_STATE_HOME/suyuan/trust-seen or ~/.local/state/suyuan/trust-seen. TRUST_ROLLBACK, DATA_DAMAGED.
 * That nothing can be kept is no error: *retkept is false then. */
enum sy_err remember_trust(const char *path, const struct sy_bundle *b, struct sy_span anchor, bool *retkept, struct sy_fault *reterr) SY_MUST;

#endif
