/* rules_trust.c: a trust record says which list is in force: the one this signer
 * verified against its roots and goes by, no other; and all are versions of one record. */
#include "server/signer/rules.h"

#include "certs/digest.h"
#include "schema/wire/hex.h"

#include <string.h>

static enum sy_err
one_record(const struct rule *r)
{
	DB_AUTO_STMT *q = NULL;
	bool row = false;
	SY_TRY(db_prepare(r->db, "SELECT 1 FROM record WHERE type = 'trust' AND id <> $1 LIMIT 1", &q));
	db_bind_blob(q, 1, sy_span(r->id, sizeof r->id));
	SY_TRY(db_step(q, &row));
	return row ? rules_fail(r, SY_ERR_EXISTS, "id") : SY_OK;
}

static enum sy_err
in_force(const struct rule *r, int64_t *retversion, char ret[65])
{
	uint8_t hash[SY_SHA256_SIZE];
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(r->db, "SELECT trust, trust_version FROM state", &q));
	SY_TRY(db_one(q));
	if (db_col_is_null(q, 0))
		return rules_fail(r, SY_ERR_UNAVAILABLE, "");
	*retversion = db_col_int(q, 1);
	SY_TRY(sy_sha256(db_col_text(q, 0), hash));
	sy_hex_print(sy_span(hash, sizeof hash), ret);
	return SY_OK;
}

enum sy_err
rules_trust(struct rule *r)
{
	SY_AUTO_JSON *body = NULL;
	struct sy_span text;
	int64_t version = 0;
	char sha256[65];
	SY_TRY(rules_body(r, r->st->public_sha256, &text, &body));
	SY_TRY(one_record(r));
	SY_TRY(in_force(r, &version, sha256));
	if (sy_json_kind(body) != SY_JSON_OBJECT || sy_json_len(body) != 3 || sy_json_get_str(body, "salt") == NULL)
		return rules_fail(r, SY_ERR_MALFORMED, "body");
	if (sy_json_get_int(body, "version", -1) != version)
		return sy_fault_say(r->fault, SY_ERR_VERSION_CONFLICT, "body.version", "签名器所用的信任名单是第 %lld 版", "the signer goes by trust list version %lld",
		    (long long)version);
	const char *said = sy_json_get_str(body, "sha256");
	return said != NULL && strcmp(said, sha256) == 0 ? SY_OK : rules_fail(r, SY_ERR_BODY_MISMATCH, "body.sha256");
}
