/* api/label.c: GET on a label's address. With a token: the verdict, at once, as
 * page or JSON; a scan is counted and its answer waits for the commit. Without
 * one: the resolver (api/resolver.c), or what is known as JSON. */
#include "server/api/page.h"
#include "server/api/public.h"
#include "server/app.h"
#include "server/service/scan.h"

#include <stdlib.h>
#include <string.h>

/* What an answer needs after its scan was committed. */
struct pending {
	struct app *app;
	struct verification v;
	struct scan *scan;
	enum page_form_kind form;
	enum lang lang;
	bool gzip;
	char self[SY_LINK_URL_MAX + 16];
};

static void
pending_free(void *arg)
{
	struct pending *p = arg;
	if (p == NULL)
		return;
	scan_free(p->scan);
	verify_done(p->app, &p->v);
	free(p);
}

static enum sy_err
answer(struct pending *p, struct reply *ret)
{
	const struct view *shown = verdict_shows_lot(p->v.verdict.code) ? p->v.facts.view : NULL;
	if (p->form == FORM_JSON) {
		SY_AUTO_JSON *json = NULL;
		SY_TRY(verify_json(p->app, &p->v, shown, &json));
		reply_header(ret, "Cache-Control", "no-store");
		reply_header(ret, "Vary", "Accept, Accept-Language, Accept-Encoding");
		reply_header(ret, "Access-Control-Allow-Origin", "*");
		return reply_json(ret, ret->status, json);
	}
	struct page_links links = { .self = p->self, .base = p->app->conf->label_base };
	return page_compose(p->app, p->gzip, &p->v, shown, true, &links, p->lang, ret);
}

static enum sy_err
after_commit(struct app *app, void *arg, struct reply *ret, struct sy_fault *reterr)
{
	struct pending *p = arg;
	(void)app;
	(void)reterr;
	verify_counted(&p->v, scan_result(p->scan));
	return answer(p, ret);
}

/* A scan is somebody looking: a page that was asked for, of a code that was issued. Going from the
 * page to its other language is no new scan (Fetch Metadata: the browser says where a request comes from). */
static bool
counts(const struct request *req, const struct pending *p)
{
	const struct verification *v = &p->v;
	if (v->facts.serial != SERIAL_OURS || !verdict_shows_lot(v->verdict.code))
		return false;
	if (sy_span_eq_str(request_header(req, "Suyuan-Scan"), "1"))
		return true;
	struct sy_span purpose = request_header(req, "Sec-Purpose");
	return p->form == FORM_HTML && !req->head && !scan_is_machine(request_header(req, "User-Agent")) && purpose.len == 0 &&
	    !sy_span_eq_str(request_header(req, "Sec-Fetch-Site"), "same-origin");
}

static enum sy_err
with_token(struct app *app, const struct request *req, struct db *db, struct pending *p, struct reply *ret)
{
	ret->status = p->v.verdict.code == VERDICT_MALFORMED ? 400 : 200;
	if (!counts(req, p)) {
		enum sy_err err = verify_scans(db, &p->v);
		if (err == SY_OK)
			err = answer(p, ret);
		pending_free(p);
		return err;
	}
	struct commit_ticket *ticket = NULL;
	enum sy_err err = scan_submit(app->writer, &p->v, &p->scan, &ticket);
	if (err != SY_OK) {
		pending_free(p);
		return err;
	}
	ret->wait_for = ticket;
	ret->after = after_commit;
	ret->after_arg = p;
	ret->after_free = pending_free;
	return SY_OK;
}

static enum sy_err
not_found(struct app *app, const struct request *req, enum lang lang, struct reply *ret, struct sy_fault *reterr)
{
	if (page_accepts(req, true) != FORM_HTML || req->head)
		return sy_fault_say(reterr, SY_ERR_NOT_FOUND, "", "没有这个产品的记录%s", "There is no record of this product%s", "");
	ret->status = 404;
	page_message(W_NOT_FOUND, W_NOT_FOUND_TEXT, lang, &ret->body);
	return page_send(app, req, ret);
}

static enum sy_err
unsigned_json(struct app *app, const struct verification *v, const struct view *view, struct reply *ret)
{
	SY_AUTO_JSON *json = NULL;
	SY_TRY(verify_json(app, v, view, &json));
	reply_header(ret, "Cache-Control", "no-store");
	return reply_json(ret, 200, json);
}

