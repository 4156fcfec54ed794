/* service/page_band.c: this code's part of the page: verdict, claims, scans. */
#include "server/service/page.h"

#include "schema/wire/time.h"

#include <stdlib.h>
#include <string.h>

static void
add3(struct sy_buf *b, const char *before, const char *text, const char *after)
{
	sy_buf_add_str(b, before);
	sy_buf_add_str(b, text);
	sy_buf_add_str(b, after);
}

static const char *
colour(enum verdict_face f)
{
	static const char *const colours[FACES] = {
		[FACE_VALID] = "green", [FACE_SELF_TESTED] = "slate", [FACE_DECLARED] = "slate", [FACE_SUSPICIOUS] = "amber",
		[FACE_EXPIRED] = "brown", [FACE_SUSPENDED_SAFETY] = "brown", [FACE_SUSPENDED_CERTIFICATE] = "blue", [FACE_REVOKED] = "wine",
		[FACE_RECALLED] = "red", [FACE_NOT_ISSUED] = "wine", [FACE_VOIDED] = "grey", [FACE_BAD_SIGNATURE] = "wine",
		[FACE_UNKNOWN_KEY] = "wine", [FACE_UNSIGNED] = "grey", [FACE_UNSUPPORTED] = "blue", [FACE_MALFORMED] = "grey",
	};
	return colours[f];
}

static bool
is_demo(const struct view *v)
{
	return v != NULL && v->demonstration;
}

static const char *
product_name(const struct view *v, enum lang lang)
{
	return lang == LANG_EN && v->name[1] != NULL ? v->name[1] : v->name[0];
}

/* A date is not broken at its hyphens. */
static void
whole_dates(struct sy_buf *b, char *text)
{
	char *from = text;
	for (char *p = text; *p != '\0'; p++) {
		if (*p < '0' || *p > '9' || strspn(p, "0123456789") != 4 || p[4] != '-' || strspn(p + 5, "0123456789") != 2 || p[7] != '-' || strspn(p + 8, "0123456789") != 2)
			continue;
		char after = p[10], here = *p;
		*p = '\0';
		page_esc(b, from);
		*p = here;
		p[10] = '\0';
		add3(b, "<span class=\"n\">", p, "</span>");
		p[10] = after;
		from = p + 10;
		p += 9;
	}
	page_esc(b, from);
}

static void
say(const struct verification *v, size_t i, enum lang lang, struct sy_buf *b)
{
	struct sy_buf text;
	sy_buf_init(&text, 8192);
	words_reason(v, i, lang, &text);
	char *own = sy_buf_take(&text, NULL);
	if (own != NULL)
		whole_dates(b, own);
	free(own);
}

static void
action(const struct verification *v, enum lang lang, struct sy_buf *b)
{
	struct sy_buf text;
	sy_buf_init(&text, 8192);
	words_action(v, lang, &text);
	if (text.len != 0) {
		sy_buf_add_str(b, "<p class=\"do\">");
		page_esc(b, sy_buf_cstr(&text));
		sy_buf_add_str(b, "</p>");
	}
	sy_buf_done(&text);
}

/* A code whose signature does not hold names goods that it has no right to: its words, and no record beside them. */
static void
claims(const struct verification *v, enum lang lang, struct sy_buf *b)
{
	if (v->facts.link == NULL)
		return;
	page_open(b, word(lang, W_CLAIMED));
	sy_buf_printf(b, "<p class=\"hint\">%s</p><dl>", word(lang, W_CLAIMED_HINT));
	page_row(b, word(lang, v->link.own ? W_OWN_ITEM : W_GTIN), v->link.item);
	page_row(b, word(lang, W_LOT), v->link.lot);
	page_row(b, word(lang, W_SERIAL), v->link.serial);
	sy_buf_add_str(b, "</dl>");
	page_close(b);
}

