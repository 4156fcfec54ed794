/* read.c: reading records: one, its versions, lists. What a caller may not see
 * is not there. */
#include "server/api/api.h"

#include "schema/model/shapes.h"
#include "schema/wire/hex.h"
#include "server/service/sealing.h"
#include "server/store/body.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
is_thing(const char *type, enum thing_kind *ret)
{
	*ret = strcmp(type, "facility") == 0 ? THING_FACILITY : THING_SAMPLE;
	return *ret == THING_FACILITY || strcmp(type, "sample") == 0;
}

static bool
sees_all(const struct caller *c)
{
	return c->role == ROLE_REGULATOR || c->role == ROLE_ADMINISTRATOR;
}

enum sy_err
api_record_may_read(struct db *db, const struct caller *c, const struct record_row *r, bool *retprivate)
{
	bool own = c->has_party && memcmp(c->party, r->issuer, 16) == 0, covers = false;
	*retprivate = own || c->role == ROLE_REGULATOR;
	if (own || sees_all(c))
		return SY_OK;
	if (strcmp(r->state, "logged") != 0)
		return SY_ERR_NOT_FOUND;
	if (strcmp(r->type, "report") != 0)
		return SY_OK;
	if (c->has_party)
		SY_TRY(record_store_covers_party(db, r->id, c->party, &covers));
	return covers ? SY_OK : SY_ERR_NOT_FOUND;
}

static enum sy_err
load_body(struct db *db, const uint8_t sha256[32], struct sy_json **ret)
{
	struct sy_buf text;
	sy_buf_init(&text, STORE_BODY_MAX);
	enum sy_err e = body_store_get(db, sha256, NULL, &text);
	if (e == SY_OK)
		e = sy_json_parse(sy_buf_span(&text), ret, NULL);
	sy_buf_done(&text);
	return e;
}

static enum sy_err
load_flat(struct db *db, const struct record_row *r, bool with_private, struct sy_json **ret)
{
	SY_AUTO_JSON *pub = NULL;
	SY_AUTO_JSON *priv = NULL;
	SY_TRY(load_body(db, r->public_sha256, &pub));
	if (with_private && r->has_private) {
		enum sy_err e = load_body(db, r->private_sha256, &priv);
		if (e != SY_OK && e != SY_ERR_NOT_FOUND) /* erased is no fault */
			return e;
	}
	return sy_shape_join(sy_shapes_find(r->type), pub, priv, ret);
}

static enum sy_err
add_log(struct sy_json *v, const struct record_row *r)
{
	SY_TRY(sy_json_set(v, "leaf", r->logged ? api_hex_json(r->leaf, 32) : sy_json_null()));
	return sy_json_set(v, "leaf_index", r->logged ? sy_json_from_int(r->leaf_index) : sy_json_null());
}

enum sy_err
api_record_json(struct db *db, const struct caller *c, const struct record_row *r, struct sy_json **ret)
{
	bool with_private = false;
	unsigned needed = 0;
	SY_AUTO_JSON *flat = NULL;
	SY_TRY(api_record_may_read(db, c, r, &with_private));
	SY_TRY(load_flat(db, r, with_private, &flat));
	SY_TRY(sealing_needed(db, r, &needed));
	SY_AUTO_JSON *v = NULL;
	SY_TRY(sy_json_pack(&v, "{s:o, s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:O}", "id", api_hex_json(r->id, 16), "version", r->version,
	    "type", r->type, "state", r->state, "issuer", api_hex_json(r->issuer, 16), "created_at", api_time_json(r->created_at),
	    "public_sha256", api_hex_json(r->public_sha256, 32), "private_sha256",
	    r->has_private ? api_hex_json(r->private_sha256, 32) : sy_json_null(), "needs", api_roles_json(needed), "data", flat));
	SY_TRY(add_log(v, r));
	*ret = v;
	v = NULL;
	return SY_OK;
}

