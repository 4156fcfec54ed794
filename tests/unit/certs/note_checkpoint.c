/* Checkpoints: three lines, one spelling. The published ones are in note.c. */
#include "vectors.h"

#include "certs/note.h"

#define ROOT "gy5gl3aksFyiCO95a/1vLXz88A3dRq+0l9Sxte8ZqZQ="

/* R: c2sp.org/tlog-checkpoint */
static void
round_trip(void **state)
{
	(void)state;
	static const char *const good[] = { "q.example.cn/suyuan\n0\n" ROOT "\n", "q.example.cn/suyuan\n1\n" ROOT "\n",
		"go.sum database tree\n4611686018427387904\n" ROOT "\n", "泌阳\n20852163\n" ROOT "\n" };
	for (size_t i = 0; i < SY_LEN(good); i++) {
		struct sy_checkpoint c;
		SY_CLEANUP(sy_buf_done) struct sy_buf b;
		sy_buf_init(&b, 1000);
		assert_int_equal(sy_checkpoint_parse(sy_span_str(good[i]), &c, NULL), SY_OK);
		sy_checkpoint_print(&c, &b);
		assert_string_equal(sy_buf_cstr(&b), good[i]);
	}
}

static void
refused(void **state)
{
	(void)state;
	static const struct { const char *text, *field; } bad[] = {
		{ "", "origin" }, { "\n1\n" ROOT "\n", "origin" }, { "o", "size" }, { "o\n", "size" }, { "o\n\n" ROOT "\n", "size" },
		{ "o\n01\n" ROOT "\n", "size" }, { "o\n00\n" ROOT "\n", "size" }, { "o\n+1\n" ROOT "\n", "size" },
		{ "o\n-1\n" ROOT "\n", "size" }, { "o\n 1\n" ROOT "\n", "size" }, { "o\n1 \n" ROOT "\n", "size" },
		{ "o\n1.0\n" ROOT "\n", "size" }, { "o\n0x1\n" ROOT "\n", "size" }, { "o\n1e3\n" ROOT "\n", "size" },
		{ "o\n4611686018427387905\n" ROOT "\n", "size" }, { "o\n9223372036854775808\n" ROOT "\n", "size" },
		{ "o\n18446744073709551617\n" ROOT "\n", "size" }, { "o\n99999999999999999999999\n" ROOT "\n", "size" },
		{ "o\n1\n", "root" }, { "o\n1\n\n", "root" }, { "o\n1\n" ROOT, "root" }, { "o\n1\n" ROOT "=\n", "root" },
		{ "o\n1\ngy5gl3aksFyiCO95a/1vLXz88A3dRq+0l9Sxte8ZqZR=\n", "root" }, /* stray bits */
		{ "o\n1\ngy5gl3aksFyiCO95a_1vLXz88A3dRq-0l9Sxte8ZqZQ=\n", "root" }, { "o\n1\nAAAA\n", "root" },
		{ "o\n1\n" ROOT "\nextension\n", "" }, { "o\n1\n" ROOT "\n\n", "" },
	};
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		struct sy_checkpoint c;
		struct sy_fault fault = { 0 };
		if (sy_checkpoint_parse(sy_span_str(bad[i].text), &c, &fault) != SY_ERR_BAD_NOTE)
			fail_msg("accepted case %zu", i);
		assert_string_equal(fault.field, bad[i].field);
		assert_true(fault.offset <= strlen(bad[i].text) + 2);
	}
	char text[400];
	struct sy_checkpoint c;
	memset(text, 'o', 256);
	(void)snprintf(text + 256, sizeof text - 256, "\n1\n" ROOT "\n");
	assert_int_equal(sy_checkpoint_parse(sy_span_str(text), &c, NULL), SY_ERR_BAD_NOTE);
	assert_int_equal(sy_checkpoint_parse(sy_span_str(text + 1), &c, NULL), SY_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip),
		cmocka_unit_test(refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
