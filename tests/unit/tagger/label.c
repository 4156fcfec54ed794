/* R: trust.md and pages.md "The label": modules are whole dots, nothing nearer than 1 mm to an edge, the quiet zone kept, refusals say what would do. */
#include "tagger/label.h"

#include "tagger/code/token.h"
#include "tagger/column.h"
#include "tagger/symbol.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct sy_text *text;

static int
open_text(void **state)
{
	(void)state;
	return sy_text_new(&text, NULL) == SY_OK ? 0 : -1;
}

static int
close_text(void **state)
{
	(void)state;
	sy_text_free(text);
	return 0;
}

static struct sy_label_facts
facts_of(const char *product, unsigned certified)
{
	struct sy_label_facts f = { .lot = "ZY260917A", .produced = "2026-09-17", .best_before = "2027-09-16", .net_content = "500 g", .origin = "河南省驻马店市正阳县",
		.host = "q.example.cn", .certified = certified, .demonstration = true };
	(void)snprintf(f.product, sizeof f.product, "%s", product);
	return f;
}

static void
check_inside(const struct sy_layout *l)
{
	int edge = (int)(sy_dots_per_metre(l->dpi) / 1000), quiet = SY_SYMBOL_QUIET * l->module, side = (int)l->side * l->module;
	assert_true(l->symbol_x >= quiet && l->symbol_y >= quiet);
	assert_true(l->symbol_x + side + quiet <= l->width && l->symbol_y + side + quiet <= l->height);
	assert_true(l->module >= (int)sy_module_min(l->dpi));
	for (size_t i = 0; i < l->ntexts; i++) {
		const struct sy_layout_text *t = &l->text[i];
		double wide = sy_text_width(text, sy_span_str(t->s), t->size, t->bold), top = t->baseline - SY_EM_ASCENT * t->size, bottom = t->baseline + 0.12 * t->size;
		double x = t->align == SY_ALIGN_CENTRE ? t->x + (t->width - wide) / 2 : t->x;
		/* A full stop of Chinese punctuation may hang out by half an em; ink does not. */
		assert_true(x >= edge - 1 && x + wide <= l->width - edge + t->size / 2);
		assert_true(top >= edge - 1 && bottom <= l->height - edge + 1);
		bool left_of = x + wide <= l->symbol_x - quiet, right_of = x >= l->symbol_x + side + quiet;
		bool above = bottom <= l->symbol_y - quiet, below = top >= l->symbol_y + side + quiet - 0.15 * edge - 1;
		if (!left_of && !right_of && !above && !below)
			fail_msg("\"%s\" stands in the quiet zone (%d dpi, %dx%d)", t->s, (int)l->dpi, l->width, l->height);
	}
	for (size_t i = 0; i < l->nboxes; i++)
		assert_true(l->box[i].x >= edge && l->box[i].y >= edge && l->box[i].x + l->box[i].width <= l->width - edge + 1);
}

static void
all_sizes(void **state)
{
	(void)state;
	static const unsigned dpis[] = { 203, 300, 600 }, sides[] = { 49, 53 };
	struct sy_label_facts f[] = { facts_of("正阳花生", SY_CERTIFIED_GREEN | SY_CERTIFIED_COMMITMENT), facts_of("泌阳夏南牛精选雪花牛腱子肉", 15), facts_of("小麦", 0) };
	for (size_t s = 0; s < sy_nsizes; s++)
		for (size_t d = 0; d < SY_LEN(dpis); d++)
			for (size_t k = 0; k < SY_LEN(sides); k++)
				for (size_t i = 0; i < SY_LEN(f); i++) {
					struct sy_layout l;
					struct sy_fault fault = { .err = SY_OK };
					enum sy_err err = sy_label_layout(text, &f[i], "K7Q2M9XW4T", sides[k], &sy_sizes[s], dpis[d], &l, &fault);
					if (err == SY_OK)
						check_inside(&l);
					else if (err != SY_ERR_TEXT_OVERFLOW || s > 1 || strstr(fault.en, "would do") == NULL)
						fail_msg("%s %u: %s", sy_sizes[s].name, dpis[d], fault.en);
				}
}

