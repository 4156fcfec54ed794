/* tokens.c: bearer tokens: made, listed, revoked. The secret is shown once. */
#include "server/api/api.h"

#include "certs/digest.h"
#include "schema/wire/hex.h"
#include "schema/wire/utf8.h"
#include "server/service/auth.h"
#include "server/service/now.h"

#include <stdio.h>
#include <string.h>

#define DAYS_DEFAULT 90
#define DAYS_MAX 3650

static enum sy_err
token_json(const struct token_row *t, const char *secret, struct sy_json **ret)
{
	SY_TRY(sy_json_pack(ret, "{s:o, s:o, s:s, s:o, s:o}", "id", api_hex_json(t->sha256, 32), "user", api_hex_json(t->user, 16), "label",
	    t->label, "expires_at", api_time_json(t->expires), "revoked", sy_json_from_bool(t->revoked)));
	return secret == NULL ? SY_OK : sy_json_set(*ret, "token", sy_json_from_str(secret));
}

static enum sy_err
put_token(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct token_row *t = arg;
	struct user_row u;
	enum sy_err e = user_store_get(db, t->user, &u);
	if (e == SY_ERR_NOT_FOUND)
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_CODE, "user", 0, 0);
	SY_TRY(e);
	e = token_store_add(db, t);
	return e == SY_ERR_EXISTS ? SY_OK : e; /* the same request again */
}

/* With an Idempotency-Key the same request gives the same secret, and none is kept:
 * it is derived from the caller's own token, which only the caller has. */
static enum sy_err
make_secret(const struct request *req, uint8_t ret[32])
{
	const struct idem_row *idem = api_idem(req);
	uint8_t message[32 + 129];
	if (idem == NULL)
		return sy_random(ret, 32);
	size_t n = strlen(idem->key);
	memcpy(message, idem->request, 32);
	memcpy(message + 32, idem->key, n);
	return sy_hmac(sy_span(req->user->secret_mac, 32), sy_span(message, 32 + n), ret);
}

/* user: NULL: the body says whose, or the caller's own. */
static enum sy_err
make(struct app *app, const struct request *req, const uint8_t *user, struct reply *ret, struct sy_fault *reterr)
{
	static const char *const names[] = {"user", "label", "days", NULL};
	const char *label = NULL;
	uint8_t secret[32];
	char token[AUTH_TOKEN_SIZE];
	struct token_row t = {.revoked = false};
	SY_AUTO_JSON *body = NULL;
	SY_AUTO_JSON *v = NULL;
	SY_TRY(api_body(req, &body, reterr));
	SY_TRY(api_only(body, names, reterr));
	memcpy(t.user, user != NULL ? user : req->user->id, sizeof t.user);
	if (sy_json_get(body, "user") != NULL)
		SY_TRY(api_hex(body, "user", t.user, sizeof t.user, reterr));
	if (memcmp(t.user, req->user->id, sizeof t.user) != 0 && req->user->role != ROLE_ADMINISTRATOR)
		return sy_fault_at(reterr, SY_ERR_FORBIDDEN, "user", 0, 0);
	SY_TRY(api_text(body, "label", sizeof t.label - 1, &label, reterr));
	enum sy_err e = sy_utf8_check(sy_span_str(label), false, reterr);
	if (e != SY_OK) {
		sy_fault_within(reterr, "label");
		return e;
	}
	const struct sy_json *days = sy_json_get(body, "days");
	int64_t n = sy_json_int(days, days == NULL ? DAYS_DEFAULT : 0);
	if (n < 1 || n > DAYS_MAX)
		return sy_fault_at(reterr, days != NULL && sy_json_kind(days) != SY_JSON_INT ? SY_ERR_WRONG_TYPE : SY_ERR_OUT_OF_RANGE, "days", 0, 0);
	(void)snprintf(t.label, sizeof t.label, "%s", label);
	t.expires = now_seconds(app) + n * 86400;
	SY_TRY(make_secret(req, secret));
	auth_token_print(secret, token);
	SY_TRY(auth_token_hash(token, t.sha256));
	struct trail_line line = trail_line(app, req->user, "token", t.user, t.label);
	SY_TRY(trail_commit(app, &line, put_token, &t, reterr));
	{
		/* As it stands in the store: a repeated request did not change when it ends. */
		DB_LOAN(app->reads, loan);
		SY_TRY(db_loan_take(&loan, reterr));
		SY_TRY(token_store_get(loan.db, t.sha256, &t));
	}
	SY_TRY(token_json(&t, token, &v));
	return reply_json(ret, 201, v);
}

enum sy_err
api_tokens_post(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	uint8_t user[16];
	if (req->ncaptures == 0)
		return make(app, req, NULL, ret, reterr);
	SY_TRY(api_id(req, 0, user, sizeof user));
	return make(app, req, user, ret, reterr);
}

enum sy_err
api_tokens_list(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	struct token_row t = {.revoked = false};
	SY_AUTO_JSON *items = sy_json_array();
	SY_AUTO_JSON *v = NULL;
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	for (;;) {
		struct sy_json *one = NULL;
		enum sy_err e = token_store_next(loan.db, t.sha256, &t);
		if (e == SY_ERR_NOT_FOUND)
			break;
		SY_TRY(e);
		if (req->user->role != ROLE_ADMINISTRATOR && memcmp(t.user, req->user->id, sizeof t.user) != 0)
			continue;
		SY_TRY(token_json(&t, NULL, &one));
		SY_TRY(sy_json_append(items, one));
	}
	SY_TRY(sy_json_pack(&v, "{s:O, s:o}", "items", items, "next", sy_json_null()));
	return reply_json(ret, 200, v);
}

struct revocation {
	const struct caller *caller;
	uint8_t sha256[32];
};

static enum sy_err
revoke(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct revocation *r = arg;
	struct token_row t;
	(void)reterr;
	SY_TRY(token_store_get(db, r->sha256, &t));
	if (r->caller->role != ROLE_ADMINISTRATOR && memcmp(t.user, r->caller->id, sizeof t.user) != 0)
		return SY_ERR_NOT_FOUND;
	return token_store_revoke(db, r->sha256);
}

enum sy_err
api_token_delete(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	struct revocation r = {.caller = req->user};
	SY_TRY(api_id(req, 0, r.sha256, sizeof r.sha256));
	struct trail_line line = trail_line(app, req->user, "revoke", NULL, "token");
	SY_TRY(trail_commit(app, &line, revoke, &r, reterr));
	ret->status = 204;
	return SY_OK;
}
