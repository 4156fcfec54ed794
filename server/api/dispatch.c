/* dispatch.c: the way every request goes. Nothing is read of a body before it is
 * clear who asks and whether that role may. */
#include "server/api/dispatch.h"

#include "certs/digest.h"
#include "server/api/api.h"
#include "server/api/page.h"
#include "server/api/public.h"
#include "server/api/status.h"
#include "server/http/problem.h"
#include "server/service/auth.h"
#include "server/service/limit.h"
#include "server/service/metrics.h"
#include "server/service/now.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ANSWER_MAX (1u << 20)
#define FORGET_EVERY 600 /* seconds between looks for old requests */

struct state {
	struct caller caller;
	bool known, has_idem;
	struct idem_row idem;
};

static bool
is_json(struct sy_span type)
{
	static const char json[] = "application/json";
	size_t n = sizeof json - 1;
	return type.len >= n && strncasecmp((const char *)type.data, json, n) == 0 &&
	    (type.len == n || type.data[n] == ';' || type.data[n] == ' ');
}

static enum sy_err
read_key(struct app *app, const struct request *req, struct state *s, struct sy_fault *reterr)
{
	struct sy_span key = request_header(req, "Idempotency-Key");
	if (req->method != HTTP_POST || key.data == NULL || !s->known)
		return SY_OK;
	if (key.len == 0 || key.len >= sizeof s->idem.key)
		return sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "Idempotency-Key", 0, key.len);
	for (size_t i = 0; i < key.len; i++)
		if (key.data[i] < 0x20 || key.data[i] > 0x7e)
			return sy_fault_at(reterr, SY_ERR_BAD_CHARACTER, "Idempotency-Key", i, 1);
	memcpy(s->idem.key, key.data, key.len);
	memcpy(s->idem.user, s->caller.id, sizeof s->idem.user);
	s->idem.at = now_seconds(app);
	s->has_idem = true;
	return SY_OK;
}

static bool
is_label(const struct route *r)
{
	return r != NULL && (r->run == api_label_get || r->run == api_page_v);
}

/* Before anything is looked up: guessing serials and copying the records out take a place in the minute. */
static enum sy_err
admit_label(struct app *app, const struct request *req, struct sy_fault *reterr)
{
	if (!is_label(req->route) || limit_take(app->verified, req->peer, now_seconds(app), 1, app->conf->verify_rate))
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_TOO_MANY, "", "本地址每分钟限 %lld 次查验，请稍候再试", "%lld verifications a minute from one address: please wait a minute",
	    (long long)app->conf->verify_rate);
}

static enum sy_err
admit(struct app *app, struct request *req, struct state *s, struct sy_fault *reterr)
{
	const struct route *r = req->route;
	if (r->who == ROUTE_PUBLIC)
		return admit_label(app, req, reterr);
	SY_TRY(auth_caller(app, request_header(req, "Authorization"), req->peer, &s->caller, reterr));
	s->known = true;
	req->user = &s->caller;
	if ((r->who & s->caller.role) == 0)
		return sy_fault_say(reterr, SY_ERR_FORBIDDEN, "", "您的角色是 %s；请由有权的人来做", "your role is %s: ask somebody whose role may", role_name(s->caller.role));
	if (r->body_max > 0 && req->method != HTTP_DELETE && !is_json(request_header(req, "Content-Type")))
		return SY_ERR_UNSUPPORTED_MEDIA;
	return read_key(app, req, s, reterr);
}

static enum sy_err
begin(struct app *app, struct request *req, void **retstate, size_t *retbody_max, struct reply *reply, struct sy_fault *reterr)
{
	unsigned methods = 0;
	const struct route *r = NULL;
	(void)reply;
	SY_TRY(route_find(req, &r, &methods));
	struct state *s = calloc(1, sizeof *s);
	if (s == NULL)
		return SY_ERR_NO_MEMORY;
	*retstate = s;
	req->state = s;
	*retbody_max = r->body_max;
	return admit(app, req, s, reterr);
}

static void
allow_header(const struct request *req, struct reply *reply)
{
	static const struct { unsigned bit; const char *name; } list[] = {
	    {HTTP_GET, "GET, HEAD"}, {HTTP_POST, "POST"}, {HTTP_PUT, "PUT"}, {HTTP_DELETE, "DELETE"}, {HTTP_OPTIONS, "OPTIONS"}};
	struct request copy = *req;
	const struct route *r = NULL;
	unsigned methods = 0;
	char text[64] = "";
	if (route_find(&copy, &r, &methods) != SY_ERR_METHOD_NOT_ALLOWED)
		return;
	for (size_t i = 0; i < SY_LEN(list); i++) {
		if ((methods & list[i].bit) == 0)
			continue;
		size_t n = strlen(text);
		(void)snprintf(text + n, sizeof text - n, "%s%s", n == 0 ? "" : ", ", list[i].name);
	}
	reply_header(reply, "Allow", "%s", text);
}

/* Who scans a pack gets a page to read; whose program asks, a problem document. */
static bool
refuse_page(struct app *app, const struct request *req, struct reply *reply, enum sy_err err)
{
	if (err != SY_ERR_TOO_MANY || !is_label(req->route) || page_accepts(req, true) != FORM_HTML)
		return false;
	reply->status = api_status(err);
	sy_buf_reset(&reply->body);
	page_message(W_TRY_LATER, W_TRY_LATER_TEXT, page_lang(req), &reply->body);
	return page_send(app, req, reply) == SY_OK;
}

