/* own_record.c: from a body to a record sealed by the status key, in the log. */
#include "server/service/own_record.h"

#include "certs/digest.h"
#include "schema/model/statement.h"
#include "schema/wire/canon.h"
#include "schema/wire/hex.h"
#include "server/service/draft.h"
#include "server/service/logbook.h"
#include "server/service/now.h"
#include "server/service/sealing.h"
#include "server/store/body.h"

#include <stdio.h>
#include <string.h>

enum sy_err
own_last_read(struct db *db, const char *type, struct own_last *ret)
{
	struct sy_buf text;
	RECORD_ROW(r);
	memset(ret, 0, sizeof *ret);
	enum sy_err e = record_store_newest_of(db, type, &r);
	if (e == SY_ERR_NOT_FOUND)
		return SY_OK;
	SY_TRY(e);
	ret->any = true;
	ret->version = r.version;
	memcpy(ret->id, r.id, sizeof ret->id);
	memcpy(ret->leaf, r.leaf, sizeof ret->leaf);
	sy_buf_init(&text, STORE_BODY_MAX);
	e = body_store_get(db, r.public_sha256, NULL, &text);
	if (e == SY_OK)
		e = sy_json_parse(sy_buf_span(&text), &ret->body, NULL);
	sy_buf_done(&text);
	return e;
}

void
own_last_done(struct own_last *l)
{
	sy_json_free(l->body);
	l->body = NULL;
}

static enum sy_err
print_body(struct sy_json *body, struct draft *d)
{
	char salt[33];
	SY_TRY(draft_random_hex(salt, 16));
	SY_TRY(sy_json_set(body, "salt", sy_json_from_str(salt)));
	sy_buf_init(&d->public_text, STORE_BODY_MAX);
	sy_canon_print(body, &d->public_text);
	SY_TRY(sy_buf_err(&d->public_text));
	return sy_sha256(sy_buf_span(&d->public_text), d->row.public_sha256);
}

/* Its issuer is named after the log. */
static enum sy_err
issuer_of(struct app *app, char ret[33])
{
	uint8_t hash[32];
	SY_TRY(sy_sha256(sy_span_str(app->conf->log_origin), hash));
	sy_hex_print(sy_span(hash, 16), ret);
	return SY_OK;
}

static enum sy_err
print_statement(struct app *app, const char *type, const struct own_last *l, struct draft *d, struct sy_fault *reterr)
{
	struct sy_statement s = {.type = sy_statement_type(type), .version = l->any ? l->version + 1 : 1, .time = now_seconds(app)};
	if (l->any) {
		memcpy(d->id16, l->id, sizeof d->id16);
		sy_hex_print(sy_span(l->leaf, 32), s.supersedes);
	} else {
		SY_TRY(sy_random(d->id16, sizeof d->id16));
	}
	sy_hex_print(sy_span(d->id16, sizeof d->id16), d->id);
	SY_TRY(issuer_of(app, d->issuer));
	memcpy(s.id, d->id, sizeof s.id);
	memcpy(s.issuer, d->issuer, sizeof s.issuer);
	sy_hex_print(sy_span(d->row.public_sha256, 32), s.public_sha256);
	SY_TRY(sy_statement_print(&s, &d->row.statement, reterr));
	memcpy(d->row.id, d->id16, sizeof d->row.id);
	(void)snprintf(d->row.type, sizeof d->row.type, "%s", type);
	d->row.version = d->version = s.version;
	d->row.created_at = d->time = s.time;
	return sy_hex_parse(sy_span_str(d->issuer), d->row.issuer, 16, NULL);
}

static enum sy_err
add(struct app *app, const char *type, const struct own_last *last, struct sy_json *body, struct draft *d, struct sy_fault *reterr)
{
	struct log_item item;
	struct log_place place;
	SY_TRY(print_body(body, d));
	SY_TRY(print_statement(app, type, last, d, reterr));
	SY_TRY(sealing_by_status(app, d, &item, reterr));
	return logbook_add(app->logbook, &item, &place, reterr);
}

enum sy_err
own_record_add(struct app *app, const char *type, const struct own_last *last, struct sy_json *body, struct sy_fault *reterr)
{
	struct draft d;
	memset(&d, 0, sizeof d);
	record_row_init(&d.row);
	enum sy_err e = add(app, type, last, body, &d, reterr);
	draft_done(&d);
	return e;
}
