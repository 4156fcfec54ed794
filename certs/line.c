/* line.c: see line.h. */
#include "certs/line.h"

#include <string.h>

enum sy_err
sy_line_u64(struct sy_span text, uint64_t max, uint64_t *ret)
{
	if (text.len == 0 || text.len > 20 || (text.len > 1 && text.data[0] == '0'))
		return SY_ERR_MALFORMED;
	uint64_t v = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return SY_ERR_MALFORMED;
		uint64_t digit = (uint64_t)(text.data[i] - '0');
		if (v > (max - digit) / 10 || digit > max)
			return SY_ERR_OUT_OF_RANGE;
		v = v * 10 + digit;
	}
	*ret = v;
	return SY_OK;
}

bool
sy_line_next(struct sy_span *rest, struct sy_span *ret)
{
	const uint8_t *lf = rest->len == 0 ? NULL : memchr(rest->data, '\n', rest->len);
	if (lf == NULL)
		return false;
	size_t n = (size_t)(lf - rest->data);
	*ret = sy_span(rest->data, n);
	*rest = sy_span_sub(*rest, n + 1, rest->len);
	return true;
}

bool
sy_line_after(struct sy_span text, const char *word, struct sy_span *ret)
{
	size_t n = strlen(word);
	if (text.len <= n || memcmp(text.data, word, n) != 0 || text.data[n] != ' ')
		return false;
	*ret = sy_span_sub(text, n + 1, text.len);
	return true;
}

static bool
in_set(uint8_t c, const char *set)
{
	for (const char *s = set; *s != '\0'; s++) {
		if (s[1] == '-' && s[2] != '\0') {
			if (c >= (uint8_t)s[0] && c <= (uint8_t)s[2])
				return true;
			s += 2;
		} else if (c == (uint8_t)*s) {
			return true;
		}
	}
	return false;
}

bool
sy_line_made_of(struct sy_span text, const char *set, size_t from, size_t to)
{
	if (text.len < from || text.len > to)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!in_set(text.data[i], set))
			return false;
	return true;
}

bool
sy_line_is_id(struct sy_span text)
{
	return sy_line_made_of(text, "0-9a-f", 32, 32);
}