enum sy_err
api_thing_json(const char *type, const struct thing_row *r, struct sy_json **ret)
{
	SY_AUTO_JSON *flat = NULL;
	SY_TRY(sy_json_parse(sy_buf_span(&r->json), &flat, NULL));
	return sy_json_pack(ret, "{s:o, s:I, s:s, s:o, s:o, s:O}", "id", api_hex_json(r->id, 16), "version", r->version, "type", type,
	    "issuer", api_hex_json(r->party, 16), "created_at", api_time_json(r->at), "data", flat);
}

static bool
may_read_thing(const struct caller *c, const struct thing_row *r)
{
	return sees_all(c) || (c->has_party && memcmp(c->party, r->party, 16) == 0);
}

static enum sy_err
get_thing(struct db *db, const struct request *req, enum thing_kind kind, int64_t version, struct reply *ret)
{
	uint8_t id[16];
	THING_ROW(row);
	SY_AUTO_JSON *v = NULL;
	SY_TRY(api_id(req, 0, id, sizeof id));
	SY_TRY(thing_store_get(db, kind, id, version, &row));
	if (!may_read_thing(req->user, &row))
		return SY_ERR_NOT_FOUND;
	SY_TRY(api_thing_json(req->route->response, &row, &v));
	reply_header(ret, "ETag", "\"%" PRId64 "\"", row.version);
	return reply_json(ret, 200, v);
}

enum sy_err
api_record_get(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	uint8_t id[16];
	int64_t version = 0;
	enum thing_kind kind;
	RECORD_ROW(row);
	SY_AUTO_JSON *v = NULL;
	SY_TRY(request_query_int(req, "version", 1, 1000000, 0, &version, reterr));
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	if (is_thing(req->route->response, &kind))
		return get_thing(loan.db, req, kind, version, ret);
	SY_TRY(api_id(req, 0, id, sizeof id));
	SY_TRY(record_store_get(loan.db, id, version, &row));
	if (strcmp(row.type, req->route->response) != 0)
		return SY_ERR_NOT_FOUND;
	SY_TRY(api_record_json(loan.db, req->user, &row, &v));
	reply_header(ret, "ETag", "\"%" PRId64 "\"", row.version);
	return reply_json(ret, 200, v);
}

static enum sy_err
reply_items(struct reply *ret, const struct sy_json *items, const char *next)
{
	SY_AUTO_JSON *v = NULL;
	SY_TRY(sy_json_pack(&v, "{s:O, s:o}", "items", items, "next", next == NULL ? sy_json_null() : sy_json_from_str(next)));
	return reply_json(ret, 200, v);
}

enum sy_err
api_record_versions(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	uint8_t id[16];
	enum thing_kind kind;
	bool thing = is_thing(req->route->response, &kind);
	SY_AUTO_JSON *items = sy_json_array();
	SY_TRY(api_id(req, 0, id, sizeof id));
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	for (int64_t version = 1;; version++) {
		RECORD_ROW(row);
		THING_ROW(t);
		struct sy_json *v = NULL;
		enum sy_err e = thing ? thing_store_get(loan.db, kind, id, version, &t) : record_store_get(loan.db, id, version, &row);
		if (e == SY_ERR_NOT_FOUND && version > 1)
			break;
		SY_TRY(e);
		if (thing ? !may_read_thing(req->user, &t) : strcmp(row.type, req->route->response) != 0)
			return SY_ERR_NOT_FOUND;
		SY_TRY(thing ? api_thing_json(req->route->response, &t, &v) : api_record_json(loan.db, req->user, &row, &v));
		SY_TRY(sy_json_append(items, v));
	}
	return reply_items(ret, items, NULL);
}

