/* label.c: see label.h. */
#include "tagger/label.h"

#include "tagger/code/link.h"
#include "tagger/code/token.h"
#include "tagger/column.h"
#include "tagger/symbol.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define EDGE_MM 1.0 /* nothing is printed nearer to an edge */
#define TEXT_MIN_MM 2.0 /* em; GB 7718 wants characters of 1.8 mm, which are nine tenths of it */
#define TEXT_MIN_DOTS 16 /* fewer do not draw a Chinese character */
#define COLUMN_MIN_MM 14.0

struct frame { /* one attempt */
	struct sy_text *text;
	const struct sy_label_facts *facts;
	const char *serial;
	const struct sy_size *size;
	double mm; /* dots in one */
	bool square;
	unsigned side;
	unsigned dpi;
	double text_min;
};

void
sy_label_serial_text(const char *serial, char ret[20])
{
	(void)snprintf(ret, 20, "%.4s %.3s %.3s-%c", serial, serial + 4, serial + 7, sy_serial_check_symbol(serial));
}

static double
serial_height(const struct frame *f)
{
	return fmax(fmax(f->text_min * 1.3, 3.2 * f->mm), 0.075 * f->size->height * f->mm);
}

/* The module in dots for the height that is left for the symbol; below the least: 0. */
static int
choose_module(const struct frame *f, double height, double share)
{
	double total = f->side + 2.0 * SY_SYMBOL_QUIET;
	double width = f->size->width * f->mm;
	int least = (int)sy_module_min(f->dpi);
	int want = (int)floor(fmin(height, width * share) / total);
	/* 600 dpi is what vectors are laid out in: an even module is whole dots at 300 dpi too. */
	if (f->dpi == 600)
		want -= want % 2;
	if (want >= least)
		return want;
	/* A narrow label gives the symbol more than its share, as long as words still fit beside it. */
	double room = fmin(height, width - (COLUMN_MIN_MM + EDGE_MM) * f->mm);
	return floor(room / total) >= least ? least : 0;
}

static void
place_symbol(const struct frame *f, double top, double height, int module, struct sy_layout *l)
{
	int box = module * (int)(f->side + 2 * SY_SYMBOL_QUIET);
	double band = serial_height(f), spare = height - box - band;
	int y = (int)floor(top + fmax(0, spare / 2));
	y += y % 2;
	l->module = module;
	l->side = f->side;
	l->symbol_x = module * SY_SYMBOL_QUIET;
	l->symbol_y = y + module * SY_SYMBOL_QUIET;
	/* The serial in the band below, never inside the quiet zone. */
	char words[20] = "批次码";
	if (f->serial[0] != '\0')
		sy_label_serial_text(f->serial, words);
	int edge = (int)ceil(EDGE_MM * f->mm), width = box - 2 * edge;
	double size = fmin(band / 1.2, 3.6 * f->mm);
	while (size > f->text_min && sy_text_width(f->text, sy_span_str("W4W4 W4W W4W-W"), size, false) > width)
		size *= 0.97;
	struct sy_layout_text *t = &l->text[l->ntexts];
	*t = (struct sy_layout_text){ .x = edge, .width = width, .size = size, .align = SY_ALIGN_CENTRE };
	t->baseline = (int)lround(y + box + (band - size) / 2 + size * SY_EM_ASCENT - 0.15 * f->mm);
	(void)snprintf(t->s, sizeof t->s, "%s", words);
	l->serial = l->ntexts++;
}

void
sy_label_set_serial(struct sy_layout *l, const char *serial)
{
	char words[20];
	if (l->serial >= l->ntexts || serial[0] == '\0')
		return;
	sy_label_serial_text(serial, words);
	(void)snprintf(l->text[l->serial].s, sizeof l->text[0].s, "%s", words);
}

/* The name as large as it goes: one line if it need not shrink much, else two, else three. */
static bool
add_name(struct sy_column *c, const char *name, double body)
{
	static const unsigned smallest[] = { 125, 110, 100 }; /* percent of the body */
	for (size_t lines = 1; lines <= SY_LEN(smallest); lines++)
		for (unsigned percent = 175; percent >= smallest[lines - 1]; percent -= 5)
			if (sy_column_add(c, name, body * percent / 100, true, lines))
				return true;
	return false;
}

