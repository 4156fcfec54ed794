/* users.c: people and machines that may use the API, and their keys. */
#include "server/api/api.h"

#include "certs/chain.h"
#include "certs/digest.h"
#include "schema/wire/hex.h"
#include "schema/wire/utf8.h"
#include "server/service/fact.h"
#include "server/service/now.h"
#include "server/service/sealing.h"

#include <stdio.h>
#include <string.h>

static enum sy_err
user_json(const struct user_row *u, struct sy_json **ret)
{
	return sy_json_pack(ret, "{s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "id", api_hex_json(u->id, 16), "name", u->name, "role", u->role,
	    "party", u->has_party ? api_hex_json(u->party, 16) : sy_json_null(), "duties", api_roles_json((unsigned)u->duties), "x5t#S256",
	    u->has_x5t ? api_hex_json(u->x5t, 32) : sy_json_null(), "disabled", sy_json_from_bool(u->disabled), "created_at",
	    api_time_json(u->at));
}

static enum sy_err
read_duties(const struct sy_json *body, int64_t *ret, struct sy_fault *reterr)
{
	const struct sy_json *list = sy_json_get(body, "duties");
	*ret = 0;
	if (list != NULL && sy_json_kind(list) != SY_JSON_ARRAY)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "duties", 0, 0);
	for (size_t i = 0; i < sy_json_len(list); i++) {
		const char *name = sy_json_str(sy_json_at(list, i));
		enum sy_role r;
		char field[24];
		(void)snprintf(field, sizeof field, "duties.%zu", i < 100 ? i : 100);
		if (name == NULL || sy_role_parse(sy_span_str(name), &r) != SY_OK || r == SY_ROLE_STATUS)
			return sy_fault_at(reterr, SY_ERR_UNKNOWN_CODE, field, 0, 0);
		*ret |= (int64_t)r;
	}
	return SY_OK;
}

static enum sy_err
read_user(struct db *db, const struct sy_json *body, struct user_row *ret, struct sy_fault *reterr)
{
	static const char *const names[] = {"name", "role", "party", "duties", NULL};
	const char *name = NULL, *role = NULL;
	SY_TRY(api_only(body, names, reterr));
	SY_TRY(api_text(body, "name", sizeof ret->name - 1, &name, reterr));
	enum sy_err e = sy_utf8_check(sy_span_str(name), false, reterr);
	if (e != SY_OK) {
		sy_fault_within(reterr, "name");
		return e;
	}
	SY_TRY(api_text(body, "role", 15, &role, reterr));
	if (role_parse(role) == 0)
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_CODE, "role", 0, 0);
	SY_TRY(read_duties(body, &ret->duties, reterr));
	(void)snprintf(ret->name, sizeof ret->name, "%s", name);
	(void)snprintf(ret->role, sizeof ret->role, "%s", role);
	ret->has_party = sy_json_get(body, "party") != NULL;
	if (!ret->has_party && role_parse(role) != ROLE_ADMINISTRATOR)
		return sy_fault_at(reterr, SY_ERR_MISSING, "party", 0, 0);
	if (!ret->has_party)
		return SY_OK;
	FACT(party);
	SY_TRY(api_hex(body, "party", ret->party, sizeof ret->party, reterr));
	return fact_get(db, "party", sy_json_get_str(body, "party"), "party", &party, reterr);
}

static enum sy_err
put_user(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct user_row *u = arg;
	enum sy_err e = user_store_add(db, u);
	return e == SY_ERR_EXISTS ? sy_fault_at(reterr, e, "name", 0, 0) : e;
}

static enum sy_err
set_user(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct user_row *u = arg;
	(void)reterr;
	return user_store_set(db, u);
}

enum sy_err
api_users_post(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	SY_AUTO_JSON *body = NULL;
	SY_AUTO_JSON *v = NULL;
	struct user_row u = {.at = now_seconds(app)};
	SY_TRY(api_body(req, &body, reterr));
	{
		DB_LOAN(app->reads, loan);
		SY_TRY(db_loan_take(&loan, reterr));
		SY_TRY(read_user(loan.db, body, &u, reterr));
	}
	SY_TRY(sy_random(u.id, sizeof u.id));
	struct trail_line line = trail_line(app, req->user, "user", u.id, u.role);
	SY_TRY(trail_commit(app, &line, put_user, &u, reterr));
	SY_TRY(user_json(&u, &v));
	return reply_json(ret, 201, v);
}

/* An administrator sees everyone; others themselves. */
static enum sy_err
load_user(struct app *app, const struct request *req, struct user_row *ret, struct sy_fault *reterr)
{
	uint8_t id[16];
	SY_TRY(api_id(req, 0, id, sizeof id));
	if (req->user->role != ROLE_ADMINISTRATOR && memcmp(id, req->user->id, sizeof id) != 0)
		return SY_ERR_NOT_FOUND;
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	return user_store_get(loan.db, id, ret);
}

enum sy_err
api_user_get(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	struct user_row u;
	SY_AUTO_JSON *v = NULL;
	SY_TRY(load_user(app, req, &u, reterr));
	SY_TRY(user_json(&u, &v));
	return reply_json(ret, 200, v);
}