/* Cursor: "<created_at>-<id>" of the last one seen. */
static enum sy_err
read_cursor(const struct request *req, int64_t *retat, uint8_t retid[16], struct sy_fault *reterr)
{
	struct sy_buf b;
	sy_buf_init(&b, 128);
	*retat = INT64_MAX;
	memset(retid, 0xff, 16);
	enum sy_err e = request_query(req, "after", &b);
	if (e == SY_OK) {
		char *dash = NULL;
		const char *text = sy_buf_cstr(&b);
		*retat = strtoll(text, &dash, 10);
		e = *dash == '-' && dash != text ? sy_hex_parse(sy_span_str(dash + 1), retid, 16, NULL) : SY_ERR_MALFORMED;
	}
	sy_buf_done(&b);
	if (e == SY_ERR_NOT_FOUND)
		return SY_OK;
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, SY_ERR_MALFORMED, "after", 0, 0);
}

static void
print_cursor(int64_t at, const uint8_t id[16], char ret[64])
{
	char hex[33];
	sy_hex_print(sy_span(id, 16), hex);
	(void)snprintf(ret, 64, "%" PRId64 "-%s", at, hex);
}

static enum sy_err
list_things(struct db *db, const struct request *req, enum thing_kind kind, int64_t limit, struct reply *ret, struct sy_fault *reterr)
{
	int64_t at = 0;
	uint8_t id[16];
	char next[64] = "";
	const struct caller *c = req->user;
	SY_AUTO_JSON *items = sy_json_array();
	SY_TRY(read_cursor(req, &at, id, reterr));
	if (!sees_all(c) && !c->has_party)
		return reply_items(ret, items, NULL);
	for (int64_t n = 0; n < limit; n++) {
		THING_ROW(row);
		struct sy_json *v = NULL;
		enum sy_err e = thing_store_before(db, kind, sees_all(c) ? NULL : c->party, at, id, &row);
		if (e == SY_ERR_NOT_FOUND)
			return reply_items(ret, items, NULL);
		SY_TRY(e);
		at = row.at;
		memcpy(id, row.id, sizeof id);
		SY_TRY(api_thing_json(req->route->response, &row, &v));
		SY_TRY(sy_json_append(items, v));
	}
	print_cursor(at, id, next);
	return reply_items(ret, items, next);
}

static enum sy_err
list_records(struct db *db, const struct request *req, struct record_filter *f, struct reply *ret)
{
	struct db_stmt *s = NULL;
	char next[64] = "";
	bool more = false;
	RECORD_ROW(row);
	SY_AUTO_JSON *items = sy_json_array();
	int64_t n = 0;
	SY_TRY(record_store_list(db, f, &s));
	for (enum sy_err e = record_store_list_next(s, &row, &more); more || e != SY_OK; e = record_store_list_next(s, &row, &more)) {
		struct sy_json *v = NULL;
		if (e == SY_OK)
			e = api_record_json(db, req->user, &row, &v);
		if (e == SY_OK)
			e = sy_json_append(items, v);
		if (e != SY_OK) {
			db_reset(s);
			return e;
		}
		n++;
	}
	db_reset(s);
	print_cursor(row.created_at, row.id, next);
	return reply_items(ret, items, n == f->limit ? next : NULL);
}

enum sy_err
api_records_list(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	enum thing_kind kind;
	int64_t limit = 0;
	struct record_filter f = {.type = req->route->response, .all = sees_all(req->user)};
	SY_TRY(request_query_int(req, "limit", 1, 200, 50, &limit, reterr));
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	if (is_thing(f.type, &kind))
		return list_things(loan.db, req, kind, limit, ret, reterr);
	SY_TRY(read_cursor(req, &f.before_at, f.before_id, reterr));
	f.limit = limit;
	f.open_type = strcmp(f.type, "report") != 0;
	memcpy(f.party, req->user->party, sizeof f.party);
	struct sy_buf item, state;
	sy_buf_init(&item, 64);
	sy_buf_init(&state, 64);
	if (request_query(req, "gtin", &item) == SY_OK)
		f.item = sy_buf_cstr(&item);
	if (request_query(req, "state", &state) == SY_OK)
		f.state = sy_buf_cstr(&state);
	enum sy_err e = list_records(loan.db, req, &f, ret);
	sy_buf_done(&item);
	sy_buf_done(&state);
	return e;
}