static bool
add_head(struct sy_column *c, const struct sy_label_facts *f, double body)
{
	const char *words[4];
	size_t n = 0;
	if (!add_name(c, f->product, body))
		return false;
	c->y += body * 0.1;
	/* Order 2025-4: the words stand prominently where the label is one. */
	if ((f->certified & SY_CERTIFIED_COMMITMENT) != 0)
		sy_column_add_chips(c, (const char *const[]){ "承诺达标合格证" }, 1, 0, body * 1.05, true);
	if (f->demonstration)
		words[n++] = "示范";
	if ((f->certified & SY_CERTIFIED_GREEN) != 0)
		words[n++] = "绿色食品";
	if ((f->certified & SY_CERTIFIED_ORGANIC) != 0)
		words[n++] = "有机";
	if ((f->certified & SY_CERTIFIED_GI) != 0)
		words[n++] = "地理标志";
	if (n > 0)
		sy_column_add_chips(c, words, n, f->demonstration ? 1 : 0, body * 0.95, false);
	return !c->full;
}

/* "key value" on one line if it goes; with the short key; else wrapped. */
static bool
add_fact(struct sy_column *c, const char *key, const char *brief, const char *value, double body)
{
	char line[SY_FACT_SIZE + 32];
	if (value[0] == '\0')
		return true;
	(void)snprintf(line, sizeof line, "%s %s", key, value);
	if (sy_column_add(c, line, body, false, 1))
		return true;
	char shorter[SY_FACT_SIZE + 32];
	(void)snprintf(shorter, sizeof shorter, "%s %s", brief, value);
	return sy_column_add(c, shorter, body, false, 1) || sy_column_add(c, line, body, false, 3);
}

static bool
add_facts(struct sy_column *c, const struct sy_label_facts *f, double body)
{
	c->y += body * 0.1;
	return add_fact(c, "批号", "批号", f->lot, body) && add_fact(c, "生产日期", "生产", f->produced, body) &&
	    add_fact(c, "保质期至", "保质至", f->best_before, body) && add_fact(c, "净含量", "净含量", f->net_content, body) &&
	    add_fact(c, "产地", "产地", f->origin, body);
}

/* The host in small type, standing on the bottom edge. */
static bool
add_host(struct sy_column *c, const struct frame *f, double body, double bottom)
{
	char line[SY_FACT_SIZE + 16];
	double size = fmax(body * 0.85, f->text_min), y = c->y;
	size_t from = c->layout->ntexts;
	(void)snprintf(line, sizeof line, "查验：%s", f->facts->host);
	if (!sy_column_add(c, line, size, false, 2))
		return false;
	double spare = bottom - c->y;
	if (spare < 0)
		return false;
	for (size_t i = from; i < c->layout->ntexts; i++)
		c->layout->text[i].baseline += (int)floor(spare);
	(void)y;
	return true;
}

/* Everything at one body size, or false. */
static bool
attempt(const struct frame *f, double body, double lead, struct sy_layout *l)
{
	double edge = EDGE_MM * f->mm, width = f->size->width * f->mm, height = f->size->height * f->mm;
	double inner = fmax(edge, 0.035 * height);
	*l = (struct sy_layout){ .dpi = f->dpi, .width = (int)floor(width), .height = (int)floor(height) };
	struct sy_column c = { .text = f->text, .layout = l, .y = inner, .lead = lead };
	double top = 0;
	if (f->square) {
		c.x = (int)ceil(edge * 1.5);
		c.width = (int)floor(width - edge * 1.5) - c.x;
		if (!add_head(&c, f->facts, body))
			return false;
		top = c.y;
	}
	int module = choose_module(f, height - top - serial_height(f) - edge / 2, f->square ? 0.6 : 0.5);
	if (module == 0)
		return false;
	place_symbol(f, top, height - top - edge / 2, module, l);
	c.x = module * (int)(f->side + 2 * SY_SYMBOL_QUIET);
	c.width = (int)floor(width - edge) - c.x;
	if (f->square)
		c.y = fmax(top, l->symbol_y - body * 0.2);
	else if (!add_head(&c, f->facts, body))
		return false;
	return add_facts(&c, f->facts, body) && add_host(&c, f, body, height - inner) && !c.full;
}

