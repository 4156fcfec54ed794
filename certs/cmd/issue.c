/* issue.c: certificates: a root, a party's CA, a person. With --root the files of a
 * small installation are found and kept in its directory. */
#include "certs/cmd/cmd.h"

#include <stdio.h>
#include <string.h>

#define DAY INT64_C(86400)

struct order {
	struct sy_cert_spec spec;
	const char *root;
	struct sy_secret *passphrase;
	struct sy_key *subject_key, *issuer_key;
	struct sy_cert *issuer, *top, *cert; /* top: the root, when it is not the issuer */
};

static void
order_done(struct order *o)
{
	sy_secret_free(o->passphrase);
	sy_key_free(o->subject_key);
	sy_key_free(o->issuer_key);
	sy_cert_free(o->issuer);
	sy_cert_free(o->top);
	sy_cert_free(o->cert);
}

/* "DIR/party-<id><tail>" */
static enum sy_err
party_path(const struct order *o, const char *tail, struct sy_buf *ret)
{
	char name[64];
	(void)snprintf(name, sizeof name, "party-%.32s%s", o->spec.party, tail);
	return cmd_join(ret, o->root, name);
}

static enum sy_err
load_pair(const char *cert, const char *key, struct order *o)
{
	SY_TRY(cmd_read_cert(cert, &o->issuer));
	return cmd_read_key_with(key, o->passphrase, &o->issuer_key);
}

static enum sy_err
load_issuer_of_root(struct order *o)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf cert = { 0 }, key = { 0 };
	SY_TRY(cmd_join(&cert, o->root, "ca.pem"));
	SY_TRY(cmd_join(&key, o->root, "ca-key.pem"));
	if (o->spec.ca || o->spec.roles == SY_ROLE_STATUS)
		return load_pair(sy_buf_cstr(&cert), sy_buf_cstr(&key), o);
	SY_TRY(cmd_read_cert(sy_buf_cstr(&cert), &o->top));
	sy_buf_done(&cert);
	sy_buf_done(&key);
	SY_TRY(party_path(o, ".pem", &cert));
	SY_TRY(party_path(o, "-key.pem", &key));
	return load_pair(sy_buf_cstr(&cert), sy_buf_cstr(&key), o);
}

static enum sy_err
load_issuer(const struct cmd_args *a, struct order *o)
{
	if (o->root != NULL)
		return load_issuer_of_root(o);
	const char *key, *cert = cmd_get(a, "ca-cert");
	SY_TRY(cmd_need(a, "ca-key", &key));
	if (cert != NULL)
		return load_pair(cert, key, o);
	return o->spec.ca ? cmd_read_key_with(key, o->passphrase, &o->issuer_key) : SY_ERR_BAD_ARGUMENT;
}

/* A party's CA in a root directory has its key made there. */
static enum sy_err
make_party_key(struct order *o)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
	SY_TRY(party_path(o, "-key.pem", &path));
	if (cmd_exists(sy_buf_cstr(&path)))
		return cmd_read_key_with(sy_buf_cstr(&path), o->passphrase, &o->subject_key);
	SY_TRY(sy_key_generate(SY_ALG_P256, &o->subject_key));
	return cmd_write_key(sy_buf_cstr(&path), o->subject_key, o->passphrase);
}

static enum sy_err
load_subject(const struct cmd_args *a, struct order *o)
{
	const char *csr = cmd_get(a, "csr"), *spki = cmd_get(a, "spki");
	if (csr != NULL && spki == NULL) {
		SY_CLEANUP(sy_buf_done) struct sy_buf pem = { 0 };
		SY_TRY(cmd_read(csr, 65536, &pem));
		return sy_csr_parse(sy_buf_span(&pem), &o->subject_key);
	}
	if (spki != NULL && csr == NULL)
		return cmd_read_spki(spki, &o->subject_key);
	if (csr != NULL || !o->spec.ca)
		return SY_ERR_BAD_ARGUMENT;
	if (o->root != NULL)
		return make_party_key(o);
	if (o->issuer != NULL)
		return SY_ERR_BAD_ARGUMENT;
	SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 }; /* self-signed: its own key */
	sy_buf_init(&text, 1024);
	SY_TRY(cmd_print_spki(o->issuer_key, false, &text));
	return cmd_parse_spki(sy_buf_span(&text), &o->subject_key);
}

