/* seal.c: a person signs what the person has read: the statement's facts are shown,
 * and asked about, before the key is opened. */
#include "certs/cmd/cmd.h"

#include "certs/digest.h"
#include "schema/wire/b64.h"
#include "schema/wire/canon.h"
#include "schema/wire/hex.h"

#include <stdio.h>
#include <string.h>

#define STATEMENT_MAX 65535
#define BODY_MAX (1u << 20)

struct job {
	struct sy_buf statement;
	struct sy_json *json;
	struct sy_json *body[2]; /* public, private, as far as given */
	struct sy_cert *cert;
	struct sy_seal_head head;
	struct sy_fault fault;
};

static void
job_done(struct job *j)
{
	sy_buf_done(&j->statement);
	sy_json_free(j->json);
	sy_json_free(j->body[0]);
	sy_json_free(j->body[1]);
	sy_cert_free(j->cert);
}

static void
show_members(const struct sy_json *object)
{
	void *cursor = NULL;
	const char *name;
	const struct sy_json *value;
	while (sy_json_next(object, &cursor, &name, &value)) {
		SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
		sy_buf_init(&text, BODY_MAX);
		sy_canon_print(value, &text); /* JSON strings, so that no control character reaches the terminal */
		(void)fprintf(stderr, "  %s: %s\n", name, sy_buf_cstr(&text));
	}
}

static void
show(const struct job *j)
{
	(void)fprintf(stderr, "将要签署 about to seal: %s, %s %s, %s\n", j->head.typ, sy_cert_party(j->cert), sy_cert_subject(j->cert), sy_role_name(j->head.role));
	show_members(j->json);
	if (j->body[0] != NULL)
		(void)fprintf(stderr, "公开内容 public:\n");
	show_members(j->body[0]);
	if (j->body[1] != NULL)
		(void)fprintf(stderr, "非公开内容 private:\n");
	show_members(j->body[1]);
}

/* A digest tells a person nothing: with the body at hand it is compared, and shown. */
static enum sy_err
load_body(const char *path, const char *member, struct job *j, struct sy_json **ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
	uint8_t digest[SY_SHA256_SIZE];
	char hex[2 * SY_SHA256_SIZE + 1];
	if (path == NULL)
		return SY_OK;
	SY_TRY(cmd_read(path, BODY_MAX, &text));
	SY_TRY(sy_sha256(sy_buf_span(&text), digest));
	sy_hex_print(sy_span(digest, sizeof digest), hex);
	const char *said = sy_json_get_str(j->json, member);
	if (said == NULL || strcmp(said, hex) != 0)
		return sy_fault_at(&j->fault, SY_ERR_BODY_MISMATCH, member, 0, 0);
	return sy_canon_parse(sy_buf_span(&text), ret, &j->fault);
}

static enum sy_err
load_statement(const char *path, struct job *j)
{
	enum sy_err e = cmd_read(path, STATEMENT_MAX, &j->statement);
	if (e != SY_OK)
		return sy_fault_at(&j->fault, e, path, 0, 0);
	/* One LF at the end is the editor's, not the statement's. */
	if (j->statement.len > 0 && j->statement.data[j->statement.len - 1] == '\n')
		j->statement.len--;
	SY_TRY(sy_canon_parse(sy_buf_span(&j->statement), &j->json, &j->fault));
	const char *type = sy_json_get_str(j->json, "type");
	return sy_seal_typ(sy_span_str(type), j->head.typ);
}

/* Nobody signs for another party, or in a role the certificate does not carry. */
static enum sy_err
check_who(const struct job *j, int64_t now)
{
	const char *issuer = sy_json_get_str(j->json, "issuer");
	if ((sy_cert_roles(j->cert) & (unsigned)j->head.role) == 0)
		return SY_ERR_WRONG_ROLE;
	if (j->head.role != SY_ROLE_STATUS && (issuer == NULL || strcmp(issuer, sy_cert_party(j->cert)) != 0))
		return SY_ERR_WRONG_PARTY;
	return now >= sy_cert_not_before(j->cert) && now <= sy_cert_not_after(j->cert) ? SY_OK : SY_ERR_CERT_EXPIRED;
}

