/* chain.h: X.509 (RFC 5280): root -> party CA -> person, with our roles as EKUs.
 *
 * Names: root and party CA: O = party id (32 hex), CN. Person: O = party id, CN =
 * staff number, nothing else (no personal names). A party CA carries a critical
 * name constraint on its O, pathlen 0, and an EKU list that bounds its people's
 * roles. OpenSSL does not know our EKUs: they are checked here along the whole chain. */
#ifndef SY_CERTS_CHAIN_H
#define SY_CERTS_CHAIN_H

#include "certs/trust.h"

/* Each role has one EKU: SY_EKU_ARC, a dot, and the number of its bit counted from 1:
 * tester is .1, status is .8. The arc is the UUID e1d72ea3-01e6-4478-9d0c-53b3ba40afbd
 * under 2.25 (Rec. ITU-T X.667); see suyuan-trust(5). */
#define SY_EKU_ARC "2.25.300193588781811178439596520350075105213"
enum sy_role {
	SY_ROLE_TESTER = 1, SY_ROLE_REVIEWER = 2, SY_ROLE_APPROVER = 4, SY_ROLE_OPERATOR = 8,
	SY_ROLE_CERTIFIER = 16, SY_ROLE_OFFICER = 32, SY_ROLE_PRODUCER = 64, SY_ROLE_STATUS = 128,
};
const char *sy_role_name(enum sy_role r); /* "tester" ... "status" */
enum sy_err sy_role_parse(struct sy_span name, enum sy_role *ret) SY_MUST;
#define SY_ROLES_ALL 255u
/* "tester,reviewer"; every role once. */
enum sy_err sy_roles_parse(struct sy_span names, unsigned *ret) SY_MUST;
void sy_roles_print(unsigned roles, struct sy_buf *ret);

struct sy_cert; /* one certificate */
enum sy_err sy_cert_parse(struct sy_span der, struct sy_cert **ret) SY_MUST;
enum sy_err sy_cert_parse_pem(struct sy_span pem, struct sy_cert **ret) SY_MUST;
void sy_cert_free(struct sy_cert *c);
SY_DEFINE_CLEANUP(struct sy_cert, sy_cert_free)
#define SY_AUTO_CERT SY_CLEANUP(sy_cert_freep) struct sy_cert
void sy_cert_print_pem(const struct sy_cert *c, struct sy_buf *ret);
struct sy_span sy_cert_der(const struct sy_cert *c); /* borrowed */
const uint8_t *sy_cert_sha256(const struct sy_cert *c); /* x5t#S256, 32 bytes, borrowed */
const char *sy_cert_party(const struct sy_cert *c); /* O; borrowed */
const char *sy_cert_subject(const struct sy_cert *c); /* CN: the staff number; borrowed */
unsigned sy_cert_roles(const struct sy_cert *c); /* EKUs as sy_role bits; 0: none of ours */
bool sy_cert_is_ca(const struct sy_cert *c);
bool sy_cert_is_root(const struct sy_cert *c); /* a CA that names itself as its issuer */
int64_t sy_cert_not_before(const struct sy_cert *c);
int64_t sy_cert_not_after(const struct sy_cert *c);
enum sy_err sy_cert_key(const struct sy_cert *c, struct sy_key **ret) SY_MUST;

struct sy_cert_spec {
	const char *party, *subject;
	unsigned roles; /* bits; for a CA the roles its people may have */
	bool ca;
	int64_t not_before, not_after;
};
/* issuer == NULL: self-signed root, spec->ca. Serial numbers are 20 random bytes. */
/* WRONG_PARTY, WRONG_ROLE, OUT_OF_RANGE (dates) when sy_chain_check would refuse what comes out. */
enum sy_err sy_cert_issue(const struct sy_cert_spec *spec, const struct sy_key *subject_key, const struct sy_cert *issuer, const struct sy_key *issuer_key, struct sy_cert **ret) SY_MUST;
/* PKCS#10 (RFC 2986): proves possession; only the key is taken from it. */
enum sy_err sy_csr_print(const struct sy_key *key, const char *subject, struct sy_buf *ret_pem) SY_MUST;
enum sy_err sy_csr_parse(struct sy_span pem, struct sy_key **ret) SY_MUST; /* BAD_SIGNATURE when it does not prove it */

/* leaf <- intermediates <- a CA key of the trust list, at time t, for role: BAD_CHAIN,
 * CERT_EXPIRED, WRONG_ROLE, WRONG_PARTY (name constraint). inter holds the root's own
 * certificate too; others in it, in any order, do no harm. People stand below a party CA,
 * role status directly below a root. */
enum sy_err sy_chain_check(const struct sy_cert *leaf, const struct sy_cert *const *inter, size_t n, const struct sy_trust *trust, enum sy_role role, int64_t t) SY_MUST;
/* The same for what stands in the log at that leaf: a CA key that was lost later still counts. */
enum sy_err sy_chain_check_logged(const struct sy_cert *leaf, const struct sy_cert *const *inter, size_t n, const struct sy_trust *trust, enum sy_role role, int64_t t,
    uint64_t logged_at) SY_MUST;

#endif
