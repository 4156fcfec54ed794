/* keygen.c: a new key in encrypted PEM. */
#include "certs/cmd/cmd.h"

#include "schema/wire/hex.h"

static enum sy_err
write_public(const struct cmd_args *a, const struct sy_key *key)
{
	const char *path = cmd_get(a, "pub-out");
	if (path == NULL)
		return SY_OK;
	SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
	sy_buf_init(&text, 1024);
	SY_TRY(cmd_print_spki(key, true, &text));
	return cmd_write(path, sy_buf_span(&text), false);
}

static enum sy_err
tell(const struct cmd_args *a, const struct sy_key *key)
{
	if (!cmd_has(a, "json"))
		return SY_OK;
	char kid[17];
	uint8_t fp[32];
	SY_CLEANUP(cmd_facts_done) struct cmd_facts f;
	cmd_facts_init(&f);
	SY_TRY(sy_key_kid(key, kid));
	SY_TRY(sy_key_fingerprint(key, fp));
	cmd_fact(&f, "alg", "算法", sy_alg_name(sy_key_alg(key)));
	cmd_fact(&f, "kid", "密钥号", kid);
	cmd_fact_hex(&f, "spki_sha256", "公钥摘要", fp, sizeof fp);
	return cmd_facts_show(&f, true);
}

static enum sy_err
run(const struct cmd_args *a, const char *out)
{
	enum sy_alg alg = SY_ALG_P256;
	const char *name = cmd_get(a, "alg");
	if (name != NULL)
		SY_TRY(sy_alg_parse(sy_span_str(name), &alg));
	if (cmd_exists(out))
		return cmd_has(a, "if-missing") ? SY_OK : SY_ERR_EXISTS;
	SY_AUTO_SECRET *passphrase = NULL;
	SY_AUTO_KEY *key = NULL;
	SY_TRY(cmd_passphrase(a, true, &passphrase));
	SY_TRY(sy_key_generate(alg, &key));
	SY_TRY(cmd_write_key(out, key, passphrase));
	SY_TRY(write_public(a, key));
	return tell(a, key);
}

int
verb_keygen(const struct cmd_args *a)
{
	const char *out;
	if (cmd_need(a, "out", &out) != SY_OK)
		return 2;
	enum sy_err e = run(a, out);
	return e == SY_OK ? 0 : cmd_fail(a, out, e, NULL);
}
