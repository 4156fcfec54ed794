/* auth.c: see auth.h. A token is 256 random bits, so its lookup by hash needs
 * neither salt nor constant time. */
#include "server/service/auth.h"

#include "certs/digest.h"
#include "schema/wire/b64.h"
#include "schema/wire/hex.h"
#include "server/service/limit.h"
#include "server/service/now.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define PREFIX "suy_"

void
auth_token_print(const uint8_t secret[32], char ret[AUTH_TOKEN_SIZE])
{
	struct sy_buf b;
	sy_buf_init(&b, AUTH_TOKEN_SIZE);
	sy_buf_add_str(&b, PREFIX);
	sy_b64url_add(&b, sy_span(secret, 32));
	(void)snprintf(ret, AUTH_TOKEN_SIZE, "%s", sy_buf_cstr(&b));
	sy_buf_done(&b);
}

enum sy_err
auth_token_hash(const char *token, uint8_t ret[32])
{
	return sy_sha256(sy_span_str(token), ret);
}

enum sy_err
auth_of_user(const struct user_row *u, struct caller *ret)
{
	memset(ret, 0, sizeof *ret);
	memcpy(ret->id, u->id, sizeof ret->id);
	ret->has_party = u->has_party;
	memcpy(ret->party, u->party, sizeof ret->party);
	if (u->has_party)
		sy_hex_print(sy_span(u->party, sizeof u->party), ret->party_hex);
	(void)snprintf(ret->name, sizeof ret->name, "%s", u->name);
	ret->role = role_parse(u->role);
	ret->duties = (unsigned)u->duties;
	ret->has_x5t = u->has_x5t;
	memcpy(ret->x5t, u->x5t, sizeof ret->x5t);
	return ret->role == 0 ? SY_ERR_DATA_DAMAGED : SY_OK;
}

void
auth_failed(struct app *app, const char *peer)
{
	(void)limit_count(app->failures, peer, now_seconds(app));
}

enum sy_err
auth_allowed(struct app *app, const char *peer)
{
	return limit_seen(app->failures, peer, now_seconds(app)) < app->conf->auth_failures ? SY_OK : SY_ERR_TOO_MANY;
}

static enum sy_err
find_user(struct app *app, const uint8_t sha256[32], struct user_row *ret, struct sy_fault *reterr)
{
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	return token_store_user(loan.db, sha256, now_seconds(app), ret);
}

static enum sy_err
look_up(struct app *app, const char *token, const char *peer, struct caller *ret, struct sy_fault *reterr)
{
	uint8_t sha256[32];
	struct user_row u;
	SY_TRY(auth_token_hash(token, sha256));
	enum sy_err e = find_user(app, sha256, &u, reterr);
	if (e == SY_ERR_NOT_FOUND && auth_allowed(app, peer) == SY_OK) {
		/* The command line makes tokens in a process of its own: look again, at what is there now.
		 * Not for who guesses: it ends the snapshots that scans read in. */
		db_pool_renew(app->reads);
		e = find_user(app, sha256, &u, reterr);
	}
	if (e == SY_ERR_NOT_FOUND)
		return SY_ERR_UNAUTHENTICATED;
	SY_TRY(e);
	SY_TRY(auth_of_user(&u, ret));
	return sy_hmac(sy_span_str(token), sy_span_str("suyuan/caller/v1"), ret->secret_mac);
}

enum sy_err
auth_caller(struct app *app, struct sy_span header, const char *peer, struct caller *ret, struct sy_fault *reterr)
{
	static const char scheme[] = "Bearer ";
	char token[AUTH_TOKEN_SIZE];
	if (header.data == NULL)
		return SY_ERR_UNAUTHENTICATED;
	struct sy_span t = sy_span_sub(header, sizeof scheme - 1, header.len);
	bool form = header.len > sizeof scheme && strncasecmp((const char *)header.data, scheme, sizeof scheme - 1) == 0 &&
	    t.len == AUTH_TOKEN_SIZE - 1 && memcmp(t.data, PREFIX, sizeof PREFIX - 1) == 0;
	enum sy_err e = SY_ERR_UNAUTHENTICATED;
	if (form) {
		memcpy(token, t.data, t.len);
		token[t.len] = '\0';
		e = look_up(app, token, peer, ret, reterr);
	}
	/* A good token is good also from an address where others guess: behind a proxy all of them are one. */
	if (e != SY_ERR_UNAUTHENTICATED)
		return e;
	SY_TRY(auth_allowed(app, peer));
	auth_failed(app, peer);
	return e;
}
