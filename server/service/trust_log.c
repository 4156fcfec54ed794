/* trust_log.c: see trust_log.h. */
#include "server/service/trust_log.h"

#include "certs/digest.h"
#include "schema/wire/hex.h"
#include "server/service/logbook.h"
#include "server/service/own_record.h"
#include "server/store/trust.h"

#include <string.h>

/* {"version", "sha256"} of the newest list; *ret NULL: there is none. */
static enum sy_err
body_of_newest(struct app *app, struct db *db, struct sy_json **ret)
{
	uint8_t sha256[32];
	char hex[65];
	struct sy_buf note;
	struct sy_trust *list = NULL;
	sy_buf_init(&note, SY_TRUST_MAX);
	enum sy_err e = trust_store_newest(db, &note);
	if (e == SY_OK)
		e = sy_sha256(sy_buf_span(&note), sha256);
	if (e == SY_OK)
		e = sy_trust_parse(sy_buf_span(&note), trust_anchor(app->trust), &list, NULL);
	sy_buf_done(&note);
	if (e == SY_ERR_NOT_FOUND)
		return SY_OK;
	SY_TRY(e);
	long long version = (long long)sy_trust_facts(list)->version;
	sy_trust_free(list);
	sy_hex_print(sy_span(sha256, sizeof sha256), hex);
	return sy_json_pack(ret, "{s:I, s:s}", "version", version, "sha256", hex);
}

static enum sy_err
log_newest(struct app *app, struct own_last *last, struct sy_fault *reterr)
{
	SY_AUTO_JSON *body = NULL;
	{
		DB_LOAN(app->reads, loan);
		SY_TRY(db_loan_take(&loan, reterr));
		SY_TRY(body_of_newest(app, loan.db, &body));
		SY_TRY(own_last_read(loan.db, "trust", last));
	}
	if (body == NULL || (last->any && sy_json_eq(sy_json_get(body, "sha256"), sy_json_get(last->body, "sha256"))))
		return SY_OK;
	return own_record_add(app, "trust", last, body, reterr);
}

enum sy_err
trust_log_newest(struct app *app, struct sy_fault *reterr)
{
	struct own_last last = {.any = false};
	logbook_turn(app->logbook);
	enum sy_err e = log_newest(app, &last, reterr);
	logbook_turn_end(app->logbook);
	own_last_done(&last);
	return e;
}

static enum sy_err
tell_signer(struct app *app, struct sy_fault *reterr)
{
	SY_AUTO_JSON *ask = NULL;
	SY_AUTO_JSON *hello = NULL;
	SY_AUTO_JSON *list = NULL;
	SY_AUTO_JSON *answer = NULL;
	struct sy_buf note;
	SY_TRY(sy_json_pack(&ask, "{s:s}", "op", "hello"));
	SY_TRY(signer_client_call(app->signer, ask, &hello, reterr));
	const struct sy_trust *now = trust_now(app->trust);
	if (now == NULL || sy_json_get_int(hello, "trust_version", 0) >= (int64_t)sy_trust_facts(now)->version)
		return SY_OK;
	sy_buf_init(&note, SY_TRUST_MAX);
	enum sy_err e;
	{
		DB_LOAN(app->reads, loan);
		e = db_loan_take(&loan, reterr);
		if (e == SY_OK)
			e = trust_store_newest(loan.db, &note);
	}
	if (e == SY_OK)
		e = sy_json_pack(&list, "{s:s, s:o}", "op", "trust", "note", sy_json_from_span(sy_buf_span(&note)));
	sy_buf_done(&note);
	SY_TRY(e);
	return signer_client_call(app->signer, list, &answer, reterr);
}

enum sy_err
trust_log_catch_up(struct app *app, struct sy_fault *reterr)
{
	SY_TRY(tell_signer(app, reterr));
	return trust_log_newest(app, reterr);
}
