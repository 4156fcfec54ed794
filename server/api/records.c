/* records.c: creating, correcting and reading records. One set of handlers for
 * all types: what differs is the shape and the rule (service/draft). The type
 * of a route stands in its row as the response. */
#include "server/api/api.h"

#include "certs/digest.h"
#include "schema/wire/canon.h"
#include "schema/wire/hex.h"
#include "server/service/draft.h"
#include "server/service/logbook.h"
#include "server/service/now.h"
#include "server/service/sealing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
thing_of(const char *type, enum thing_kind *ret)
{
	*ret = strcmp(type, "facility") == 0 ? THING_FACILITY : THING_SAMPLE;
	return *ret == THING_FACILITY || strcmp(type, "sample") == 0;
}

struct new_thing {
	enum thing_kind kind;
	const char *type;
	struct thing_row row;
	const struct idem_row *idem;
};

static enum sy_err
put_thing(struct db *db, void *arg, struct sy_fault *reterr)
{
	struct new_thing *n = arg;
	char id[33], begun[64];
	THING_ROW(newest);
	if (n->row.version > 1) {
		SY_TRY(thing_store_get(db, n->kind, n->row.id, 0, &newest));
		if (newest.version != n->row.version - 1)
			return sy_fault_say(reterr, SY_ERR_VERSION_CONFLICT, "", "现在是第 %" PRId64 " 版，请在其上修改", "it is at version %" PRId64 ": make your change to that one", newest.version);
	}
	SY_TRY(thing_store_add(db, n->kind, &n->row));
	if (n->idem == NULL)
		return SY_OK;
	sy_hex_print(sy_span(n->row.id, 16), id);
	(void)snprintf(begun, sizeof begun, "%s %s", n->type, id);
	return idem_store_begin(db, n->idem, begun);
}

static enum sy_err
answer_thing(struct reply *ret, unsigned status, const char *type, const struct thing_row *row)
{
	SY_AUTO_JSON *v = NULL;
	SY_TRY(api_thing_json(type, row, &v));
	SY_TRY(reply_json(ret, status, v));
	reply_header(ret, "ETag", "\"%" PRId64 "\"", row->version);
	return SY_OK;
}

/* Facilities and samples: no statement, no log. version 0: new. */
static enum sy_err
write_thing(struct app *app, const struct request *req, const char *type, const struct sy_json *body, const uint8_t *id, int64_t over,
    struct reply *ret, struct sy_fault *reterr)
{
	struct new_thing n = {.type = type, .idem = api_idem(req), .row = {.version = over + 1, .at = now_seconds(app)}};
	(void)thing_of(type, &n.kind);
	sy_buf_init(&n.row.json, STORE_THING_MAX);
	enum sy_err e = SY_OK;
	{
		DB_LOAN(app->reads, loan);
		SY_TRY(db_loan_take(&loan, reterr));
		SY_TRY(draft_thing(loan.db, req->user, type, body, n.row.party, reterr));
		SY_TRY(draft_demonstration(app, body, reterr));
		if (id != NULL) {
			THING_ROW(old);
			SY_TRY(thing_store_get(loan.db, n.kind, id, 0, &old));
			if (memcmp(old.party, n.row.party, sizeof old.party) != 0)
				return SY_ERR_NOT_FOUND;
		}
	}
	if (id != NULL)
		memcpy(n.row.id, id, sizeof n.row.id);
	else
		e = sy_random(n.row.id, sizeof n.row.id);
	sy_canon_print(body, &n.row.json);
	if (e == SY_OK)
		e = sy_buf_err(&n.row.json);
	struct trail_line line = trail_line(app, req->user, id == NULL ? "create" : "correct", n.row.id, type);
	if (e == SY_OK)
		e = trail_commit(app, &line, put_thing, &n, reterr);
	if (e == SY_OK)
		e = answer_thing(ret, id == NULL ? 201 : 200, type, &n.row);
	sy_buf_done(&n.row.json);
	return e;
}

struct new_record {
	const struct draft *draft;
	const struct idem_row *idem;
};

static enum sy_err
put_record(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct new_record *n = arg;
	(void)reterr;
	return log_put_record(db, n->draft, n->idem);
}

static bool
is_status(const struct draft *d)
{
	bool all = false;
	return sealing_roles(d->row.type, d->flat, &all) == SY_ROLE_STATUS;
}

static enum sy_err
answer_record(struct app *app, const struct request *req, const uint8_t id[16], int64_t version, unsigned status, struct reply *ret,
    struct sy_fault *reterr)
{
	RECORD_ROW(row);
	SY_AUTO_JSON *v = NULL;
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(record_store_get(loan.db, id, version, &row));
	SY_TRY(api_record_json(loan.db, req->user, &row, &v));
	SY_TRY(reply_json(ret, status, v));
	reply_header(ret, "ETag", "\"%" PRId64 "\"", row.version);
	return SY_OK;
}

static enum sy_err
write_draft(struct app *app, const struct request *req, const struct draft *d, struct sy_fault *reterr)
{
	struct new_record n = {.draft = d, .idem = api_idem(req)};
	struct trail_line line = trail_line(app, req->user, d->version == 1 ? "create" : "correct", d->id16, d->row.type);
	if (!is_status(d))
		return trail_commit(app, &line, put_record, &n, reterr);
	struct log_item item;
	struct log_place place;
	SY_TRY(sealing_by_status(app, d, &item, reterr));
	item.idem = n.idem;
	item.line = &line;
	return logbook_add(app->logbook, &item, &place, reterr);
}

