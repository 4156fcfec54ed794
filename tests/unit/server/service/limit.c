/* limit: counts by address and minute, and forgets. */
#include "server/service/limit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void
counts(void **state)
{
	(void)state;
	struct limit *l = NULL;
	char peer[48];
	assert_int_equal(limit_new(&l), SY_OK);
	for (int64_t i = 1; i <= 5; i++)
		assert_int_equal(limit_count(l, "192.0.2.1", 600), i);
	assert_int_equal(limit_seen(l, "192.0.2.1", 659), 5);
	assert_int_equal(limit_seen(l, "192.0.2.1", 660), 0);
	assert_int_equal(limit_seen(l, "192.0.2.2", 600), 0);
	/* However many come, memory stays and nobody inherits another's count. */
	for (int i = 0; i < 20000; i++) {
		(void)snprintf(peer, sizeof peer, "2001:db8::%x", (unsigned)i);
		assert_int_equal(limit_count(l, peer, 700), 1);
	}
	limit_free(l);
}

/* R: suyuan.conf(5) verify_rate. */
static void
takes(void **state)
{
	(void)state;
	struct limit *l = NULL;
	assert_int_equal(limit_new(&l), SY_OK);
	for (int i = 0; i < 3; i++)
		assert_true(limit_take(l, "192.0.2.1", 600, 1, 3));
	assert_false(limit_take(l, "192.0.2.1", 659, 1, 3));
	assert_true(limit_take(l, "192.0.2.1", 660, 1, 3)); /* another minute */
	assert_true(limit_take(l, "192.0.2.2", 600, 1, 3)); /* another address */
	assert_true(limit_take(l, "192.0.2.3", 600, 1000, 3)); /* a batch is let in whole.. */
	assert_false(limit_take(l, "192.0.2.3", 600, 1, 3)); /* ..and counts as many as it has */
	for (int i = 0; i < 100; i++) {
		assert_true(limit_take(l, "192.0.2.4", 600, 1, 0)); /* 0: no limit */
		assert_true(limit_take(NULL, "192.0.2.4", 600, 1, 1));
	}
	limit_free(l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(counts), cmocka_unit_test(takes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