void
page_band(const struct verification *v, const struct view *view, const struct page_links *links, enum lang lang, struct sy_buf *b)
{
	enum verdict_face f = verdict_face(v);
	const char *name = view == NULL ? NULL : product_name(view, lang);
	add3(b, "<title>", words_headline(f, lang), "");
	if (name != NULL) {
		sy_buf_add_str(b, " · ");
		page_esc(b, name);
	}
	sy_buf_add_str(b, "</title></head><body>");
	if (is_demo(view))
		add3(b, "<p class=\"demo\">", word(lang, W_DEMO), "</p>");
	add3(b, "<header class=\"band ", colour(f), f == FACE_RECALLED ? " first\"><div>" : "\"><div>");
	if (f == FACE_RECALLED)
		action(v, lang, b);
	page_sign(b, f);
	add3(b, "<h1>", words_headline(f, lang), "</h1><p class=\"say\">");
	say(v, 0, lang, b);
	sy_buf_add_str(b, "</p>");
	if (f != FACE_RECALLED)
		action(v, lang, b);
	if (v->verdict.n > 1) {
		sy_buf_add_str(b, "<ul>");
		for (size_t i = 1; i < v->verdict.n; i++) {
			sy_buf_add_str(b, "<li>");
			say(v, i, lang, b);
			sy_buf_add_str(b, "</li>");
		}
		sy_buf_add_str(b, "</ul>");
	}
	add3(b, "<p class=\"truth\">", word(lang, W_LIMIT_OF_PROOF), "</p></div></header>\n<main>");
	if (links->unknown_lot)
		sy_buf_printf(b, "<section><h2>%s</h2><p>%s</p></section>", word(lang, W_NO_LOT), word(lang, W_NO_LOT_HINT));
	if (links->typed)
		sy_buf_printf(b, "<section><p>%s</p></section>", word(lang, W_TYPED_SERIAL));
	if (view == NULL)
		claims(v, lang, b);
}

void
page_scans(const struct verification *v, enum lang lang, struct sy_buf *b)
{
	if (v == NULL || !verdict_shows_lot(v->verdict.code))
		return;
	const struct scan_count *s = &v->facts.scan;
	page_open(b, word(lang, W_SCANS));
	sy_buf_add_str(b, "<p>");
	if (v->facts.serial != SERIAL_OURS)
		sy_buf_add_str(b, word(lang, W_SCAN_LOT));
	else if (s->count <= 1)
		sy_buf_add_str(b, word(lang, W_SCAN_FIRST));
	else {
		char date[SY_DATE_SIZE];
		sy_date_print(sy_date_of_time(s->first_at), date);
		sy_buf_printf(b, lang == LANG_ZH ? "连同这次共查验 %lld 次，首次在 %s。" : "%lld scans with this one, the first on %s.", (long long)s->count, date);
	}
	sy_buf_add_str(b, "</p>");
	if (v->link.serial[0] != '\0') {
		const char *n = v->link.serial;
		const char check[] = { '-', sy_serial_check_symbol(n), '\0' };
		add3(b, "<dl><dt>", word(lang, W_SERIAL), "</dt><dd class=\"mono\">");
		/* In groups, as people read it out. */
		sy_buf_add(b, n, strnlen(n, 4));
		for (size_t i = 4; i < 10 && i < strlen(n); i += 3) {
			sy_buf_add_byte(b, ' ');
			sy_buf_add(b, n + i, strnlen(n + i, 3));
		}
		add3(b, check, "</dd></dl>", "");
	}
	page_close(b);
}

void
page_tail(enum lang lang, struct sy_buf *b)
{
	sy_buf_printf(b, "<section class=\"links\"><h2>%s</h2><p class=\"hint\">%s</p><a class=\"go\" href=\"tel:12315\">%s</a><a class=\"go\" href=\"tel:12316\">%s</a></section></main>\n",
	    word(lang, W_REPORT_IT), word(lang, W_REPORT_HOW), word(lang, W_CALL_12315), word(lang, W_CALL_12316));
	sy_buf_printf(b, "<footer><p>%s</p><a href=\"/\">%s</a> <a href=\"/recalls\">%s</a> ", word(lang, W_PRIVACY), word(lang, W_HOME), word(lang, W_RECALLS));
}

void
page_end(const struct page_links *links, enum lang lang, struct sy_buf *b)
{
	if (links != NULL && links->self != NULL) {
		const char *other = lang == LANG_ZH ? "en" : "zh";
		sy_buf_add_str(b, "<a href=\"");
		page_esc(b, links->self);
		sy_buf_add_str(b, strchr(links->self, '?') == NULL ? "?lang=" : "&amp;lang=");
		sy_buf_add_str(b, other);
		sy_buf_add_str(b, "\" hreflang=\"");
		sy_buf_add_str(b, other);
		sy_buf_add_str(b, "\">");
		sy_buf_add_str(b, word(lang, W_OTHER_LANG));
		sy_buf_add_str(b, "</a>");
	}
	sy_buf_add_str(b, "</footer></body></html>\n");
}

void
page_foot(const struct verification *v, const struct page_links *links, enum lang lang, struct sy_buf *b)
{
	page_scans(v, lang, b);
	page_tail(lang, b);
	page_end(links, lang, b);
}
