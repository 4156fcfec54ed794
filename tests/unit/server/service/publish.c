/* publish: what the signer is asked says over which tree the new entries go, so that
 * a server whose log has the right length and other contents is found out before the
 * signer signs. R: suyuan-signer(8) append. */
#include "server/service/publish.h"

#include "certs/tree.h"
#include "schema/wire/hex.h"
#include "server/sql_core.h"
#include "server/store/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
asked(struct db *db, int64_t from, const struct sy_frontier *f)
{
	SY_AUTO_JSON *ask = NULL;
	struct sy_hash root;
	char hex[65];
	assert_int_equal(publish_request(db, from, from, &ask), SY_OK);
	assert_int_equal(sy_json_get_int(ask, "first", -1), from);
	assert_int_equal(sy_frontier_root(f, &root), SY_OK);
	sy_hex_print(sy_span(root.b, sizeof root.b), hex);
	const char *said = sy_json_get_str(ask, "root");
	assert_non_null(said);
	assert_string_equal(said, hex);
}

static void
says_the_root(void **state)
{
	(void)state;
	struct db *db = NULL;
	struct sy_frontier f;
	assert_int_equal(db_open(":memory:", DB_WRITE, &db, NULL), SY_OK);
	assert_int_equal(db_migrate(db, store_migrations, store_migrations_len, NULL), SY_OK);
	sy_frontier_init(&f);
	asked(db, 0, &f);
	for (int64_t i = 0; i < 5; i++) {
		struct entry_row row = {.leaf_index = i, .version = 1, .type = "lot"};
		struct sy_hash leaf;
		char text[32];
		(void)snprintf(text, sizeof text, "entry %d", (int)i);
		assert_int_equal(sy_leaf_hash(sy_span_str(text), &leaf), SY_OK);
		memcpy(row.leaf, leaf.b, sizeof row.leaf);
		assert_int_equal(entry_store_add(db, &row, sy_span_str(text)), SY_OK);
		assert_int_equal(sy_frontier_add(&f, &leaf), SY_OK);
		asked(db, i + 1, &f);
	}
	db_close(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(says_the_root)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
