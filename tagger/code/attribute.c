/* attribute.c: see attribute.h. The table holds the identifiers of food (GS1 General Specifications 3);
 * another number is refused, as GS1's own parser does. Values are checked for form, not for sense. */
#include "tagger/code/attribute.h"

#include <string.h>

enum kind { DIGITS, DATE, TEXT };

static const struct attribute {
	uint16_t from, to; /* identifiers */
	enum kind kind;
	uint8_t min, max; /* characters */
	uint16_t needs; /* another identifier, or 0 */
} attributes[] = {
	{ 11, 13, DATE, 6, 6, 0 }, /* production, due, packaging */
	{ 15, 17, DATE, 6, 6, 0 }, /* best before, sell by, use by */
	{ 30, 30, DIGITS, 1, 8, 0 }, { 37, 37, DIGITS, 1, 8, 0 },
	{ 90, 90, TEXT, 1, 30, 0 }, { 91, 99, TEXT, 1, 90, 0 },
	{ 240, 241, TEXT, 1, 30, 0 }, { 251, 251, TEXT, 1, 30, 0 },
	{ 400, 400, TEXT, 1, 30, 0 }, { 422, 422, DIGITS, 3, 3, 0 }, { 423, 423, DIGITS, 3, 15, 0 },
	{ 424, 424, DIGITS, 3, 3, 0 }, { 425, 425, DIGITS, 3, 15, 0 }, { 426, 426, DIGITS, 3, 3, 0 },
	{ 427, 427, TEXT, 1, 3, 422 },
	{ 3100, 3105, DIGITS, 6, 6, 0 }, { 3150, 3155, DIGITS, 6, 6, 0 },
	{ 4330, 4333, TEXT, 6, 7, 0 },
	{ 7002, 7002, TEXT, 1, 30, 0 }, { 7003, 7003, DIGITS, 10, 10, 0 }, { 7006, 7006, DATE, 6, 6, 0 },
	{ 7007, 7007, DATE, 6, 12, 0 }, { 7010, 7010, TEXT, 1, 2, 0 }, { 7030, 7039, TEXT, 4, 30, 0 },
	{ 7230, 7239, TEXT, 3, 30, 0 }, { 8005, 8005, DIGITS, 6, 6, 0 }, { 8008, 8008, DIGITS, 8, 12, 0 },
	{ 8020, 8020, TEXT, 1, 25, 0 }, { 8030, 8030, TEXT, 1, 90, 21 },
};

static const struct attribute *
find(unsigned ai)
{
	for (size_t i = 0; i < SY_LEN(attributes); i++)
		if (ai >= attributes[i].from && ai <= attributes[i].to)
			return &attributes[i];
	return NULL;
}

static int
hex_of(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The next character of a query value, unescaped; -1 for a bad escape and for %00. */
static int
next(struct sy_span s, size_t *at)
{
	uint8_t c = s.data[(*at)++];
	if (c == '+')
		return ' ';
	if (c != '%')
		return c;
	if (s.len - *at < 2 || hex_of(s.data[*at]) < 0 || hex_of(s.data[*at + 1]) < 0)
		return -1;
	int v = hex_of(s.data[*at]) << 4 | hex_of(s.data[*at + 1]);
	*at += 2;
	return v == 0 ? -1 : v;
}

/* YYMMDD, day 00 being the end of the month (GS1 General Specifications 3.4). */
static bool
is_date(const char *d)
{
	static const uint8_t days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	unsigned m = (unsigned)(d[2] - '0') * 10 + (unsigned)(d[3] - '0');
	unsigned day = (unsigned)(d[4] - '0') * 10 + (unsigned)(d[5] - '0');
	return m >= 1 && m <= 12 && day <= days[m - 1];
}

static enum sy_err
check_value(const struct attribute *a, struct sy_span value, size_t base, struct sy_fault *reterr)
{
	char plain[91];
	size_t n = 0;
	for (size_t at = 0; at < value.len;) {
		size_t from = at;
		int c = next(value, &at);
		if (n >= a->max)
			return sy_fault_at(reterr, SY_ERR_TOO_LONG, "", base + from, value.len - from);
		if (c <= ' ' || c >= 0x7F || (a->kind != TEXT && (c < '0' || c > '9')))
			return sy_fault_at(reterr, SY_ERR_BAD_CHARACTER, "", base + from, at - from);
		plain[n++] = (char)c;
	}
	if (n < a->min)
		return sy_fault_at(reterr, SY_ERR_TOO_SHORT, "", base + value.len, 0);
	if (a->kind != DATE)
		return SY_OK;
	if ((n != 6 && n != 12) || !is_date(plain) || (n == 12 && !is_date(plain + 6)))
		return sy_fault_at(reterr, SY_ERR_BAD_DATE, "", base, value.len);
	return SY_OK;
}

static enum sy_err
check_foreign(struct sy_span key, struct sy_span value, struct sy_fault *reterr)
{
	/* An escaped key might be ours in disguise ("%53"): what reads it after us may decode it. */
	for (size_t i = 0; i < key.len; i++)
		if (key.data[i] == '%')
			return sy_fault_at(reterr, SY_ERR_BAD_CHARACTER, "", i, 1);
	for (size_t at = 0; at < value.len;) {
		size_t from = at;
		if (next(value, &at) < 0)
			return sy_fault_at(reterr, SY_ERR_MALFORMED, "", key.len + 1 + from, 1);
	}
	return SY_OK;
}

enum sy_err
sy_attribute_add(struct sy_attributes *seen, struct sy_span key, struct sy_span value, struct sy_fault *reterr)
{
	unsigned ai = 0;
	bool number = key.len > 0;
	for (size_t i = 0; i < key.len; i++) {
		if (key.data[i] < '0' || key.data[i] > '9')
			number = false;
		else if (ai < 100000)
			ai = ai * 10 + (unsigned)(key.data[i] - '0');
	}
	if (!number)
		return check_foreign(key, value, reterr);
	/* Identifiers have two to four digits, and "011" is not "11". */
	const struct attribute *a = key.len < 2 || key.len > 4 || key.data[0] == '0' ? NULL : find(ai);
	if (a == NULL) /* 01, 10, 21, 22 and 235 too: keys and qualifiers stand in the path only */
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_CODE, "", 0, key.len);
	for (size_t i = 0; i < seen->n; i++)
		if (seen->ai[i] == ai)
			return sy_fault_at(reterr, SY_ERR_DUPLICATE_FIELD, "", 0, key.len);
	if (seen->n == SY_ATTRIBUTES_MAX)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "", 0, key.len);
	seen->ai[seen->n++] = (uint16_t)ai;
	return check_value(a, value, key.len + 1, reterr);
}

enum sy_err
sy_attribute_check(const struct sy_attributes *seen, bool has_serial, struct sy_fault *reterr)
{
	for (size_t i = 0; i < seen->n; i++) {
		const struct attribute *a = find(seen->ai[i]);
		bool met = a == NULL || a->needs == 0 || (a->needs == 21 && has_serial);
		for (size_t j = 0; j < seen->n && !met; j++)
			met = seen->ai[j] == a->needs;
		if (!met)
			return sy_fault_say(reterr, SY_ERR_MISSING, "", "属性 %u 须与 %u 同时出现", "Attribute %u needs %u beside it", (unsigned)seen->ai[i],
			    (unsigned)a->needs);
	}
	return SY_OK;
}
