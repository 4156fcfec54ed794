/* draft.c: from a request to a frozen statement; what all types share. */
#include "server/service/draft.h"

#include "certs/digest.h"
#include "schema/wire/canon.h"
#include "schema/wire/hex.h"
#include "server/service/fact.h"
#include "schema/wire/time.h"
#include "server/service/now.h"
#include "server/store/body.h"

#include <inttypes.h>
#include <string.h>

static const struct {
	const char *type;
	draft_rule *run;
} rules[] = {
    {"party", draft_party}, {"product", draft_product}, {"lot", draft_lot}, {"report", draft_report},
    {"certificate", draft_certificate}, {"release", draft_release}, {"allocation", draft_allocation},
    {"activation", draft_activation}, {"hold", draft_hold}, {"void", draft_void}, {"recall", draft_recall},
};

void
draft_done(struct draft *d)
{
	sy_json_free(d->previous);
	sy_json_free(d->flat);
	sy_json_free(d->subject);
	sy_json_free(d->figures);
	record_row_done(&d->row);
	sy_buf_done(&d->public_text);
	sy_buf_done(&d->private_text);
	memset(d, 0, sizeof *d);
}

enum sy_err
draft_random_hex(char *ret, size_t bytes)
{
	uint8_t raw[32];
	SY_TRY(sy_random(raw, bytes));
	sy_hex_print(sy_span(raw, bytes), ret);
	return SY_OK;
}

enum sy_err
draft_own(const struct caller *caller, const char *party_hex, const char *field, struct sy_fault *reterr)
{
	if (caller->role == ROLE_ADMINISTRATOR && !caller->has_party)
		return SY_OK;
	if (caller->has_party && party_hex != NULL && strcmp(caller->party_hex, party_hex) == 0)
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_WRONG_PARTY, field, "只能为本单位录入，%s 不是您的单位", "you enter for your own party, and %s is not yours", party_hex == NULL ? "-" : party_hex);
}

enum sy_err
draft_demonstration(struct app *app, const struct sy_json *flat, struct sy_fault *reterr)
{
	if (app->conf->demonstration || !sy_json_bool(sy_json_get(flat, "demonstration")))
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "demonstration", "本系统不是演示系统，应为 false", "this deployment is no demonstration: false");
}

enum sy_err
draft_date_not_after(const struct sy_json *flat, const char *field, int32_t day, struct sy_fault *reterr)
{
	const char *text = sy_json_get_str(flat, field);
	int32_t d = 0;
	char latest[SY_DATE_SIZE];
	if (text == NULL)
		return SY_OK;
	SY_TRY(sy_date_parse(sy_span_str(text), &d, reterr));
	if (d <= day)
		return SY_OK;
	sy_date_print(day, latest);
	return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, field, "不应晚于 %s", "not after %s", latest);
}

/* A new version stands on the newest one, which must be in the log. */
static enum sy_err
over_previous(struct db *db, const char *type, const char *id, int64_t over, struct draft *d, struct sy_fault *reterr)
{
	RECORD_ROW(newest);
	SY_TRY(sy_hex_parse(sy_span_str(id), d->id16, sizeof d->id16, reterr));
	SY_TRY(record_store_get(db, d->id16, 0, &newest));
	if (strcmp(newest.type, type) != 0)
		return SY_ERR_NOT_FOUND;
	if (newest.version != over)
		return sy_fault_say(reterr, SY_ERR_VERSION_CONFLICT, "", "现在是第 %" PRId64 " 版，请在其上修改", "it is at version %" PRId64 ": make your change to that one", newest.version);
	if (!newest.logged)
		return sy_fault_say(reterr, SY_ERR_WRONG_STATE, "", "上一版（%s）还没有盖齐；请先盖齐，或放弃它", "the version before (%s) is not sealed yet: seal it, or give it up", newest.state);
	FACT(f);
	SY_TRY(fact_get(db, "id", id, type, &f, reterr));
	memcpy(d->supersedes, f.leaf, sizeof d->supersedes);
	d->previous = f.body;
	f.body = NULL;
	d->version = newest.version + 1;
	return SY_OK;
}