static enum sy_err
set_kid(const struct cmd_args *a, const struct sy_key *key, struct sy_seal_head *h)
{
	uint64_t number;
	if (h->role != SY_ROLE_STATUS)
		return sy_key_kid(key, h->kid);
	SY_TRY(cmd_u64(a, "kid", 0, SY_KID_MAX, &number));
	(void)snprintf(h->kid, sizeof h->kid, "%u", (unsigned)number);
	return number > 0 ? SY_OK : SY_ERR_BAD_ARGUMENT;
}

static enum sy_err
sign(const struct sy_key *key, const struct job *j, struct sy_buf *ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf head = { 0 }, input = { 0 };
	sy_buf_init(&head, 1024);
	sy_buf_init(&input, (size_t)2 * STATEMENT_MAX);
	sy_seal_head_print(&j->head, &head);
	SY_TRY(sy_buf_err(&head));
	sy_seal_input(sy_buf_span(&head), sy_buf_span(&j->statement), &input);
	SY_TRY(sy_buf_err(&input));
	SY_AUTO_SEAL *seal = NULL;
	uint8_t sig[SY_SIG_SIZE];
	SY_TRY(sy_seal_new(key, &seal));
	SY_TRY(sy_seal_sign(seal, sy_buf_span(&input), sig));
	sy_buf_add_str(ret, "{\"protected\":\"");
	sy_b64url_add(ret, sy_buf_span(&head));
	sy_buf_add_str(ret, "\",\"signature\":\"");
	sy_b64url_add(ret, sy_span(sig, sizeof sig));
	sy_buf_add_str(ret, "\"}\n");
	return sy_buf_err(ret);
}

static enum sy_err
run(const struct cmd_args *a, struct job *j)
{
	const char *path, *key_path, *cert_path, *role;
	SY_TRY(cmd_need(a, "statement", &path));
	SY_TRY(cmd_need(a, "key", &key_path));
	SY_TRY(cmd_need(a, "cert", &cert_path));
	SY_TRY(cmd_need(a, "role", &role));
	SY_TRY(cmd_time(a, "time", cmd_now(), &j->head.iat));
	SY_TRY(sy_role_parse(sy_span_str(role), &j->head.role));
	SY_TRY(cmd_read_cert(cert_path, &j->cert));
	SY_TRY(load_statement(path, j));
	SY_TRY(load_body(cmd_get(a, "public"), "public_sha256", j, &j->body[0]));
	SY_TRY(load_body(cmd_get(a, "private"), "private_sha256", j, &j->body[1]));
	SY_TRY(check_who(j, j->head.iat));
	if (!cmd_has(a, "yes")) {
		show(j);
		if (!cmd_ask("签署吗？", "Seal it?"))
			return SY_ERR_NOT_SEALED;
	}
	SY_AUTO_KEY *key = NULL, *public = NULL;
	SY_TRY(cmd_read_key(a, key_path, &key));
	SY_TRY(sy_cert_key(j->cert, &public));
	if (!sy_key_eq_public(key, public))
		return SY_ERR_BAD_KEY;
	j->head.alg = sy_key_alg(key);
	memcpy(j->head.x5t, sy_cert_sha256(j->cert), sizeof j->head.x5t);
	SY_TRY(set_kid(a, key, &j->head));
	SY_CLEANUP(sy_buf_done) struct sy_buf out = { 0 };
	sy_buf_init(&out, 4096);
	SY_TRY(sign(key, j, &out));
	return cmd_write(cmd_get(a, "out"), sy_buf_span(&out), false);
}

int
verb_seal(const struct cmd_args *a)
{
	SY_CLEANUP(job_done) struct job j = { 0 };
	enum sy_err e = run(a, &j);
	if (e == SY_OK)
		return 0;
	int code = cmd_fail(a, "statement", e, &j.fault);
	return e == SY_ERR_NOT_SEALED ? 1 : code;
}
