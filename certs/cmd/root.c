/* root.c: the directory of a small installation's roots: root-1.pem .. root-n.pem
 * (Ed25519), ca.pem and ca-key.pem (X.509), anchor, origin, passphrase. For real
 * use each root key belongs to a person of its own, away from any network. */
#include "certs/cmd/cmd.h"

#include "certs/digest.h"
#include "schema/wire/hex.h"

#include <stdio.h>
#include <string.h>

#define YEARS_20 (INT64_C(7300) * 86400)

enum sy_err
cmd_root_passphrase(const struct cmd_args *a, const char *dir, struct sy_secret **ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
	SY_TRY(cmd_join(&path, dir, "passphrase"));
	if (!cmd_has(a, "passphrase-file") && cmd_exists(sy_buf_cstr(&path)))
		return sy_secret_read(sy_buf_cstr(&path), ret, NULL);
	return cmd_passphrase(a, false, ret);
}

static enum sy_err
new_passphrase(const struct cmd_args *a, const char *dir)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
	SY_TRY(cmd_join(&path, dir, "passphrase"));
	if (cmd_has(a, "passphrase-file") || cmd_exists(sy_buf_cstr(&path)))
		return SY_OK;
	uint8_t random[32];
	char text[66];
	SY_TRY(sy_random(random, sizeof random));
	sy_hex_print(sy_span(random, sizeof random), text);
	text[64] = '\n';
	enum sy_err e = cmd_write(sy_buf_cstr(&path), sy_span(text, 65), true);
	sy_wipe(random, sizeof random);
	sy_wipe(text, sizeof text);
	return e;
}

static enum sy_err
root_path(const char *dir, unsigned i, struct sy_buf *ret)
{
	char name[32];
	(void)snprintf(name, sizeof name, "root-%u.pem", i);
	return cmd_join(ret, dir, name);
}

static enum sy_err
make_root(const char *dir, const char *origin, unsigned i, const struct sy_secret *passphrase, struct sy_note_key *ret)
{
	SY_AUTO_KEY *key = NULL;
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
	char name[SY_NOTE_NAME_MAX + 1];
	if (snprintf(name, sizeof name, "%s/root-%u", origin, i) >= (int)sizeof name)
		return SY_ERR_TOO_LONG;
	SY_TRY(root_path(dir, i, &path));
	SY_TRY(sy_key_generate(SY_ALG_ED25519, &key));
	SY_TRY(cmd_write_key(sy_buf_cstr(&path), key, passphrase));
	return sy_note_key_from(name, key, ret);
}

static enum sy_err
make_roots(const char *dir, const char *origin, const struct sy_secret *passphrase, struct sy_anchor *anchor)
{
	for (unsigned i = 1; i <= anchor->n; i++)
		SY_TRY(make_root(dir, origin, i, passphrase, &anchor->root[i - 1]));
	return SY_OK;
}

static enum sy_err
make_ca(const struct cmd_args *a, const char *dir, const struct sy_secret *passphrase)
{
	SY_AUTO_KEY *key = NULL;
	SY_AUTO_CERT *cert = NULL;
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 }, pem = { 0 };
	uint8_t id[16];
	char party[33];
	sy_buf_init(&pem, 8192);
	SY_TRY(sy_random(id, sizeof id));
	sy_hex_print(sy_span(id, sizeof id), party);
	struct sy_cert_spec s = { .party = cmd_get(a, "party"), .subject = "Suyuan root CA", .ca = true };
	if (s.party == NULL)
		s.party = party;
	SY_TRY(cmd_time(a, "not-before", cmd_now(), &s.not_before));
	s.not_after = s.not_before + YEARS_20;
	SY_TRY(sy_key_generate(SY_ALG_P256, &key));
	SY_TRY(sy_cert_issue(&s, key, NULL, key, &cert));
	sy_cert_print_pem(cert, &pem);
	SY_TRY(sy_buf_err(&pem));
	SY_TRY(cmd_join(&path, dir, "ca-key.pem"));
	SY_TRY(cmd_write_key(sy_buf_cstr(&path), key, passphrase));
	sy_buf_done(&path);
	SY_TRY(cmd_join(&path, dir, "ca.pem"));
	return cmd_write(sy_buf_cstr(&path), sy_buf_span(&pem), false);
}

