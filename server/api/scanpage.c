/* api/scanpage.c: GET /: the form for codes that do not scan. What was typed
 * leads to the page of its lot; a typed serial carries no signature and says so. */
#include "server/api/page.h"
#include "server/api/public.h"
#include "server/app.h"

#include <ctype.h>
#include <string.h>

/* Spaces dropped, letters raised, as people type what they read. */
static void
typed(const struct request *req, const char *name, char *ret, size_t size)
{
	struct sy_buf b;
	size_t n = 0;
	sy_buf_init(&b, 64);
	if (request_query(req, name, &b) == SY_OK)
		for (size_t i = 0; i < b.len && n + 1 < size; i++)
			if (b.data[i] > ' ' && b.data[i] < 0x7f)
				ret[n++] = (char)toupper(b.data[i]);
	ret[n] = '\0';
	sy_buf_done(&b);
}

/* A GTIN-8, -12 or -13 on the pack is written as 14 digits on the label (GS1 General Specifications 7.2). */
static bool
item_path(const char *item, const char *lot, const char *serial, char ret[SY_LINK_PATH_MAX + 1], struct page_form *form)
{
	char gtin[15];
	size_t n = strlen(item), digits = strspn(item, "0123456789");
	bool numeric = n == digits && (n == 8 || n == 12 || n == 13 || n == 14);
	if (numeric) {
		memset(gtin, '0', sizeof gtin - 1);
		memcpy(gtin + 14 - n, item, n + 1);
	}
	bool is_gtin = numeric && sy_link_path(false, gtin, "", "", ret) == SY_OK;
	form->item_bad = !is_gtin && (n == 0 || numeric || sy_link_path(true, item, "", "", ret) != SY_OK);
	if (form->item_bad)
		return false;
	const char *key = is_gtin ? gtin : item;
	form->lot_bad = lot[0] == '\0' || sy_link_path(!is_gtin, key, lot, "", ret) != SY_OK;
	return !form->lot_bad && sy_link_path(!is_gtin, key, lot, serial, ret) == SY_OK;
}

enum sy_err
api_page_root(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	char item[40], lot[40], serial[40], ten[11] = "", path[SY_LINK_PATH_MAX + 1];
	struct page_form form = { .item = item, .lot = lot, .serial = serial };
	enum lang lang = page_lang(req);
	(void)reterr;
	typed(req, "item", item, sizeof item);
	typed(req, "lot", lot, sizeof lot);
	typed(req, "serial", serial, sizeof serial);
	if (item[0] != '\0' || lot[0] != '\0' || serial[0] != '\0') {
		form.serial_bad = serial[0] != '\0' && sy_serial_from_typed(sy_span_str(serial), ten, NULL) != SY_OK;
		if (item_path(item, lot, form.serial_bad ? "" : ten, path, &form) && !form.serial_bad) {
			ret->status = 303;
			ret->type = "text/plain; charset=utf-8";
			reply_header(ret, "Location", "/v%s?lang=%s", path, lang == LANG_ZH ? "zh" : "en");
			return SY_OK;
		}
		ret->status = 400;
	}
	page_home(&form, lang, &ret->body);
	return page_send(app, req, ret);
}
