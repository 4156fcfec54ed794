/* service/page_report.c: who tested it, and each result as a bar that shows how
 * far it stays below its limit. 未检出 is drawn as somewhere below its LOD, never
 * as zero; a limit that nobody verified says so and draws no bar. */
#include "server/service/page.h"

#include "schema/judge/unit.h"
#include "server/service/limit_words.h"

#include <string.h>

static const char *
str(const struct sy_json *o, const char *name)
{
	const char *s = sy_json_get_str(o, name);
	return s == NULL ? "" : s;
}

/* Share of the limit in percent, rounded up, at most 101; 0 when it cannot be compared. */
static unsigned
share(const char *value, const char *unit, const struct sy_json *limit)
{
	struct sy_decimal v, l, part;
	const struct sy_unit *from = NULL, *to = NULL;
	if (sy_decimal_parse(sy_span_str(value), &v, NULL) != SY_OK || sy_decimal_parse(sy_span_str(str(limit, "value")), &l, NULL) != SY_OK || l.digits == 0)
		return 0;
	if (strcmp(unit, str(limit, "unit")) != 0) {
		if (sy_unit_find(unit, &from, NULL) != SY_OK || sy_unit_find(str(limit, "unit"), &to, NULL) != SY_OK || sy_unit_convert(v, from, to, &v) != SY_OK)
			return 0;
	}
	for (unsigned p = 1; p <= 100; p++)
		if (sy_decimal_mul_ratio(l, p, 100, &part) == SY_OK && sy_decimal_cmp(v, part) <= 0)
			return p;
	return 101;
}

static void
bar(const struct sy_json *item, const struct sy_json *limit, struct sy_buf *b)
{
	bool nd = strcmp(str(item, "reading"), "未检出") == 0;
	const char *lod = str(item, "lod")[0] != '\0' ? str(item, "lod") : str(item, "loq");
	unsigned p = share(nd ? lod : str(item, "reading"), str(item, "unit"), limit);
	if (p == 0 || strcmp(str(limit, "operator"), "<=") != 0)
		return;
	sy_buf_add_str(b, "<svg class=\"bar\" viewBox=\"0 0 200 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"t\" y=\"1\" width=\"200\" height=\"6\"/>");
	unsigned w = p > 100 ? 200 : p * 2;
	if (nd)
		sy_buf_printf(b, "<rect class=\"n\" x=\".5\" y=\"1.5\" width=\"%u\" height=\"5\"/>", w < 4 ? 3 : w - 1);
	else
		sy_buf_printf(b, "<rect class=\"%s\" y=\"1\" width=\"%u\" height=\"6\"/>", p > 100 ? "b" : "v", w);
	sy_buf_add_str(b, "<rect class=\"l\" x=\"198\" width=\"2\" height=\"8\"/></svg>");
}

static const char *
sign_of(const char *operator)
{
	static const char *const signs[][2] = { { "<=", "≤ " }, { ">=", "≥ " }, { "range", "" }, { "not_detected", "" }, { "not_permitted", "" } };
	for (size_t i = 0; i < SY_LEN(signs); i++)
		if (strcmp(signs[i][0], operator) == 0)
			return signs[i][1];
	return "";
}

static void
value(const struct sy_json *item, enum lang lang, struct sy_buf *b)
{
	bool nd = strcmp(str(item, "reading"), "未检出") == 0;
	sy_buf_add_str(b, "<b>");
	if (!nd) {
		page_esc(b, str(item, "value"));
		sy_buf_add_str(b, " ");
		page_esc(b, str(item, "unit"));
		sy_buf_add_str(b, "</b>");
		return;
	}
	sy_buf_add_str(b, word(lang, W_ND));
	sy_buf_add_str(b, "</b>");
	bool lod = str(item, "lod")[0] != '\0';
	if (!lod && str(item, "loq")[0] == '\0')
		return;
	sy_buf_printf(b, " <span class=\"hint\">&lt; %s ", word(lang, lod ? W_LOD : W_LOQ));
	page_esc(b, str(item, lod ? "lod" : "loq"));
	sy_buf_add_str(b, " ");
	page_esc(b, str(item, "unit"));
	sy_buf_add_str(b, "</span>");
}

static void
clause(const char *text, struct sy_buf *b)
{
	char part[304];
	struct sy_span s = limit_words_clause(text);
	if (s.len >= sizeof part)
		return;
	memcpy(part, s.data, s.len);
	part[s.len] = '\0';
	page_esc(b, part);
}

