/* verbs.h: the verbs of suyuan-signer(8). */
#ifndef SERVER_SIGNER_VERBS_H
#define SERVER_SIGNER_VERBS_H

#include "schema/err.h"

#include <stdbool.h>

struct verb_options {
	const char *state, *origin, *label_alg, *anchor, *trust, *status_cert, *root_cert, *socket;
	bool parent_death;
};
enum sy_err verb_init(const struct verb_options *o, struct sy_fault *reterr) SY_MUST;
enum sy_err verb_adopt(const struct verb_options *o, struct sy_fault *reterr) SY_MUST;
enum sy_err verb_serve(const struct verb_options *o, struct sy_fault *reterr) SY_MUST;
enum sy_err verb_journal(const struct verb_options *o, struct sy_fault *reterr) SY_MUST;

#endif
