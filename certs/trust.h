/* trust.h: the trust list, suyuan-trust(5): a signed note that says which hosts
 * and keys to believe, and since and until when. */
#ifndef SY_CERTS_TRUST_H
#define SY_CERTS_TRUST_H

#include "certs/note.h"

#define SY_TRUST_ROOTS_MAX 16
#define SY_TRUST_MAX (1u << 20) /* bytes of a signed list */
#define SY_TRUST_HOSTS_MAX 256
#define SY_TRUST_KEYS_MAX 1024
#define SY_KID_MAX 0xFFFFFFu
#define SY_NOT_LOGGED UINT64_MAX

enum sy_key_role {
	SY_KEY_LABEL = 1, SY_KEY_LOG, SY_KEY_STATUS, SY_KEY_WITNESS, SY_KEY_TSA, SY_KEY_CA,
};

const char *sy_key_role_name(enum sy_key_role r); /* "label" ... "ca" */
enum sy_err sy_key_role_parse(struct sy_span name, enum sy_key_role *ret) SY_MUST;

struct sy_trust_key {
	uint32_t kid; /* 1 to SY_KID_MAX, assigned once, never reused */
	enum sy_alg alg;
	enum sy_key_role role;
	char party[33]; /* 32 hex digits of the party's id, or "-" */
	int64_t not_before;
	int64_t not_after; /* INT64_MAX: none */
	uint64_t valid_if_leaf_lt; /* UINT64_MAX: not compromised */
	char reason[32]; /* slug, or "-" */
	struct sy_key *key;
};

struct sy_trust; /* a parsed list; immutable, shareable between threads */

/* Who may sign a trust list: k of n note keys. Text form: "threshold <k>" and n lines "root <vkey>". */
struct sy_anchor {
	unsigned k, n;
	struct sy_note_key root[SY_TRUST_ROOTS_MAX];
};
enum sy_err sy_anchor_parse(struct sy_span text, struct sy_anchor *ret, struct sy_fault *reterr) SY_MUST;
void sy_anchor_print(const struct sy_anchor *a, struct sy_buf *ret);

/* What a list is made of, for printing. Lines in this order:
 *   suyuan/trust/v1
 *   origin <log origin>
 *   version <n>
 *   issued <RFC 3339>
 *   expires <RFC 3339>
 *   policy <k> <vkey> ...
 *   host <authority>                      ... in ASCII, lower case, with :port where not the default
 *   key <kid> <alg> <base64 SPKI> <role> <party> <not_before> <not_after> <valid_if_leaf_lt> <reason>
 * "-" stands for none; times RFC 3339; signature lines follow the note format. */
struct sy_trust_facts {
	char origin[SY_NOTE_NAME_MAX + 1];
	uint64_t version;
	int64_t issued, expires;
	struct sy_anchor policy;
	size_t nhosts;
	const char *const *hosts;
	size_t nkeys;
	const struct sy_trust_key *keys;
};
/* Text to be signed with sy_note_sign. What sy_trust_parse would refuse is not printed. */
enum sy_err sy_trust_print(const struct sy_trust_facts *facts, struct sy_buf *ret) SY_MUST;
/* The text alone, signed by nobody: for those who make a list, never for those who believe one. */
enum sy_err sy_trust_parse_text(struct sy_span text, struct sy_trust **ret, struct sy_fault *reterr) SY_MUST;
/* Parses and verifies against the anchor: QUORUM, BAD_SIGNATURE, BAD_NOTE, MALFORMED with field "line N". Expiry is the caller's question. */
enum sy_err sy_trust_parse(struct sy_span note, const struct sy_anchor *anchor, struct sy_trust **ret, struct sy_fault *reterr) SY_MUST;
void sy_trust_free(struct sy_trust *t);
SY_DEFINE_CLEANUP(struct sy_trust, sy_trust_free)
#define SY_AUTO_TRUST SY_CLEANUP(sy_trust_freep) struct sy_trust
const struct sy_trust_facts *sy_trust_facts(const struct sy_trust *t); /* borrowed */
const struct sy_trust_key *sy_trust_find(const struct sy_trust *t, enum sy_key_role role, uint32_t kid); /* NULL: not on it */
bool sy_trust_has_host(const struct sy_trust *t, struct sy_span authority); /* letter case does not matter (RFC 3986 3.2.2) */
bool sy_trust_key_valid_at(const struct sy_trust_key *k, int64_t t); /* the dates alone */
/* Compromised keys speak only for what was logged before (SY_NOT_LOGGED: not in the log). */
bool sy_trust_key_valid_for(const struct sy_trust_key *k, uint64_t leaf);

#endif
