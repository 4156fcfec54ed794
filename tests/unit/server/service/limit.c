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

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(counts)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
