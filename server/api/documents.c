/* documents.c: what anyone may fetch by its hash, and the trust list. */
#include "server/api/api.h"

#include "certs/digest.h"
#include "schema/wire/hex.h"
#include "server/service/now.h"
#include "server/service/sealing.h"
#include "server/service/trust.h"
#include "server/service/trust_log.h"
#include "server/store/body.h"
#include "server/store/seal.h"
#include "server/store/trust.h"

enum sy_err
api_trust_get(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	(void)req;
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(trust_store_newest(loan.db, &ret->body));
	ret->type = "text/plain; charset=utf-8";
	reply_header(ret, "Cache-Control", "%s", "max-age=300");
	reply_header(ret, "Access-Control-Allow-Origin", "%s", "*");
	return SY_OK;
}

struct new_list {
	uint64_t version;
	struct sy_span note;
	int64_t at;
};

static enum sy_err
put_list(struct db *db, void *arg, struct sy_fault *reterr)
{
	const struct new_list *l = arg;
	(void)reterr;
	return trust_store_add(db, l->version, l->note, l->at);
}

/* The signer believes it first; what it refuses is not published. */
enum sy_err
api_trust_put(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	static const char *const names[] = {"note", "certs", NULL};
	const char *note = NULL;
	struct sy_trust *list = NULL;
	SY_AUTO_JSON *body = NULL;
	SY_AUTO_JSON *ask = NULL;
	SY_AUTO_JSON *answer = NULL;
	SY_TRY(api_body(req, &body, reterr));
	SY_TRY(api_only(body, names, reterr));
	SY_TRY(api_text(body, "note", SY_TRUST_MAX, &note, reterr));
	enum sy_err e = sy_trust_parse(sy_span_str(note), trust_anchor(app->trust), &list, reterr);
	if (e != SY_OK) {
		sy_fault_within(reterr, "note");
		return e;
	}
	struct new_list l = {.version = sy_trust_facts(list)->version, .note = sy_span_str(note), .at = now_seconds(app)};
	sy_trust_free(list);
	if (sy_json_get(body, "certs") != NULL) {
		struct sealing_certs c = {0};
		e = sealing_certs_parse(sy_json_get(body, "certs"), &c, reterr);
		if (e == SY_OK)
			e = sealing_certs_store(app, &c, reterr);
		sealing_certs_done(&c);
		SY_TRY(e);
	}
	SY_TRY(sy_json_pack(&ask, "{s:s, s:s}", "op", "trust", "note", note));
	SY_TRY(signer_client_call(app->signer, ask, &answer, reterr));
	struct trail_line line = trail_line(app, req->user, "trust", NULL, NULL);
	SY_TRY(trail_commit(app, &line, put_list, &l, reterr));
	SY_TRY(trust_replace(app->trust, l.note, reterr));
	/* It is in force already; what hinders its record now is tried again at the next start. */
	struct sy_fault f = {0};
	SY_TRY(sy_json_set(answer, "logged", sy_json_from_bool(trust_log_newest(app, &f) == SY_OK)));
	return reply_json(ret, 200, answer);
}

static enum sy_err
read_hash(const struct request *req, uint8_t ret[32])
{
	return api_id(req, 0, ret, 32);
}

enum sy_err
api_body_get(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	uint8_t sha256[32];
	bool is_public = false, is_private = false;
	SY_TRY(read_hash(req, sha256));
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(record_store_body_is_public(loan.db, sha256, &is_public));
	if (!is_public)
		return SY_ERR_NOT_FOUND;
	SY_TRY(body_store_get(loan.db, sha256, &is_private, &ret->body));
	if (is_private) {
		sy_buf_reset(&ret->body);
		return SY_ERR_NOT_FOUND;
	}
	ret->type = "application/json";
	reply_header(ret, "Cache-Control", "%s", "public, max-age=31536000, immutable");
	reply_header(ret, "Access-Control-Allow-Origin", "%s", "*");
	return SY_OK;
}

enum sy_err
api_cert_get(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	uint8_t sha256[32];
	SY_TRY(read_hash(req, sha256));
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(cert_store_get(loan.db, sha256, NULL, &ret->body));
	ret->type = "application/pkix-cert";
	reply_header(ret, "Cache-Control", "%s", "public, max-age=31536000, immutable");
	reply_header(ret, "Access-Control-Allow-Origin", "%s", "*");
	return SY_OK;
}
