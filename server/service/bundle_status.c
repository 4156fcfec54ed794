/* service/bundle_status.c: the status list: what is released and what stands
 * against it, as one logged record of type status, sealed by the status key. */
#include "server/service/bundle.h"

#include "certs/digest.h"
#include "schema/model/statement.h"
#include "schema/wire/canon.h"
#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "server/service/draft.h"
#include "server/service/logbook.h"
#include "server/service/now.h"
#include "server/service/sealing.h"
#include "server/store/body.h"
#include "server/store/view.h"
#include "server/store/view_bundle.h"

#include <string.h>

static enum sy_err
add_row(struct sy_json *o, const struct bundle_status_row *row)
{
	char leaf[65];
	struct sy_json *v = NULL;
	sy_hex_print(sy_span(row->release, 32), leaf);
	if (strcmp(row->list, "released") == 0)
		SY_TRY(sy_json_pack(&v, "{s:s, s:I}", "leaf", leaf, "status_index", (long long)row->status_index));
	else if (strcmp(row->list, "held") == 0)
		SY_TRY(sy_json_pack(&v, "{s:s, s:s}", "release", leaf, "class", row->class));
	else if (strcmp(row->list, "voided") != 0)
		v = sy_json_from_str(leaf);
	else if (row->ranged)
		SY_TRY(sy_json_pack(&v, "{s:s, s:I, s:I}", "release", leaf, "first", (long long)row->first, "count", (long long)row->count));
	else
		SY_TRY(sy_json_pack(&v, "{s:s}", "release", leaf));
	return sy_json_append(o, v);
}

/* One list; rows of the others are passed over. */
static enum sy_err
one_list(struct db *db, int64_t size, const char *name, struct sy_json **ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_AUTO_JSON *list = sy_json_array();
	struct bundle_status_row row;
	bool more = false;
	SY_TRY(bundle_status(db, size, &s));
	for (;;) {
		SY_TRY(bundle_status_next(s, &row, &more));
		if (!more)
			break;
		if (strcmp(row.list, name) == 0)
			SY_TRY(add_row(list, &row));
	}
	*ret = list;
	list = NULL;
	return SY_OK;
}

static const char *const lists[] = { "released", "held", "recalled", "revoked", "voided" };

enum sy_err
bundle_status_lists(struct db *db, int64_t size, struct sy_json **ret)
{
	SY_AUTO_JSON *o = sy_json_object();
	for (size_t i = 0; i < SY_LEN(lists); i++) {
		struct sy_json *list = NULL;
		SY_TRY(one_list(db, size, lists[i], &list));
		SY_TRY(sy_json_set(o, lists[i], list));
	}
	*ret = o;
	o = NULL;
	return SY_OK;
}

struct last { /* the newest list */
	bool any;
	uint8_t id[16], leaf[32];
	int64_t version;
	struct sy_json *body;
};

static enum sy_err
read_last(struct db *db, struct last *ret)
{
	struct sy_buf text;
	sy_buf_init(&text, STORE_BODY_MAX);
	enum sy_err err = bundle_status_newest(db, ret->id, &ret->version, ret->leaf, &text);
	ret->any = err == SY_OK;
	if (err == SY_OK)
		err = sy_json_parse(sy_buf_span(&text), &ret->body, NULL);
	sy_buf_done(&text);
	return err == SY_ERR_NOT_FOUND ? SY_OK : err;
}

static bool
still_good(const struct last *l, const struct sy_json *now_lists, int64_t now)
{
	int64_t until = 0;
	const char *text = sy_json_get_str(l->body, "valid_until");
	if (!l->any || text == NULL || sy_time_parse(sy_span_str(text), &until, NULL) != SY_OK || until - now < BUNDLE_STATUS_DAYS * 86400 / 2)
		return false;
	for (size_t i = 0; i < SY_LEN(lists); i++)
		if (!sy_json_eq(sy_json_get(l->body, lists[i]), sy_json_get(now_lists, lists[i])))
			return false;
	return true;
}

