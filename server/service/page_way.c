/* service/page_way.c: the way from field to pack, and who signed for it. */
#include "server/service/page.h"

#include "schema/wire/time.h"

#include <stdlib.h>
#include <string.h>

#define STOPS_MAX 128

static const char *
str(const struct sy_json *o, const char *name)
{
	const char *s = sy_json_get_str(o, name);
	return s == NULL ? "" : s;
}

struct stop {
	char date[SY_DATE_SIZE];
	unsigned order; /* of the same day */
	const char *name, *place, *note;
	bool grave;
};

struct way {
	size_t n;
	struct stop stop[STOPS_MAX];
};

static void
add(struct way *w, const char *date, const char *name, const char *place, const char *note, bool grave)
{
	if (w->n == STOPS_MAX || strlen(date) != SY_DATE_SIZE - 1)
		return;
	struct stop *s = &w->stop[w->n];
	memcpy(s->date, date, SY_DATE_SIZE);
	s->order = (unsigned)w->n++;
	s->name = name;
	s->place = place;
	s->note = note;
	s->grave = grave;
}

static void
add_at(struct way *w, int64_t t, const char *name, const char *place, const char *note, bool grave)
{
	char date[SY_DATE_SIZE];
	sy_date_print(sy_date_of_time(t), date);
	add(w, date, name, place, note, grave);
}

static int
earlier(const void *a, const void *b)
{
	const struct stop *x = a, *y = b;
	int d = memcmp(x->date, y->date, SY_DATE_SIZE);
	return d != 0 ? d : x->order < y->order ? -1 : 1;
}

