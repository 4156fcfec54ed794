/* api/recalls.c: recall notices as page, JSON and Atom (RFC 4287). */
#include "server/api/page.h"
#include "server/api/public.h"
#include "schema/wire/time.h"
#include "server/app.h"
#include "server/service/now.h"
#include "server/service/recall_list.h"

#include <stdlib.h>
#include <string.h>

static struct sy_json *
text(const char *s)
{
	return s == NULL || s[0] == '\0' ? sy_json_null() : sy_json_from_str(s);
}

static enum sy_err
add_json(struct sy_json *array, const struct page_recall *r)
{
	char at[SY_TIME_SIZE];
	struct sy_json *o = sy_json_object();
	sy_time_print(r->since, at);
	enum sy_err err = sy_json_set(o, "since", sy_json_from_str(at));
	const struct {
		const char *name, *value;
	} texts[] = { { "product", r->product }, { "lot", r->lot }, { "link", r->path }, { "reason", r->reason }, { "action", r->action }, { "authority", r->authority },
		{ "issuer", r->issuer }, { "record", r->sha256 } };
	if (err == SY_OK)
		err = sy_json_set(o, "open", sy_json_from_bool(r->open));
	for (size_t i = 0; i < SY_LEN(texts) && err == SY_OK; i++)
		err = sy_json_set(o, texts[i].name, text(texts[i].value));
	if (err == SY_OK)
		err = sy_json_set(o, "class", r->class == 0 ? sy_json_null() : sy_json_from_int(r->class));
	if (err != SY_OK) {
		sy_json_free(o);
		return err;
	}
	return sy_json_append(array, o);
}

enum sy_err
api_recalls_get(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	SY_CLEANUP(recall_list_done) struct recall_list list = { .n = 0 };
	enum lang lang = page_lang(req);
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(recall_list_read(loan.db, lang == LANG_EN, &list));
	if (page_accepts(req, false) == FORM_JSON) {
		SY_AUTO_JSON *array = sy_json_array();
		for (size_t i = 0; i < list.n; i++)
			SY_TRY(add_json(array, &list.recall[i]));
		return reply_json(ret, 200, array);
	}
	page_recalls(list.recall, list.n, lang, &ret->body);
	return page_send(app, req, ret);
}

static void
element(struct sy_buf *b, const char *name, const char *value)
{
	sy_buf_printf(b, "<%s>", name);
	page_esc(b, value);
	sy_buf_printf(b, "</%s>", name);
}

static void
add_entry(struct sy_buf *b, const char *base, const struct page_recall *r)
{
	char at[SY_TIME_SIZE];
	sy_time_print(r->since, at);
	/* An id that stays: the record's hash. */
	sy_buf_printf(b, "<entry><id>urn:sha256:%s:%s</id><title>", r->sha256, r->lot == NULL ? "" : r->lot);
	page_esc(b, r->open ? "召回 Recall: " : "召回结束 Recall closed: ");
	page_esc(b, r->product);
	sy_buf_add_str(b, " ");
	page_esc(b, r->lot);
	sy_buf_printf(b, "</title><updated>%s</updated><link href=\"%s/records/%s\"/><summary>", at, base, r->sha256);
	page_esc(b, r->reason);
	sy_buf_add_str(b, " ");
	page_esc(b, r->action);
	sy_buf_add_str(b, "</summary><author>");
	element(b, "name", r->issuer[0] == '\0' ? "Suyuan" : r->issuer);
	sy_buf_add_str(b, "</author></entry>\n");
}

enum sy_err
api_recalls_atom(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	SY_CLEANUP(recall_list_done) struct recall_list list = { .n = 0 };
	char base[160], at[SY_TIME_SIZE];
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(recall_list_read(loan.db, false, &list));
	page_base(app, req, base);
	/* An empty feed was last changed when this calendar began. */
	sy_time_print(list.n == 0 ? sy_time_of_date(0) : list.recall[0].since, at);
	sy_buf_printf(&ret->body,
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\"><id>%s/recalls</id><title>召回公告 Recall notices</title>"
	    "<updated>%s</updated><link rel=\"self\" href=\"%s/recalls.atom\"/><link href=\"%s/recalls\"/>\n",
	    base, at, base, base);
	for (size_t i = 0; i < list.n; i++)
		add_entry(&ret->body, base, &list.recall[i]);
	sy_buf_add_str(&ret->body, "</feed>\n");
	ret->type = "application/atom+xml; charset=utf-8";
	return sy_buf_err(&ret->body);
}