static enum sy_err
write_text(const char *dir, const char *name, const struct sy_buf *text)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
	SY_TRY(sy_buf_err(text));
	SY_TRY(cmd_join(&path, dir, name));
	return cmd_write(sy_buf_cstr(&path), sy_buf_span(text), false);
}

static enum sy_err
init(const struct cmd_args *a, const char *dir, const char *origin)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf anchor_path = { 0 }, text = { 0 };
	sy_buf_init(&text, 65536);
	SY_TRY(cmd_join(&anchor_path, dir, "anchor"));
	if (cmd_exists(sy_buf_cstr(&anchor_path)))
		return SY_OK; /* the anchor is written last: all is there */
	uint64_t n, k;
	SY_TRY(cmd_u64(a, "roots", 3, SY_TRUST_ROOTS_MAX, &n));
	SY_TRY(cmd_u64(a, "threshold", n < 2 ? n : 2, n, &k));
	struct sy_anchor anchor = { .k = (unsigned)k, .n = (unsigned)n };
	if (n == 0 || k == 0)
		return SY_ERR_BAD_ARGUMENT;
	SY_TRY(cmd_mkdir(dir));
	SY_TRY(new_passphrase(a, dir));
	SY_AUTO_SECRET *passphrase = NULL;
	SY_TRY(cmd_root_passphrase(a, dir, &passphrase));
	SY_TRY(make_roots(dir, origin, passphrase, &anchor));
	SY_TRY(make_ca(a, dir, passphrase));
	sy_buf_printf(&text, "%s\n", origin);
	SY_TRY(write_text(dir, "origin", &text));
	sy_buf_reset(&text);
	sy_anchor_print(&anchor, &text);
	return write_text(dir, "anchor", &text);
}

static enum sy_err
tell(const struct cmd_args *a, const char *dir)
{
	if (!cmd_has(a, "json"))
		return SY_OK;
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
	SY_AUTO_CERT *cert = NULL;
	SY_TRY(cmd_join(&path, dir, "ca.pem"));
	SY_TRY(cmd_read_cert(sy_buf_cstr(&path), &cert));
	SY_CLEANUP(cmd_facts_done) struct cmd_facts f;
	cmd_facts_init(&f);
	cmd_fact(&f, "root", "目录", dir);
	cmd_fact(&f, "party", "运营单位", sy_cert_party(cert));
	cmd_fact_hex(&f, "ca_sha256", "根证书摘要", sy_cert_sha256(cert), 32);
	return cmd_facts_show(&f, true);
}

int
verb_trust_init(const struct cmd_args *a)
{
	const char *dir, *origin;
	if (cmd_need(a, "root", &dir) != SY_OK || cmd_need(a, "origin", &origin) != SY_OK)
		return 2;
	enum sy_err e = init(a, dir, origin);
	if (e == SY_OK)
		e = tell(a, dir);
	return e == SY_OK ? 0 : cmd_fail(a, dir, e, NULL);
}

/* One root's signature, if its key lies here. */
static enum sy_err
sign_one(const char *dir, unsigned i, const char *name, const struct sy_secret *passphrase, struct sy_buf *note, unsigned *signed_by)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
	SY_AUTO_KEY *key = NULL;
	SY_TRY(root_path(dir, i, &path));
	if (!cmd_exists(sy_buf_cstr(&path)))
		return SY_OK; /* kept elsewhere */
	SY_TRY(cmd_read_key_with(sy_buf_cstr(&path), passphrase, &key));
	SY_TRY(sy_note_sign(note, name, key));
	++*signed_by;
	return SY_OK;
}

enum sy_err
cmd_root_sign(const struct cmd_args *a, const char *dir, struct sy_buf *note)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
	struct sy_anchor anchor;
	SY_AUTO_SECRET *passphrase = NULL;
	SY_TRY(cmd_join(&path, dir, "anchor"));
	SY_TRY(cmd_load_anchor(sy_buf_cstr(&path), &anchor, NULL));
	SY_TRY(cmd_root_passphrase(a, dir, &passphrase));
	unsigned signed_by = 0;
	for (unsigned i = 1; i <= anchor.n && signed_by < anchor.k; i++)
		SY_TRY(sign_one(dir, i, anchor.root[i - 1].name, passphrase, note, &signed_by));
	return signed_by == anchor.k ? SY_OK : SY_ERR_QUORUM;
}
