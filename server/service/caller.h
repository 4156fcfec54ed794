/* service/caller.h: who asks: a user behind a token, and the roles there are. */
#ifndef SERVER_SERVICE_CALLER_H
#define SERVER_SERVICE_CALLER_H

#include <stdbool.h>
#include <stdint.h>

enum {
	ROLE_PROCESSOR = 1,
	ROLE_INSPECTOR = 2,
	ROLE_CERTIFIER = 4,
	ROLE_REGULATOR = 8,
	ROLE_ADMINISTRATOR = 16,
	ROLE_ANY = 31, /* anyone with a token */
};
const char *role_name(unsigned role); /* "processor" ... */
unsigned role_parse(const char *name); /* 0: none of them */

struct caller {
	uint8_t id[16];
	bool has_party;
	uint8_t party[16];
	char party_hex[33]; /* "" without a party */
	char name[65];
	unsigned role; /* one ROLE_* bit */
	unsigned duties; /* sy_role bits */
	bool has_x5t;
	uint8_t x5t[32]; /* the person's certificate */
	uint8_t secret_mac[32]; /* HMAC of the token: a key for what only this caller may repeat */
};

#endif