static enum sy_err
make_body(struct sy_json *o, int64_t size, int64_t until, struct draft *d)
{
	char salt[33], time[SY_TIME_SIZE];
	SY_TRY(draft_random_hex(salt, 16));
	sy_time_print(until, time);
	SY_TRY(sy_json_set(o, "salt", sy_json_from_str(salt)));
	SY_TRY(sy_json_set(o, "size", sy_json_from_int(size)));
	SY_TRY(sy_json_set(o, "valid_until", sy_json_from_str(time)));
	sy_buf_init(&d->public_text, STORE_BODY_MAX);
	sy_canon_print(o, &d->public_text);
	SY_TRY(sy_buf_err(&d->public_text));
	return sy_sha256(sy_buf_span(&d->public_text), d->row.public_sha256);
}

/* The list is the deployment's word, not a party's: its issuer is named after the log. */
static enum sy_err
issuer_of(struct app *app, char ret[33])
{
	uint8_t hash[32];
	SY_TRY(sy_sha256(sy_span_str(app->conf->log_origin), hash));
	sy_hex_print(sy_span(hash, 16), ret);
	return SY_OK;
}

static enum sy_err
make_statement(struct app *app, const struct last *l, struct draft *d, struct sy_fault *reterr)
{
	struct sy_statement s = { .type = sy_statement_type("status"), .version = l->any ? l->version + 1 : 1, .time = now_seconds(app) };
	if (l->any) {
		memcpy(d->id16, l->id, 16);
		sy_hex_print(sy_span(l->leaf, 32), s.supersedes);
	} else
		SY_TRY(sy_random(d->id16, 16));
	sy_hex_print(sy_span(d->id16, 16), d->id);
	SY_TRY(issuer_of(app, d->issuer));
	memcpy(s.id, d->id, sizeof s.id);
	memcpy(s.issuer, d->issuer, sizeof s.issuer);
	sy_hex_print(sy_span(d->row.public_sha256, 32), s.public_sha256);
	SY_TRY(sy_statement_print(&s, &d->row.statement, reterr));
	memcpy(d->row.id, d->id16, 16);
	memcpy(d->row.type, "status", sizeof "status");
	d->row.version = d->version = s.version;
	d->row.created_at = d->time = s.time;
	return sy_hex_parse(sy_span_str(d->issuer), d->row.issuer, 16, NULL);
}

static enum sy_err
refresh(struct app *app, struct last *l, struct draft *d, struct sy_fault *reterr)
{
	SY_AUTO_JSON *body = NULL;
	int64_t size = 0;
	{
		DB_LOAN(app->reads, loan);
		SY_TRY(db_loan_take(&loan, reterr));
		SY_TRY(store_view_log_size(loan.db, &size));
		SY_TRY(read_last(loan.db, l));
		SY_TRY(bundle_status_lists(loan.db, size, &body));
	}
	if (size == 0 || still_good(l, body, now_seconds(app)))
		return SY_OK;
	SY_TRY(make_body(body, size, now_seconds(app) + BUNDLE_STATUS_DAYS * 86400, d));
	SY_TRY(make_statement(app, l, d, reterr));
	struct log_item item;
	struct log_place place;
	SY_TRY(sealing_by_status(app, d, &item, reterr));
	return logbook_add(app->logbook, &item, &place, reterr);
}

enum sy_err
bundle_refresh_status(struct app *app, struct sy_fault *reterr)
{
	struct last l = { .any = false };
	struct draft d;
	memset(&d, 0, sizeof d);
	record_row_init(&d.row);
	/* Two askers at once make one list. */
	logbook_turn(app->logbook);
	enum sy_err err = refresh(app, &l, &d, reterr);
	logbook_turn_end(app->logbook);
	sy_json_free(l.body);
	draft_done(&d);
	return err;
}
