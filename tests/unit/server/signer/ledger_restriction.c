/* The signer's tables for holds, voids, recalls, ranges and counters. */
#include "server/signer/ledger.h"

#include "server/sql_signer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static int
setup(void **state)
{
	struct db *db = NULL;
	assert_int_equal(db_open(":memory:", DB_WRITE, &db, NULL), SY_OK);
	assert_int_equal(db_migrate(db, signer_migrations, signer_migrations_len, NULL), SY_OK);
	*state = db;
	return 0;
}

static int
teardown(void **state)
{
	db_close(*state);
	return 0;
}

static void
put(struct db *db, uint8_t id, uint8_t target, const char *kind, bool open, enum sy_role by)
{
	uint8_t bytes[16];
	memset(bytes, target, sizeof bytes);
	struct ledger_restriction r = { .target = sy_span(bytes, sizeof bytes), .kind = kind, .open = open, .opener = by };
	memset(r.id, id, sizeof r.id);
	assert_int_equal(ledger_restriction_put(db, &r), SY_OK);
}

static enum sy_err
ask(struct db *db, uint8_t target)
{
	uint8_t bytes[16];
	memset(bytes, target, sizeof bytes);
	return ledger_restricted(db, sy_span(bytes, sizeof bytes));
}

/* R: trust.md "Verdicts": recalled before withdrawn before held; a closed one counts no more. */
static void
precedence(void **state)
{
	struct db *db = *state;
	assert_int_equal(ask(db, 9), SY_OK);
	put(db, 1, 9, "hold", true, SY_ROLE_STATUS);
	assert_int_equal(ask(db, 9), SY_ERR_ON_HOLD);
	put(db, 2, 9, "void", true, SY_ROLE_OPERATOR);
	assert_int_equal(ask(db, 9), SY_ERR_WITHDRAWN);
	put(db, 3, 9, "recall", true, SY_ROLE_OFFICER);
	assert_int_equal(ask(db, 9), SY_ERR_RECALLED);
	assert_int_equal(ask(db, 8), SY_OK);
	put(db, 3, 9, "recall", false, SY_ROLE_OFFICER);
	assert_int_equal(ask(db, 9), SY_ERR_WITHDRAWN);
}

/* Who opened it is remembered while it is open, and asked anew when it is opened again. */
static void
opener(void **state)
{
	struct db *db = *state;
	uint8_t id[16];
	enum sy_role by = SY_ROLE_STATUS;
	bool open = false;
	memset(id, 5, sizeof id);
	assert_int_equal(ledger_restriction_opener(db, id, &by, &open), SY_ERR_NOT_FOUND);
	put(db, 5, 7, "hold", true, SY_ROLE_OFFICER);
	put(db, 5, 7, "hold", true, SY_ROLE_OPERATOR);
	assert_int_equal(ledger_restriction_opener(db, id, &by, &open), SY_OK);
	assert_int_equal(by, SY_ROLE_OFFICER);
	put(db, 5, 7, "hold", false, SY_ROLE_OFFICER);
	put(db, 5, 7, "hold", true, SY_ROLE_OPERATOR);
	assert_int_equal(ledger_restriction_opener(db, id, &by, &open), SY_OK);
	assert_int_equal(by, SY_ROLE_OPERATOR);
	assert_true(open);
}

/* An item's key is made once, and its counter begins at zero. */
static void
items(void **state)
{
	struct db *db = *state;
	const struct ledger_item gtin = { .own = false, .item = "09520000000011" }, own = { .own = true, .item = "09520000000011" };
	uint8_t a[32], b[32], c[32];
	int64_t next = -1;
	assert_int_equal(ledger_item_get(db, &gtin, a, &next), SY_OK);
	assert_int_equal(next, 0);
	assert_int_equal(ledger_item_get(db, &gtin, b, &next), SY_OK);
	assert_memory_equal(a, b, sizeof a);
	assert_int_equal(ledger_item_get(db, &own, c, &next), SY_OK);
	assert_memory_not_equal(a, c, sizeof a);
}

/* R: trust.md: a printed range is never signed again. Half-open ranges touch without overlapping. */
static void
journal(void **state)
{
	struct db *db = *state;
	struct sy_hash leaf = { { 1 } }, other = { { 2 } };
	static const struct {
		int64_t first, count;
		bool overlaps;
	} rows[] = { { 0, 10, false }, { 0, 11, true }, { 10, 5, true }, { 14, 1, true }, { 15, 1, false }, { 9, 1, false }, { 0, 1000, true }, { 12, 1, true } };
	assert_int_equal(db_exec(db, "PRAGMA foreign_keys=OFF"), SY_OK);
	assert_int_equal(ledger_journal_add(db, &leaf, 10, 5, 1), SY_OK);
	for (size_t i = 0; i < SY_LEN(rows); i++) {
		bool got = !rows[i].overlaps;
		assert_int_equal(ledger_journal_overlaps(db, &leaf, rows[i].first, rows[i].count, &got), SY_OK);
		assert_int_equal(got, rows[i].overlaps);
		assert_int_equal(ledger_journal_overlaps(db, &other, rows[i].first, rows[i].count, &got), SY_OK);
		assert_false(got);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(precedence, setup, teardown), cmocka_unit_test_setup_teardown(opener, setup, teardown),
		cmocka_unit_test_setup_teardown(items, setup, teardown), cmocka_unit_test_setup_teardown(journal, setup, teardown) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
