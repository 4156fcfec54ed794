/* canon.c: see canon.h. */
#include "schema/wire/canon.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 64 /* what is built in memory may be deeper than what is parsed, but not without end */

/* RFC 8785 3.2.2.2: two-character escapes where JSON has them, else \u00xx in lower case; nothing more is escaped. */
static void
print_str(const char *s, struct sy_buf *ret)
{
	sy_buf_add_byte(ret, '"');
	size_t from = 0;
	size_t len = strlen(s);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		sy_buf_add(ret, s + from, i - from);
		from = i + 1;
		static const char from_set[] = "\b\t\n\f\r\"\\";
		static const char to_set[] = "btnfr\"\\";
		const char *hit = strchr(from_set, c);
		if (hit != NULL)
			sy_buf_add(ret, (char[]){ '\\', to_set[hit - from_set] }, 2);
		else
			sy_buf_printf(ret, "\\u%04x", c);
	}
	sy_buf_add(ret, s + from, len - from);
	sy_buf_add_byte(ret, '"');
}

static void
fail(struct sy_buf *ret, enum sy_err err)
{
	if (ret->err == SY_OK)
		ret->err = err;
}

static bool
printable(const char *name)
{
	for (; *name != '\0'; name++)
		if (*name < 0x20 || *name > 0x7E)
			return false;
	return true;
}

static int
by_name(const void *a, const void *b)
{
	const char *const *x = a;
	const char *const *y = b;
	return strcmp(*x, *y);
}

static void print_value(const struct sy_json *v, int depth, struct sy_buf *ret);

static void
print_members(const struct sy_json *v, const char **names, size_t n, int depth, struct sy_buf *ret)
{
	qsort(names, n, sizeof *names, by_name);
	for (size_t i = 0; i < n; i++) {
		if (!printable(names[i]))
			fail(ret, SY_ERR_BAD_CHARACTER);
		if (i > 0)
			sy_buf_add_byte(ret, ',');
		print_str(names[i], ret);
		sy_buf_add_byte(ret, ':');
		print_value(sy_json_get(v, names[i]), depth + 1, ret);
	}
}

static void
print_object(const struct sy_json *v, int depth, struct sy_buf *ret)
{
	size_t n = sy_json_len(v);
	const char *few[32];
	const char **many = n <= SY_LEN(few) ? NULL : calloc(n, sizeof *many);
	if (n > SY_LEN(few) && many == NULL) {
		fail(ret, SY_ERR_NO_MEMORY);
		return;
	}
	const char **names = many == NULL ? few : many;
	void *cursor = NULL;
	const struct sy_json *member = NULL;
	for (size_t i = 0; i < n; i++)
		if (!sy_json_next(v, &cursor, &names[i], &member))
			n = i;
	sy_buf_add_byte(ret, '{');
	print_members(v, names, n, depth, ret);
	sy_buf_add_byte(ret, '}');
	free(many);
}

static void
print_value(const struct sy_json *v, int depth, struct sy_buf *ret)
{
	if (depth > DEPTH_MAX)
		fail(ret, SY_ERR_TOO_DEEP);
	if (ret->err != SY_OK)
		return;
	switch (sy_json_kind(v)) {
	case SY_JSON_NULL:
		sy_buf_add_str(ret, "null");
		break;
	case SY_JSON_BOOL:
		sy_buf_add_str(ret, sy_json_bool(v) ? "true" : "false");
		break;
	case SY_JSON_INT:
		sy_buf_printf(ret, "%" PRId64, sy_json_int(v, 0));
		break;
	case SY_JSON_STR:
		print_str(sy_json_str(v), ret);
		break;
	case SY_JSON_ARRAY:
		sy_buf_add_byte(ret, '[');
		for (size_t i = 0; i < sy_json_len(v); i++) {
			if (i > 0)
				sy_buf_add_byte(ret, ',');
			print_value(sy_json_at(v, i), depth + 1, ret);
		}
		sy_buf_add_byte(ret, ']');
		break;
	case SY_JSON_OBJECT:
		print_object(v, depth, ret);
		break;
	case SY_JSON_ABSENT:
		/* A tree that could not be built is never printed as something else. */
		fail(ret, SY_ERR_NO_MEMORY);
		break;
	}
}

void
sy_canon_print(const struct sy_json *v, struct sy_buf *ret)
{
	print_value(v, 0, ret);
}

static enum sy_err
compare(struct sy_span text, const struct sy_json *v, struct sy_fault *reterr)
{
	struct sy_buf again;
	/* The canonical form of a text is never longer than the text but for escapes: ".." to "\u00.." is at most six times. */
	sy_buf_init(&again, text.len > SIZE_MAX / 8 ? SIZE_MAX / 2 : text.len * 6 + 16);
	sy_canon_print(v, &again);
	enum sy_err e = sy_buf_err(&again);
	size_t at = 0;
	if (e == SY_OK) {
		while (at < text.len && at < again.len && text.data[at] == again.data[at])
			at++;
		if (at != text.len || at != again.len)
			e = SY_ERR_NOT_CANONICAL;
	}
	sy_buf_done(&again);
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e, "", at, 0);
}

enum sy_err
sy_canon_parse(struct sy_span text, struct sy_json **ret, struct sy_fault *reterr)
{
	SY_TRY(sy_json_parse(text, ret, reterr));
	enum sy_err e = compare(text, *ret, reterr);
	if (e != SY_OK) {
		sy_json_free(*ret);
		*ret = NULL;
	}
	return e;
}
