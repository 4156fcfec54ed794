/* column.c: see column.h. */
#include "tagger/column.h"

#include <math.h>
#include <string.h>

static void
put(struct sy_column *c, struct sy_span s, int x, int width, double size, bool bold, bool white, enum sy_align align)
{
	struct sy_layout *l = c->layout;
	if (l->ntexts == SY_LAYOUT_TEXTS || s.len >= sizeof l->text[0].s) {
		c->full = true;
		return;
	}
	struct sy_layout_text *t = &l->text[l->ntexts++];
	*t = (struct sy_layout_text){ .x = x, .width = width, .size = size, .bold = bold, .white = white, .align = align };
	t->baseline = (int)lround(c->y + size * ((c->lead - 1) / 2 + SY_EM_ASCENT));
	while (s.len > 0 && s.data[s.len - 1] == ' ')
		s.len--;
	memcpy(t->s, s.data, s.len);
	t->s[s.len] = '\0';
}

bool
sy_column_add(struct sy_column *c, const char *s, double size, bool bold, size_t max)
{
	struct sy_span rest = sy_span_str(s), line[8];
	size_t n = 0;
	while (rest.len > 0) {
		if (n == max || n == SY_LEN(line))
			return false;
		size_t fit = sy_text_fit(c->text, rest, size, bold, c->width);
		line[n] = sy_span_sub(rest, 0, fit);
		/* A single character may still be wider than the column. */
		if (sy_text_width(c->text, line[n], size, bold) > c->width + size / 2)
			return false;
		rest = sy_span_sub(rest, fit, rest.len);
		n++;
	}
	for (size_t i = 0; i < n; i++) {
		put(c, line[i], c->x, c->width, size, bold, false, SY_ALIGN_LEFT);
		c->y += size * c->lead;
	}
	return true;
}

void
sy_column_add_chips(struct sy_column *c, const char *const *words, size_t n, size_t filled, double size, bool bold)
{
	struct sy_layout *l = c->layout;
	int pad = (int)lround(size * 0.25), gap = (int)lround(size * 0.3);
	int height = (int)lround(size * 1.35), x = c->x;
	int line = (int)fmax(1, round(size * 0.06));
	double lead = c->lead;
	c->lead = 1.35; /* the frame is the line */
	c->y = round(c->y + size * 0.1);
	for (size_t i = 0; i < n; i++) {
		int width = (int)ceil(sy_text_width(c->text, sy_span_str(words[i]), size, bold)) + 2 * pad;
		if (x != c->x && x + width > c->x + c->width) {
			x = c->x;
			c->y += height + gap;
		}
		if (width > c->width || l->nboxes == SY_LAYOUT_BOXES) {
			c->full = true;
			break;
		}
		l->box[l->nboxes++] = (struct sy_layout_box){ .x = x, .y = (int)c->y, .width = width, .height = height, .line = i < filled ? 0 : line };
		put(c, sy_span_str(words[i]), x, width, size, bold, i < filled, SY_ALIGN_CENTRE);
		x += width + gap;
	}
	c->y += height + size * 0.15;
	c->lead = lead;
}
