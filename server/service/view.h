/* service/view.h: everything the public may know of a release, as one value.
 *
 * A view is immutable once made and shared between threads by reference count.
 * The cache is keyed by the release's leaf and forgotten when the published log
 * has grown, so that a hold or recall shows as soon as it is published.
 * Bodies stay parsed JSON: the record shapes are the schema's, not repeated here. */
#ifndef SERVER_SERVICE_VIEW_H
#define SERVER_SERVICE_VIEW_H

#include "schema/wire/gzip.h"
#include "schema/wire/json.h"
#include "server/store/db.h"

#define VIEW_CACHE 128 /* views kept; an evicted one is made again */

struct view_party {
	char id[33];
	struct sy_json *body; /* newest version; NULL when unknown */
};

struct view_seal {
	char role[17];
	const struct view_party *party; /* NULL: unknown */
};

struct view_doc { /* one logged record */
	uint8_t leaf[32];
	char leaf_hex[65], sha256_hex[65], id[33];
	int64_t leaf_index, version;
	struct sy_json *statement, *body; /* body NULL when not held */
	const struct view_party *issuer;
	size_t nseals;
	struct view_seal seal[8];
};

enum view_kind { VIEW_HOLD = 'h', VIEW_VOID = 'v', VIEW_RECALL = 'r' };
enum view_subject { VIEW_LOT, VIEW_CERTIFICATE, VIEW_REPORT, VIEW_RELEASE, VIEW_LABELS };

struct view_restriction {
	enum view_kind kind;
	enum view_subject subject;
	bool open, safety; /* safety: class of a hold */
	int64_t first, count; /* void of labels */
	int64_t since;
	const struct view_doc *target; /* the lot, report, certificate or release */
	struct view_doc doc; /* the record itself: reason, authority, what to do */
};

struct view_range {
	int64_t leaf_index, first, count;
};

struct view {
	/* What a verdict depends on. */
	bool released;
	bool own;
	char item[15], lot_text[21];
	int basis;
	unsigned certified, grade;
	uint32_t county;
	int64_t units, status_index;
	int32_t best_before; /* day; INT32_MAX: none */
	int64_t log_size;
	const char *serial_commitment; /* serial_key_sha256 of the release's statement; NULL: lot codes only */
	/* What people read. */
	const char *name[2]; /* of the product, zh and en; borrowed from its body; NULL when it has none */
	bool demonstration;
	bool has_lot;
	bool by_text; /* found by what stands on a pack, not named by a token */
	struct view_doc release, product, lot;
	size_t nreports, ncerts, nranges, nrestrictions, nparties;
	struct view_doc *report, *cert;
	struct view_range *range; /* by first */
	struct view_restriction *restriction; /* oldest first */
	struct view_party *party;
	/* The lot's part of the page, deflated once a language; made by page.c under the views' lock. */
	struct sy_gzip_piece piece[2];
	bool has_piece[2];
	unsigned refs;
};

struct views;
enum sy_err views_new(struct views **ret) SY_MUST;
void views_free(struct views *v);
SY_DEFINE_CLEANUP(struct views, views_free)
/* The release that a token names by the first half of its leaf. log_size: as db sees it now. NOT_FOUND. Release with views_put. */
enum sy_err views_get(struct views *v, struct db *db, int64_t log_size, const uint8_t leaf16[16], const struct view **ret) SY_MUST;
void views_put(struct views *v, const struct view *view);
/* By the text on a pack: newest release of that lot, else the lot alone, else the product alone
 * (has_lot false). NOT_FOUND: no such product. Not cached. */
enum sy_err view_of_text(struct db *db, bool own, const char *item, const char *lot, struct view **ret) SY_MUST;
void view_free(struct view *v);
SY_DEFINE_CLEANUP(struct view, view_free)
/* The deflated lot part, made by `make` when first asked for in that language. */
enum sy_err views_piece(struct views *vs, const struct view *v, unsigned lang, enum sy_err (*make)(const struct view *, unsigned, struct sy_buf *),
    const struct sy_gzip_piece **ret) SY_MUST;

enum sy_err view_release_assemble(struct db *db, const uint8_t leaf16[16], struct view **ret) SY_MUST;
const char *view_party_name(const struct view_party *p, bool en); /* "" when unknown */

#endif