static enum sy_err
make_and_write(struct app *app, const struct request *req, const char *type, const struct sy_json *body, const char *id, int64_t over,
    struct draft *d, struct sy_fault *reterr)
{
	{
		DB_LOAN(app->reads, loan);
		SY_TRY(db_loan_take(&loan, reterr));
		SY_TRY(draft_make(app, loan.db, req->user, type, id, over, body, d, reterr));
	}
	return write_draft(app, req, d, reterr);
}

static enum sy_err
write_record(struct app *app, const struct request *req, const char *type, const struct sy_json *body, const char *id, int64_t over,
    struct reply *ret, struct sy_fault *reterr)
{
	struct draft d;
	memset(&d, 0, sizeof d);
	/* An allocation takes the next counter, a party a code that nobody has: the next one waits until this one is in the log. */
	bool turn = strcmp(type, "allocation") == 0 || strcmp(type, "party") == 0;
	if (turn)
		logbook_turn(app->logbook);
	enum sy_err e = make_and_write(app, req, type, body, id, over, &d, reterr);
	if (turn)
		logbook_turn_end(app->logbook);
	if (e == SY_OK)
		e = answer_record(app, req, d.id16, d.version, id == NULL ? 201 : 200, ret, reterr);
	draft_done(&d);
	return e;
}

enum sy_err
api_records_post(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	enum thing_kind kind;
	const char *type = req->route->response;
	SY_AUTO_JSON *body = NULL;
	SY_TRY(api_body(req, &body, reterr));
	if (thing_of(type, &kind))
		return write_thing(app, req, type, body, NULL, 0, ret, reterr);
	return write_record(app, req, type, body, NULL, 0, ret, reterr);
}

/* If-Match: "n" (RFC 9110 13.1.1), the version that the client has seen. */
static enum sy_err
if_match(const struct request *req, int64_t *ret, struct sy_fault *reterr)
{
	struct sy_span v = request_header(req, "If-Match");
	*ret = 0;
	if (v.data == NULL)
		return sy_fault_at(reterr, SY_ERR_MISSING, "If-Match", 0, 0);
	if (v.len < 3 || v.len > 10 || v.data[0] != '"' || v.data[v.len - 1] != '"')
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "If-Match", 0, v.len);
	for (size_t i = 1; i + 1 < v.len; i++) {
		if (v.data[i] < '0' || v.data[i] > '9')
			return sy_fault_at(reterr, SY_ERR_MALFORMED, "If-Match", i, 1);
		*ret = *ret * 10 + (v.data[i] - '0');
	}
	return *ret >= 1 ? SY_OK : sy_fault_at(reterr, SY_ERR_MALFORMED, "If-Match", 0, v.len);
}

enum sy_err
api_record_put(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	enum thing_kind kind;
	const char *type = req->route->response;
	uint8_t id[16];
	char hex[33];
	int64_t over = 0;
	SY_AUTO_JSON *body = NULL;
	SY_TRY(api_id(req, 0, id, sizeof id));
	SY_TRY(if_match(req, &over, reterr));
	SY_TRY(api_body(req, &body, reterr));
	if (thing_of(type, &kind))
		return write_thing(app, req, type, body, id, over, ret, reterr);
	bool may_see_private = false;
	{
		RECORD_ROW(row);
		DB_LOAN(app->reads, loan);
		SY_TRY(db_loan_take(&loan, reterr));
		SY_TRY(record_store_get(loan.db, id, 0, &row));
		if (strcmp(row.type, type) != 0)
			return SY_ERR_NOT_FOUND;
		SY_TRY(api_record_may_read(loan.db, req->user, &row, &may_see_private));
	}
	sy_hex_print(sy_span(id, sizeof id), hex);
	return write_record(app, req, type, body, hex, over, ret, reterr);
}

struct given_up {
	const struct caller *caller;
	uint8_t id[16];
};

static enum sy_err
give_up(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct given_up *g = arg;
	RECORD_ROW(row);
	(void)reterr;
	SY_TRY(record_store_get(db, g->id, 0, &row));
	if (!(g->caller->role == ROLE_ADMINISTRATOR || (g->caller->has_party && memcmp(g->caller->party, row.issuer, 16) == 0)))
		return SY_ERR_NOT_FOUND;
	return record_store_give_up(db, row.id, row.version);
}

enum sy_err
api_record_delete(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	struct given_up g = {.caller = req->user};
	SY_TRY(api_id(req, 0, g.id, sizeof g.id));
	struct trail_line line = trail_line(app, req->user, "give up", g.id, req->route->response);
	SY_TRY(trail_commit(app, &line, give_up, &g, reterr));
	ret->status = 204;
	return SY_OK;
}

enum sy_err
api_record_resume(struct app *app, const struct request *req, const char *begun, struct reply *ret, struct sy_fault *reterr)
{
	const char *space = strchr(begun, ' ');
	char type[32] = "";
	uint8_t id[16];
	enum thing_kind kind;
	if (space == NULL || (size_t)(space - begun) >= sizeof type || sy_hex_parse(sy_span_str(space + 1), id, sizeof id, NULL) != SY_OK)
		return SY_ERR_CONFLICT;
	memcpy(type, begun, (size_t)(space - begun));
	if (!thing_of(type, &kind))
		return answer_record(app, req, id, 0, 201, ret, reterr);
	THING_ROW(row);
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(thing_store_get(loan.db, kind, id, 0, &row));
	return answer_thing(ret, 201, type, &row);
}
