/* text.c: labels as text: the words of the layout, the symbol in half blocks, the serial, the URL. */
#include "tagger/render/stream.h"

/* Dark modules are the blocks: for dark letters on a light ground, as on paper. */
static void
add_symbol(struct sy_buf *b, const struct sy_symbol *s)
{
	static const char *const blocks[] = { " ", "\xE2\x96\x84", "\xE2\x96\x80", "\xE2\x96\x88" }; /* none, lower, upper, both */
	unsigned all = s->side + 2 * SY_SYMBOL_QUIET;
	for (unsigned y = 0; y < all; y += 2) {
		for (unsigned x = 0; x < all; x++) {
			/* Left of the symbol and above it these wrap around to what lies outside too. */
			unsigned sx = x - SY_SYMBOL_QUIET, sy = y - SY_SYMBOL_QUIET;
			sy_buf_add_str(b, blocks[(sy_symbol_dark(s, sx, sy) ? 2 : 0) + (sy_symbol_dark(s, sx, sy + 1) ? 1 : 0)]);
		}
		sy_buf_add_byte(b, '\n');
	}
}

static enum sy_err
add(struct sy_stream *s, const struct sy_press *p, struct sy_buf *ret)
{
	const struct sy_layout *l = &p->layout;
	if (s->labels > 0)
		sy_buf_add_str(ret, "\f\n");
	for (size_t i = 0; i < l->ntexts; i++)
		if (i != l->serial)
			sy_buf_printf(ret, "%s\n", l->text[i].s);
	add_symbol(ret, &p->symbol);
	if (l->serial < l->ntexts)
		sy_buf_printf(ret, "%s\n", l->text[l->serial].s);
	sy_buf_printf(ret, "%s\n", p->codes.url);
	s->labels++;
	return sy_buf_err(ret);
}

static enum sy_err
end(struct sy_stream *s, struct sy_buf *ret)
{
	(void)s;
	return sy_buf_err(ret);
}

const struct sy_format sy_text_format = { .name = "text", .add = add, .end = end };
