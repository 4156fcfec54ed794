/* service/bundle_status.c: the status list: what is released and what stands
 * against it, as one logged record of type status, sealed by the status key. */
#include "server/service/bundle.h"

#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "server/service/logbook.h"
#include "server/service/now.h"
#include "server/service/own_record.h"
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

static bool
still_good(const struct own_last *l, const struct sy_json *now_lists, int64_t now)
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
refresh(struct app *app, struct own_last *l, struct sy_fault *reterr)
{
	SY_AUTO_JSON *body = NULL;
	int64_t size = 0;
	char until[SY_TIME_SIZE];
	{
		DB_LOAN(app->reads, loan);
		SY_TRY(db_loan_take(&loan, reterr));
		SY_TRY(store_view_log_size(loan.db, &size));
		SY_TRY(own_last_read(loan.db, "status", l));
		SY_TRY(bundle_status_lists(loan.db, size, &body));
	}
	if (size == 0 || still_good(l, body, now_seconds(app)))
		return SY_OK;
	sy_time_print(now_seconds(app) + BUNDLE_STATUS_DAYS * 86400, until);
	SY_TRY(sy_json_set(body, "size", sy_json_from_int(size)));
	SY_TRY(sy_json_set(body, "valid_until", sy_json_from_str(until)));
	return own_record_add(app, "status", l, body, reterr);
}

enum sy_err
bundle_refresh_status(struct app *app, struct sy_fault *reterr)
{
	struct own_last l = { .any = false };
	/* Two askers at once make one list. */
	logbook_turn(app->logbook);
	enum sy_err err = refresh(app, &l, reterr);
	logbook_turn_end(app->logbook);
	own_last_done(&l);
	return err;
}
