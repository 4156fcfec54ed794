/* fuzz_decimal.c: readings and decimals of any bytes: never a crash, and what
 * is accepted prints to a text that reads back to the same value. */
#include "schema/judge/reading.h"
#include "schema/judge/unit.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
decimal(struct sy_span s)
{
	struct sy_decimal v, again, product;
	struct sy_fault f = { 0 };
	char text[SY_DECIMAL_SIZE];
	if (sy_decimal_parse(s, &v, &f) != SY_OK) {
		if (f.err == SY_OK || f.offset > s.len || f.offset + f.length > s.len)
			abort();
		return;
	}
	sy_decimal_print(v, text);
	if (strlen(text) >= sizeof(text) || sy_decimal_parse(sy_span_str(text), &again, NULL) != SY_OK || sy_decimal_cmp(v, again) != 0)
		abort();
	/* What can be multiplied exactly can be divided back. */
	if (sy_decimal_mul_ratio(v, 1000, 1, &product) == SY_OK &&
	    (sy_decimal_mul_ratio(product, 1, 1000, &again) != SY_OK || sy_decimal_cmp(v, again) != 0))
		abort();
	/* By one is itself; the square, where it fits, is not below a whole number. */
	if (sy_decimal_mul(v, (struct sy_decimal){ .digits = 1 }, &product) != SY_OK || sy_decimal_cmp(v, product) != 0)
		abort();
	if (v.scale == 0 && sy_decimal_mul(v, v, &product) == SY_OK && sy_decimal_cmp(product, v) < 0)
		abort();
}

static void
reading(const char *text)
{
	struct sy_reading r, again;
	struct sy_fault f = { 0 };
	char out[SY_READING_TEXT_SIZE];
	if (sy_reading_parse(text, &r, &f) != SY_OK) {
		if (f.err == SY_OK || f.offset > strlen(text))
			abort();
		return;
	}
	sy_reading_print(&r, out);
	if (r.kind == SY_READING_OTHER || r.kind == SY_READING_LIST)
		return;
	if (sy_reading_parse(out, &again, NULL) != SY_OK || again.kind != r.kind || sy_decimal_cmp(r.value, again.value) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 4096)
		return 0;
	char *text = malloc(size + 1);
	if (text == NULL)
		return 0;
	if (size > 0)
		(void)memcpy(text, data, size);
	text[size] = '\0';
	const struct sy_unit *u;
	decimal(sy_span(text, size));
	reading(text);
	if (sy_unit_find(text, &u, NULL) == SY_OK && u->numerator == 0)
		abort();
	(void)sy_reference_analyte(text);
	free(text);
	return 0;
}
