/* cmd/user.c: users and tokens without the API, so that a first administrator
 * can be made; works beside a running server. */
#include "server/cmd/cmd.h"

#include "certs/chain.h"
#include "certs/digest.h"
#include "schema/wire/hex.h"
#include "schema/wire/utf8.h"
#include "server/service/auth.h"
#include "server/service/now.h"
#include "server/store/record.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct user {
	const char *data, *name, *role, *party, *duties, *days, *token_out;
};

static enum sy_err
read_duties(const char *text, int64_t *ret, struct sy_fault *reterr)
{
	struct sy_span rest = sy_span_str(text), one = {NULL, 0};
	while (sy_span_cut(&rest, ',', &one)) {
		enum sy_role r;
		if (sy_role_parse(one, &r) != SY_OK)
			return sy_fault_at(reterr, SY_ERR_UNKNOWN_CODE, "--duties", 0, 0);
		*ret |= (int64_t)r;
	}
	return SY_OK;
}

static enum sy_err
read_user(struct db *db, const struct user *o, struct user_row *u, struct sy_fault *reterr)
{
	if (role_parse(o->role) == 0)
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_CODE, "--role", 0, 0);
	if (strlen(o->name) == 0 || strlen(o->name) >= sizeof u->name || sy_utf8_check(sy_span_str(o->name), false, NULL) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "--name", 0, 0);
	(void)snprintf(u->name, sizeof u->name, "%s", o->name);
	(void)snprintf(u->role, sizeof u->role, "%s", o->role);
	if (o->duties != NULL)
		SY_TRY(read_duties(o->duties, &u->duties, reterr));
	if (o->party == NULL && role_parse(o->role) != ROLE_ADMINISTRATOR)
		return sy_fault_at(reterr, SY_ERR_MISSING, "--party", 0, 0);
	if (o->party == NULL)
		return SY_OK;
	RECORD_ROW(r);
	u->has_party = true;
	if (sy_hex_parse(sy_span_str(o->party), u->party, sizeof u->party, NULL) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "--party", 0, 0);
	enum sy_err e = record_store_newest_logged(db, u->party, &r);
	if (e == SY_ERR_NOT_FOUND || (e == SY_OK && strcmp(r.type, "party") != 0))
		return sy_fault_at(reterr, SY_ERR_NOT_FOUND, "--party", 0, 0);
	return e;
}

static enum sy_err
add_token(struct db *db, const struct user *o, const struct user_row *u, struct sy_fault *reterr)
{
	uint8_t secret[32];
	char token[AUTH_TOKEN_SIZE + 1];
	struct token_row t = {.revoked = false};
	long days = o->days == NULL ? 90 : strtol(o->days, NULL, 10);
	if (days < 1 || days > 3650)
		return sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "--days", 0, 0);
	SY_TRY(sy_random(secret, sizeof secret));
	auth_token_print(secret, token);
	SY_TRY(auth_token_hash(token, t.sha256));
	memcpy(t.user, u->id, sizeof t.user);
	(void)snprintf(t.label, sizeof t.label, "%s", "command line");
	t.expires = now_system() + days * 86400;
	token[AUTH_TOKEN_SIZE - 1] = '\n'; /* over the NUL: a line of text */
	token[AUTH_TOKEN_SIZE] = '\0';
	SY_TRY(cmd_write(o->token_out, sy_span_str(token), reterr));
	SY_TRY(token_store_add(db, &t));
	return audit_store_add(db, now_system(), NULL, "token", u->id, u->name);
}

static enum sy_err
work(const struct user *o, bool add, struct user_row *u, struct sy_fault *reterr)
{
	struct conf c;
	struct db *db = NULL;
	SY_TRY(cmd_open(o->data, DB_WRITE, &c, &db, reterr));
	enum sy_err e = db_begin(db);
	if (e == SY_OK && add) {
		u->at = now_system();
		e = sy_random(u->id, sizeof u->id);
		if (e == SY_OK)
			e = read_user(db, o, u, reterr);
		if (e == SY_OK)
			e = user_store_add(db, u);
		if (e == SY_ERR_EXISTS)
			(void)sy_fault_at(reterr, e, "--name", 0, 0);
		if (e == SY_OK)
			e = audit_store_add(db, u->at, NULL, "user", u->id, u->role);
	} else if (e == SY_OK) {
		e = user_store_by_name(db, o->name, u);
	}
	if (e == SY_OK && o->token_out != NULL)
		e = add_token(db, o, u, reterr);
	if (e == SY_OK)
		e = db_commit(db);
	db_rollback(db);
	db_close(db);
	return e;
}

static int
run(const void *options, bool add)
{
	const struct user *o = options;
	struct user_row u = {.at = 0};
	struct sy_fault f = {0};
	char id[33];
	enum sy_err e = work(o, add, &u, &f);
	if (e == SY_ERR_EXISTS || e == SY_ERR_NOT_FOUND)
		return cmd_fail("user", e, &f) - 1;
	if (e != SY_OK)
		return cmd_fail("user", e, &f);
	sy_hex_print(sy_span(u.id, sizeof u.id), id);
	(void)printf("%s\n", id);
	return 0;
}

static int
run_add(const void *options)
{
	return run(options, true);
}

static int
run_token(const void *options)
{
	return run(options, false);
}

#define AT(m) offsetof(struct user, m)
static const struct cmd_option add_options[] = {
    {"--data", "DIR", false, AT(data), "数据目录", "data directory"},
    {"--name", "NAME", true, AT(name), "登录名", "name"},
    {"--role", "ROLE", true, AT(role), "processor inspector certifier regulator administrator 之一", "one of those five"},
    {"--party", "ID", false, AT(party), "所属单位", "the party"},
    {"--duties", "LIST", false, AT(duties), "职责，逗号分隔，如 tester,reviewer", "duties, such as tester,reviewer"},
    {"--days", "N", false, AT(days), "令牌有效天数，默认 90", "days the token lives, 90 unless given"},
    {"--token-out", "FILE", false, AT(token_out), "把新令牌写入此文件", "write a new bearer token to this file"},
};
static const struct cmd_option token_options[] = {
    {"--data", "DIR", false, AT(data), "数据目录", "data directory"},
    {"--name", "NAME", true, AT(name), "登录名", "name"},
    {"--days", "N", false, AT(days), "令牌有效天数，默认 90", "days the token lives, 90 unless given"},
    {"--token-out", "FILE", true, AT(token_out), "把新令牌写入此文件", "write a new bearer token to this file"},
};
const struct cmd_verb cmd_user_add = {"user add", add_options, SY_LEN(add_options), sizeof(struct user), run_add, "新建用户，打印其编号", "add a user; prints its id"};
const struct cmd_verb cmd_user_token = {"user token", token_options, SY_LEN(token_options), sizeof(struct user), run_token, "给用户一个令牌", "a token for a user"};
