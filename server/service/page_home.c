/* service/page_home.c: the pages that are not about one code. */
#include "server/service/page.h"

#include "schema/wire/time.h"

static void
begin(struct sy_buf *b, enum lang lang, const char *title)
{
	page_head(lang, b);
	sy_buf_printf(b, "<title>%s</title></head><body><main>", title);
}

static void
field(struct sy_buf *b, const char *name, const char *label, const char *value, const char *attributes, const char *bad)
{
	sy_buf_printf(b, "<label for=\"%s\">%s</label>", name, label);
	sy_buf_printf(b, "<input id=\"%s\" name=\"%s\" %s value=\"", name, name, attributes);
	page_esc(b, value);
	sy_buf_add_str(b, "\">");
	if (bad != NULL)
		sy_buf_printf(b, "<p class=\"bad\">%s</p>", bad);
}

void
page_home(const struct page_form *f, enum lang lang, struct sy_buf *b)
{
	static const struct page_links links = { .self = "/" };
	begin(b, lang, word(lang, W_TITLE_HOME));
	sy_buf_printf(b, "<header class=\"plain\"><h1>%s</h1></header><p>%s</p><form action=\"/\" method=\"get\">", word(lang, W_TITLE_HOME), word(lang, W_HOME_LEAD));
	field(b, "item", word(lang, W_FORM_ITEM), f->item, "required maxlength=\"20\" autocomplete=\"off\" autocapitalize=\"characters\"",
	    f->item_bad ? word(lang, W_FORM_ITEM_BAD) : NULL);
	field(b, "lot", word(lang, W_FORM_LOT), f->lot, "required maxlength=\"24\" autocomplete=\"off\" autocapitalize=\"characters\"",
	    f->lot_bad ? word(lang, W_FORM_LOT_BAD) : NULL);
	field(b, "serial", word(lang, W_FORM_SERIAL), f->serial, "maxlength=\"24\" autocomplete=\"off\" autocapitalize=\"characters\"",
	    f->serial_bad ? word(lang, W_FORM_SERIAL_BAD) : NULL);
	sy_buf_printf(b, "<p class=\"hint\">%s</p><input type=\"hidden\" name=\"lang\" value=\"%s\"><button>%s</button></form>", word(lang, W_FORM_SERIAL_HINT),
	    lang == LANG_ZH ? "zh" : "en", word(lang, W_FORM_GO));
	page_foot(NULL, &links, lang, b);
}

void
page_message(enum word title, enum word text, enum lang lang, struct sy_buf *b)
{
	begin(b, lang, word(lang, title));
	sy_buf_printf(b, "<header class=\"plain\"><h1>%s</h1></header><p>%s</p>", word(lang, title), word(lang, text));
	page_foot(NULL, NULL, lang, b);
}

static void
one_recall(const struct page_recall *r, enum lang lang, struct sy_buf *b)
{
	char date[SY_DATE_SIZE];
	sy_date_print(sy_date_of_time(r->since), date);
	sy_buf_add_str(b, "<section><h2>");
	page_esc(b, r->product);
	sy_buf_printf(b, "</h2><p><span class=\"tag %s\">%s</span> ", r->open ? "off" : "", word(lang, r->open ? W_RECALL_OPEN : W_RECALL_CLOSED));
	if (r->class >= 1 && r->class <= 3)
		sy_buf_printf(b, lang == LANG_ZH ? "%lld 级召回 · " : "class %lld · ", (long long)r->class);
	sy_buf_printf(b, "<time>%s</time></p><dl>", date);
	page_row(b, word(lang, W_LOT), r->lot);
	page_row(b, word(lang, W_REASON), r->reason);
	page_row(b, word(lang, W_WHAT_TO_DO), r->action);
	page_row(b, word(lang, W_AUTHORITY), r->authority);
	page_row(b, word(lang, W_RECALLED_BY), r->issuer);
	sy_buf_printf(b, "</dl><p class=\"links\"><a href=\"/records/%s\">%s</a>", r->sha256, word(lang, W_RECORD));
	if (r->path != NULL) {
		sy_buf_add_str(b, " <a href=\"/v");
		page_esc(b, r->path);
		sy_buf_printf(b, "\">%s</a>", word(lang, W_FACTS));
	}
	sy_buf_add_str(b, "</p></section>");
}

void
page_recalls(const struct page_recall *list, size_t n, enum lang lang, struct sy_buf *b)
{
	static const struct page_links links = { .self = "/recalls" };
	begin(b, lang, word(lang, W_RECALLS));
	sy_buf_printf(b, "<header class=\"plain\"><h1>%s</h1></header>", word(lang, W_RECALLS));
	if (n == 0)
		sy_buf_printf(b, "<p>%s</p>", word(lang, W_RECALLS_NONE));
	for (size_t i = 0; i < n; i++)
		one_recall(&list[i], lang, b);
	page_foot(NULL, &links, lang, b);
}
