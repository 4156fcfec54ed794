/* R: trust.md "Trust list": a verifier refuses an older version than it has seen; suyuan-tagger-verify(1), "Versions seen". */
#include "tagger/seen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static enum sy_err
look(struct sy_buf *state, const char *anchor, const char *origin, uint64_t version, bool *retnews, struct sy_fault *f)
{
	struct sy_buf next;
	sy_buf_init(&next, SY_SEEN_MAX);
	*retnews = false;
	enum sy_err err = sy_seen_check(sy_buf_span(state), sy_span_str(anchor), origin, version, &next, retnews, f);
	if (err == SY_OK && *retnews) {
		sy_buf_done(state);
		*state = next;
	} else {
		sy_buf_done(&next);
	}
	return err;
}

static void
versions(void **state)
{
	(void)state;
	static const struct { const char *anchor, *origin; uint64_t version; enum sy_err err; bool news; } steps[] = {
		{ "A", "q.cn/a", 3, SY_OK, true }, { "A", "q.cn/a", 3, SY_OK, false }, { "A", "q.cn/a", 2, SY_ERR_TRUST_ROLLBACK, false },
		{ "A", "q.cn/b", 1, SY_OK, true }, /* another origin */ { "B", "q.cn/a", 1, SY_OK, true }, /* the same name under other roots */
		{ "A", "q.cn/a", 10, SY_OK, true }, { "A", "q.cn/a", 9, SY_ERR_TRUST_ROLLBACK, false }, { "A", "q.cn/a", 3, SY_ERR_TRUST_ROLLBACK, false },
		{ "B", "q.cn/a", 2, SY_OK, true }, { "A", "q.cn", 1, SY_OK, true }, { "A", "q.cn/b", UINT64_MAX, SY_OK, true },
		{ "A", "q.cn/b", UINT64_MAX - 1, SY_ERR_TRUST_ROLLBACK, false }, { "A", "q.cn/a", 10, SY_OK, false },
	};
	struct sy_buf kept;
	sy_buf_init(&kept, SY_SEEN_MAX);
	for (size_t i = 0; i < SY_LEN(steps); i++) {
		bool news;
		struct sy_fault f = { .err = SY_OK };
		if (look(&kept, steps[i].anchor, steps[i].origin, steps[i].version, &news, &f) != steps[i].err || news != steps[i].news)
			fail_msg("step %zu: %s", i, f.en);
		if (steps[i].err != SY_OK)
			assert_true(strstr(f.en, "was seen before") != NULL && f.zh[0] != '\0');
	}
	/* A line for each, however often it was replaced. */
	size_t lines = 0;
	for (size_t i = 0; i < kept.len; i++)
		lines += kept.data[i] == '\n';
	assert_int_equal(lines, 5);
	sy_buf_done(&kept);
}

static void
damage(void **state)
{
	(void)state;
#define HEAD "suyuan/trust-seen/v1\n"
#define HEX "559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd"
	static const char *const texts[] = { "x", "suyuan/trust-seen/v2\n", HEAD "\n", HEAD HEX " 3 q.cn/a", HEAD HEX " 3\n", HEAD HEX " 3 \n", HEAD HEX " 03 q.cn/a\n",
		HEAD HEX " 0 q.cn/a\n", HEAD HEX " -3 q.cn/a\n", HEAD HEX " 18446744073709551616 q.cn/a\n", HEAD "00 3 q.cn/a\n", HEAD HEX " 3 q.cn/a\n\n", "\n" };
	for (size_t i = 0; i < SY_LEN(texts); i++) {
		struct sy_buf b, ret;
		bool news;
		struct sy_fault f = { .err = SY_OK };
		sy_buf_init(&b, SY_SEEN_MAX);
		sy_buf_init(&ret, SY_SEEN_MAX);
		sy_buf_add_str(&b, texts[i]);
		if (sy_seen_check(sy_buf_span(&b), sy_span_str("A"), "q.cn/a", 9, &ret, &news, &f) != SY_ERR_DATA_DAMAGED || strstr(f.en, "--no-state") == NULL)
			fail_msg("text %zu", i);
		sy_buf_done(&b);
		sy_buf_done(&ret);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(versions), cmocka_unit_test(damage) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
