/* outline.c: see outline.h. */
#include "tagger/render/outline.h"

#include "tagger/render/draw.h"

#include <math.h>
#include <stdlib.h>

static void
surface_freep(cairo_surface_t **p)
{
	if (*p != NULL)
		cairo_surface_destroy(*p);
}

static void
context_freep(cairo_t **p)
{
	if (*p != NULL)
		cairo_destroy(*p);
}

static void
path_freep(cairo_path_t **p)
{
	if (*p != NULL)
		cairo_path_destroy(*p);
}

/* A hundredth of a dot is enough; the locale must not put a comma in it. */
void
sy_outline_add_number(struct sy_buf *b, double v)
{
	long h = lround(v * 100);
	sy_buf_printf(b, "%s%ld", h < 0 ? "-" : "", labs(h) / 100);
	if (h % 100 != 0)
		sy_buf_printf(b, labs(h) % 10 == 0 ? ".%ld" : ".%02ld", labs(h) % 10 == 0 ? labs(h) % 100 / 10 : labs(h) % 100);
}

static void
add_path(struct sy_buf *b, const cairo_path_t *path, bool postscript)
{
	static const char letters[] = { [CAIRO_PATH_MOVE_TO] = 'M', [CAIRO_PATH_LINE_TO] = 'L', [CAIRO_PATH_CURVE_TO] = 'C', [CAIRO_PATH_CLOSE_PATH] = 'Z' };
	for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
		uint8_t letter = (uint8_t)letters[path->data[i].header.type];
		if (!postscript)
			sy_buf_add_byte(b, letter);
		for (int p = 1; p < path->data[i].header.length; p++) {
			if (p > 1)
				sy_buf_add_byte(b, ' ');
			sy_outline_add_number(b, path->data[i + p].point.x);
			sy_buf_add_byte(b, ' ');
			sy_outline_add_number(b, path->data[i + p].point.y);
		}
		if (postscript)
			sy_buf_printf(b, " %c\n", letter);
	}
}

enum sy_err
sy_outline_add_words(struct sy_buf *b, struct sy_text *text, const struct sy_layout *l, bool white, bool postscript, bool *retany)
{
	/* Without bounds: cairo leaves out glyphs that lie outside of a surface, in paths too. */
	SY_CLEANUP(surface_freep) cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
	SY_CLEANUP(context_freep) cairo_t *cr = cairo_create(surface);
	*retany = false;
	for (size_t i = 0; i < l->ntexts; i++) {
		if (l->text[i].white != white)
			continue;
		sy_draw_text_path(cr, text, &l->text[i]);
		*retany = true;
	}
	SY_CLEANUP(path_freep) cairo_path_t *path = cairo_copy_path(cr);
	if (path->status != CAIRO_STATUS_SUCCESS)
		return SY_ERR_NO_MEMORY;
	if (*retany)
		add_path(b, path, postscript);
	return sy_buf_err(b);
}
