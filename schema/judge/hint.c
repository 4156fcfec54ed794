/* hint.c: the spellings of domain 3.4 that real records hold instead of a
 * number, each with the plain decimal it may have been. We never take the guess
 * ourselves: "2.0×105" is 210 or 200000, and only the laboratory knows. */
#include "schema/judge/hint.h"

#include <stdio.h>
#include <string.h>

enum { PLAIN_SIZE = 48, EXPONENT_MAX = 12 };

static bool
starts(struct sy_span s, size_t at, const char *with)
{
	size_t n = strlen(with);
	return at <= s.len && s.len - at >= n && memcmp(s.data + at, with, n) == 0;
}

static size_t
digits_at(struct sy_span s, size_t at)
{
	size_t n = 0;
	while (at + n < s.len && s.data[at + n] >= '0' && s.data[at + n] <= '9')
		n++;
	return n;
}

/* One superscript digit at `at`, its length in *retlen; -1 if there is none. */
static int
superscript(struct sy_span s, size_t at, size_t *retlen)
{
	static const char *const sup[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
	for (int d = 0; d < 10; d++) {
		if (starts(s, at, sup[d])) {
			*retlen = strlen(sup[d]);
			return d;
		}
	}
	return -1;
}

/* mantissa x 10^exponent as a plain decimal; false when it would be long. */
static bool
expand(struct sy_span mantissa, unsigned exponent, char ret[PLAIN_SIZE])
{
	if (exponent > EXPONENT_MAX || mantissa.len == 0 || mantissa.len > 12)
		return false;
	size_t out = 0;
	bool point = false;
	unsigned left = exponent;
	for (size_t i = 0; i < mantissa.len; i++) {
		if (mantissa.data[i] == '.') {
			point = true;
			continue;
		}
		if (point && left == 0)
			return false; /* digits would remain after the point: not worth a hint */
		if (!(out == 0 && mantissa.data[i] == '0'))
			ret[out++] = (char)mantissa.data[i];
		left -= point ? 1 : 0;
	}
	for (; left > 0; left--)
		ret[out++] = '0';
	ret[out] = '\0';
	return out > 0 && (point || mantissa.len > 0);
}

/* 1.11×10³, 10³, 1e3: the exponent can be read, the plain decimal is certain. */
static bool
scientific(struct sy_span s, char ret[PLAIN_SIZE])
{
	size_t m = digits_at(s, 0);
	if (m > 0 && starts(s, m, "."))
		m += 1 + digits_at(s, m + 1);
	struct sy_span mantissa = sy_span_sub(s, 0, m);
	size_t at = m;
	size_t n;
	if (m > 0 && (starts(s, at, "e") || starts(s, at, "E"))) {
		at += 1 + (starts(s, at + 1, "+") ? 1u : 0u);
		n = digits_at(s, at);
		if (n == 0 || n > 2 || at + n != s.len)
			return false;
		unsigned e = 0;
		for (size_t i = 0; i < n; i++)
			e = e * 10 + (s.data[at + i] - (unsigned)'0');
		return expand(mantissa, e, ret);
	}
	if (starts(s, at, "×10") || starts(s, at, "x10") || starts(s, at, "X10") || starts(s, at, "*10"))
		at += starts(s, at, "×") ? 4u : 3u;
	else if (m == 2 && starts(s, 0, "10"))
		mantissa = sy_span_str("1");
	else
		return false;
	if (starts(s, at, "^")) {
		n = digits_at(s, at + 1);
		return n == 1 && at + 2 == s.len && expand(mantissa, s.data[at + 1] - (unsigned)'0', ret);
	}
	int e = superscript(s, at, &n);
	return e >= 0 && at + n == s.len && expand(mantissa, (unsigned)e, ret);
}

/* 2.0×105: the superscript was lost, so there are two readings. */
static bool
flattened(struct sy_span s, char ret[PLAIN_SIZE])
{
	size_t m = digits_at(s, 0);
	if (m > 0 && starts(s, m, "."))
		m += 1 + digits_at(s, m + 1);
	size_t at = m + (starts(s, m, "×") ? 2u : 1u);
	if (m == 0 || !(starts(s, m, "×10") || starts(s, m, "x10") || starts(s, m, "*10")))
		return false;
	return digits_at(s, at) == 3 && at + 3 == s.len && expand(sy_span_sub(s, 0, m), s.data[at + 2] - (unsigned)'0', ret);
}

/* Jan-82 was 1.82 before a spreadsheet took it for a date. */
static bool
month_date(struct sy_span s, char ret[PLAIN_SIZE])
{
	static const char *const month[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	for (unsigned i = 0; i < SY_LEN(month); i++) {
		if (!starts(s, 0, month[i]) || !starts(s, 3, "-"))
			continue;
		size_t n = digits_at(s, 4);
		if (n == 0 || n > 4 || 4 + n != s.len)
			return false;
		(void)snprintf(ret, PLAIN_SIZE, "%u.%.*s", i + 1, (int)n, (const char *)s.data + 4);
		return true;
	}
	return false;
}

static bool
slashed(struct sy_span s, char ret[PLAIN_SIZE])
{
	size_t a = digits_at(s, 0);
	size_t b = a > 0 && starts(s, a, "/") ? digits_at(s, a + 1) : 0;
	if (b == 0 || a > 9 || b > 9 || a + 1 + b != s.len)
		return false;
	(void)snprintf(ret, PLAIN_SIZE, "%.*s.%.*s", (int)a, (const char *)s.data, (int)b, (const char *)s.data + a + 1);
	return true;
}

static bool
full_width(struct sy_span s, size_t *retat)
{
	for (size_t i = 0; i + 2 < s.len; i++) {
		if (s.data[i] == 0xef && s.data[i + 1] == 0xbc && s.data[i + 2] >= 0x8e && s.data[i + 2] <= 0x99) {
			*retat = i;
			return true;
		}
	}
	return false;
}

static enum sy_err
say(struct sy_fault *f, size_t at, size_t len, const char *zh, const char *en, const char *plain)
{
	if (f == NULL || f->err != SY_OK)
		return SY_ERR_BAD_NUMBER;
	(void)sy_fault_at(f, SY_ERR_BAD_NUMBER, "", at, len - at);
	(void)snprintf(f->zh, sizeof(f->zh), "%s%s", zh, plain);
	(void)snprintf(f->en, sizeof(f->en), "%s%s", en, plain);
	return SY_ERR_BAD_NUMBER;
}

enum sy_err
sy_hint_number(struct sy_span text, size_t bad, struct sy_fault *reterr)
{
	char plain[PLAIN_SIZE];
	size_t at = 0;
	if (text.len == 0)
		return say(reterr, 0, 0, "没有数值", "No value", "");
	if (full_width(text, &at))
		return say(reterr, at, text.len, "请用半角数字和小数点", "Use half-width digits and point", "");
	if (scientific(text, plain))
		return say(reterr, bad, text.len, "请写成普通小数：", "Write the plain decimal: ", plain);
	if (flattened(text, plain))
		return say(reterr, bad, text.len, "10 的指数可能丢了上标，请核对原件；若是 10 的乘方，请写：",
		    "The exponent of 10 may have lost its superscript: check the original; if it is a power of ten, write: ", plain);
	if (month_date(text, plain))
		return say(reterr, 0, text.len, "表格软件把数值改成了日期，请核对原件；可能是：",
		    "A spreadsheet turned the value into a date: check the original; perhaps: ", plain);
	if (slashed(text, plain))
		return say(reterr, bad, text.len, "小数点可能被改成了斜线，请核对原件；可能是：",
		    "The point may have become a slash: check the original; perhaps: ", plain);
	uint8_t last = text.data[text.len - 1];
	if (last == ',' || last == ';')
		return say(reterr, text.len - 1, text.len, "数值末尾多了逗号或分号，请删去", "Remove the comma or semicolon at the end", "");
	if (text.len > 1 && text.data[0] == '0' && bad == 0)
		return say(reterr, 0, text.len, "数值前面不能有多余的 0", "No extra zeros in front", "");
	return say(reterr, bad, text.len, "此处不是数字，请写成普通小数，如 0.05", "Not a digit here: write a plain decimal such as 0.05", "");
}
