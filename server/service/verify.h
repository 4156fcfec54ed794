/* service/verify.h: what a label's URL is worth, asked online.
 *
 * verify_judge is the rule and nothing else: from facts to a verdict, no clock,
 * store or key in it. verify_link finds the facts. The order of the codes is the
 * order of the rule: the first that matches is the verdict, all others that were
 * found stand in its reasons. suyuan-verdict(7) says what each means. */
#ifndef SERVER_SERVICE_VERIFY_H
#define SERVER_SERVICE_VERIFY_H

#include "certs/trust.h"
#include "schema/wire/time.h"
#include "server/service/view.h"
#include "server/store/scan.h"
#include "tagger/code/link.h"
#include "tagger/code/token.h"

enum verdict_code {
	VERDICT_MALFORMED,
	VERDICT_UNSUPPORTED,
	VERDICT_UNSIGNED,
	VERDICT_UNKNOWN_KEY,
	VERDICT_BAD_SIGNATURE,
	VERDICT_VOIDED,
	VERDICT_NOT_ISSUED,
	VERDICT_RECALLED,
	VERDICT_REVOKED,
	VERDICT_SUSPENDED,
	VERDICT_EXPIRED,
	VERDICT_SUSPICIOUS,
	VERDICT_VALID,
};
#define VERDICT_CODES 13
const char *verdict_slug(enum verdict_code c); /* "not-issued" ... */

#define VERDICT_REASONS_MAX 16
struct verdict_reason {
	enum verdict_code code;
	const char *detail; /* "safety", "key-compromised", ...; "" when the code says all */
	const struct view_restriction *by; /* the hold, void or recall; NULL */
};
struct verdict {
	enum verdict_code code;
	size_t n;
	struct verdict_reason reason[VERDICT_REASONS_MAX]; /* reason[0].code == code */
};

enum verify_serial { SERIAL_NONE, SERIAL_FOREIGN, SERIAL_OURS };

struct verify_case {
	const struct sy_link *link; /* NULL: not a label's URL at all */
	const char *foreign; /* "host-not-listed", "not-https": not our host, so not our key; NULL */
	enum sy_err token_err; /* of sy_token_parse */
	const struct sy_token *token;
	const struct sy_trust_key *key; /* NULL: the kid is not on the list */
	bool low_s, signature; /* as the token layer asks; and it fits */
	const struct view *view; /* NULL: no such release in the log */
	enum verify_serial serial;
	uint32_t counter;
	struct scan_count scan;
	int64_t suspicious_scans, suspicious_days;
	int32_t today;
};
void verify_judge(const struct verify_case *c, struct verdict *ret);

/* The part of a server that answers scans. */
struct app;
struct face;
struct face_options {
	int64_t suspicious_scans; /* a code scanned so often.. */
	int64_t suspicious_days; /* ..on so many different days is suspicious */
};
enum sy_err face_new(const struct face_options *options, struct face **ret) SY_MUST;
void face_free(struct face *f);
SY_DEFINE_CLEANUP(struct face, face_free)
struct views *face_views(struct face *f);
/* A serial key known beforehand, instead of asking the signer for it. */
enum sy_err face_know_serial(struct face *f, bool own, const char *item, const uint8_t key[32]) SY_MUST;
/* What every page of a language begins and ends with, deflated once; and the policy that goes with its style sheet. */
const struct sy_gzip_piece *face_head(const struct face *f, unsigned lang);
const struct sy_gzip_piece *face_tail(const struct face *f, unsigned lang);
const char *face_policy(const struct face *f);

/* The facts of one question, with what they borrow from. */
struct verification {
	struct sy_link link;
	struct sy_token token;
	struct verify_case facts;
	struct verdict verdict;
	struct sy_fault fault; /* why it is malformed */
	int64_t log_size;
	int64_t checked_at;
	bool view_is_own;
};
/* A request's path and query, or a whole URL. Every text has a verdict; an error means that it could
 * not be told (STORE, UNAVAILABLE: no trust list yet, no signer). Nothing is counted; verify_target leaves the
 * count of scans unread, since most who ask that way are about to raise it. */
enum sy_err verify_target(struct app *app, struct db *db, struct sy_span path, struct sy_span query, struct verification *ret) SY_MUST;
enum sy_err verify_url(struct app *app, struct db *db, struct sy_span url, struct verification *ret) SY_MUST;
/* Reads the count, and judges anew with it. */
enum sy_err verify_scans(struct db *db, struct verification *v) SY_MUST;
/* Judged anew with a count that has risen meanwhile. */
void verify_counted(struct verification *v, const struct scan_count *count);
void verify_done(struct app *app, struct verification *v);
/* Does the token speak for the release's goods, so that their page may be shown? */
bool verdict_shows_lot(enum verdict_code c);

#endif