static const char *
step_word(const char *kind, enum lang lang)
{
	static const struct {
		const char *kind;
		enum word w;
	} kinds[] = { { "harvest", W_STEP_HARVEST }, { "processing", W_STEP_PROCESSING }, { "slaughter", W_STEP_SLAUGHTER }, { "storage", W_STEP_STORAGE },
		{ "packing", W_STEP_PACKING } };
	for (size_t i = 0; i < SY_LEN(kinds); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return word(lang, kinds[i].w);
	return kind;
}

static void
add_released(struct way *w, const struct view *v, enum lang lang)
{
	int64_t at = 0;
	const char *time = str(v->release.statement, "time");
	if (sy_time_parse(sy_span_str(time), &at, NULL) == SY_OK)
		add_at(w, at, word(lang, W_STEP_RELEASE), view_party_name(v->release.issuer, lang == LANG_EN), "", false);
}

static void
add_restrictions(struct way *w, const struct view *v, enum lang lang)
{
	for (size_t i = 0; i < v->nrestrictions; i++) {
		const struct view_restriction *r = &v->restriction[i];
		enum word name = r->kind == VIEW_RECALL ? W_STEP_RECALL : r->kind == VIEW_VOID ? W_VOID : r->open ? W_STEP_HOLD : W_STEP_LIFTED;
		if (r->subject == VIEW_LABELS || (r->kind == VIEW_RECALL && !r->open))
			continue;
		add_at(w, r->since, word(lang, name), view_party_name(r->doc.issuer, lang == LANG_EN), str(r->doc.body, "reason"), r->open);
	}
}

static void
collect(struct way *w, const struct view *v, enum lang lang)
{
	const struct sy_json *steps = sy_json_get(v->lot.body, "steps");
	bool harvested = false;
	for (size_t i = 0; i < sy_json_len(steps); i++)
		harvested = harvested || strcmp(str(sy_json_at(steps, i), "kind"), "harvest") == 0;
	if (!harvested)
		add(w, str(v->lot.body, "harvested"), word(lang, W_STEP_HARVEST), str(sy_json_get(v->lot.body, "origin"), "name"), "", false);
	for (size_t i = 0; i < sy_json_len(steps); i++) {
		const struct sy_json *s = sy_json_at(steps, i);
		add(w, str(s, "on"), step_word(str(s, "kind"), lang), str(s, "place"), str(s, "note"), false);
	}
	for (size_t i = 0; i < v->nreports; i++)
		if (strcmp(str(v->report[i].body, "verdict"), "pass") == 0)
			add(w, str(v->report[i].body, "tested_to"), word(lang, W_STEP_TEST), view_party_name(v->report[i].issuer, lang == LANG_EN),
			    str(v->report[i].body, "number"), false);
	for (size_t i = 0; i < v->ncerts; i++)
		add(w, str(v->cert[i].body, "issued_on"), word(lang, W_STEP_DECLARED), view_party_name(v->cert[i].issuer, lang == LANG_EN), "", false);
	if (v->released)
		add_released(w, v, lang);
	add_restrictions(w, v, lang);
	qsort(w->stop, w->n, sizeof w->stop[0], earlier);
}

static void
inputs(const struct view *v, enum lang lang, struct sy_buf *b)
{
	static const struct {
		const char *kind;
		enum word w;
	} kinds[] = { { "pesticide", W_IN_PESTICIDE }, { "veterinary_drug", W_IN_DRUG }, { "fertiliser", W_IN_FERTILISER }, { "feed", W_IN_FEED }, { "seed", W_IN_SEED } };
	const struct sy_json *list = sy_json_get(v->lot.body, "inputs");
	if (sy_json_len(list) == 0)
		return;
	sy_buf_printf(b, "<h3>%s</h3><ul class=\"plain\">", word(lang, W_INPUTS));
	for (size_t i = 0; i < sy_json_len(list); i++) {
		const struct sy_json *in = sy_json_at(list, i);
		enum word w = W_IN_OTHER;
		for (size_t k = 0; k < SY_LEN(kinds); k++)
			if (strcmp(kinds[k].kind, str(in, "kind")) == 0)
				w = kinds[k].w;
		sy_buf_printf(b, "<li>%s · ", word(lang, w));
		page_esc(b, str(in, "name"));
		static const struct {
			const char *name, *zh, *en;
		} more[] = { { "dose", "", "" }, { "used_on", "使用 ", "used " }, { "stopped_on", "停用 ", "stopped " } };
		for (size_t k = 0; k < SY_LEN(more); k++)
			if (str(in, more[k].name)[0] != '\0') {
				sy_buf_printf(b, " · %s", lang == LANG_ZH ? more[k].zh : more[k].en);
				page_esc(b, str(in, more[k].name));
			}
		sy_buf_add_str(b, "</li>");
	}
	sy_buf_add_str(b, "</ul>");
}

static void
upstream(const struct view *v, enum lang lang, struct sy_buf *b)
{
	const struct sy_json *list = sy_json_get(v->lot.body, "upstream");
	if (sy_json_len(list) == 0)
		return;
	sy_buf_printf(b, "<h3>%s</h3><ul class=\"plain\">", word(lang, W_UPSTREAM));
	for (size_t i = 0; i < sy_json_len(list); i++) {
		const struct sy_json *up = sy_json_at(list, i);
		sy_buf_add_str(b, "<li>");
		page_esc(b, str(up, "name"));
		sy_buf_add_str(b, " · ");
		page_esc(b, str(up, "lot"));
		if (str(up, "supplier")[0] != '\0') {
			sy_buf_add_str(b, " · ");
			page_esc(b, str(up, "supplier"));
		}
		sy_buf_add_str(b, "</li>");
	}
	sy_buf_add_str(b, "</ul>");
}

void
page_way(const struct view *v, enum lang lang, struct sy_buf *b)
{
	struct way *w = calloc(1, sizeof *w);
	if (w == NULL)
		return;
	collect(w, v, lang);
	if (w->n != 0) {
		page_open(b, word(lang, W_JOURNEY));
		sy_buf_add_str(b, "<ol class=\"way\">");
		for (size_t i = 0; i < w->n; i++) {
			const struct stop *s = &w->stop[i];
			sy_buf_printf(b, "<li%s><time>%s</time><b>%s</b>", s->grave ? " class=\"stop\"" : "", s->date, s->name);
			if (s->place[0] != '\0') {
				sy_buf_add_str(b, " · ");
				page_esc(b, s->place);
			}
			if (s->note[0] != '\0') {
				sy_buf_add_str(b, "<br><span class=\"hint\">");
				page_esc(b, s->note);
				sy_buf_add_str(b, "</span>");
			}
			sy_buf_add_str(b, "</li>");
		}
		sy_buf_add_str(b, "</ol>");
		upstream(v, lang, b);
		inputs(v, lang, b);
		page_close(b);
	}
	free(w);
}

static const char *
role_word(const char *role, enum lang lang)
{
	static const struct {
		const char *role;
		enum word w;
	} roles[] = { { "tester", W_ROLE_TESTER }, { "reviewer", W_ROLE_REVIEWER }, { "approver", W_ROLE_APPROVER }, { "operator", W_ROLE_OPERATOR },
		{ "certifier", W_ROLE_CERTIFIER }, { "officer", W_ROLE_OFFICER }, { "producer", W_ROLE_PRODUCER }, { "status", W_ROLE_STATUS } };
	for (size_t i = 0; i < SY_LEN(roles); i++)
		if (strcmp(roles[i].role, role) == 0)
			return word(lang, roles[i].w);
	return role;
}

static void
signatures(const struct view_doc *d, const char *what, enum lang lang, struct sy_buf *b)
{
	if (d->nseals == 0)
		return;
	sy_buf_printf(b, "<li><b>%s</b> · %s %lld%s<br>", what, word(lang, W_LOG_ENTRY), (long long)d->leaf_index, word(lang, W_LOG_ENTRY_END));
	for (size_t i = 0; i < d->nseals; i++) {
		sy_buf_printf(b, "%s%s", i == 0 ? "" : lang == LANG_ZH ? "、" : ", ", role_word(d->seal[i].role, lang));
	}
	const char *name = view_party_name(d->seal[0].party, lang == LANG_EN);
	if (name[0] == '\0')
		name = view_party_name(d->issuer, lang == LANG_EN);
	if (name[0] != '\0') {
		sy_buf_add_str(b, lang == LANG_ZH ? "：" : ": ");
		page_esc(b, name);
	}
	sy_buf_add_str(b, "</li>");
}

static void
check(const struct view_doc *d, enum lang lang, struct sy_buf *b)
{
	sy_buf_printf(b, "<details><summary>%s</summary><dl><dt>%s</dt><dd>%lld</dd><dt>%s</dt><dd class=\"mono\">%s</dd></dl><p class=\"links\">", word(lang, W_CHECK_YOURSELF),
	    lang == LANG_ZH ? "日志序号" : "Log index", (long long)d->leaf_index, word(lang, W_LEAF_HASH), d->leaf_hex);
	sy_buf_printf(b, "<a href=\"/log/proof/%lld\">%s</a> <a href=\"/records/%s\">%s</a> <a href=\"/trust\">%s</a> <a href=\"/log/checkpoint\">%s</a></p>",
	    (long long)d->leaf_index, word(lang, W_PROOF), d->sha256_hex, word(lang, W_RECORD), word(lang, W_TRUST_LIST), word(lang, W_CHECKPOINT));
	sy_buf_printf(b, "<p class=\"hint\">%s</p><p class=\"mono\">suyuan-tagger verify --bundle bundle.json --anchor anchor.txt '%s'</p></details>",
	    word(lang, W_OFFLINE_HOW), lang == LANG_ZH ? "码上的网址" : "the code's address");
}

void
page_signed(const struct view *v, enum lang lang, struct sy_buf *b)
{
	bool zh = lang == LANG_ZH;
	page_open(b, word(lang, W_SIGNED));
	sy_buf_add_str(b, "<ul class=\"plain\">");
	for (size_t i = 0; i < v->nreports; i++)
		signatures(&v->report[i], zh ? "检验报告" : "Test report", lang, b);
	for (size_t i = 0; i < v->ncerts; i++)
		signatures(&v->cert[i], zh ? "证书或合格证" : "Certificate or declaration", lang, b);
	if (v->released)
		signatures(&v->release, zh ? "放行" : "Release", lang, b);
	signatures(&v->lot, zh ? "批次登记" : "Lot registration", lang, b);
	sy_buf_printf(b, "</ul><p class=\"hint\">%s</p>", word(lang, W_NO_NAMES));
	check(v->released ? &v->release : &v->lot, lang, b);
	page_close(b);
}
