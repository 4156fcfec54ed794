/* A status list says what the signer's own ledger says, whole, and not for long.
 * R: trust.md "Status": a server that hides a recall gets no list without it. */
#include "server/signer/rules.h"

#include "certs/digest.h"
#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "server/signer/state.h"
#include "server/sql_signer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define LEAF(n) "010101010101010101010101010101010101010101010101010101010101010" #n
#define SALT "\"salt\":\"00112233445566778899aabbccddeeff\""

/* Two releases at 4 and 5; of the first the lot, its report and a range of labels can be stopped. */
static const char made[] =
    "INSERT INTO record VALUES (x'" LEAF(1) "', 4, x'11111111111111111111111111111111', 1, 'release', '11111111111111111111111111111111', '" LEAF(1) "');"
    "INSERT INTO record VALUES (x'" LEAF(2) "', 5, x'22222222222222222222222222222222', 1, 'release', '11111111111111111111111111111111', '" LEAF(2) "');"
    "INSERT INTO release VALUES (x'" LEAF(1) "', x'aa', 0, '1', 'L', 70, 1, 0, 0, 411724, NULL, 1, 'KGM', 9, 9);"
    "INSERT INTO release VALUES (x'" LEAF(2) "', x'bb', 0, '1', 'M', 71, 1, 0, 0, 411724, NULL, 1, 'KGM', 9, 9);"
    "INSERT INTO cite VALUES (x'" LEAF(1) "', x'" LEAF(3) "', x'cc', 'report');";

static int
setup(void **state)
{
	struct db *db = NULL;
	assert_int_equal(db_open(":memory:", DB_WRITE, &db, NULL), SY_OK);
	assert_int_equal(db_migrate(db, signer_migrations, signer_migrations_len, NULL), SY_OK);
	assert_int_equal(db_exec(db, made), SY_OK);
	*state = db;
	return 0;
}

static int
teardown(void **state)
{
	db_close(*state);
	return 0;
}

struct list {
	const char *held, *recalled, *released, *revoked, *voided;
	int size, days;
};

#define BOTH "{\"leaf\":\"" LEAF(1) "\",\"status_index\":70},{\"leaf\":\"" LEAF(2) "\",\"status_index\":71}"
static const struct list clean = { "", "", BOTH, "", "", 6, 7 };

static enum sy_err
admit(struct db *db, const struct list *l, const char *more, char retfield[128])
{
	char body[2048], until[SY_TIME_SIZE], hex[65];
	uint8_t hash[32];
	struct sy_fault f = { 0 };
	SY_AUTO_JSON *bodies = sy_json_object();
	sy_time_print(state_now() + (int64_t)l->days * 86400, until);
	(void)snprintf(body, sizeof body, "{\"held\":[%s],\"recalled\":[%s],\"released\":[%s],\"revoked\":[%s]," SALT ",\"size\":%d,\"valid_until\":\"%s\",\"voided\":[%s]%s}", l->held, l->recalled,
	    l->released, l->revoked, l->size, until, l->voided, more);
	assert_int_equal(sy_sha256(sy_span_str(body), hash), SY_OK);
	sy_hex_print(sy_span(hash, sizeof hash), hex);
	assert_int_equal(sy_json_set(bodies, hex, sy_json_from_str(body)), SY_OK);
	struct sy_statement st = { .type = sy_statement_type("status"), .version = 1 };
	(void)snprintf(st.id, sizeof st.id, "%032d", 5);
	(void)snprintf(st.issuer, sizeof st.issuer, "%032d", 0);
	memcpy(st.public_sha256, hex, sizeof hex);
	struct rule r = { .db = db, .st = &st, .index = 8, .roles = SY_ROLE_STATUS, .bodies = bodies, .fault = &f };
	assert_int_equal(db_begin(db), SY_OK);
	enum sy_err e = rules_admit(&r);
	db_rollback(db);
	(void)snprintf(retfield, 128, "%s", f.field);
	return e;
}

static void
expect(struct db *db, struct list l, enum sy_err err, const char *field)
{
	char said[128];
	assert_int_equal(admit(db, &l, "", said), err);
	assert_string_equal(said, field);
}

static void
as_the_ledger(void **state)
{
	struct list l = clean;
	expect(*state, clean, SY_OK, "");
	l.released = "{\"leaf\":\"" LEAF(1) "\",\"status_index\":70}";
	expect(*state, l, SY_ERR_CONFLICT, "body.released.1");
	l.size = 5; /* speaks of no more than that */
	expect(*state, l, SY_OK, "");
	l.released = "{\"leaf\":\"" LEAF(1) "\",\"status_index\":71}";
	expect(*state, l, SY_ERR_CONFLICT, "body.released.0");
	l = clean;
	l.released = BOTH ",{\"leaf\":\"" LEAF(3) "\",\"status_index\":72}";
	expect(*state, l, SY_ERR_CONFLICT, "body.released");
	l = clean;
	l.recalled = "\"" LEAF(1) "\""; /* a recall that nobody sealed */
	expect(*state, l, SY_ERR_CONFLICT, "body.recalled");
}

static void
nothing_hidden(void **state)
{
	struct db *db = *state;
	static const char *const stops[] = {
		"INSERT INTO restriction VALUES (x'01', x'aa', 'recall', NULL, NULL, NULL, 1, 32)",
		"INSERT INTO restriction VALUES (x'02', x'aa', 'hold', 'safety', NULL, NULL, 1, 32)",
		"INSERT INTO restriction VALUES (x'03', x'cc', 'void', NULL, NULL, NULL, 1, 4)",
		"INSERT INTO restriction VALUES (x'04', x'" LEAF(1) "', 'void', NULL, 2, 3, 1, 8)",
	};
	static const char *const fields[] = { "body.recalled.0", "body.held.0", "body.revoked.0", "body.voided.0" };
	struct list l = clean;
	for (size_t i = 0; i < SY_LEN(stops); i++) {
		assert_int_equal(db_begin(db), SY_OK);
		assert_int_equal(db_exec(db, stops[i]), SY_OK);
		assert_int_equal(db_commit(db), SY_OK);
		expect(db, l, SY_ERR_CONFLICT, fields[i]);
		l.recalled = "\"" LEAF(1) "\"";
		l.held = i >= 1 ? "{\"class\":\"safety\",\"release\":\"" LEAF(1) "\"}" : "";
		l.revoked = i >= 2 ? "\"" LEAF(1) "\"" : "";
		l.voided = i >= 3 ? "{\"count\":3,\"first\":2,\"release\":\"" LEAF(1) "\"}" : "";
		expect(db, l, SY_OK, "");
	}
	expect(db, clean, SY_ERR_CONFLICT, "body.held.0");
	assert_int_equal(db_exec(db, "UPDATE restriction SET open = 0"), SY_OK);
	expect(db, clean, SY_OK, "");
}

static void
bounds(void **state)
{
	struct list l = clean;
	char said[128];
	l.days = 9;
	expect(*state, l, SY_ERR_OUT_OF_RANGE, "body.valid_until");
	l = clean;
	l.size = 9; /* of entries that are not there */
	expect(*state, l, SY_ERR_OUT_OF_RANGE, "body.size");
	assert_int_equal(admit(*state, &clean, ",\"x\":1", said), SY_ERR_MALFORMED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(as_the_ledger, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_hidden, setup, teardown),
		cmocka_unit_test_setup_teardown(bounds, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