enum sy_err
api_users_list(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	struct user_row u = {.at = 0};
	int64_t limit = 0, n = 0;
	struct sy_buf after;
	SY_AUTO_JSON *items = sy_json_array();
	SY_AUTO_JSON *v = NULL;
	SY_TRY(request_query_int(req, "limit", 1, 200, 50, &limit, reterr));
	sy_buf_init(&after, 128);
	enum sy_err e = request_query(req, "after", &after);
	if (e == SY_OK)
		e = sy_hex_parse(sy_buf_span(&after), u.id, sizeof u.id, NULL);
	sy_buf_done(&after);
	if (e != SY_OK && e != SY_ERR_NOT_FOUND)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "after", 0, 0);
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	for (; n < limit; n++) {
		struct sy_json *one = NULL;
		e = user_store_next(loan.db, u.id, &u);
		if (e == SY_ERR_NOT_FOUND)
			break;
		SY_TRY(e);
		SY_TRY(user_json(&u, &one));
		SY_TRY(sy_json_append(items, one));
	}
	SY_TRY(sy_json_pack(&v, "{s:O, s:o}", "items", items, "next", n == limit ? api_hex_json(u.id, 16) : sy_json_null()));
	return reply_json(ret, 200, v);
}

/* Disabling and enabling; duties. */
enum sy_err
api_user_put(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	static const char *const names[] = {"disabled", "duties", NULL};
	struct user_row u;
	SY_AUTO_JSON *body = NULL;
	SY_AUTO_JSON *v = NULL;
	SY_TRY(load_user(app, req, &u, reterr));
	SY_TRY(api_body(req, &body, reterr));
	SY_TRY(api_only(body, names, reterr));
	const struct sy_json *disabled = sy_json_get(body, "disabled");
	if (disabled != NULL && sy_json_kind(disabled) != SY_JSON_BOOL)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "disabled", 0, 0);
	if (disabled != NULL)
		u.disabled = sy_json_bool(disabled);
	if (sy_json_get(body, "duties") != NULL)
		SY_TRY(read_duties(body, &u.duties, reterr));
	struct trail_line line = trail_line(app, req->user, "user", u.id, u.disabled ? "disabled" : "changed");
	SY_TRY(trail_commit(app, &line, set_user, &u, reterr));
	SY_TRY(user_json(&u, &v));
	return reply_json(ret, 200, v);
}

enum sy_err
api_user_key(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	static const char *const names[] = {"passphrase", "subject", NULL};
	struct user_row u;
	const char *passphrase = NULL, *subject = NULL;
	char id[33], party[33];
	SY_AUTO_JSON *body = NULL;
	SY_AUTO_JSON *ask = NULL;
	SY_AUTO_JSON *answer = NULL;
	SY_TRY(load_user(app, req, &u, reterr));
	/* Sole control (电子签名法 13): nobody, an administrator neither, chooses the passphrase of another's key. */
	if (memcmp(u.id, req->user->id, sizeof u.id) != 0)
		return sy_fault_say(reterr, SY_ERR_FORBIDDEN, "", "密钥只能由本人生成", "a person's key is made by that person alone");
	SY_TRY(api_body(req, &body, reterr));
	SY_TRY(api_only(body, names, reterr));
	SY_TRY(api_text(body, "passphrase", 256, &passphrase, reterr));
	if (!u.has_party)
		return sy_fault_at(reterr, SY_ERR_WRONG_PARTY, "", 0, 0);
	if (sy_json_get(body, "subject") != NULL)
		SY_TRY(api_text(body, "subject", 64, &subject, reterr));
	sy_hex_print(sy_span(u.id, 16), id);
	sy_hex_print(sy_span(u.party, 16), party);
	SY_TRY(sy_json_pack(&ask, "{s:s, s:s, s:s, s:s, s:s}", "op", "person_new", "person", id, "party", party, "subject",
	    subject == NULL ? u.name : subject, "passphrase", passphrase));
	SY_TRY(signer_client_call(app->signer, ask, &answer, reterr));
	/* The key lies with the signer; here there is only that it was made. */
	struct trail_line line = trail_line(app, req->user, "key", u.id, NULL);
	SY_TRY(trail_commit(app, &line, NULL, NULL, reterr));
	return reply_json(ret, 201, answer);
}

enum sy_err
api_user_certificate(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	static const char *const names[] = {"certs", NULL};
	struct user_row u;
	char party[33];
	struct sealing_certs c = {0};
	SY_AUTO_JSON *body = NULL;
	SY_AUTO_JSON *v = NULL;
	SY_TRY(load_user(app, req, &u, reterr));
	SY_TRY(api_body(req, &body, reterr));
	SY_TRY(api_only(body, names, reterr));
	if (!u.has_party)
		return sy_fault_at(reterr, SY_ERR_WRONG_PARTY, "", 0, 0);
	sy_hex_print(sy_span(u.party, 16), party);
	enum sy_err e = sealing_certs_parse(sy_json_get(body, "certs"), &c, reterr);
	unsigned roles = e == SY_OK ? sy_cert_roles(c.cert[0]) : 0;
	if (e == SY_OK && roles == 0)
		e = sy_fault_at(reterr, SY_ERR_WRONG_ROLE, "certs.0", 0, 0);
	for (unsigned bit = 1; e == SY_OK && bit <= SY_ROLE_STATUS; bit *= 2)
		if ((roles & bit) != 0)
			e = sealing_certs_check(app, &c, (enum sy_role)bit, party, reterr);
	if (e == SY_OK)
		e = sealing_certs_store(app, &c, reterr);
	if (e == SY_OK) {
		u.has_x5t = true;
		memcpy(u.x5t, sy_cert_sha256(c.cert[0]), sizeof u.x5t);
		u.duties = (int64_t)roles;
		struct trail_line line = trail_line(app, req->user, "certificate", u.id, NULL);
		e = trail_commit(app, &line, set_user, &u, reterr);
	}
	sealing_certs_done(&c);
	SY_TRY(e);
	SY_TRY(user_json(&u, &v));
	return reply_json(ret, 200, v);
}