static enum sy_err
set_dates(const struct cmd_args *a, struct order *o)
{
	uint64_t days, otherwise = !o->spec.ca ? 730 : o->issuer == NULL ? 7300 : 1825;
	SY_TRY(cmd_u64(a, "days", otherwise, 36500, &days));
	SY_TRY(cmd_time(a, "not-before", cmd_now(), &o->spec.not_before));
	o->spec.not_after = o->spec.not_before + (int64_t)days * DAY;
	if (o->issuer != NULL && o->spec.not_after > sy_cert_not_after(o->issuer))
		o->spec.not_after = sy_cert_not_after(o->issuer);
	return SY_OK;
}

static enum sy_err
write_out(const struct cmd_args *a, const struct order *o)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf pem = { 0 };
	sy_buf_init(&pem, 65536);
	sy_cert_print_pem(o->cert, &pem);
	SY_TRY(sy_buf_err(&pem));
	if (o->root != NULL && o->spec.ca) {
		SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
		SY_TRY(party_path(o, ".pem", &path));
		SY_TRY(cmd_write(sy_buf_cstr(&path), sy_buf_span(&pem), false));
	}
	if (cmd_has(a, "chain") && o->issuer != NULL)
		sy_cert_print_pem(o->issuer, &pem);
	if (cmd_has(a, "chain") && o->top != NULL)
		sy_cert_print_pem(o->top, &pem);
	SY_TRY(sy_buf_err(&pem));
	const char *out = cmd_get(a, "out");
	return out == NULL && o->root != NULL && o->spec.ca ? SY_OK : cmd_write(out, sy_buf_span(&pem), false);
}

/* What is to be kept with --if-missing: the output, or a party's CA in the root directory. */
static enum sy_err
already(const struct cmd_args *a, const struct order *o, bool *ret)
{
	const char *out = cmd_get(a, "out");
	*ret = false;
	if (out != NULL) {
		*ret = cmd_exists(out);
	} else if (o->root != NULL && o->spec.ca) {
		SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
		SY_TRY(party_path(o, ".pem", &path));
		*ret = cmd_exists(sy_buf_cstr(&path));
	}
	return SY_OK;
}

static enum sy_err
run(const struct cmd_args *a, struct order *o)
{
	const char *roles = cmd_get(a, "roles");
	o->spec.ca = cmd_has(a, "ca");
	o->root = cmd_get(a, "root");
	if (roles != NULL)
		SY_TRY(sy_roles_parse(sy_span_str(roles), &o->spec.roles));
	bool there;
	SY_TRY(already(a, o, &there));
	if (there && cmd_has(a, "if-missing"))
		return SY_OK;
	if (o->root == NULL)
		SY_TRY(cmd_passphrase(a, false, &o->passphrase));
	else
		SY_TRY(cmd_root_passphrase(a, o->root, &o->passphrase));
	SY_TRY(load_issuer(a, o));
	SY_TRY(load_subject(a, o));
	SY_TRY(set_dates(a, o));
	SY_TRY(sy_cert_issue(&o->spec, o->subject_key, o->issuer, o->issuer_key, &o->cert));
	return write_out(a, o);
}

int
verb_issue(const struct cmd_args *a)
{
	SY_CLEANUP(order_done) struct order o = { 0 };
	if (cmd_need(a, "party", &o.spec.party) != SY_OK || cmd_need(a, "subject", &o.spec.subject) != SY_OK)
		return 2;
	enum sy_err e = run(a, &o);
	return e == SY_OK ? 0 : cmd_fail(a, o.spec.subject, e, NULL);
}
