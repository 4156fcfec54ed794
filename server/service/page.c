/* service/page.c: head and small pieces of HTML, see page.h. */
#include "server/service/page.h"

#include "certs/digest.h"
#include "schema/wire/b64.h"
#include "server/web_assets.h"

#include <string.h>

void
page_esc(struct sy_buf *b, const char *text)
{
	/* In text and in double-quoted attributes alike (HTML 13.3). */
	for (const char *p = text == NULL ? "" : text; *p != '\0';) {
		size_t n = strcspn(p, "&<>\"'");
		sy_buf_add(b, p, n);
		p += n;
		if (*p == '\0')
			return;
		sy_buf_add_str(b, *p == '&' ? "&amp;" : *p == '<' ? "&lt;" : *p == '>' ? "&gt;" : *p == '"' ? "&quot;" : "&#39;");
		p++;
	}
}

void
page_row(struct sy_buf *b, const char *name, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	sy_buf_add_str(b, "<dt>");
	sy_buf_add_str(b, name);
	sy_buf_add_str(b, "</dt><dd>");
	page_esc(b, value);
	sy_buf_add_str(b, "</dd>");
}

void
page_open(struct sy_buf *b, const char *heading)
{
	sy_buf_add_str(b, "<section><h2>");
	sy_buf_add_str(b, heading);
	sy_buf_add_str(b, "</h2>");
}

void
page_close(struct sy_buf *b)
{
	sy_buf_add_str(b, "</section>\n");
}

bool
page_is_open(const struct view *v, const struct view_doc *target, enum view_kind kind)
{
	for (size_t i = 0; i < v->nrestrictions; i++)
		if (v->restriction[i].open && v->restriction[i].target == target && v->restriction[i].kind == kind && v->restriction[i].subject != VIEW_LABELS)
			return true;
	return false;
}

void
page_head(enum lang lang, struct sy_buf *b)
{
	sy_buf_printf(b,
	    "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
	    "<meta name=\"robots\" content=\"noindex\"><meta name=\"format-detection\" content=\"telephone=no\"><link rel=\"icon\" href=\"data:,\"><style>",
	    lang_tag(lang));
	sy_buf_add(b, web_page_css, web_page_css_len);
	sy_buf_add_str(b, "</style>\n");
}

enum sy_err
page_policy(struct sy_buf *ret)
{
	uint8_t digest[32];
	SY_TRY(sy_sha256(sy_span(web_page_css, web_page_css_len), digest));
	sy_buf_add_str(ret, "default-src 'none'; img-src data:; style-src 'sha256-");
	sy_b64_add(ret, sy_span(digest, 32));
	sy_buf_add_str(ret, "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
	return sy_buf_err(ret);
}
