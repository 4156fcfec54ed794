/* check.c: an entry with certificates and a trust list: who sealed it, and does it hold. */
#include "certs/cmd/cmd.h"

#include <stdio.h>

static void
tell(const struct sy_entry *e, struct cmd_facts *f)
{
	cmd_fact(f, "type", "类型", sy_json_get_str(e->json, "type"));
	const char *issuer = sy_json_get_str(e->json, "issuer");
	cmd_fact(f, "issuer", "签发单位", issuer == NULL ? "-" : issuer);
	for (size_t i = 0; i < e->n; i++) {
		char name[32];
		(void)snprintf(name, sizeof name, "seal_%zu_role", i);
		cmd_fact(f, name, "签署角色", sy_role_name(e->seal[i].head.role));
		(void)snprintf(name, sizeof name, "seal_%zu_kid", i);
		cmd_fact(f, name, "密钥号", e->seal[i].head.kid);
		(void)snprintf(name, sizeof name, "seal_%zu_time", i);
		cmd_fact_time(f, name, "签署时间", e->seal[i].head.iat);
	}
}

static enum sy_err
check(const struct cmd_args *a, const struct sy_entry *e, const struct cmd_certs *certs, const struct sy_trust *trust, struct sy_fault *fault)
{
	struct sy_entry_context c = { .certs = (const struct sy_cert *const *)certs->cert, .n = certs->n, .trust = trust };
	SY_TRY(cmd_time(a, "time", 0, &c.time));
	SY_TRY(cmd_u64(a, "leaf", SY_NOT_LOGGED, UINT64_C(1) << 62, &c.leaf));
	enum sy_err err = sy_entry_check(e, &c, fault);
	bool no = err != SY_OK && cmd_exit(err) != 1 && err != SY_ERR_NOT_FOUND;
	if (no)
		return err;
	SY_CLEANUP(cmd_facts_done) struct cmd_facts f;
	cmd_facts_init(&f);
	cmd_fact(&f, "result", "结果", sy_err_slug(err));
	tell(e, &f);
	SY_TRY(cmd_facts_show(&f, cmd_has(a, "json")));
	return err;
}

static enum sy_err
run(const struct cmd_args *a, const char *path, struct cmd_certs *certs, struct sy_fault *fault)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
	SY_CLEANUP(sy_entry_done) struct sy_entry e = { 0 };
	SY_AUTO_TRUST *trust = NULL;
	const char *file;
	SY_TRY(cmd_load_trust(a, cmd_now(), &trust, fault));
	for (size_t i = 0; (file = cmd_nth(a, "certs", i)) != NULL; i++)
		SY_TRY(cmd_read_certs(file, certs));
	SY_TRY(cmd_read(path, SY_ENTRY_MAX, &text));
	SY_TRY(sy_entry_parse(sy_buf_span(&text), &e, fault));
	return check(a, &e, certs, trust, fault);
}

/* An entry without its form was checked, and is none. */
static bool
is_form(enum sy_err e)
{
	return e >= SY_ERR_MALFORMED && e < SY_ERR_BAD_SIGNATURE && e != SY_ERR_BAD_ARGUMENT;
}

int
verb_check(const struct cmd_args *a)
{
	const char *path;
	struct sy_fault fault = { 0 };
	SY_CLEANUP(cmd_certs_done) struct cmd_certs certs = { 0 };
	if (cmd_need(a, "entry", &path) != SY_OK)
		return 2;
	enum sy_err e = run(a, path, &certs, &fault);
	if (e == SY_OK)
		return 0;
	int code = cmd_fail(a, path, e, &fault);
	return is_form(e) ? 1 : code;
}
