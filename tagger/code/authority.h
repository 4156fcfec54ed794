/* authority.h: host[:port] of a label's URL (RFC 3986 3.2, narrowed): a DNS name in ASCII or an IPv4 address. */
#ifndef SY_TAGGER_CODE_AUTHORITY_H
#define SY_TAGGER_CODE_AUTHORITY_H

#include "schema/bytes.h"

/* Lower-cased, the scheme's default port dropped (RFC 3986 6.2.3). Refuses userinfo, names beyond ASCII
 * (their xn-- form is ASCII), a trailing dot, empty labels, ports not 1..65535 or with leading zeros. */
enum sy_err sy_authority_parse(struct sy_span s, bool tls, char *ret, size_t size, struct sy_fault *reterr) SY_MUST;
/* 127.0.0.0/8 or localhost, any port: where a verifier takes http:// (RFC 6761 6.3). */
bool sy_authority_is_loopback(const char *authority);

#endif