static void
refuse(struct app *app, const struct request *req, struct reply *reply, enum sy_err err, const struct sy_fault *fault)
{
	bool page = refuse_page(app, req, reply, err);
	if (!page)
		problem_reply(reply, api_status(err), err, fault);
	if (err == SY_ERR_TOO_MANY)
		reply_header(reply, "Retry-After", "%s", "60");
	if (page)
		return;
	if (err == SY_ERR_METHOD_NOT_ALLOWED)
		allow_header(req, reply);
	if (err == SY_ERR_UNAUTHENTICATED) {
		reply_header(reply, "WWW-Authenticate", "%s", "Bearer");
		(void)atomic_fetch_add(&app->metrics->refused_auth, 1);
	}
	reply_header(reply, "Cache-Control", "%s", "no-store");
}

/* MAC, not a plain hash: a body may hold a passphrase, and the row lies in the store. */
static enum sy_err
request_mac(const struct request *req, struct state *s)
{
	uint8_t body[32];
	struct sy_buf b;
	SY_TRY(sy_sha256(req->body, body));
	sy_buf_init(&b, 16384);
	sy_buf_printf(&b, "%d ", (int)req->method);
	sy_buf_add_span(&b, req->path);
	sy_buf_add_byte(&b, '\n');
	sy_buf_add(&b, body, sizeof body);
	enum sy_err e = sy_buf_err(&b);
	if (e == SY_OK)
		e = sy_hmac(sy_span(s->caller.secret_mac, 32), sy_buf_span(&b), s->idem.request);
	sy_buf_done(&b);
	return e;
}

/* A request seen before: its answer again. *retdone: there is one. */
static enum sy_err
repeat(struct app *app, const struct request *req, struct state *s, struct reply *reply, bool *retdone, struct sy_fault *reterr)
{
	struct idem_row old;
	SY_TRY(request_mac(req, s));
	sy_buf_reset(&reply->body);
	{
		DB_LOAN(app->reads, loan);
		SY_TRY(db_loan_take(&loan, reterr));
		enum sy_err e = idem_store_get(loan.db, s->idem.user, s->idem.key, &old, &reply->body);
		if (e == SY_ERR_NOT_FOUND)
			return SY_OK;
		SY_TRY(e);
	}
	*retdone = true;
	if (!sy_equal_secret(old.request, s->idem.request, sizeof old.request))
		return sy_fault_at(reterr, SY_ERR_KEY_REUSED, "Idempotency-Key", 0, 0);
	if (req->route->run == api_tokens_post) {
		*retdone = false;
		return SY_OK;
	}
	if (old.status == 0) {
		char begun[64] = "";
		(void)snprintf(begun, sizeof begun, "%s", sy_buf_cstr(&reply->body));
		return api_record_resume(app, req, begun, reply, reterr);
	}
	reply->status = (unsigned)old.status;
	reply->type = "application/json";
	reply_header(reply, "Idempotency-Replayed", "%s", "true");
	return SY_OK;
}

struct kept {
	struct idem_row row;
	struct sy_span answer;
	bool forget; /* the old ones, too */
};

static enum sy_err
keep(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct kept *k = arg;
	(void)reterr;
	if (k->forget)
		SY_TRY(idem_store_forget(db, k->row.at - API_IDEM_SECONDS));
	return idem_store_finish(db, &k->row, k->answer);
}

static enum sy_err
run(struct app *app, const struct request *req, struct state *s, struct reply *reply, struct sy_fault *reterr)
{
	bool done = false;
	if (s->has_idem)
		SY_TRY(repeat(app, req, s, reply, &done, reterr));
	if (done)
		return SY_OK;
	SY_TRY(req->route->run(app, req, reply, reterr));
	if (!s->has_idem || reply->status >= 300 || reply->next != NULL || reply->body.len > ANSWER_MAX)
		return SY_OK;
	struct kept k = {.row = s->idem, .answer = sy_buf_span(&reply->body)};
	if (req->route->run == api_tokens_post)
		k.answer.len = 0; /* it holds a secret: not kept, derived again (api/tokens) */
	k.row.status = reply->status;
	k.forget = atomic_load(&app->metrics->forgotten) + FORGET_EVERY < k.row.at;
	if (k.forget)
		atomic_store(&app->metrics->forgotten, k.row.at);
	return commit_now(app->writer, keep, &k, reterr);
}

static void
serve(struct app *app, const struct request *req, void *state, struct reply *reply)
{
	struct sy_fault f = {0};
	enum sy_err e = run(app, req, state, reply, &f);
	if (e != SY_OK)
		refuse(app, req, reply, e, &f);
	else if (req->route->who != ROUTE_PUBLIC)
		reply_header(reply, "Cache-Control", "%s", "no-store");
}

static void
end(struct app *app, void *state, unsigned status)
{
	(void)atomic_fetch_add(&app->metrics->answers[status / 100 < 6 ? status / 100 : 0], 1);
	free(state);
}

const struct idem_row *
api_idem(const struct request *req)
{
	const struct state *s = req->state;
	return s != NULL && s->has_idem ? &s->idem : NULL;
}

const struct daemon_hooks api_hooks = {begin, serve, refuse, end};
