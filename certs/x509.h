/* x509.h: the inside of a certificate, and the plain builder under sy_cert_issue,
 * which obeys whatever it is told (internal to certs, and for tests of bad chains). */
#ifndef SY_CERTS_X509_H
#define SY_CERTS_X509_H

#include "certs/chain.h"
#include "certs/openssl.h"

struct sy_cert {
	X509 *x;
	struct sy_key *key;
	struct sy_buf der;
	uint8_t sha256[32];
	char party[33];
	char subject[65];
	unsigned roles;
	bool has_eku; /* any at all, ours or not */
	bool ca;
	bool root;
	bool constrained; /* critically, to exactly its own party */
	bool may_sign; /* keyUsage digitalSignature */
	int64_t not_before, not_after;
};

SY_DEFINE_CLEANUP(X509, X509_free)
#define SY_AUTO_X509 SY_CLEANUP(X509_freep) X509

struct sy_x509_spec {
	const char *party, *subject; /* O, CN */
	const char *permitted; /* name constraint on O, or NULL */
	unsigned roles; /* 0: no EKU extension */
	bool ca, key_cert_sign;
	int pathlen; /* -1: none */
	int64_t not_before, not_after;
};
/* An unsigned certificate; issuer == NULL names itself. */
enum sy_err sy_x509_new(const struct sy_x509_spec *spec, const struct sy_key *key, const struct sy_cert *issuer, X509 **ret) SY_MUST;
enum sy_err sy_x509_sign(X509 *x, const struct sy_key *issuer_key) SY_MUST;
/* Signs with the SM2 id where the key asks for one. */
enum sy_err sy_x509_sign_ctx(const struct sy_key *key, EVP_MD_CTX **ret) SY_MUST;
enum sy_err sy_x509_name(const char *party, const char *subject, X509_NAME **ret) SY_MUST; /* either may be NULL */

#endif
