/* R: trust.md "Verdicts" (the order), pages.md (the words): every verdict and reason has its words, and a reason leads to a verdict that an offline verifier may give. */
#include "tagger/verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
words(void **state)
{
	(void)state;
	static const char *const order[] = { "malformed", "unsupported", "unsigned", "unknown-key", "bad-signature", "needs-online", "stale-trust", "voided", "not-issued",
		"recalled", "revoked", "suspended", "expired", "suspicious", "valid" };
	for (unsigned v = 0; v < SY_LEN(order); v++) {
		assert_string_equal(sy_verdict_name((enum sy_verdict)v), order[v]);
		assert_true(sy_verdict_zh((enum sy_verdict)v, 1)[0] != '\0' && sy_verdict_en((enum sy_verdict)v, 1)[0] != '\0');
	}
	assert_string_not_equal(sy_verdict_en(SY_VERDICT_VALID, 2), sy_verdict_en(SY_VERDICT_VALID, 1));
	assert_string_not_equal(sy_verdict_zh(SY_VERDICT_VALID, 3), sy_verdict_zh(SY_VERDICT_VALID, 2));
	for (unsigned r = 0; r < SY_REASONS; r++) {
		const struct sy_reason_row *row = sy_reason_row((enum sy_reason)r);
		assert_true(row->code != NULL && row->zh != NULL && row->en != NULL);
		assert_true(row->verdict != SY_VERDICT_VALID && row->verdict != SY_VERDICT_SUSPICIOUS && row->verdict != SY_VERDICT_NOT_ISSUED);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(words) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
