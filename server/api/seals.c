/* seals.c: the frozen statement out, a person's signature in. A token alone
 * never makes a seal: it takes the person's passphrase or signature. */
#include "server/api/api.h"

#include "schema/wire/b64.h"
#include "schema/wire/hex.h"
#include "server/api/status.h"
#include "server/service/auth.h"
#include "server/service/sealing.h"

#include <stdio.h>
#include <string.h>

static enum sy_err
seals_json(struct db *db, const struct record_row *r, struct sy_json **ret)
{
	struct seal_row seal[SY_ENTRY_SEALS_MAX];
	size_t n = 0;
	SY_AUTO_JSON *list = sy_json_array();
	SY_TRY(seal_store_all(db, r->id, r->version, seal, SY_LEN(seal), &n));
	for (size_t i = 0; i < n; i++) {
		struct sy_json *one = NULL;
		SY_TRY(sy_json_pack(&one, "{s:s, s:o, s:o}", "role", seal[i].role, "x5t#S256", api_hex_json(seal[i].x5t, 32), "at",
		    api_time_json(seal[i].made_at)));
		SY_TRY(sy_json_append(list, one));
	}
	*ret = list;
	list = NULL;
	return SY_OK;
}

static enum sy_err
query_id(const struct request *req, const char *name, uint8_t ret[16], struct sy_fault *reterr)
{
	struct sy_buf b;
	sy_buf_init(&b, 128);
	enum sy_err e = request_query(req, name, &b);
	if (e == SY_OK)
		e = sy_hex_parse(sy_buf_span(&b), ret, 16, NULL);
	sy_buf_done(&b);
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e == SY_ERR_NOT_FOUND ? SY_ERR_MISSING : SY_ERR_MALFORMED, name, 0, 0);
}

enum sy_err
api_seals_get(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	uint8_t id[16];
	int64_t version = 0;
	bool with_private = false;
	unsigned needed = 0;
	char typ[48];
	RECORD_ROW(r);
	struct sy_json *seals = NULL;
	SY_TRY(query_id(req, "record", id, reterr));
	SY_TRY(request_query_int(req, "version", 1, 1000000, 0, &version, reterr));
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(record_store_get(loan.db, id, version, &r));
	SY_TRY(api_record_may_read(loan.db, req->user, &r, &with_private));
	SY_TRY(sealing_needed(loan.db, &r, &needed));
	SY_TRY(seals_json(loan.db, &r, &seals));
	(void)snprintf(typ, sizeof typ, "suyuan-%s-v1+jws", r.type);
	SY_AUTO_JSON *v = NULL;
	SY_TRY(sy_json_pack(&v, "{s:o, s:I, s:s, s:s, s:s, s:o, s:o, s:o}", "record", api_hex_json(r.id, 16), "version", r.version, "state",
	    r.state, "typ", typ, "statement", sy_buf_cstr(&r.statement), "needs", api_roles_json(needed), "all",
	    sy_json_from_bool(strcmp(r.type, "report") == 0), "seals", seals));
	return reply_json(ret, 200, v);
}

/* What a client sends besides the passphrase, decoded. */
struct given {
	uint8_t sig[SY_SIG_SIZE];
	char protected_json[STORE_PROTECTED_MAX + 1];
};

/* As JSON, or as RFC 7515 has it in an entry: base64url. */
static enum sy_err
read_protected(const char *text, struct given *ret)
{
	struct sy_buf b;
	sy_buf_init(&b, STORE_PROTECTED_MAX);
	if (text[0] == '{')
		sy_buf_add_str(&b, text);
	enum sy_err e = text[0] == '{' ? SY_OK : sy_b64url_parse(sy_span_str(text), &b, NULL);
	if (e == SY_OK)
		e = sy_buf_err(&b);
	if (e == SY_OK && memchr(b.data, '\0', b.len) != NULL)
		e = SY_ERR_BAD_CHARACTER;
	if (e == SY_OK)
		(void)snprintf(ret->protected_json, sizeof ret->protected_json, "%s", sy_buf_cstr(&b));
	sy_buf_done(&b);
	return e;
}

static enum sy_err
read_signature(const struct sy_json *body, struct sealing_request *q, struct given *given, struct sy_fault *reterr)
{
	const char *text = NULL;
	SY_TRY(api_text(body, "protected", (size_t)2 * STORE_PROTECTED_MAX, &text, reterr));
	if (read_protected(text, given) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "protected", 0, 0);
	q->protected_json = given->protected_json;
	SY_TRY(api_text(body, "signature", 128, &text, reterr));
	enum sy_err e = sy_b64url_parse_fixed(sy_span_str(text), given->sig, sizeof given->sig, reterr);
	if (e != SY_OK) {
		sy_fault_within(reterr, "signature");
		return e;
	}
	q->sig = given->sig;
	q->certs = sy_json_get(body, "certs");
	return q->certs != NULL ? SY_OK : sy_fault_at(reterr, SY_ERR_MISSING, "certs", 0, 0);
}

static enum sy_err
read_request(const struct sy_json *body, struct sealing_request *q, struct given *given, struct sy_fault *reterr)
{
	static const char *const names[] = {"record", "version", "role", "passphrase", "protected", "signature", "certs", NULL};
	const char *role = NULL;
	const struct sy_json *version = sy_json_get(body, "version");
	SY_TRY(api_only(body, names, reterr));
	SY_TRY(api_hex(body, "record", q->id, sizeof q->id, reterr));
	q->version = sy_json_int(version, version == NULL ? 0 : -1);
	if (q->version < 0 || (version != NULL && q->version == 0))
		return sy_fault_at(reterr, sy_json_kind(version) == SY_JSON_INT ? SY_ERR_OUT_OF_RANGE : SY_ERR_WRONG_TYPE, "version", 0, 0);
	SY_TRY(api_text(body, "role", 16, &role, reterr));
	if (sy_role_parse(sy_span_str(role), &q->role) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_CODE, "role", 0, 0);
	if (sy_json_get(body, "passphrase") == NULL)
		return read_signature(body, q, given, reterr);
	if (sy_json_get(body, "signature") != NULL || sy_json_get(body, "protected") != NULL)
		return sy_fault_say(reterr, SY_ERR_UNKNOWN_FIELD, "signature", "口令与签名二者取一", "either a passphrase or a signature");
	return api_text(body, "passphrase", 256, &q->passphrase, reterr);
}

enum sy_err
api_seals_post(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	SY_AUTO_JSON *body = NULL;
	SY_AUTO_JSON *v = NULL;
	struct sealing_request q = {.caller = req->user};
	struct sealing_answer a;
	struct given given;
	SY_TRY(api_body(req, &body, reterr));
	SY_TRY(read_request(body, &q, &given, reterr));
	SY_TRY(auth_allowed(app, req->peer));
	struct trail_line line = trail_line(app, req->user, "seal", q.id, sy_role_name(q.role));
	q.line = &line;
	enum sy_err e = sealing_by_person(app, &q, &a, reterr);
	if (e == SY_ERR_BAD_PASSPHRASE)
		auth_failed(app, req->peer);
	SY_TRY(e);
	SY_TRY(sy_json_pack(&v, "{s:o, s:I, s:o, s:o, s:o, s:o}", "record", api_hex_json(q.id, 16), "version", a.version, "complete",
	    sy_json_from_bool(a.complete), "needs", api_roles_json(a.needed), "leaf",
	    a.complete ? api_hex_json(a.place.leaf, 32) : sy_json_null(), "leaf_index",
	    a.complete ? sy_json_from_int(a.place.leaf_index) : sy_json_null()));
	return reply_json(ret, 201, v);
}
