/* statement.h: the small canonical JSON that people and the signer put their
 * seal on: which record, which version, whose, when, and the hashes of its
 * bodies. For releases, allocations, activations, holds, voids and recalls also
 * what they are about (subject) and how much (figures). suyuan-record(5). */
#ifndef SY_SCHEMA_MODEL_STATEMENT_H
#define SY_SCHEMA_MODEL_STATEMENT_H

#include "schema/model/shape.h"

#define SY_STATEMENT_MAX 16384 /* bytes; an entry is at most 65,535 */

struct sy_statement {
	const char *type; /* one of sy_statement_type_at() */
	char id[33]; /* 32 hex */
	int64_t version; /* from 1 */
	char supersedes[65]; /* leaf hash of the entry before, "" in version 1 */
	char issuer[33]; /* party id */
	int64_t time;
	char public_sha256[65];
	char private_sha256[65]; /* "" if there is no private body */
	const struct sy_json *subject; /* NULL for types without; printing borrows them */
	const struct sy_json *figures;
	struct sy_json *doc; /* owned by a parsed statement: subject and figures point into it */
};

/* Canonical JSON. The same rules as for parsing; TOO_LONG, NO_MEMORY through the buffer's error too. */
enum sy_err sy_statement_print(const struct sy_statement *s, struct sy_buf *ret, struct sy_fault *reterr) SY_MUST;
/* Strict: canonical, exactly the members of its type, each with its type, bounds and rules.
 * After SY_OK the caller owes sy_statement_done; after an error nothing is owed. */
enum sy_err sy_statement_parse(struct sy_span text, struct sy_statement *ret, struct sy_fault *reterr) SY_MUST;
void sy_statement_done(struct sy_statement *s); /* a zeroed one is fine */
#define SY_AUTO_STATEMENT SY_CLEANUP(sy_statement_done) struct sy_statement

/* The one constant of that name, for .type; NULL: no such type. */
const char *sy_statement_type(const char *name);
const char *sy_statement_type_at(size_t i); /* NULL at and after the end */
/* Shapes of subject and figures; both NULL for types that have none. For void and hold the subject's
 * own rule tells kinds apart, and figures depend on it. */
void sy_statement_shapes(const char *type, const struct sy_shape **retsubject, const struct sy_shape **retfigures);

#endif
