/* fuzz_codes.c: any bytes as a file of codes, in blocks of any size: the same answer however it is cut,
 * every URL of the product and lot of the line above it, and no good end without an end line. */
#include "tagger/codes.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct source {
	struct sy_span rest;
	size_t step;
};

static enum sy_err
give(void *arg, uint8_t *ret, size_t size, size_t *retlen, struct sy_fault *reterr)
{
	struct source *s = arg;
	size_t n = s->rest.len < s->step ? s->rest.len : s->step;
	(void)reterr;
	n = n < size ? n : size;
	if (n > 0)
		memcpy(ret, s->rest.data, n);
	s->rest = sy_span_sub(s->rest, n, s->rest.len);
	*retlen = n;
	return SY_OK;
}

static enum sy_err
read_all(struct sy_span text, size_t step, size_t *retn)
{
	struct source s = { .rest = text, .step = step };
	struct sy_codes *c = malloc(sizeof *c);
	struct sy_fault f = { .err = SY_OK };
	enum sy_err e = SY_OK;
	*retn = 0;
	if (c == NULL)
		return SY_ERR_NO_MEMORY;
	sy_codes_init_from(c, give, &s);
	for (bool more = true;;) {
		e = sy_codes_next(c, &more, &f);
		if (e != SY_OK || !more)
			break;
		if (!c->link.has_token || strcmp(c->link.lot, c->facts.lot) != 0 || ++*retn > text.len)
			abort();
	}
	if (e != f.err || (e == SY_OK && c->inside))
		abort();
	free(c);
	return e;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t whole = 0, bytes = 0;
	enum sy_err a = read_all(sy_span(data, size), SIZE_MAX, &whole), b = read_all(sy_span(data, size), 1, &bytes);
	if (a != b || whole != bytes)
		abort();
	return 0;
}
