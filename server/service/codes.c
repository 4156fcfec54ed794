/* codes.c: see codes.h. */
#include "server/service/codes.h"

#include "schema/model/quantity.h"
#include "schema/model/shape.h"
#include "schema/reference/reference.h"
#include "schema/wire/hex.h"
#include "server/service/draft.h"
#include "server/service/fact.h"
#include "server/service/metrics.h"
#include "server/service/now.h"
#include "server/store/derived.h"
#include "server/store/user.h"
#include "tagger/code/link.h"
#include "tagger/code/token.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH 256

struct codes {
	struct app *app;
	struct signer_stream *stream;
	struct release_row release;
	char base[128];
	uint8_t record[BATCH * SIGNER_LABEL_SIZE];
	size_t n; /* in record, not yet given */
	int64_t count, given;
	bool ended;
	struct sy_buf head; /* first line, until it has been given */
};

void
codes_free(void *arg)
{
	struct codes *c = arg;
	if (c == NULL)
		return;
	signer_stream_free(c->stream);
	sy_buf_done(&c->head);
	free(c);
}

static enum sy_err
add_url(struct codes *c, const uint8_t *record, struct sy_buf *chunk)
{
	char serial[11] = "", path[SY_LINK_PATH_MAX + 1], digits[SY_TOKEN_DIGITS + 1];
	if (c->release.units > 0)
		memcpy(serial, record, 10);
	SY_TRY(sy_link_path(c->release.own, c->release.item, c->release.lot_text, serial, path));
	sy_token_digits(record + 10, digits);
	sy_link_print(c->base, path, digits, chunk);
	sy_buf_add_byte(chunk, '\n');
	return SY_OK;
}

enum sy_err
codes_next(void *arg, struct sy_buf *chunk)
{
	struct codes *c = arg;
	if (c->ended)
		return SY_OK;
	sy_buf_add_span(chunk, sy_buf_span(&c->head));
	sy_buf_done(&c->head);
	if (c->n == 0 && c->given < c->count)
		SY_TRY(signer_stream_next(c->stream, c->record, BATCH, &c->n, NULL));
	if (c->n == 0 && c->given < c->count)
		return SY_ERR_UNAVAILABLE; /* fewer than promised: the file has no end line, and says so */
	for (size_t i = 0; i < c->n; i++)
		SY_TRY(add_url(c, c->record + i * SIGNER_LABEL_SIZE, chunk));
	c->given += (int64_t)c->n;
	(void)atomic_fetch_add(&c->app->metrics->labels, c->n);
	c->n = 0;
	if (c->given == c->count) {
		sy_buf_printf(chunk, "# end %" PRId64 "\n", c->count);
		c->ended = true;
	}
	return sy_buf_err(chunk);
}

static const char *
text(const struct sy_json *v, const char *name)
{
	const char *s = sy_json_get_str(v, name);
	return s == NULL ? "" : s;
}

static enum sy_err
set_text(struct sy_json *v, const char *name, const char *s)
{
	return s[0] == '\0' ? SY_OK : sy_json_set(v, name, sy_json_from_str(s));
}

static enum sy_err
set_certified(struct sy_json *v, int64_t bits)
{
	static const struct { int64_t bit; const char *name; } list[] = {{SY_CERTIFIED_GREEN, "green"}, {SY_CERTIFIED_ORGANIC, "organic"},
	    {SY_CERTIFIED_GI, "gi"}, {SY_CERTIFIED_COMMITMENT, "commitment"}};
	struct sy_json *names = sy_json_array();
	SY_TRY(sy_json_set(v, "certified", names));
	for (size_t i = 0; i < SY_LEN(list); i++)
		if ((bits & list[i].bit) != 0)
			SY_TRY(sy_json_append(names, sy_json_from_str(list[i].name)));
	return SY_OK;
}

static enum sy_err
set_origin(struct sy_json *v, const struct sy_json *origin)
{
	char place[256];
	const struct sy_county *county = sy_reference_county(text(origin, "county"));
	const struct sy_township *township = sy_reference_township(text(origin, "township"));
	(void)snprintf(place, sizeof place, "%s%s%s", county == NULL ? "" : county->name, township == NULL ? "" : township->name,
	    text(origin, "village"));
	return set_text(v, "origin", place);
}

static enum sy_err
set_net_content(struct sy_json *v, const struct sy_json *content)
{
	struct sy_quantity q;
	struct sy_buf b;
	if (sy_json_kind(content) != SY_JSON_OBJECT)
		return SY_OK;
	SY_TRY(sy_quantity_parse(content, &q, NULL));
	sy_buf_init(&b, 64);
	sy_quantity_print(&q, true, &b);
	enum sy_err e = set_text(v, "net_content", sy_buf_cstr(&b));
	sy_buf_done(&b);
	return e;
}