static void
limit_line(const struct sy_json *item, const struct sy_json *limit, enum lang lang, struct sy_buf *b)
{
	const char *op = str(limit, "operator");
	sy_buf_printf(b, "<p class=\"hint\">%s ", word(lang, W_LIMIT));
	if (strcmp(op, "not_detected") == 0)
		sy_buf_add_str(b, lang == LANG_ZH ? "不得检出" : "not to be detected");
	else if (strcmp(op, "not_permitted") == 0)
		sy_buf_add_str(b, lang == LANG_ZH ? "不得使用" : "not permitted");
	else {
		sy_buf_add_str(b, sign_of(op));
		page_esc(b, str(limit, "value"));
		sy_buf_add_str(b, " ");
		page_esc(b, str(limit, "unit"));
	}
	sy_buf_add_str(b, " · ");
	page_esc(b, str(limit, "standard"));
	if (str(limit, "edition")[0] != '\0' && strstr(str(limit, "standard"), str(limit, "edition")) == NULL) {
		sy_buf_add_str(b, "-");
		page_esc(b, str(limit, "edition"));
	}
	if (limit_words_clause(str(limit, "clause")).len > 0) {
		sy_buf_add_str(b, " · ");
		clause(str(limit, "clause"), b);
	}
	if (str(item, "method")[0] != '\0') {
		sy_buf_printf(b, " · %s ", word(lang, W_METHOD));
		page_esc(b, str(item, "method"));
	}
	sy_buf_add_str(b, "</p>");
}

static void
one_item(const struct sy_json *item, enum lang lang, struct sy_buf *b)
{
	const struct sy_json *limit = sy_json_get(item, "limit");
	bool has = sy_json_kind(limit) == SY_JSON_OBJECT;
	bool verified = has && sy_json_bool(sy_json_get(limit, "verified"));
	const char *verdict = str(item, "verdict");
	sy_buf_add_str(b, "<div class=\"item\"><div class=\"row\"><h3>");
	const struct sy_analyte *known = lang == LANG_EN ? sy_reference_analyte(str(item, "analyte")) : NULL;
	if (known != NULL && known->analyte_en[0] != '\0')
		sy_buf_printf(b, "%s ", known->analyte_en);
	page_esc(b, str(item, "analyte"));
	sy_buf_add_str(b, "</h3><span>");
	value(item, lang, b);
	sy_buf_add_str(b, "</span></div>");
	if (has && verified)
		bar(item, limit, b);
	if (has)
		limit_line(item, limit, lang, b);
	if (has && !verified)
		sy_buf_printf(b, "<p class=\"hint\"><span class=\"tag\">%s</span> %s</p>", word(lang, W_REFERENCE), word(lang, W_REFERENCE_HINT));
	else if (!has || strcmp(verdict, "reference") == 0)
		sy_buf_printf(b, "<p class=\"hint\"><span class=\"tag\">%s</span> %s</p>", word(lang, W_REFERENCE), has ? "" : word(lang, W_NO_LIMIT));
	if (strcmp(verdict, "fail") == 0)
		sy_buf_printf(b, "<p class=\"off\">%s</p>", word(lang, W_FAIL));
	sy_buf_add_str(b, "</div>");
}

static const char *
kind_word(const char *kind, enum lang lang)
{
	static const struct {
		const char *kind;
		enum word w;
	} kinds[] = { { "sampling", W_KIND_SAMPLING }, { "commissioned", W_KIND_COMMISSIONED }, { "type", W_KIND_TYPE }, { "rapid", W_KIND_RAPID } };
	for (size_t i = 0; i < SY_LEN(kinds); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return word(lang, kinds[i].w);
	return "";
}

static void
one_report(const struct view *v, const struct view_doc *d, enum lang lang, struct sy_buf *b)
{
	const struct sy_json *sample = sy_json_get(d->body, "sample"), *items = sy_json_get(d->body, "items");
	bool withdrawn = page_is_open(v, d, VIEW_VOID);
	bool pass = strcmp(str(d->body, "verdict"), "pass") == 0;
	page_open(b, word(lang, W_TESTED));
	sy_buf_add_str(b, "<p class=\"big who\">");
	page_esc(b, view_party_name(d->issuer, lang == LANG_EN));
	sy_buf_printf(b, "</p><p><span class=\"%s\">%s</span> <span class=\"hint\">%s</span></p><dl>", pass && !withdrawn ? "pass" : "off",
	    word(lang, withdrawn ? W_WITHDRAWN : pass ? W_PASS : W_FAIL), kind_word(str(d->body, "kind"), lang));
	page_row(b, "CMA", str(d->body, "cma"));
	page_row(b, "CATL", str(d->body, "catl"));
	page_row(b, word(lang, W_REPORT_NO), str(d->body, "number"));
	page_row(b, word(lang, W_SAMPLE_NO), str(sample, "number"));
	page_row(b, word(lang, strcmp(str(sample, "source"), "submitted") == 0 ? W_SUBMITTED : W_SAMPLED), str(sample, "taken_on"));
	page_row(b, word(lang, W_TESTED_TO), str(d->body, "tested_to"));
	sy_buf_add_str(b, "</dl>");
	if (strcmp(str(d->body, "kind"), "commissioned") == 0)
		sy_buf_printf(b, "<p class=\"hint\">%s</p>", word(lang, W_ONLY_SAMPLE));
	sy_buf_printf(b, "<p class=\"hint\">%s</p>", word(lang, W_BAR_HINT));
	for (size_t i = 0; i < sy_json_len(items); i++)
		one_item(sy_json_at(items, i), lang, b);
	page_close(b);
}

void
page_reports(const struct view *v, enum lang lang, struct sy_buf *b)
{
	for (size_t i = 0; i < v->nreports; i++)
		if (v->report[i].body != NULL)
			one_report(v, &v->report[i], lang, b);
}