static enum sy_err
without_token(struct app *app, const struct request *req, struct db *db, const struct pending *p, struct reply *ret, struct sy_fault *reterr)
{
	SY_CLEANUP(view_freep) struct view *view = NULL;
	const struct sy_link *l = &p->v.link;
	enum sy_err err = view_of_text(db, l->own, l->item, l->lot, &view);
	if (err == SY_ERR_NOT_FOUND)
		return not_found(app, req, p->lang, ret, reterr);
	SY_TRY(err);
	if (page_accepts(req, true) == FORM_JSON) {
		char base[160];
		page_base(app, req, base);
		resolver_headers(req, l, base, ret);
		return unsigned_json(app, &p->v, view, ret);
	}
	return resolver_answer(app, req, l, view, ret, reterr);
}

static enum sy_err
could_not_tell(struct app *app, const struct request *req, enum sy_err err, struct reply *ret)
{
	if (page_accepts(req, false) != FORM_HTML)
		return err;
	ret->status = 503;
	reply_header(ret, "Retry-After", "30");
	page_message(W_TRY_LATER, W_TRY_LATER_TEXT, page_lang(req), &ret->body);
	return page_send(app, req, ret);
}

/* path: as on a label, "/v" taken off. */
static enum sy_err
prepare(struct app *app, const struct request *req, enum page_form_kind form, struct sy_span path, struct db *db, struct pending **ret)
{
	struct pending *p = malloc(sizeof *p);
	if (p == NULL)
		return SY_ERR_NO_MEMORY;
	p->scan = NULL;
	p->app = app;
	p->form = form;
	p->lang = page_lang(req);
	p->gzip = request_takes_gzip(req);
	page_self(req, p->self, sizeof p->self);
	enum sy_err err = verify_target(app, db, path, req->query, &p->v);
	if (err != SY_OK) {
		free(p);
		return err;
	}
	*ret = p;
	return SY_OK;
}

/* What a browser asks before a script of another site may ask (Fetch, CORS preflight). */
static enum sy_err
options(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	struct sy_link link;
	char base[160];
	if (sy_link_parse_target(req->path, req->query, &link, reterr) != SY_OK)
		return SY_ERR_MALFORMED;
	page_base(app, req, base);
	resolver_headers(req, &link, base, ret);
	reply_header(ret, "Access-Control-Max-Age", "86400");
	reply_header(ret, "Allow", "GET, HEAD, OPTIONS");
	ret->status = 204;
	return SY_OK;
}

enum sy_err
api_label_get(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	if (req->method == HTTP_OPTIONS)
		return options(app, req, ret, reterr);
	struct pending *p = NULL;
	DB_LOAN(app->reads, loan);
	/* A page tells the count that its own scan made; who only asks is told the newest. */
	enum page_form_kind form = page_accepts(req, false);
	if (form == FORM_JSON)
		db_pool_renew(app->reads);
	SY_TRY(db_loan_take(&loan, reterr));
	enum sy_err err = prepare(app, req, form, req->path, loan.db, &p);
	if (err == SY_ERR_UNAVAILABLE)
		return could_not_tell(app, req, err, ret);
	SY_TRY(err);
	if (p->v.verdict.code != VERDICT_UNSIGNED)
		return with_token(app, req, loan.db, p, ret);
	err = without_token(app, req, loan.db, p, ret, reterr);
	pending_free(p);
	return err;
}

enum sy_err
api_page_v(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	struct pending *p = NULL;
	SY_CLEANUP(view_freep) struct view *view = NULL;
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(prepare(app, req, page_accepts(req, false), sy_span_sub(req->path, 2, req->path.len), loan.db, &p));
	/* A token belongs to the label's own address, where it is verified. */
	if (p->v.link.has_token || p->v.verdict.code == VERDICT_MALFORMED)
		return with_token(app, req, loan.db, p, ret);
	enum sy_err err = view_of_text(loan.db, p->v.link.own, p->v.link.item, p->v.link.lot, &view);
	struct page_links links = { .self = p->self, .base = app->conf->label_base };
	links.typed = p->v.link.serial[0] != '\0';
	links.unknown_lot = view != NULL && !view->has_lot && p->v.link.lot[0] != '\0';
	if (err == SY_ERR_NOT_FOUND)
		err = not_found(app, req, p->lang, ret, reterr);
	else if (err == SY_OK && p->form == FORM_JSON)
		err = unsigned_json(app, &p->v, view, ret);
	else if (err == SY_OK) {
		/* Not cached: deflated as a whole. */
		err = page_compose(app, false, &p->v, view, false, &links, p->lang, ret);
		if (err == SY_OK) {
			sy_buf_reset(&ret->headers);
			err = page_send(app, req, ret);
		}
	}
	pending_free(p);
	return err;
}
