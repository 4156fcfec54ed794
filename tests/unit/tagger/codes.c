/* R: suyuan-label(5), "File of codes": whole or refused, with the line; more than one in a row. Refusals of the program: tests/cli/tagger_labels.sh. */
#include "tagger/codes.h"

#include "tagger/code/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "# suyuan-codes/v1 {\"product\":\"a\",\"lot\":\"A1\",\"host\":\"q.cn\",\"gtin\":\"06901234567892\"}\n"
#define URL "https://q.cn/01/06901234567892/10/A1?S="

/* @: a URL of the right lot; the rest as it stands. */
static enum sy_err
read_all(const char *text, size_t *retcount, size_t *retparts, struct sy_fault *f)
{
	uint8_t token[SY_TOKEN_SIZE] = { 1 };
	char digits[SY_TOKEN_DIGITS + 1];
	sy_token_digits(token, digits);
	FILE *file = tmpfile();
	assert_non_null(file);
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '@')
			(void)fprintf(file, "%s%s\n", URL, digits);
		else
			(void)putc(*p, file);
	}
	rewind(file);
	static struct sy_codes c;
	sy_codes_init(&c, file);
	enum sy_err err = SY_OK;
	bool more = true;
	*retcount = 0;
	*f = (struct sy_fault){ .err = SY_OK };
	while (err == SY_OK && more) {
		err = sy_codes_next(&c, &more, f);
		*retcount += err == SY_OK && more;
	}
	*retparts = c.part;
	(void)fclose(file);
	return err;
}

static void
files(void **state)
{
	(void)state;
	static const struct { const char *text; enum sy_err err; size_t count, parts; const char *field; } cases[] = {
		{ HEAD "@@@# end 3\n", SY_OK, 3, 1, "" }, { HEAD "# end 0\n", SY_OK, 0, 1, "" }, { HEAD "@# end 1\n" HEAD "@@# end 2\n", SY_OK, 3, 2, "" },
		{ HEAD "@\r# end 1\r\n", SY_ERR_BAD_CHARACTER, 1, 1, "line 3" }, { "", SY_ERR_TOO_SHORT, 0, 0, "" }, { HEAD "@", SY_ERR_TOO_SHORT, 1, 1, "" },
		{ HEAD "@# end 1", SY_ERR_TOO_SHORT, 1, 1, "line 3" }, { HEAD "@# end 2\n", SY_ERR_MALFORMED, 1, 1, "line 3" }, { HEAD "@# end 01\n", SY_ERR_MALFORMED, 1, 1, "line 3" },
		{ HEAD "@# end 1\n@", SY_ERR_MALFORMED, 1, 1, "line 4" }, { HEAD "@" HEAD "@# end 1\n", SY_ERR_BAD_CHARACTER, 1, 1, "line 3" },
		{ HEAD "https://q.cn/01/06901234567892/10/A1\n# end 1\n", SY_ERR_MISSING, 0, 1, "line 2" }, { "@# end 1\n", SY_ERR_MALFORMED, 0, 0, "line 1" },
		{ "# suyuan-codes/v1 {}\n# end 0\n", SY_ERR_MISSING, 0, 1, "line 1.product" }, { "# suyuan-codes/v2 {}\n# end 0\n", SY_ERR_MALFORMED, 0, 0, "line 1" },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		size_t count, parts;
		struct sy_fault f;
		enum sy_err err = read_all(cases[i].text, &count, &parts, &f);
		if (err != cases[i].err || count != cases[i].count || parts != cases[i].parts || strcmp(f.field, cases[i].field) != 0)
			fail_msg("%zu: %s, %zu codes, %zu parts, %s", i, sy_err_slug(err), count, parts, f.field);
	}
}

#define PART(first, count, product) "# suyuan-codes/v1 {\"product\":\"" product "\",\"lot\":\"A1\",\"host\":\"q.cn\",\"release\":\"00\",\"first\":" first ",\"count\":" count "}\n"

/* What a server gave in pieces is one run; a gap, a second copy or other words are not. */
static void
pieces(void **state)
{
	(void)state;
	static const struct { const char *text; size_t parts; } cases[] = {
		{ PART("5", "1", "a") "@# end 1\n" PART("6", "2", "a") "@@# end 2\n", 1 }, { PART("5", "1", "a") "@# end 1\n" PART("7", "1", "a") "@# end 1\n", 2 },
		{ PART("5", "1", "a") "@# end 1\n" PART("5", "1", "a") "@# end 1\n", 2 }, { PART("5", "1", "a") "@# end 1\n" PART("6", "1", "b") "@# end 1\n", 2 },
		{ HEAD "@# end 1\n" HEAD "@# end 1\n", 2 },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		size_t count, parts;
		struct sy_fault f;
		assert_int_equal(read_all(cases[i].text, &count, &parts, &f), SY_OK);
		assert_int_equal(parts, cases[i].parts);
	}
}

/* A byte at a time, then nothing more: its fault is passed on as it is. */
static enum sy_err
drip(void *arg, uint8_t *ret, size_t size, size_t *retlen, struct sy_fault *reterr)
{
	const char **text = arg;
	*retlen = **text == '\0' || size == 0 ? 0 : 1;
	if (*retlen == 0)
		return sy_fault_at(reterr, SY_ERR_UNAVAILABLE, "server", 7, 0);
	*ret = (uint8_t)*(*text)++;
	return SY_OK;
}

static void
sources(void **state)
{
	(void)state;
	static struct sy_codes c;
	struct sy_fault f = { .err = SY_OK };
	const char *text = HEAD "# end 0\n" HEAD;
	bool more = false;
	sy_codes_init_from(&c, drip, &text);
	assert_int_equal(sy_codes_next(&c, &more, &f), SY_ERR_UNAVAILABLE);
	assert_string_equal(f.field, "server");
	assert_int_equal(f.offset, 7);
	assert_int_equal(c.part, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(files), cmocka_unit_test(pieces), cmocka_unit_test(sources) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
