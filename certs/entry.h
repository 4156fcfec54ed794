/* entry.h: log entries: a statement under one or more seals, suyuan-record(5).
 *
 * Entry = RFC 8785 of {"payload":b64url(statement),"signatures":[{"protected":..,"signature":..}]}
 * (RFC 7515 7.2.1), at most 65,535 bytes. Protected = canonical JSON with exactly
 * alg kid typ iat role x5t#S256; typ = suyuan-<type>-v1+jws; iat: seconds, integer. */
#ifndef SY_CERTS_ENTRY_H
#define SY_CERTS_ENTRY_H

#include "certs/chain.h"
#include "schema/wire/json.h"

#define SY_ENTRY_MAX 65535
#define SY_ENTRY_SEALS_MAX 8

struct sy_seal_head { /* one protected header */
	enum sy_alg alg;
	char kid[17];
	char typ[48];
	int64_t iat;
	enum sy_role role;
	uint8_t x5t[32];
};
bool sy_entry_type_known(struct sy_span type); /* "report", ... suyuan-record(5) */
enum sy_err sy_seal_typ(struct sy_span type, char ret[48]) SY_MUST; /* "suyuan-<type>-v1+jws"; UNSUPPORTED for an unknown type */
/* Canonical JSON of a protected header (not yet base64url). */
void sy_seal_head_print(const struct sy_seal_head *h, struct sy_buf *ret);
enum sy_err sy_seal_head_parse(struct sy_span json, struct sy_seal_head *ret, struct sy_fault *reterr) SY_MUST;
/* The bytes to be signed: b64url(protected) "." b64url(statement) (RFC 7515 5.1). */
void sy_seal_input(struct sy_span protected_json, struct sy_span statement, struct sy_buf *ret);

struct sy_entry_seal {
	struct sy_seal_head head;
	struct sy_span protected_json; /* decoded; borrowed from the entry */
	uint8_t sig[SY_SIG_SIZE];
};
struct sy_entry {
	struct sy_buf statement; /* canonical JSON text */
	struct sy_json *json; /* the same, parsed */
	size_t n;
	struct sy_entry_seal seal[SY_ENTRY_SEALS_MAX];
	struct sy_buf arena;
};
/* Form only: canonical, exact members, typ of every seal equal and fitting statement "type". */
enum sy_err sy_entry_parse(struct sy_span entry, struct sy_entry *ret, struct sy_fault *reterr) SY_MUST;
void sy_entry_done(struct sy_entry *e);
struct sy_entry_part { struct sy_span protected_json; const uint8_t *sig; };
enum sy_err sy_entry_print(struct sy_span statement, const struct sy_entry_part *parts, size_t n, struct sy_buf *ret) SY_MUST;
/* One seal of a parsed entry against its certificate: x5t, kid, alg, signature.
 * UNKNOWN_KEY when it is not that certificate's, BAD_SIGNATURE. */
enum sy_err sy_entry_seal_verify(const struct sy_entry *e, size_t i, const struct sy_cert *cert) SY_MUST;

/* Everything that can be told of an entry without knowing others: every seal by its
 * certificate (NOT_FOUND), chain, role and party; three people; the status key by the list. */
struct sy_entry_context {
	const struct sy_cert *const *certs; /* people, party CAs and roots, in any order */
	size_t n;
	const struct sy_trust *trust;
	int64_t time; /* 0: each seal's own iat */
	uint64_t leaf; /* SY_NOT_LOGGED: not yet in the log */
};
enum sy_err sy_entry_check(const struct sy_entry *e, const struct sy_entry_context *c, struct sy_fault *reterr) SY_MUST;

#endif
