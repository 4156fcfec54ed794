/* verdict.h: the answers of a verifier, in their order: the first found is the verdict, the others stand as reasons. */
#ifndef SY_TAGGER_VERDICT_H
#define SY_TAGGER_VERDICT_H

#include "schema/bytes.h"

enum sy_verdict {
	SY_VERDICT_MALFORMED, SY_VERDICT_UNSUPPORTED, SY_VERDICT_UNSIGNED, SY_VERDICT_UNKNOWN_KEY, SY_VERDICT_BAD_SIGNATURE, SY_VERDICT_NEEDS_ONLINE,
	SY_VERDICT_STALE_TRUST, SY_VERDICT_VOIDED, SY_VERDICT_NOT_ISSUED, SY_VERDICT_RECALLED, SY_VERDICT_REVOKED, SY_VERDICT_SUSPENDED,
	SY_VERDICT_EXPIRED, SY_VERDICT_SUSPICIOUS, SY_VERDICT_VALID,
};
const char *sy_verdict_name(enum sy_verdict v); /* "bad-signature" */
const char *sy_verdict_zh(enum sy_verdict v, unsigned basis); /* the headline; basis (token.h) matters for valid only */
const char *sy_verdict_en(enum sy_verdict v, unsigned basis);

/* Why: what an offline verifier can find. */
enum sy_reason {
	SY_REASON_FORM, SY_REASON_SIGNATURE_FORM, SY_REASON_VERSION, SY_REASON_UNSIGNED, SY_REASON_HOST, SY_REASON_NOT_HTTPS, SY_REASON_KID, SY_REASON_KEY_DATES,
	SY_REASON_SIGNATURE, SY_REASON_OTHER_LOT, SY_REASON_COMPROMISED, SY_REASON_NO_RELEASE, SY_REASON_NO_STATUS, SY_REASON_STATUS_BEHIND,
	SY_REASON_RANGE_VOIDED, SY_REASON_TRUST_EXPIRED, SY_REASON_STATUS_EXPIRED, SY_REASON_VOIDED, SY_REASON_RECALLED, SY_REASON_REVOKED,
	SY_REASON_HELD_SAFETY, SY_REASON_HELD_CERTIFICATE, SY_REASON_EXPIRED, SY_REASONS,
};
struct sy_reason_row {
	enum sy_verdict verdict; /* that it leads to */
	const char *code, *zh, *en;
};
const struct sy_reason_row *sy_reason_row(enum sy_reason r);

#endif
