/* decimal.c: see decimal.h. The hints for bad spellings are in hint.c. */
#include "schema/judge/decimal.h"

#include "schema/judge/hint.h"

#include <string.h>

#define DIGITS_MAX UINT64_C(999999999999999999)

static uint64_t
pow10u(unsigned n)
{
	uint64_t p = 1;
	while (n-- > 0)
		p *= 10;
	return p;
}

/* Trailing zeros after the point say nothing about the value. */
static struct sy_decimal
normal(uint64_t digits, unsigned scale)
{
	while (scale > 0 && digits % 10 == 0) {
		digits /= 10;
		scale--;
	}
	return (struct sy_decimal){ .digits = digits, .scale = (uint8_t)scale };
}

/* Offset of the first byte that no plain decimal can have there; text.len if none. */
static size_t
first_wrong(struct sy_span text)
{
	size_t i = 0;
	while (i < text.len && text.data[i] >= '0' && text.data[i] <= '9')
		i++;
	if (i == 0)
		return 0;
	if (text.data[0] == '0' && i > 1)
		return 0;
	if (i == text.len)
		return i;
	if (text.data[i] != '.')
		return i;
	size_t frac = i + 1;
	for (i = frac; i < text.len && text.data[i] >= '0' && text.data[i] <= '9';)
		i++;
	return i == frac ? frac - 1 : i;
}

enum sy_err
sy_decimal_parse(struct sy_span text, struct sy_decimal *ret, struct sy_fault *reterr)
{
	size_t bad = first_wrong(text);
	if (text.len == 0 || bad < text.len)
		return sy_hint_number(text, bad, reterr);
	uint64_t digits = 0;
	unsigned scale = 0;
	bool point = false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '.') {
			point = true;
			continue;
		}
		unsigned d = text.data[i] - (unsigned)'0';
		if (digits > (DIGITS_MAX - d) / 10 || (point && scale == SY_DECIMAL_SCALE_MAX))
			return sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "", i, text.len - i);
		digits = digits * 10 + d;
		scale += point ? 1 : 0;
	}
	*ret = normal(digits, scale);
	return SY_OK;
}

void
sy_decimal_print(struct sy_decimal v, char ret[SY_DECIMAL_SIZE])
{
	struct sy_decimal n = normal(v.digits, v.scale);
	char rev[SY_DECIMAL_SIZE];
	size_t len = 0;
	unsigned left = n.scale;
	do {
		rev[len++] = (char)('0' + (int)(n.digits % 10));
		n.digits /= 10;
		if (left > 0 && --left == 0) {
			rev[len++] = '.';
			if (n.digits == 0)
				rev[len++] = '0';
		}
	} while ((n.digits > 0 || left > 0) && len < SY_DECIMAL_SIZE - 2);
	for (size_t i = 0; i < len; i++)
		ret[i] = rev[len - 1 - i];
	ret[len] = '\0';
}

int
sy_decimal_cmp(struct sy_decimal a, struct sy_decimal b)
{
	/* Whole and fractional parts apart: each fits without widening. */
	uint64_t pa = pow10u(a.scale), pb = pow10u(b.scale);
	uint64_t wa = a.digits / pa, wb = b.digits / pb;
	if (wa != wb)
		return wa < wb ? -1 : 1;
	uint64_t fa = a.digits % pa * pow10u(SY_DECIMAL_SCALE_MAX - a.scale);
	uint64_t fb = b.digits % pb * pow10u(SY_DECIMAL_SCALE_MAX - b.scale);
	return fa < fb ? -1 : fa > fb ? 1 : 0;
}

static uint64_t
gcd(uint64_t a, uint64_t b)
{
	while (b != 0) {
		uint64_t r = a % b;
		a = b;
		b = r;
	}
	return a;
}

enum sy_err
sy_decimal_mul_ratio(struct sy_decimal v, uint64_t numerator, uint64_t denominator, struct sy_decimal *ret)
{
	if (denominator == 0)
		return SY_ERR_OUT_OF_RANGE;
	if (v.digits == 0 || numerator == 0) {
		*ret = (struct sy_decimal){ .digits = 0 };
		return SY_OK;
	}
	struct sy_decimal n = normal(v.digits, v.scale);
	uint64_t g = gcd(n.digits, denominator);
	uint64_t digits = n.digits / g;
	denominator /= g;
	g = gcd(numerator, denominator);
	numerator /= g;
	denominator /= g;
	unsigned scale = n.scale;
	/* What is left below the line must be made of 2 and 5. */
	while (denominator > 1) {
		uint64_t more = denominator % 10 == 0 ? 1 : denominator % 5 == 0 ? 2 : denominator % 2 == 0 ? 5 : 0;
		if (more == 0 || digits > DIGITS_MAX / more)
			return SY_ERR_OUT_OF_RANGE;
		digits *= more;
		denominator /= more == 1 ? 10 : more == 2 ? 5 : 2;
		scale++;
	}
	/* Each factor ten above the line cancels one below it, before anything grows. */
	while (scale > 0 && numerator % 10 == 0) {
		numerator /= 10;
		scale--;
	}
	if (digits > DIGITS_MAX / numerator)
		return SY_ERR_OUT_OF_RANGE;
	n = normal(digits * numerator, scale);
	if (n.digits > DIGITS_MAX || scale > 255 || n.scale > SY_DECIMAL_SCALE_MAX)
		return SY_ERR_OUT_OF_RANGE;
	*ret = n;
	return SY_OK;
}

enum sy_err
sy_decimal_mul(struct sy_decimal a, struct sy_decimal b, struct sy_decimal *ret)
{
	a = normal(a.digits, a.scale);
	b = normal(b.digits, b.scale);
	if (a.digits != 0 && b.digits > DIGITS_MAX / a.digits)
		return SY_ERR_OUT_OF_RANGE;
	struct sy_decimal n = normal(a.digits * b.digits, (unsigned)a.scale + b.scale);
	if (n.scale > SY_DECIMAL_SCALE_MAX)
		return SY_ERR_OUT_OF_RANGE;
	*ret = n;
	return SY_OK;
}
