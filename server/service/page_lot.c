/* service/page_lot.c: the lot's part of the page: what it should be, where from,
 * and what vouches for it. Nothing empty is shown. */
#include "server/service/page.h"

#include "schema/reference/reference.h"

#include <string.h>

static const char *
str(const struct sy_json *o, const char *name)
{
	const char *s = sy_json_get_str(o, name);
	return s == NULL ? "" : s;
}

static void
quantity_row(struct sy_buf *b, const char *name, const struct sy_json *q, enum lang lang)
{
	struct sy_buf text;
	if (sy_json_kind(q) != SY_JSON_OBJECT)
		return;
	sy_buf_init(&text, 128);
	words_quantity(q, lang, &text);
	page_row(b, name, sy_buf_cstr(&text));
	sy_buf_done(&text);
}

static void
what(const struct view *v, enum lang lang, struct sy_buf *b)
{
	const struct sy_json *p = v->product.body, *l = v->has_lot ? v->lot.body : NULL;
	const char *name_en = str(p, "name_en");
	page_open(b, word(lang, v->by_text ? W_FACTS : W_COMPARE));
	sy_buf_add_str(b, "<p class=\"big\">");
	page_esc(b, lang == LANG_EN && name_en[0] != '\0' ? name_en : str(p, "name"));
	sy_buf_add_str(b, "</p>");
	/* The pack is printed in Chinese: an English reader compares characters. */
	if (lang == LANG_EN && name_en[0] != '\0') {
		sy_buf_add_str(b, "<p lang=\"zh-CN\">");
		page_esc(b, str(p, "name"));
		sy_buf_add_str(b, "</p>");
	}
	if (!v->by_text)
		sy_buf_printf(b, "<p class=\"hint\">%s</p>", word(lang, W_COMPARE_HINT));
	sy_buf_add_str(b, "<dl class=\"key\">");
	if (sy_json_kind(sy_json_get(p, "net_content")) == SY_JSON_OBJECT)
		quantity_row(b, word(lang, W_NET_CONTENT), sy_json_get(p, "net_content"), lang);
	else
		page_row(b, word(lang, W_NET_CONTENT), word(lang, W_WEIGHED));
	page_row(b, word(lang, W_LOT), v->lot_text);
	page_row(b, word(lang, W_ENTERPRISE_LOT), str(l, "enterprise_lot"));
	page_row(b, word(lang, W_PRODUCED), str(l, "produced"));
	page_row(b, word(lang, W_BEST_BEFORE), str(l, "best_before"));
	sy_buf_add_str(b, "</dl><dl>");
	page_row(b, word(lang, W_MAKER), view_party_name(v->product.issuer, lang == LANG_EN));
	page_row(b, word(lang, W_BRAND), str(p, "brand"));
	page_row(b, word(lang, W_VARIETY), str(l, "variety")[0] != '\0' ? str(l, "variety") : str(p, "variety"));
	page_row(b, word(lang, W_SPEC), str(p, "spec"));
	page_row(b, word(lang, W_GRADE), str(p, "declared_grade"));
	page_row(b, word(lang, W_STANDARD), str(p, "declared_standard"));
	page_row(b, word(lang, W_HARVESTED), str(l, "harvested"));
	page_row(b, word(lang, W_STORAGE), str(p, "storage"));
	page_row(b, word(lang, v->own ? W_OWN_ITEM : W_GTIN), v->item);
	sy_buf_add_str(b, "</dl>");
	page_close(b);
}

static uint32_t
county_code(const char *s)
{
	uint32_t n = 0;
	for (size_t i = 0; i < 6 && s[i] >= '0' && s[i] <= '9'; i++)
		n = n * 10 + (uint32_t)(s[i] - '0');
	return n;
}

/* A geographical indication's name is shown only where a certificate in force entitles to it. */
static const struct view_doc *
entitled_gi(const struct view *v)
{
	for (size_t i = 0; i < v->ncerts; i++)
		if (strcmp(str(v->cert[i].body, "kind"), "gi") == 0 && !page_is_open(v, &v->cert[i], VIEW_VOID) && !page_is_open(v, &v->cert[i], VIEW_HOLD))
			return &v->cert[i];
	return NULL;
}

static void
where(const struct view *v, enum lang lang, struct sy_buf *b)
{
	const struct sy_json *o = v->has_lot ? sy_json_get(v->lot.body, "origin") : NULL;
	if (sy_json_kind(o) != SY_JSON_OBJECT)
		return;
	const char *code = str(o, "county"), *name = county_name(county_code(code), lang);
	const struct sy_township *town = sy_reference_township(str(o, "township"));
	page_open(b, word(lang, W_ORIGIN));
	sy_buf_add_str(b, "<p class=\"big\">");
	if (name == NULL)
		page_esc(b, code);
	else
		sy_buf_printf(b, lang == LANG_ZH ? "河南省驻马店市%s" : "%s, Zhumadian, Henan", name);
	if (town != NULL)
		sy_buf_printf(b, "%s%s", lang == LANG_ZH ? "" : " · ", town->name);
	sy_buf_add_str(b, "</p>");
	page_map(b, county_code(code), lang);
	sy_buf_add_str(b, "<dl>");
	page_row(b, word(lang, W_PLACE), str(o, "name"));
	page_row(b, lang == LANG_ZH ? "村" : "Village", str(o, "village"));
	page_row(b, word(lang, W_PARK), str(o, "park"));
	const struct view_doc *gi = entitled_gi(v);
	if (gi != NULL) {
		page_row(b, word(lang, W_GI_NAME), str(v->product.body, "gi_name")[0] != '\0' ? str(v->product.body, "gi_name") : str(gi->body, "number"));
		page_row(b, word(lang, W_ANNOUNCEMENT), str(gi->body, "announcement"));
	}
	sy_buf_add_str(b, "</dl>");
	page_close(b);
}

enum sy_err
page_lot(const struct view *v, unsigned l, struct sy_buf *b)
{
	enum lang lang = l == 1 ? LANG_EN : LANG_ZH;
	what(v, lang, b);
	if (!v->has_lot)
		return sy_buf_err(b);
	where(v, lang, b);
	if (!v->released)
		sy_buf_printf(b, "<section><h2>%s</h2></section>", word(lang, W_NOT_RELEASED));
	page_reports(v, lang, b);
	page_certificates(v, lang, b);
	page_way(v, lang, b);
	page_signed(v, lang, b);
	return sy_buf_err(b);
}
