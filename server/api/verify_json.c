/* api/verify_json.c: a verdict as JSON: code, reasons in both languages, and the
 * public facts it rests on. Salts are of the log's concern and are left out. */
#include "server/api/page.h"

#include "schema/wire/time.h"
#include "server/app.h"

#include <string.h>

static struct sy_json *
time_json(int64_t t)
{
	char text[SY_TIME_SIZE];
	if (t <= 0)
		return sy_json_null();
	sy_time_print(t, text);
	return sy_json_from_str(text);
}

static struct sy_json *
text_or_null(const char *s)
{
	return s == NULL || s[0] == '\0' ? sy_json_null() : sy_json_from_str(s);
}

/* A public body without its salt, and where it stands in the log. */
static enum sy_err
doc_json(const struct view_doc *d, struct sy_json **ret)
{
	SY_AUTO_JSON *o = d->body == NULL ? sy_json_object() : sy_json_copy(d->body);
	if (o == NULL)
		return SY_ERR_NO_MEMORY;
	sy_json_remove(o, "salt");
	sy_json_remove(o, "origin");
	struct sy_buf path;
	sy_buf_init(&path, 128);
	sy_buf_printf(&path, "/records/%s", d->sha256_hex);
	enum sy_err err = sy_json_set(o, "record", sy_json_from_str(sy_buf_cstr(&path)));
	sy_buf_done(&path);
	SY_TRY(err);
	SY_TRY(sy_json_set(o, "leaf_index", sy_json_from_int(d->leaf_index)));
	SY_TRY(sy_json_set(o, "leaf_hash", sy_json_from_str(d->leaf_hex)));
	SY_TRY(sy_json_set(o, "issuer", text_or_null(view_party_name(d->issuer, false))));
	SY_TRY(sy_json_set(o, "issuer_en", text_or_null(view_party_name(d->issuer, true))));
	*ret = o;
	o = NULL;
	return SY_OK;
}

static enum sy_err
set_doc(struct sy_json *o, const char *name, const struct view_doc *d)
{
	struct sy_json *v = NULL;
	SY_TRY(doc_json(d, &v));
	return sy_json_set(o, name, v);
}

static enum sy_err
set_docs(struct sy_json *o, const char *name, const struct view *view, const struct view_doc *list, size_t n)
{
	SY_AUTO_JSON *array = sy_json_array();
	for (size_t i = 0; i < n; i++) {
		struct sy_json *d = NULL;
		SY_TRY(doc_json(&list[i], &d));
		enum sy_err err = sy_json_set(d, "withdrawn", sy_json_from_bool(page_is_open(view, &list[i], VIEW_VOID)));
		if (err != SY_OK) {
			sy_json_free(d);
			return err;
		}
		SY_TRY(sy_json_append(array, d));
	}
	struct sy_json *given = array;
	array = NULL;
	return sy_json_set(o, name, given);
}

static enum sy_err
reasons_json(const struct verification *v, struct sy_json **ret)
{
	SY_AUTO_JSON *array = sy_json_array();
	for (size_t i = 0; i < v->verdict.n; i++) {
		struct sy_buf zh, en;
		struct sy_json *one = NULL;
		sy_buf_init(&zh, 8192);
		sy_buf_init(&en, 8192);
		words_reason(v, i, LANG_ZH, &zh);
		words_reason(v, i, LANG_EN, &en);
		enum sy_err err = sy_json_pack(&one, "{s:s, s:s, s:s}", "code", verdict_slug(v->verdict.reason[i].code), "zh", sy_buf_cstr(&zh), "en", sy_buf_cstr(&en));
		if (err == SY_OK && v->verdict.reason[i].detail[0] != '\0')
			err = sy_json_set(one, "detail", sy_json_from_str(v->verdict.reason[i].detail));
		sy_buf_done(&zh);
		sy_buf_done(&en);
		if (err != SY_OK) {
			sy_json_free(one);
			return err;
		}
		SY_TRY(sy_json_append(array, one));
	}
	*ret = array;
	array = NULL;
	return SY_OK;
}