static bool
says(const struct sy_layout *l, const char *s)
{
	for (size_t i = 0; i < l->ntexts; i++)
		if (strstr(l->text[i].s, s) != NULL)
			return true;
	return false;
}

static void
words(void **state)
{
	(void)state;
	struct sy_label_facts f = facts_of("正阳花生", SY_CERTIFIED_ORGANIC | SY_CERTIFIED_COMMITMENT);
	struct sy_layout l;
	assert_int_equal(sy_label_layout(text, &f, "K7Q2M9XW4T", 49, sy_size_find(sy_span_str("60x40")), 300, &l, NULL), SY_OK);
	static const char *const all[] = { "正阳花生", "承诺达标合格证", "有机", "示范", "ZY260917A", "2026-09-17", "2027-09-16", "500 g", "查验：q.example.cn", "K7Q2 M9X W4T-B" };
	for (size_t i = 0; i < SY_LEN(all); i++)
		assert_true(says(&l, all[i]));
	assert_false(says(&l, "绿色食品") || says(&l, "地理标志"));
	sy_label_set_serial(&l, "0000000001");
	assert_true(says(&l, "0000 000 001-1"));
	f.demonstration = false;
	f.certified = 0;
	assert_int_equal(sy_label_layout(text, &f, "", 49, sy_size_find(sy_span_str("60x40")), 300, &l, NULL), SY_OK);
	assert_true(says(&l, "批次码"));
	assert_false(says(&l, "示范") || says(&l, "承诺达标合格证"));
}

static void
refusals(void **state)
{
	(void)state;
	struct sy_label_facts f = facts_of("正阳花生", 0);
	struct sy_layout l;
	struct sy_fault fault = { .err = SY_OK };
	assert_int_equal(sy_label_layout(text, &f, "K7Q2M9XW4T", 73, &sy_sizes[0], 203, &l, &fault), SY_ERR_MODULE_TOO_SMALL);
	assert_non_null(strstr(fault.en, "60x40 mm would do"));
	assert_non_null(strstr(fault.zh, "可用 60x40"));
	fault = (struct sy_fault){ .err = SY_OK };
	assert_int_equal(sy_label_layout(text, &f, "K7Q2M9XW4T", 177, &sy_sizes[0], 203, &l, &fault), SY_ERR_MODULE_TOO_SMALL);
	assert_non_null(strstr(fault.en, "No label size"));
	f.origin[0] = '\0';
	for (size_t i = 0; i < 80; i++)
		f.origin[i * 3] = '\xE9', f.origin[i * 3 + 1] = '\xA9', f.origin[i * 3 + 2] = '\xBB', f.origin[i * 3 + 3] = '\0';
	fault = (struct sy_fault){ .err = SY_OK };
	assert_int_equal(sy_label_layout(text, &f, "K7Q2M9XW4T", 49, &sy_sizes[2], 203, &l, &fault), SY_ERR_TEXT_OVERFLOW);
	f = facts_of("花\xF3\xB0\x80\x80生", 0); /* U+F0000, private use */
	fault = (struct sy_fault){ .err = SY_OK };
	assert_int_equal(sy_label_layout(text, &f, "K7Q2M9XW4T", 49, &sy_sizes[2], 203, &l, &fault), SY_ERR_MISSING_GLYPH);
	assert_string_equal(fault.field, "product");
	assert_int_equal(fault.offset, 3);
	assert_non_null(strstr(fault.en, "U+F0000"));
	assert_int_equal(sy_label_layout(text, &f, "K7Q2M9XW4T", 49, &sy_sizes[2], 72, &l, NULL), SY_ERR_BAD_ARGUMENT);
	f = facts_of("\xFF", 0);
	assert_int_equal(sy_label_layout(text, &f, "K7Q2M9XW4T", 49, &sy_sizes[2], 203, &l, NULL), SY_ERR_BAD_UTF8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(all_sizes), cmocka_unit_test(words), cmocka_unit_test(refusals) };
	return cmocka_run_group_tests(tests, open_text, close_text);
}
