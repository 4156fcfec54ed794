/* service/auth.h: bearer tokens: "suy_" and 43 base64url characters, of which
 * only a hash is kept. */
#ifndef SERVER_SERVICE_AUTH_H
#define SERVER_SERVICE_AUTH_H

#include "server/app.h"
#include "server/service/caller.h"
#include "server/store/user.h"

#define AUTH_TOKEN_SIZE 48 /* "suy_", 43 characters and NUL */

/* header: the Authorization field's value. UNAUTHENTICATED; TOO_MANY after too many failures of that address. */
enum sy_err auth_caller(struct app *app, struct sy_span header, const char *peer, struct caller *ret, struct sy_fault *reterr) SY_MUST;
/* A wrong passphrase counts like a wrong token. */
void auth_failed(struct app *app, const char *peer);
enum sy_err auth_allowed(struct app *app, const char *peer) SY_MUST;

/* A new token from 32 bytes (random, or derived for a request that may be repeated). */
void auth_token_print(const uint8_t secret[32], char ret[AUTH_TOKEN_SIZE]);
enum sy_err auth_token_hash(const char *token, uint8_t ret[32]) SY_MUST;
enum sy_err auth_of_user(const struct user_row *u, struct caller *ret) SY_MUST;

#endif
