/* text.c: see text.h. */
#include "tagger/text.h"

#include "schema/wire/utf8.h"
#include "tagger/render/font.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Fontconfig keeps its caches for the life of the process, some of them reachable by its own thread only;
 * cairo 1.16 forgets one block for each font that it puts into a PDF (in cairo_surface_finish). */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SUPPRESS 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define SUPPRESS 1
#endif
#ifdef SUPPRESS
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
__attribute__((visibility("default"))) const char *__lsan_default_options(void);
const char *
__lsan_default_options(void)
{
	return "print_suppressions=0";
}
const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libcairo\n";
}
#endif

struct sy_text {
	PangoFontMap *map;
	PangoContext *context;
	PangoLayout *layout;
	const char *family;
};

static const char *const families[] = { "Noto Sans CJK SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei" };

static const char *
find_family(PangoFontMap *map)
{
	PangoFontFamily **list = NULL;
	int n = 0;
	const char *found = NULL;
	pango_font_map_list_families(map, &list, &n);
	for (size_t f = 0; f < SY_LEN(families) && found == NULL; f++)
		for (int i = 0; i < n && found == NULL; i++)
			if (strcmp(pango_font_family_get_name(list[i]), families[f]) == 0)
				found = families[f];
	g_free(list);
	return found;
}

enum sy_err
sy_text_new(struct sy_text **ret, struct sy_fault *reterr)
{
	struct sy_text *t = calloc(1, sizeof *t);
	if (t == NULL)
		return SY_ERR_NO_MEMORY;
	t->map = pango_cairo_font_map_new();
	t->family = find_family(t->map);
	if (t->family == NULL) {
		sy_text_free(t);
		return sy_fault_at(reterr, SY_ERR_NO_FONT, "", 0, 0);
	}
	/* One unit of ours is one unit of cairo's: 72 dots in an inch makes points dots. */
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(t->map), 72);
	t->context = pango_font_map_create_context(t->map);
	sy_font_prepare(t->context);
	t->layout = pango_layout_new(t->context);
	*ret = t;
	return SY_OK;
}

void
sy_text_free(struct sy_text *t)
{
	if (t == NULL)
		return;
	if (t->layout != NULL)
		g_object_unref(t->layout);
	if (t->context != NULL)
		g_object_unref(t->context);
	if (t->map != NULL)
		g_object_unref(t->map);
	free(t);
}

const char *
sy_text_family(const struct sy_text *t)
{
	return t->family;
}

PangoLayout *
sy_font_layout(struct sy_text *t, struct sy_span s, double size, bool bold)
{
	PangoFontDescription *d = pango_font_description_new();
	pango_font_description_set_family_static(d, t->family);
	pango_font_description_set_weight(d, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_absolute_size(d, size * PANGO_SCALE);
	pango_layout_set_font_description(t->layout, d);
	pango_font_description_free(d);
	pango_layout_set_width(t->layout, -1);
	pango_layout_set_text(t->layout, s.data == NULL ? "" : (const char *)s.data, (int)s.len);
	return t->layout;
}

void
sy_font_prepare(PangoContext *context)
{
	cairo_font_options_t *o = cairo_font_options_create();
	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, o);
	cairo_font_options_destroy(o);
	pango_context_set_language(context, pango_language_from_string("zh-cn"));
	pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
	pango_context_set_round_glyph_positions(context, FALSE);
}

enum sy_err
sy_text_check(struct sy_text *t, struct sy_span s, const char *field, struct sy_fault *reterr)
{
	SY_TRY(sy_utf8_check(s, false, reterr));
	if (pango_layout_get_unknown_glyphs_count(sy_font_layout(t, s, 20, false)) == 0)
		return SY_OK;
	for (size_t at = 0; at < s.len;) {
		size_t from = at;
		int32_t c = sy_utf8_next(s, &at);
		struct sy_span one = sy_span_sub(s, from, at - from);
		if (c < 0 || pango_layout_get_unknown_glyphs_count(sy_font_layout(t, one, 20, false)) == 0)
			continue;
		bool fresh = reterr != NULL && reterr->err == SY_OK;
		(void)sy_fault_say(reterr, SY_ERR_MISSING_GLYPH, field, "字体里没有“%.*s”（U+%04X）", "The font has no \"%.*s\" (U+%04X)", (int)one.len,
		    (const char *)one.data, (unsigned)c);
		if (fresh) {
			reterr->offset = from;
			reterr->length = one.len;
		}
		return SY_ERR_MISSING_GLYPH;
	}
	return sy_fault_at(reterr, SY_ERR_MISSING_GLYPH, field, 0, s.len);
}

double
sy_text_width(struct sy_text *t, struct sy_span s, double size, bool bold)
{
	PangoRectangle r;
	pango_layout_get_extents(sy_font_layout(t, s, size, bold), NULL, &r);
	return (double)r.width / PANGO_SCALE;
}

size_t
sy_text_fit(struct sy_text *t, struct sy_span s, double size, bool bold, double width)
{
	PangoLayout *l = sy_font_layout(t, s, size, bold);
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_width(l, (int)floor(width * PANGO_SCALE));
	PangoLayoutLine *line = pango_layout_get_line_readonly(l, 0);
	size_t n = line == NULL ? 0 : (size_t)line->length;
	/* Spaces at the break stand in no line: they are this one's. */
	while (n < s.len && s.data[n] == ' ')
		n++;
	return n == 0 ? s.len : n;
}
