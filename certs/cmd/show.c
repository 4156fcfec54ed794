/* show.c: what is this file? Nothing here is verified against anything. */
#include "certs/cmd/cmd.h"

#include <stdio.h>
#include <string.h>

static enum sy_err
show_cert(struct sy_span text, struct cmd_facts *f)
{
	SY_AUTO_CERT *c = NULL;
	SY_TRY(sy_cert_parse_pem(text, &c));
	SY_AUTO_KEY *key = NULL;
	SY_TRY(sy_cert_key(c, &key));
	SY_CLEANUP(sy_buf_done) struct sy_buf roles = { 0 };
	char kid[17];
	sy_buf_init(&roles, 256);
	sy_roles_print(sy_cert_roles(c), &roles);
	SY_TRY(sy_key_kid(key, kid));
	cmd_fact(f, "kind", "种类", sy_cert_is_root(c) ? "root" : sy_cert_is_ca(c) ? "ca" : "certificate");
	cmd_fact(f, "party", "单位", sy_cert_party(c));
	cmd_fact(f, "subject", "工号", sy_cert_subject(c));
	cmd_fact(f, "roles", "角色", sy_buf_cstr(&roles));
	cmd_fact(f, "alg", "算法", sy_alg_name(sy_key_alg(key)));
	cmd_fact(f, "kid", "密钥号", kid);
	cmd_fact_time(f, "not_before", "起", sy_cert_not_before(c));
	cmd_fact_time(f, "not_after", "止", sy_cert_not_after(c));
	cmd_fact_hex(f, "sha256", "摘要", sy_cert_sha256(c), 32);
	return SY_OK;
}

static enum sy_err
show_key(const struct sy_key *key, struct cmd_facts *f)
{
	char kid[17];
	uint8_t fp[32];
	SY_TRY(sy_key_kid(key, kid));
	SY_TRY(sy_key_fingerprint(key, fp));
	cmd_fact(f, "kind", "种类", "key");
	cmd_fact(f, "alg", "算法", sy_alg_name(sy_key_alg(key)));
	cmd_fact(f, "kid", "密钥号", kid);
	cmd_fact_hex(f, "spki_sha256", "公钥摘要", fp, sizeof fp);
	return SY_OK;
}

static void
show_trust(const struct sy_trust *t, struct cmd_facts *f)
{
	const struct sy_trust_facts *facts = sy_trust_facts(t);
	char name[32], text[96];
	cmd_fact(f, "kind", "种类", "trust");
	cmd_fact(f, "origin", "日志", facts->origin);
	cmd_fact_int(f, "version", "版本", (int64_t)facts->version);
	cmd_fact_time(f, "issued", "签发", facts->issued);
	cmd_fact_time(f, "expires", "到期", facts->expires);
	for (size_t i = 0; i < facts->nhosts; i++) {
		(void)snprintf(name, sizeof name, "host_%zu", i);
		cmd_fact(f, name, "主机", facts->hosts[i]);
	}
	for (size_t i = 0; i < facts->nkeys; i++) {
		const struct sy_trust_key *k = &facts->keys[i];
		(void)snprintf(name, sizeof name, "key_%u", (unsigned)k->kid);
		(void)snprintf(text, sizeof text, "%s %s %s", sy_key_role_name(k->role), sy_alg_name(k->alg), k->reason);
		cmd_fact(f, name, "密钥", text);
	}
}

static enum sy_err
show_note(struct sy_span text, struct cmd_facts *f)
{
	struct sy_note note;
	struct sy_checkpoint cp;
	SY_AUTO_TRUST *t = NULL;
	SY_TRY(sy_note_parse(text, &note, NULL));
	if (sy_trust_parse_text(note.text, &t, NULL) == SY_OK) {
		show_trust(t, f);
	} else {
		SY_TRY(sy_checkpoint_parse(note.text, &cp, NULL));
		cmd_fact(f, "kind", "种类", "checkpoint");
		cmd_fact(f, "origin", "日志", cp.origin);
		cmd_fact_int(f, "size", "大小", (int64_t)cp.size);
		cmd_fact_hex(f, "root", "根散列", cp.root.b, sizeof cp.root.b);
	}
	for (size_t i = 0; i < note.n; i++) {
		char name[32], signer[SY_NOTE_NAME_MAX + 1];
		(void)snprintf(name, sizeof name, "signer_%zu", i);
		(void)snprintf(signer, sizeof signer, "%.*s", (int)note.sig[i].name.len, (const char *)note.sig[i].name.data);
		cmd_fact(f, name, "签名者", signer);
	}
	return SY_OK;
}

static enum sy_err
show_entry(struct sy_span text, struct cmd_facts *f)
{
	SY_CLEANUP(sy_entry_done) struct sy_entry e = { 0 };
	struct sy_hash leaf;
	SY_TRY(sy_entry_parse(text, &e, NULL));
	SY_TRY(sy_leaf_hash(text, &leaf));
	cmd_fact(f, "kind", "种类", "entry");
	cmd_fact_hex(f, "leaf", "叶散列", leaf.b, sizeof leaf.b);
	sy_buf_add_byte(&e.statement, '\0');
	SY_TRY(sy_buf_err(&e.statement));
	cmd_fact(f, "statement", "陈述", (const char *)e.statement.data);
	for (size_t i = 0; i < e.n; i++) {
		char name[32], text_of[96];
		(void)snprintf(name, sizeof name, "seal_%zu", i);
		(void)snprintf(text_of, sizeof text_of, "%s %s", sy_role_name(e.seal[i].head.role), e.seal[i].head.kid);
		cmd_fact(f, name, "签名", text_of);
	}
	return SY_OK;
}

static bool
has(struct sy_span text, const char *what)
{
	size_t n = strlen(what);
	return text.len >= n && memcmp(text.data, what, n) == 0;
}

static enum sy_err
show(struct sy_span text, struct cmd_facts *f)
{
	struct sy_note_key vkey;
	SY_AUTO_KEY *key = NULL;
	if (has(text, "-----BEGIN CERTIFICATE-----"))
		return show_cert(text, f);
	if (has(text, "{"))
		return show_entry(text, f);
	if (show_note(text, f) == SY_OK)
		return SY_OK;
	struct sy_span first = text, line;
	if (sy_span_cut(&first, '\n', &line) && sy_note_key_parse(line, &vkey, NULL) == SY_OK) {
		SY_TRY(sy_key_from_raw_ed25519(vkey.raw, &key));
		cmd_fact(f, "name", "名称", vkey.name);
		return show_key(key, f);
	}
	if (cmd_parse_spki(text, &key) == SY_OK)
		return show_key(key, f);
	return SY_ERR_MALFORMED;
}

static enum sy_err
run(const struct cmd_args *a, const char *path)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
	SY_CLEANUP(cmd_facts_done) struct cmd_facts f;
	cmd_facts_init(&f);
	SY_TRY(cmd_read(path, SY_TRUST_MAX, &text));
	SY_TRY(show(sy_buf_span(&text), &f));
	return cmd_facts_show(&f, cmd_has(a, "json"));
}

int
verb_show(const struct cmd_args *a)
{
	const char *path;
	if (cmd_need(a, NULL, &path) != SY_OK)
		return 2;
	enum sy_err e = run(a, path);
	return e == SY_OK ? 0 : cmd_fail(a, path, e, NULL);
}
