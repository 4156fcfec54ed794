/* pdf.c: see pdf.h. */
#include "tagger/render/pdf.h"

#include "tagger/render/draw.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

struct sy_pdf {
	struct sy_text *text;
	FILE *file;
	bool failed; /* a write fell short */
	bool sheets;
	struct sy_sheet sheet;
	cairo_surface_t *surface;
	cairo_t *cr;
	size_t next; /* place of the next label */
	size_t pages; /* begun */
};

static cairo_status_t
write_bytes(void *arg, const unsigned char *data, unsigned int len)
{
	struct sy_pdf *p = arg;
	if (fwrite(data, 1, len, p->file) == len)
		return CAIRO_STATUS_SUCCESS;
	p->failed = true;
	return CAIRO_STATUS_WRITE_ERROR;
}

/* Points (PDF's unit) of so many dots, so that dots of a whole resolution fall on dots when the page is rasterised at it. */
static double
points(unsigned dpi, double dots)
{
	return dots * 72.0 / (dpi == 203 ? 203.2 : dpi);
}

enum sy_err
sy_pdf_new(struct sy_text *text, FILE *file, const struct sy_sheet *sheet, struct sy_pdf **ret)
{
	struct sy_pdf *p = calloc(1, sizeof *p);
	if (p == NULL)
		return SY_ERR_NO_MEMORY;
	p->text = text;
	p->file = file;
	p->sheets = sheet != NULL;
	double w = 100, h = 100;
	if (sheet != NULL) {
		p->sheet = *sheet;
		w = points(sheet->dpi, sheet->width);
		h = points(sheet->dpi, sheet->height);
	}
	p->surface = cairo_pdf_surface_create_for_stream(write_bytes, p, w, h);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, "Suyuan labels");
	/* A time of its own would make two runs over the same codes differ. */
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, "2020-01-01T00:00:00Z");
	p->cr = cairo_create(p->surface);
	if (cairo_status(p->cr) != CAIRO_STATUS_SUCCESS) {
		sy_pdf_free(p);
		return SY_ERR_NO_MEMORY;
	}
	*ret = p;
	return SY_OK;
}

void
sy_pdf_free(struct sy_pdf *p)
{
	if (p == NULL)
		return;
	if (p->cr != NULL)
		cairo_destroy(p->cr);
	if (p->surface != NULL)
		cairo_surface_destroy(p->surface);
	free(p);
}

/* Short ticks in the gaps, at the corners of every label: nothing is printed on a label. */
static void
draw_ticks(struct sy_pdf *p)
{
	const struct sy_sheet *s = &p->sheet;
	double len = (s->pitch_x - s->label_width) * 0.4;
	cairo_set_source_rgb(p->cr, 0.6, 0.6, 0.6);
	cairo_set_line_width(p->cr, s->dpi / 150.0);
	for (unsigned r = 0; r < s->rows; r++) {
		for (unsigned c = 0; c < s->columns; c++) {
			double x[] = { s->left + (double)c * s->pitch_x, 0 }, y[] = { s->top + (double)r * s->pitch_y, 0 };
			x[1] = x[0] + s->label_width;
			y[1] = y[0] + s->label_height;
			for (unsigned k = 0; k < 4; k++) {
				double sx = k % 2 == 0 ? -len : len, sy = k / 2 == 0 ? -len : len;
				cairo_move_to(p->cr, x[k % 2] + sx / 3, y[k / 2]);
				cairo_rel_line_to(p->cr, sx, 0);
				cairo_move_to(p->cr, x[k % 2], y[k / 2] + sy / 3);
				cairo_rel_line_to(p->cr, 0, sy);
			}
		}
	}
	cairo_stroke(p->cr);
}

static void
begin_page(struct sy_pdf *p, const struct sy_layout *l)
{
	if (p->pages > 0)
		cairo_show_page(p->cr);
	p->pages++;
	cairo_identity_matrix(p->cr);
	if (!p->sheets)
		cairo_pdf_surface_set_size(p->surface, points(l->dpi, l->width), points(l->dpi, l->height));
	cairo_scale(p->cr, points(l->dpi, 1), points(l->dpi, 1));
	if (p->sheets)
		draw_ticks(p);
}

enum sy_err
sy_pdf_add(struct sy_pdf *p, const struct sy_layout *l, const struct sy_symbol *s)
{
	size_t page = p->next;
	int x = 0, y = 0;
	if (p->sheets) {
		if (l->dpi != p->sheet.dpi || l->width != p->sheet.label_width || l->height != p->sheet.label_height)
			return SY_ERR_INTERNAL;
		sy_sheet_place(&p->sheet, p->next, &page, &x, &y);
	}
	p->next++;
	if (page == p->pages)
		begin_page(p, l);
	cairo_save(p->cr);
	cairo_translate(p->cr, x, y);
	sy_draw_symbol(p->cr, l, s);
	sy_draw_words(p->cr, p->text, l);
	cairo_restore(p->cr);
	if (p->failed)
		return SY_ERR_IO;
	return cairo_status(p->cr) == CAIRO_STATUS_SUCCESS ? SY_OK : SY_ERR_NO_MEMORY;
}

void
sy_pdf_break(struct sy_pdf *p)
{
	if (p->sheets)
		p->next = p->pages * sy_sheet_capacity(&p->sheet);
}

enum sy_err
sy_pdf_end(struct sy_pdf *p)
{
	if (p->pages > 0)
		cairo_show_page(p->cr);
	cairo_surface_finish(p->surface);
	if (p->failed || fflush(p->file) != 0)
		return SY_ERR_IO;
	return cairo_surface_status(p->surface) == CAIRO_STATUS_SUCCESS ? SY_OK : SY_ERR_NO_MEMORY;
}

size_t
sy_pdf_pages(const struct sy_pdf *p)
{
	return p->pages;
}