static struct frame
frame_of(struct sy_text *text, const struct sy_label_facts *facts, const char *serial, unsigned side, const struct sy_size *size, unsigned dpi)
{
	struct frame f = { .text = text, .facts = facts, .serial = serial, .size = size, .side = side, .dpi = dpi };
	f.mm = sy_dots_per_metre(dpi) / 1000.0;
	f.square = size->width < size->height * 5 / 4;
	f.text_min = fmax(TEXT_MIN_MM * f.mm, TEXT_MIN_DOTS);
	return f;
}

/* Does the symbol go on it at all, whatever the words? */
static bool
symbol_fits(const struct frame *f)
{
	double head = f->square ? f->text_min * 1.4 : 0;
	return choose_module(f, f->size->height * f->mm - head - serial_height(f) - EDGE_MM * f->mm / 2, 0.5) != 0;
}

/* A last line of one character looks like a mistake: a little smaller often saves the line. */
static void
save_lines(const struct frame *f, double body, double lead, struct sy_layout *ret)
{
	struct sy_layout other;
	for (unsigned percent = 98; percent >= 84 && body * percent / 100 >= f->text_min; percent -= 2)
		if (attempt(f, body * percent / 100, lead, &other) && other.ntexts < ret->ntexts)
			*ret = other;
}

static bool
compose(const struct frame *f, struct sy_layout *ret)
{
	double most = fmin(f->size->height * f->mm / 10, 5.0 * f->mm);
	double body = fmax(most, f->text_min);
	while (body >= f->text_min) {
		if (attempt(f, body, 1.3, ret)) {
			save_lines(f, body, 1.3, ret);
			return true;
		}
		body *= 0.96;
	}
	return attempt(f, f->text_min, 1.3, ret) || attempt(f, f->text_min, 1.12, ret);
}

static enum sy_err
refuse(const struct frame *f, enum sy_err err, struct sy_fault *reterr)
{
	struct sy_layout scratch;
	for (size_t i = 0; i < sy_nsizes; i++) {
		struct frame other = frame_of(f->text, f->facts, f->serial, f->side, &sy_sizes[i], f->dpi);
		if (!symbol_fits(&other) || !compose(&other, &scratch))
			continue;
		return err == SY_ERR_MODULE_TOO_SMALL ?
		    sy_fault_say(reterr, err, "size", "%s 毫米放不下 %u 模块的二维码（%u dpi）；可用 %s", "%s mm has no room for a code of %u modules at %u dpi; %s mm would do", f->size->name,
		        f->side, f->dpi, sy_sizes[i].name) :
		    sy_fault_say(reterr, err, "size", "%s 毫米的标签放不下这些文字；可用 %s", "The text does not fit on %s mm; %s mm would do", f->size->name, sy_sizes[i].name);
	}
	return sy_fault_say(reterr, err, "size", "没有一种标签尺寸放得下（%u 模块，%u dpi）", "No label size would do (%u modules at %u dpi)", f->side, f->dpi);
}

static enum sy_err
check_glyphs(struct sy_text *text, const struct sy_label_facts *f, struct sy_fault *reterr)
{
	const struct { const char *s, *field; } all[] = {
		{ f->product, "product" }, { f->lot, "lot" }, { f->produced, "produced" }, { f->best_before, "best_before" },
		{ f->net_content, "net_content" }, { f->origin, "origin" }, { f->host, "host" },
	};
	for (size_t i = 0; i < SY_LEN(all); i++)
		SY_TRY(sy_text_check(text, sy_span_str(all[i].s), all[i].field, reterr));
	return SY_OK;
}

enum sy_err
sy_label_layout(struct sy_text *text, const struct sy_label_facts *facts, const char *serial, unsigned side, const struct sy_size *size,
    unsigned dpi, struct sy_layout *ret, struct sy_fault *reterr)
{
	if (sy_dots_per_metre(dpi) == 0)
		return sy_fault_say(reterr, SY_ERR_BAD_ARGUMENT, "dpi", "分辨率只能是 203、300 或 600，不是 %u", "Resolutions are 203, 300 and 600, not %u", dpi);
	SY_TRY(check_glyphs(text, facts, reterr));
	struct frame f = frame_of(text, facts, serial, side, size, dpi);
	if (!symbol_fits(&f))
		return refuse(&f, SY_ERR_MODULE_TOO_SMALL, reterr);
	return compose(&f, ret) ? SY_OK : refuse(&f, SY_ERR_TEXT_OVERFLOW, reterr);
}
