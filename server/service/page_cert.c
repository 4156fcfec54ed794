/* service/page_cert.c: certificates and the producer's declaration. */
#include "server/service/page.h"

#include <string.h>

static const char *
str(const struct sy_json *o, const char *name)
{
	const char *s = sy_json_get_str(o, name);
	return s == NULL ? "" : s;
}

static enum word
kind_of(const struct view_doc *d)
{
	static const struct {
		const char *kind;
		enum word w;
	} kinds[] = { { "green", W_GREEN }, { "organic", W_ORGANIC }, { "gi", W_GI } };
	for (size_t i = 0; i < SY_LEN(kinds); i++)
		if (strcmp(str(d->body, "kind"), kinds[i].kind) == 0)
			return kinds[i].w;
	return W_COMMITMENT;
}

static void
grounds(const struct view_doc *d, enum lang lang, struct sy_buf *b)
{
	static const struct {
		const char *ground;
		enum word w;
	} list[] = { { "quality_control", W_GROUND_QC }, { "self_test", W_GROUND_SELF }, { "commissioned_test", W_GROUND_COMM }, { "self_promise", W_GROUND_PROMISE } };
	const struct sy_json *g = sy_json_get(d->body, "grounds");
	if (sy_json_len(g) == 0)
		return;
	sy_buf_printf(b, "<dt>%s</dt><dd>", word(lang, W_GROUNDS));
	for (size_t i = 0; i < sy_json_len(g); i++)
		for (size_t k = 0; k < SY_LEN(list); k++)
			if (sy_json_str(sy_json_at(g, i)) != NULL && strcmp(sy_json_str(sy_json_at(g, i)), list[k].ground) == 0)
				sy_buf_printf(b, "%s%s", i == 0 ? "" : lang == LANG_ZH ? "、" : ", ", word(lang, list[k].w));
	sy_buf_add_str(b, "</dd>");
}

static void
one(const struct view *v, const struct view_doc *d, enum lang lang, struct sy_buf *b)
{
	enum word kind = kind_of(d);
	sy_buf_printf(b, "<div class=\"cert\"><h3>%s", word(lang, kind));
	if (page_is_open(v, d, VIEW_VOID))
		sy_buf_printf(b, " <span class=\"off\">%s</span>", word(lang, kind == W_COMMITMENT ? W_VOID : W_WITHDRAWN));
	else if (page_is_open(v, d, VIEW_HOLD))
		sy_buf_printf(b, " <span class=\"off\">%s</span>", word(lang, W_ON_HOLD));
	sy_buf_add_str(b, "</h3>");
	if (kind == W_COMMITMENT)
		sy_buf_printf(b, "<p>%s</p>", word(lang, strcmp(str(d->body, "style"), "buyer") == 0 ? W_PROMISE_BUYER : W_PROMISE_PRODUCER));
	sy_buf_add_str(b, "<dl>");
	page_row(b, word(lang, W_CERT_NO), str(d->body, "number"));
	page_row(b, word(lang, W_ENTERPRISE_CODE), str(d->body, "enterprise_code"));
	page_row(b, word(lang, W_BODY), view_party_name(d->issuer, lang == LANG_EN));
	page_row(b, word(lang, W_ANNOUNCEMENT), str(d->body, "announcement"));
	if (kind == W_COMMITMENT) {
		grounds(d, lang, b);
		page_row(b, word(lang, W_ISSUED_ON), str(d->body, "issued_on"));
	} else if (str(d->body, "valid_from")[0] != '\0') {
		sy_buf_printf(b, "<dt>%s</dt><dd>", word(lang, W_VALID));
		page_esc(b, str(d->body, "valid_from"));
		sy_buf_add_str(b, " – ");
		page_esc(b, str(d->body, "valid_to")[0] != '\0' ? str(d->body, "valid_to") : word(lang, W_VALID_TO_NONE));
		sy_buf_add_str(b, "</dd>");
	}
	sy_buf_printf(b, "</dl><p class=\"links\"><a href=\"/records/%s\">%s</a></p></div>", d->sha256_hex, word(lang, W_RECORD));
}

void
page_certificates(const struct view *v, enum lang lang, struct sy_buf *b)
{
	bool any = false;
	for (size_t i = 0; i < v->ncerts; i++)
		any = any || v->cert[i].body != NULL;
	if (!any)
		return;
	page_open(b, word(lang, W_CERTIFIED));
	for (size_t i = 0; i < v->ncerts; i++)
		if (v->cert[i].body != NULL)
			one(v, &v->cert[i], lang, b);
	page_close(b);
}
