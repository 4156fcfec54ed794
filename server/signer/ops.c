/* ops.c: the table of requests, and what several of them share, see ops.h. */
#include "server/signer/ops.h"

#include "certs/entry.h"
#include "schema/wire/b64.h"

#include <stdio.h>
#include <string.h>

struct op {
	const char *name;
	bool locks_itself;
	enum sy_err (*run)(struct signer *, const struct sy_json *, struct sy_json **, struct sy_fault *);
};

static const struct op ops[] = {
	{ "hello", false, op_hello },
	{ "trust", false, op_trust },
	{ "person_new", true, op_person_new },
	{ "person_seal", true, op_person_seal },
	{ "status_seal", false, op_status_seal },
	{ "append", false, op_append },
	{ "serial_key", false, op_serial_key },
	{ "journal", false, op_journal },
};

enum sy_err
ops_text(const struct sy_json *request, const char *name, const char **ret, struct sy_fault *reterr)
{
	const struct sy_json *v = sy_json_get(request, name);
	*ret = sy_json_str(v);
	if (*ret != NULL)
		return SY_OK;
	return sy_fault_at(reterr, v == NULL ? SY_ERR_MISSING : SY_ERR_WRONG_TYPE, name, 0, 0);
}

static enum sy_err
run(const struct op *op, struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr)
{
	if (op->locks_itself)
		return op->run(s, request, ret, reterr);
	if (pthread_mutex_lock(&s->lock) != 0)
		return SY_ERR_INTERNAL;
	enum sy_err e = op->run(s, request, ret, reterr);
	db_rollback(s->db); /* whatever a refusal left open */
	(void)pthread_mutex_unlock(&s->lock);
	return e;
}

enum sy_err
ops_answer(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr)
{
	const char *name = NULL;
	*ret = NULL;
	if (sy_json_kind(request) != SY_JSON_OBJECT)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "", 0, 0);
	SY_TRY(ops_text(request, "op", &name, reterr));
	for (size_t i = 0; i < SY_LEN(ops); i++) {
		if (strcmp(ops[i].name, name) != 0)
			continue;
		SY_TRY(run(&ops[i], s, request, ret, reterr));
		return sy_json_set(*ret, "ok", sy_json_from_bool(true));
	}
	return sy_fault_at(reterr, SY_ERR_UNSUPPORTED, "op", 0, 0);
}

enum sy_err
ops_seal(const struct sy_key *key, struct sy_seal_head *head, const char *type, struct sy_span statement, struct sy_json **ret)
{
	uint8_t sig[SY_SIG_SIZE];
	SY_CLEANUP(sy_buf_done) struct sy_buf protected_json, input, b64;
	sy_buf_init(&protected_json, 1024);
	sy_buf_init(&input, 2 * (size_t)SY_ENTRY_MAX);
	sy_buf_init(&b64, 128);
	head->alg = sy_key_alg(key);
	head->iat = state_now();
	if (snprintf(head->typ, sizeof head->typ, "suyuan-%s-v1+jws", type) >= (int)sizeof head->typ)
		return SY_ERR_TOO_LONG;
	sy_seal_head_print(head, &protected_json);
	sy_seal_input(sy_buf_span(&protected_json), statement, &input);
	SY_TRY(sy_buf_err(&protected_json));
	SY_TRY(sy_buf_err(&input));
	SY_AUTO_SEAL *seal = NULL;
	SY_TRY(sy_seal_new(key, &seal));
	SY_TRY(sy_seal_sign(seal, sy_buf_span(&input), sig));
	sy_b64url_add(&b64, sy_span(sig, sizeof sig));
	SY_TRY(sy_buf_err(&b64));
	return sy_json_pack(ret, "{s:s, s:s}", "protected", sy_buf_cstr(&protected_json), "signature", sy_buf_cstr(&b64));
}