static enum sy_err
body_text(const struct sy_json *body, struct sy_buf *ret, uint8_t retsha[32])
{
	sy_buf_init(ret, STORE_BODY_MAX);
	sy_canon_print(body, ret);
	SY_TRY(sy_buf_err(ret));
	return sy_sha256(sy_buf_span(ret), retsha);
}

static enum sy_err
freeze_bodies(struct draft *d)
{
	char salt[2][33];
	SY_TRY(draft_random_hex(salt[0], 16));
	SY_TRY(draft_random_hex(salt[1], 16));
	SY_AUTO_JSON *pub = NULL;
	SY_AUTO_JSON *priv = NULL;
	SY_TRY(sy_shape_split(d->shape, d->flat, salt[0], salt[1], &pub, &priv));
	SY_TRY(body_text(pub, &d->public_text, d->row.public_sha256));
	d->row.has_private = priv != NULL;
	return priv == NULL ? SY_OK : body_text(priv, &d->private_text, d->row.private_sha256);
}

static enum sy_err
freeze_statement(struct draft *d, struct sy_fault *reterr)
{
	struct sy_statement s = {.type = sy_statement_type(d->shape->name), .version = d->version, .time = d->time,
	    .subject = d->subject, .figures = d->figures};
	memcpy(s.id, d->id, sizeof s.id);
	memcpy(s.supersedes, d->supersedes, sizeof s.supersedes);
	memcpy(s.issuer, d->issuer, sizeof s.issuer);
	sy_hex_print(sy_span(d->row.public_sha256, 32), s.public_sha256);
	if (d->row.has_private)
		sy_hex_print(sy_span(d->row.private_sha256, 32), s.private_sha256);
	return sy_statement_print(&s, &d->row.statement, reterr);
}

static enum sy_err
freeze(struct draft *d, struct sy_fault *reterr)
{
	struct record_row *r = &d->row;
	SY_TRY(freeze_bodies(d));
	SY_TRY(freeze_statement(d, reterr));
	memcpy(r->id, d->id16, sizeof r->id);
	r->version = d->version;
	memcpy(r->type, d->shape->name, strlen(d->shape->name) + 1);
	SY_TRY(sy_hex_parse(sy_span_str(d->issuer), r->issuer, sizeof r->issuer, NULL));
	r->created_at = d->time;
	r->has_by = true;
	memcpy(r->created_by, d->caller->id, sizeof r->created_by);
	return SY_OK;
}

enum sy_err
draft_make(struct app *app, struct db *db, const struct caller *caller, const char *type, const char *id, int64_t over,
    const struct sy_json *request, struct draft *ret, struct sy_fault *reterr)
{
	struct draft *d = ret;
	memset(d, 0, sizeof *d);
	record_row_init(&d->row);
	d->shape = sy_shapes_find(type);
	d->caller = caller;
	d->version = 1;
	d->time = now_seconds(app);
	d->today = sy_date_of_time(d->time);
	if (d->shape == NULL)
		return SY_ERR_INTERNAL;
	SY_TRY(sy_shape_check(d->shape, request, reterr));
	if (id == NULL)
		SY_TRY(sy_random(d->id16, sizeof d->id16));
	else
		SY_TRY(over_previous(db, type, id, over, d, reterr));
	sy_hex_print(sy_span(d->id16, sizeof d->id16), d->id);
	d->flat = sy_json_copy(request);
	if (d->flat == NULL)
		return SY_ERR_NO_MEMORY;
	SY_TRY(draft_demonstration(app, d->flat, reterr));
	for (size_t i = 0; i < SY_LEN(rules); i++)
		if (strcmp(rules[i].type, type) == 0)
			SY_TRY(rules[i].run(app, db, d, reterr));
	return freeze(d, reterr);
}