static enum sy_err
link_json(const struct verification *v, struct sy_json **ret)
{
	const struct sy_link *l = v->facts.link;
	SY_AUTO_JSON *o = sy_json_object();
	if (l != NULL) {
		SY_TRY(sy_json_set(o, l->own ? "item" : "gtin", sy_json_from_str(l->item)));
		SY_TRY(sy_json_set(o, "lot", text_or_null(l->lot)));
		SY_TRY(sy_json_set(o, "serial", text_or_null(l->serial)));
	}
	*ret = o;
	o = NULL;
	return *ret == NULL ? SY_ERR_NO_MEMORY : SY_OK;
}

static enum sy_err
release_json(const struct view *view, struct sy_json **ret)
{
	static const char *const bases[] = { "report", "self_tested", "declared" };
	const char *basis = view->basis >= 1 && view->basis <= 3 ? bases[view->basis - 1] : "";
	SY_TRY(sy_json_pack(ret, "{s:I, s:s, s:s, s:s, s:I}", "leaf_index", (long long)view->release.leaf_index, "leaf_hash", view->release.leaf_hex, "id",
	    view->release.id, "basis", basis, "units", (long long)view->units));
	return sy_json_set(*ret, "issuer", text_or_null(view_party_name(view->release.issuer, false)));
}

static enum sy_err
facts_json(struct sy_json *o, const struct view *view)
{
	const char *const empty[] = { "product", "lot", "origin" };
	for (size_t i = 0; view == NULL && i < SY_LEN(empty); i++)
		SY_TRY(sy_json_set(o, empty[i], sy_json_object()));
	if (view == NULL) {
		SY_TRY(sy_json_set(o, "reports", sy_json_array()));
		SY_TRY(sy_json_set(o, "certificates", sy_json_array()));
		return sy_json_set(o, "release", sy_json_null());
	}
	SY_TRY(set_doc(o, "product", &view->product));
	if (view->has_lot)
		SY_TRY(set_doc(o, "lot", &view->lot));
	else
		SY_TRY(sy_json_set(o, "lot", sy_json_object()));
	const struct sy_json *origin = view->has_lot ? sy_json_get(view->lot.body, "origin") : NULL;
	SY_TRY(sy_json_set(o, "origin", origin == NULL ? sy_json_object() : sy_json_copy(origin)));
	SY_TRY(set_docs(o, "reports", view, view->report, view->nreports));
	SY_TRY(set_docs(o, "certificates", view, view->cert, view->ncerts));
	struct sy_json *release = NULL;
	if (view->released)
		SY_TRY(release_json(view, &release));
	return sy_json_set(o, "release", view->released ? release : sy_json_null());
}

static enum sy_err
scan_json(const struct verification *v, struct sy_json **ret)
{
	*ret = sy_json_object();
	SY_TRY(sy_json_set(*ret, "count", sy_json_from_int(v->facts.scan.count)));
	return sy_json_set(*ret, "first_at", time_json(v->facts.scan.first_at));
}

enum sy_err
verify_json(struct app *app, const struct verification *v, const struct view *view, struct sy_json **ret)
{
	SY_AUTO_JSON *o = sy_json_object();
	struct sy_json *part = NULL;
	const struct sy_trust *trust = trust_now(app->trust);
	SY_TRY(sy_json_set(o, "verdict", sy_json_from_str(verdict_slug(v->verdict.code))));
	SY_TRY(reasons_json(v, &part));
	SY_TRY(sy_json_set(o, "reasons", part));
	SY_TRY(link_json(v, &part));
	SY_TRY(sy_json_set(o, "link", part));
	SY_TRY(facts_json(o, view));
	SY_TRY(sy_json_pack(&part, "{s:s, s:I}", "origin", trust == NULL ? app->conf->log_origin : sy_trust_facts(trust)->origin, "size", (long long)v->log_size));
	SY_TRY(sy_json_set(o, "log", part));
	part = NULL;
	enum sy_err err = scan_json(v, &part);
	if (err != SY_OK) {
		sy_json_free(part);
		return err;
	}
	SY_TRY(sy_json_set(o, "scan", part));
	SY_TRY(sy_json_set(o, "checked_at", time_json(v->checked_at)));
	*ret = o;
	o = NULL;
	return SY_OK;
}
