/* number.h: what the tests of number checks share: a table of texts, each with
 * the error it must give and the byte it must name. */
#ifndef SY_TESTS_MODEL_NUMBER_H
#define SY_TESTS_MODEL_NUMBER_H

#include "schema/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct number_case {
	const char *text;
	enum sy_err err;
	size_t offset;
	const char *says; /* must stand in the English sentence; NULL: any */
};

static inline void
number_check(enum sy_err (*check)(struct sy_span, struct sy_fault *), const struct number_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sy_fault f = { 0 };
		enum sy_err e = check(sy_span_str(cases[i].text), &f);
		if (e != cases[i].err || f.offset != cases[i].offset)
			print_message("\"%s\": %s at %zu\n", cases[i].text, sy_err_slug(e), f.offset);
		assert_int_equal(e, cases[i].err);
		assert_int_equal(f.err, cases[i].err);
		assert_int_equal(f.offset, cases[i].offset);
		assert_int_equal(check(sy_span_str(cases[i].text), NULL), cases[i].err);
		if (cases[i].says != NULL)
			assert_non_null(strstr(f.en, cases[i].says));
		if (e == SY_OK)
			continue;
		assert_true(f.zh[0] != '\0' || e == SY_ERR_BAD_UTF8 || e == SY_ERR_BAD_CHARACTER);
	}
}

#endif
