/* A trust record names the list that the signer goes by, and no other.
 * R: suyuan-trust(5) "In the log". */
#include "server/signer/rules.h"

#include "certs/digest.h"
#include "schema/wire/hex.h"
#include "server/sql_signer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NOTE "suyuan/trust/v1\nthe list in force\n"
#define SALT "\"salt\":\"00112233445566778899aabbccddeeff\""

static void
hex_of(const char *text, char ret[65])
{
	uint8_t hash[32];
	assert_int_equal(sy_sha256(sy_span_str(text), hash), SY_OK);
	sy_hex_print(sy_span(hash, sizeof hash), ret);
}

static struct db *
state_with(bool list)
{
	struct db *db = NULL;
	assert_int_equal(db_open(":memory:", DB_WRITE, &db, NULL), SY_OK);
	assert_int_equal(db_migrate(db, signer_migrations, signer_migrations_len, NULL), SY_OK);
	assert_int_equal(db_exec(db, "INSERT INTO state (one, origin, size, frontier) VALUES (1, 'o', 0, x'')"), SY_OK);
	if (list)
		assert_int_equal(db_exec(db, "UPDATE state SET trust_version = 7, trust = 'suyuan/trust/v1' || char(10) || 'the list in force' || char(10)"), SY_OK);
	return db;
}

static enum sy_err
admit(struct db *db, const char *id, const char *body, unsigned roles, uint8_t leaf, struct sy_fault *f)
{
	char hash[65];
	SY_AUTO_JSON *bodies = sy_json_object();
	hex_of(body, hash);
	assert_int_equal(sy_json_set(bodies, hash, sy_json_from_str(body)), SY_OK);
	struct sy_statement st = { .type = sy_statement_type("trust"), .version = 1 };
	(void)snprintf(st.id, sizeof st.id, "%s", id);
	(void)snprintf(st.issuer, sizeof st.issuer, "%032d", 0);
	memcpy(st.public_sha256, hash, sizeof hash);
	struct rule r = { .db = db, .st = &st, .index = leaf, .roles = roles, .bodies = bodies, .fault = f };
	memset(r.leaf.b, leaf, sizeof r.leaf.b);
	assert_int_equal(db_begin(db), SY_OK);
	enum sy_err e = rules_admit(&r);
	if (e == SY_OK)
		assert_int_equal(db_commit(db), SY_OK);
	db_rollback(db); /* as the caller does with what is refused */
	return e;
}

static void
body_of(char *ret, size_t size, int version, const char *sha256)
{
	(void)snprintf(ret, size, "{" SALT ",\"sha256\":\"%s\",\"version\":%d}", sha256, version);
}

static void
list_in_force(void **state)
{
	(void)state;
	struct db *db = state_with(true);
	char body[256], sha256[65], other[65];
	struct sy_fault f = { 0 };
	const char *a = "0000000000000000000000000000000a", *b = "0000000000000000000000000000000b";
	hex_of(NOTE, sha256);
	hex_of(NOTE "x", other);
	body_of(body, sizeof body, 7, other);
	assert_int_equal(admit(db, "00000000000000000000000000000001", body, SY_ROLE_STATUS, 1, &f), SY_ERR_BODY_MISMATCH);
	assert_string_equal(f.field, "body.sha256");
	body_of(body, sizeof body, 8, sha256);
	f = (struct sy_fault){ 0 };
	assert_int_equal(admit(db, "00000000000000000000000000000002", body, SY_ROLE_STATUS, 2, &f), SY_ERR_VERSION_CONFLICT);
	(void)snprintf(body, sizeof body, "{\"more\":1," SALT ",\"sha256\":\"%s\",\"version\":7}", sha256);
	assert_int_equal(admit(db, "00000000000000000000000000000003", body, SY_ROLE_STATUS, 3, NULL), SY_ERR_MALFORMED);
	(void)snprintf(body, sizeof body, "{\"sha256\":\"%s\",\"version\":7}", sha256);
	assert_int_equal(admit(db, "00000000000000000000000000000004", body, SY_ROLE_STATUS, 4, NULL), SY_ERR_MALFORMED);
	body_of(body, sizeof body, 7, sha256);
	assert_int_equal(admit(db, a, body, SY_ROLE_OFFICER, 5, NULL), SY_ERR_WRONG_ROLE);
	assert_int_equal(admit(db, a, body, SY_ROLE_STATUS, 5, NULL), SY_OK);
	assert_int_equal(admit(db, b, body, SY_ROLE_STATUS, 6, NULL), SY_ERR_EXISTS);
	db_close(db);
}

/* Before adoption there is none to speak of. */
static void
no_list(void **state)
{
	(void)state;
	struct db *db = state_with(false);
	char body[256], sha256[65];
	hex_of(NOTE, sha256);
	body_of(body, sizeof body, 7, sha256);
	assert_int_equal(admit(db, "0000000000000000000000000000000a", body, SY_ROLE_STATUS, 1, NULL), SY_ERR_UNAVAILABLE);
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(list_in_force), cmocka_unit_test(no_list) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
