/* proof.c: does this entry stand in that log? */
#include "certs/cmd/cmd.h"

#include "certs/proof.h"
#include "schema/wire/b64.h"
#include "schema/wire/hex.h"

#include <string.h>

static enum sy_err
load_leaf(const struct cmd_args *a, struct sy_hash *ret, struct sy_fault *fault)
{
	const char *hex = cmd_get(a, "leaf"), *path;
	if (hex != NULL)
		return sy_hex_parse(sy_span_str(hex), ret->b, sizeof ret->b, fault);
	SY_TRY(cmd_need(a, "entry", &path));
	SY_CLEANUP(sy_buf_done) struct sy_buf entry = { 0 };
	SY_TRY(cmd_read(path, SY_ENTRY_MAX, &entry));
	return sy_leaf_hash(sy_buf_span(&entry), ret);
}

static enum sy_err
load_hashes(const struct cmd_args *a, struct sy_proof *p)
{
	const char *text;
	for (; (text = cmd_nth(a, "hash", p->n)) != NULL; p->n++) {
		SY_CLEANUP(sy_buf_done) struct sy_buf h = { 0 };
		sy_buf_init(&h, sizeof p->hash[0].b);
		if (p->n == SY_PROOF_HASHES_MAX)
			return SY_ERR_TOO_LONG;
		SY_TRY(sy_b64_parse(sy_span_str(text), &h, NULL));
		if (h.len != sizeof p->hash[0].b)
			return SY_ERR_TOO_SHORT;
		memcpy(p->hash[p->n].b, h.data, h.len);
	}
	return SY_OK;
}

/* text holds what p lends. */
static enum sy_err
load_proof(const struct cmd_args *a, struct sy_buf *text, struct sy_proof *p, struct sy_fault *fault)
{
	const char *path = cmd_get(a, "proof");
	if (path != NULL) {
		SY_TRY(cmd_read(path, SY_PROOF_MAX, text));
		return sy_proof_parse(sy_buf_span(text), p, fault);
	}
	SY_TRY(cmd_need(a, "checkpoint", &path));
	SY_TRY(cmd_read(path, SY_PROOF_MAX, text));
	*p = (struct sy_proof){ .checkpoint = sy_buf_span(text) };
	SY_TRY(cmd_u64(a, "index", 0, UINT64_C(1) << 62, &p->index));
	return load_hashes(a, p);
}

static enum sy_err
run(const struct cmd_args *a, struct sy_fault *fault)
{
	struct sy_hash leaf;
	struct sy_proof p;
	struct sy_checkpoint cp = { 0 };
	struct cmd_log_keys keys;
	SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
	SY_TRY(cmd_load_log_keys(a, cmd_now(), &keys, fault));
	SY_TRY(load_leaf(a, &leaf, fault));
	SY_TRY(load_proof(a, &text, &p, fault));
	enum sy_err e = SY_ERR_UNKNOWN_KEY;
	for (size_t i = 0; i < keys.n && e == SY_ERR_UNKNOWN_KEY; i++)
		e = sy_proof_verify(&p, &leaf, &keys.key[i], &cp, fault);
	SY_TRY(e);
	SY_CLEANUP(cmd_facts_done) struct cmd_facts f;
	cmd_facts_init(&f);
	cmd_fact(&f, "origin", "日志", cp.origin);
	cmd_fact_int(&f, "index", "序号", (int64_t)p.index);
	cmd_fact_int(&f, "size", "日志大小", (int64_t)cp.size);
	cmd_fact_hex(&f, "leaf", "叶散列", leaf.b, sizeof leaf.b);
	return cmd_facts_show(&f, cmd_has(a, "json"));
}

int
verb_proof(const struct cmd_args *a)
{
	struct sy_fault fault = { 0 };
	enum sy_err e = run(a, &fault);
	return e == SY_OK ? 0 : cmd_fail(a, "proof", e, &fault);
}
