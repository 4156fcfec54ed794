/* vectors.h: reading tests/vectors for the unit tests of certs/. Lines of words; "-" is an empty word; "#" starts a comment line. */
#ifndef SY_TESTS_CERTS_VECTORS_H
#define SY_TESTS_CERTS_VECTORS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "schema/bytes.h"

#define WORDS_MAX 8

/* The whole file, NUL-terminated; free() it. */
static inline char *
vectors_read(const char *name, size_t *retlen)
{
	char path[512];
	(void)snprintf(path, sizeof path, "%s/tests/vectors/%s", SUYUAN_SOURCE_DIR, name);
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		fail_msg("no %s", path);
	char *text = malloc(1 << 20);
	assert_non_null(text);
	size_t n = fread(text, 1, (1 << 20) - 1, f);
	(void)fclose(f);
	text[n] = '\0';
	if (retlen != NULL)
		*retlen = n;
	return text;
}

/* Next line as words, in place; false at the end. */
static inline bool
vectors_line(char **text, char *words[WORDS_MAX], size_t *retn)
{
	while (**text == '#') {
		char *lf = strchr(*text, '\n');
		*text = lf == NULL ? *text + strlen(*text) : lf + 1;
	}
	if (**text == '\0')
		return false;
	char *p = *text, *lf = strchr(p, '\n');
	*text = lf == NULL ? p + strlen(p) : lf + 1;
	if (lf != NULL)
		*lf = '\0';
	size_t n = 0;
	while (p != NULL && n < WORDS_MAX) {
		words[n++] = p;
		p = strchr(p, ' ');
		if (p != NULL)
			*p++ = '\0';
	}
	*retn = n;
	return true;
}

/* Hex (or "-") in place; the span borrows the word. */
static inline struct sy_span
vectors_hex(char *word)
{
	size_t len = strcmp(word, "-") == 0 ? 0 : strlen(word) / 2;
	uint8_t *out = (uint8_t *)word;
	for (size_t i = 0; i < len; i++) {
		unsigned v = 0;
		assert_int_equal(sscanf(word + 2 * i, "%2x", &v), 1);
		out[i] = (uint8_t)v;
	}
	return sy_span(out, len);
}

#endif