/* What the printer writes beside the symbol: out of the versions that the release rests on. */
static enum sy_err
print_facts(struct codes *c, const struct fact *lot, const struct fact *product, const struct fact *release, int64_t first)
{
	SY_AUTO_JSON *v = sy_json_object();
	const char *host = strstr(c->base, "://");
	SY_TRY(set_text(v, "product", text(product->body, "name")));
	SY_TRY(set_text(v, "lot", c->release.lot_text));
	SY_TRY(set_text(v, "produced", text(lot->body, "produced")));
	SY_TRY(set_text(v, "best_before", text(release->body, "best_before")));
	SY_TRY(set_net_content(v, sy_json_get(release->body, "net_content")));
	SY_TRY(set_origin(v, sy_json_get(lot->body, "origin")));
	SY_TRY(set_text(v, "host", host == NULL ? "" : host + 3));
	SY_TRY(set_text(v, "gtin", c->release.item));
	SY_TRY(set_certified(v, sy_json_get_int(release->body, "certified", 0)));
	SY_TRY(sy_json_set(v, "demonstration", sy_json_copy(sy_json_get(lot->body, "demonstration"))));
	SY_TRY(set_text(v, "release", release->leaf));
	SY_TRY(sy_json_set(v, "first", sy_json_from_int(first)));
	SY_TRY(sy_json_set(v, "count", sy_json_from_int(c->count)));
	sy_buf_add_str(&c->head, "# suyuan-codes/v1 ");
	sy_json_print(v, &c->head);
	sy_buf_add_byte(&c->head, '\n');
	return sy_buf_err(&c->head);
}

struct issue {
	uint8_t leaf[32], user[16];
	int64_t first, count, at;
	const struct trail_line *line;
};

static enum sy_err
write_issue(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct issue *i = arg;
	(void)reterr;
	enum sy_err e = issue_store_add(db, i->leaf, i->first, i->count, i->user, i->at);
	if (e != SY_OK && e != SY_ERR_EXISTS) /* a lot code may be asked for again */
		return e;
	return trail_write(db, i->line);
}

/* The release and the range; *retleaf: of the allocation, or of the release for a lot code. */
static enum sy_err
find(struct db *db, const struct codes_request *q, struct codes *c, struct fact *release, uint8_t retleaf[32], struct sy_fault *reterr)
{
	const char *field = q->allocation != NULL ? "allocation" : "release";
	char leaf[65];
	if (q->allocation != NULL) {
		FACT(allocation);
		struct allocation_row row;
		SY_TRY(fact_get(db, field, q->allocation, "allocation", &allocation, reterr));
		SY_TRY(derived_allocation_get(db, allocation.row.id, &row));
		if (q->first < row.first || q->first + q->count > row.first + row.count)
			return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "first", "赋码为第 %" PRId64 " 至第 %" PRId64 " 号，请在其内",
			    "allocated are %" PRId64 " to %" PRId64, row.first, row.first + row.count - 1);
		memcpy(retleaf, row.leaf, 32);
		sy_hex_print(sy_span(row.release, 32), leaf);
		SY_TRY(fact_by_leaf(db, leaf, release, reterr));
	} else {
		SY_TRY(fact_get(db, field, q->release, "release", release, reterr));
		memcpy(retleaf, release->row.leaf, 32);
	}
	SY_TRY(draft_own(q->caller, release->issuer, field, reterr));
	SY_TRY(fact_unrestricted(db, field, release, reterr));
	SY_TRY(derived_release_get(db, release->row.leaf, &c->release));
	if (q->allocation == NULL && c->release.units != 0)
		return sy_fault_say(reterr, SY_ERR_WRONG_STATE, "release", "此放行按件赋码，请给出 allocation", "this release has units: name an allocation");
	return SY_OK;
}

static enum sy_err
prepare(struct codes *c, const struct codes_request *q, uint8_t retleaf[32], char retrelease[65], struct sy_fault *reterr)
{
	FACT(release);
	FACT(lot);
	FACT(product);
	char leaf[65];
	DB_LOAN(c->app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(find(loan.db, q, c, &release, retleaf, reterr));
	sy_hex_print(sy_span(c->release.lot_leaf, 32), leaf);
	SY_TRY(fact_by_leaf(loan.db, leaf, &lot, reterr));
	SY_TRY(fact_unrestricted(loan.db, "allocation", &lot, reterr));
	sy_hex_print(sy_span(c->release.product_leaf, 32), leaf);
	SY_TRY(fact_by_leaf(loan.db, leaf, &product, reterr));
	memcpy(retrelease, release.leaf, 65);
	return print_facts(c, &lot, &product, &release, q->first);
}

enum sy_err
codes_open(struct app *app, const struct codes_request *q, struct codes **ret, struct sy_fault *reterr)
{
	char release[65];
	struct issue i = {.first = q->first, .count = q->count, .at = now_seconds(app), .line = q->line};
	struct codes *c = calloc(1, sizeof *c);
	if (c == NULL)
		return SY_ERR_NO_MEMORY;
	c->app = app;
	c->count = q->count;
	(void)snprintf(c->base, sizeof c->base, "%s", app->conf->label_base);
	sy_buf_init(&c->head, 8192);
	memcpy(i.user, q->caller->id, sizeof i.user);
	enum sy_err e = prepare(c, q, i.leaf, release, reterr);
	if (e == SY_OK)
		e = signer_stream_open(app->signer_socket, release, (uint32_t)q->first, (uint32_t)q->count, &c->stream, reterr);
	if (e == SY_OK)
		e = signer_stream_next(c->stream, c->record, BATCH, &c->n, reterr);
	if (e == SY_OK)
		e = commit_now(app->writer, write_issue, &i, reterr);
	if (e != SY_OK) {
		codes_free(c);
		return e;
	}
	*ret = c;
	return SY_OK;
}
