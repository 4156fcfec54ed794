/* tree: nodes out of rows and tiles are those of RFC 6962, at every size around
 * the tiles' edges. R: RFC 6962 2.1; c2sp.org/tlog-tiles. */
#include "server/service/tree.h"

#include "server/sql_core.h"
#include "server/store/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SIZE 1100

static void
grows(void **state)
{
	(void)state;
	struct db *db = NULL;
	struct sy_frontier f;
	assert_int_equal(db_open(":memory:", DB_WRITE, &db, NULL), SY_OK);
	assert_int_equal(db_migrate(db, store_migrations, store_migrations_len, NULL), SY_OK);
	sy_frontier_init(&f);
	uint64_t grown = 0;
	for (int64_t i = 0; i < SIZE; i++) {
		struct entry_row row = {.leaf_index = i, .version = 1};
		struct sy_hash leaf, a, b;
		char text[32];
		(void)snprintf(text, sizeof text, "entry %lld", (long long)i);
		assert_int_equal(sy_leaf_hash(sy_span_str(text), &leaf), SY_OK);
		memcpy(row.leaf, leaf.b, sizeof row.leaf);
		memcpy(row.type, "lot", 4);
		assert_int_equal(entry_store_add(db, &row, sy_span_str(text)), SY_OK);
		assert_int_equal(sy_frontier_add(&f, &leaf), SY_OK);
		uint64_t n = (uint64_t)i + 1;
		/* Sometimes several at once, over an edge, too. */
		if (n % 7 != 0 && n % 256 > 3 && n != SIZE)
			continue;
		assert_int_equal(tree_grow(db, grown, n), SY_OK);
		grown = n;
		assert_int_equal(sy_tree_root(tree_read, db, n, &a), SY_OK);
		assert_int_equal(sy_frontier_root(&f, &b), SY_OK);
		assert_memory_equal(a.b, b.b, sizeof a.b);
	}
	struct sy_buf tile;
	sy_buf_init(&tile, 8192);
	assert_int_equal(tile_store_get(db, 1, 0, &tile), SY_OK);
	assert_int_equal(tile.len, SIZE / 256 * 32);
	sy_buf_done(&tile);
	db_close(db);
}

static void
missing_is_damage(void **state)
{
	(void)state;
	struct db *db = NULL;
	struct sy_hash h;
	assert_int_equal(db_open(":memory:", DB_WRITE, &db, NULL), SY_OK);
	assert_int_equal(db_migrate(db, store_migrations, store_migrations_len, NULL), SY_OK);
	assert_int_not_equal(tree_read(db, 0, 0, &h), SY_OK);
	assert_int_not_equal(tree_read(db, 8, 0, &h), SY_OK);
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(grows), cmocka_unit_test(missing_is_damage)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
