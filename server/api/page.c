/* api/page.c: see api/page.h. */
#include "server/api/page.h"

#include "server/app.h"
#include "tagger/code/authority.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static struct sy_span
trim(struct sy_span s)
{
	while (s.len > 0 && (s.data[0] == ' ' || s.data[0] == '\t'))
		s = sy_span_sub(s, 1, s.len);
	while (s.len > 0 && (s.data[s.len - 1] == ' ' || s.data[s.len - 1] == '\t'))
		s.len--;
	return s;
}

/* qvalue in thousandths (RFC 9110 12.4.2); 1000 when there is none. */
static int
qvalue(struct sy_span params)
{
	struct sy_span one;
	while (sy_span_cut(&params, ';', &one)) {
		one = trim(one);
		if (one.len < 3 || (one.data[0] | 0x20) != 'q' || one.data[1] != '=')
			continue;
		int q = one.data[2] == '1' ? 1000 : 0, unit = 100;
		for (size_t i = 4; q < 1000 && i < one.len && i < 7 && one.data[i] >= '0' && one.data[i] <= '9'; i++, unit /= 10)
			q += (one.data[i] - '0') * unit;
		return q;
	}
	return 1000;
}

static bool
same(struct sy_span s, const char *text)
{
	return s.len == strlen(text) && strncasecmp((const char *)s.data, text, s.len) == 0;
}

/* How much a media type is wanted: the most specific range decides. */
static int
wanted(struct sy_span accept, const char *type, const char *range)
{
	int best = accept.len == 0 ? 1000 : 0, rank = -1;
	struct sy_span one, name;
	while (sy_span_cut(&accept, ',', &one)) {
		struct sy_span params = one;
		(void)sy_span_cut(&params, ';', &name);
		name = trim(name);
		int r = same(name, type) ? 2 : same(name, range) ? 1 : same(name, "*/*") ? 0 : -1;
		if (r > rank) {
			rank = r;
			best = qvalue(params);
		}
	}
	return best;
}

enum page_form_kind
page_accepts(const struct request *req, bool linkset)
{
	struct sy_span accept = request_header(req, "Accept");
	int html = wanted(accept, "text/html", "text/*"), json = wanted(accept, "application/json", "application/*");
	int links = linkset ? wanted(accept, "application/linkset+json", "application/*") : 0;
	if (links > html && links > json)
		return FORM_LINKSET;
	return json > html ? FORM_JSON : FORM_HTML;
}

enum lang
page_lang(const struct request *req)
{
	struct sy_buf asked; /* allocates only when there is such a parameter */
	sy_buf_init(&asked, 32);
	bool has = request_query(req, "lang", &asked) == SY_OK;
	bool en = has && sy_span_eq_str(sy_span_sub(sy_buf_span(&asked), 0, 2), "en");
	bool zh = has && sy_span_eq_str(sy_span_sub(sy_buf_span(&asked), 0, 2), "zh");
	sy_buf_done(&asked);
	if (en || zh)
		return en ? LANG_EN : LANG_ZH;
	struct sy_span rest = request_header(req, "Accept-Language"), one, name;
	int best = 0, best_zh = 0;
	while (sy_span_cut(&rest, ',', &one)) {
		struct sy_span params = one;
		(void)sy_span_cut(&params, ';', &name);
		name = sy_span_sub(trim(name), 0, 2);
		int q = qvalue(params);
		if (same(name, "en") && q > best)
			best = q;
		if (same(name, "zh") && q > best_zh)
			best_zh = q;
	}
	return best > best_zh ? LANG_EN : LANG_ZH;
}

void
page_headers(struct app *app, struct reply *ret)
{
	ret->type = "text/html; charset=utf-8";
	reply_header(ret, "Content-Security-Policy", "%s", face_policy(app->face));
	reply_header(ret, "Referrer-Policy", "no-referrer");
	reply_header(ret, "Cache-Control", "no-store");
	reply_header(ret, "Vary", "Accept, Accept-Language, Accept-Encoding");
}

enum sy_err
page_send(struct app *app, const struct request *req, struct reply *ret)
{
	page_headers(app, ret);
	SY_TRY(sy_buf_err(&ret->body));
	if (!request_takes_gzip(req))
		return SY_OK;
	struct sy_buf gz;
	sy_buf_init(&gz, REPLY_BODY_MAX);
	enum sy_err err = sy_gzip_compress(sy_buf_span(&ret->body), 6, &gz);
	if (err != SY_OK) {
		sy_buf_done(&gz);
		return err;
	}
	sy_buf_done(&ret->body);
	ret->body = gz;
	ret->gzipped = true;
	return SY_OK;
}

static enum sy_err
make_lot(const struct view *view, unsigned lang, struct sy_buf *ret)
{
	return page_lot(view, lang, ret);
}

enum sy_err
page_compose(struct app *app, bool gzip, const struct verification *v, const struct view *view, bool cached, const struct page_links *links, enum lang lang,
    struct reply *ret)
{
	page_headers(app, ret);
	if (!gzip) {
		page_head(lang, &ret->body);
		page_band(v, view, links, lang, &ret->body);
		if (view != NULL)
			SY_TRY(page_lot(view, lang, &ret->body));
		page_foot(v, links, lang, &ret->body);
		return sy_buf_err(&ret->body);
	}
	struct sy_buf text;
	struct sy_gzip g;
	const struct sy_gzip_piece *lot = NULL;
	enum sy_err err = SY_OK;
	sy_buf_init(&text, 1u << 20);
	/* Room at once: growing by doubling would copy the page three times. */
	(void)sy_buf_room(&text, 4096);
	(void)sy_buf_room(&ret->body, 12288);
	sy_gzip_begin(&g, &ret->body);
	sy_gzip_add_piece(&g, face_head(app->face, lang));
	page_band(v, view, links, lang, &text);
	if (view != NULL && cached)
		err = views_piece(face_views(app->face), view, lang, make_lot, &lot);
	else if (view != NULL)
		err = page_lot(view, lang, &text);
	if (lot != NULL) {
		sy_gzip_add_stored(&g, sy_buf_span(&text));
		sy_buf_reset(&text);
		sy_gzip_add_piece(&g, lot);
	}
	page_scans(v, lang, &text);
	sy_gzip_add_stored(&g, sy_buf_span(&text));
	sy_gzip_add_piece(&g, face_tail(app->face, lang));
	sy_buf_reset(&text);
	page_end(links, lang, &text);
	sy_gzip_add_stored(&g, sy_buf_span(&text));
	sy_gzip_end(&g);
	if (err == SY_OK)
		err = sy_buf_err(&text);
	sy_buf_done(&text);
	ret->gzipped = true;
	return err == SY_OK ? sy_buf_err(&ret->body) : err;
}

void
page_base(struct app *app, const struct request *req, char ret[160])
{
	char host[128];
	const char *base = app->conf->label_base;
	bool tls = strncasecmp(base, "https", 5) == 0;
	const struct sy_trust *trust = trust_now(app->trust);
	struct sy_span asked = request_header(req, "Host");
	/* Whoever forges a Host header gets links to the configured host. */
	if (asked.len != 0 && sy_authority_parse(asked, tls, host, sizeof host, NULL) == SY_OK &&
	    (sy_authority_is_loopback(host) || (trust != NULL && sy_trust_has_host(trust, sy_span_str(host))))) {
		(void)snprintf(ret, 160, "%s%s", tls && !sy_authority_is_loopback(host) ? "https://" : "http://", host);
		return;
	}
	(void)snprintf(ret, 160, "%s", base);
	for (char *p = ret; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
}

void
page_self(const struct request *req, char *ret, size_t size)
{
	struct sy_span rest = req->query, one = req->path;
	size_t n = 0;
	char sep = '?';
	/* The parts and what stands before them are no longer than path, "?" and query. */
	ret[0] = '\0';
	if (req->path.len + 1 + req->query.len >= size)
		return;
	memcpy(ret, req->path.data, req->path.len);
	n += req->path.len;
	while (sy_span_cut(&rest, '&', &one)) {
		if (one.len == 0 || sy_span_eq_str(sy_span_sub(one, 0, 5), "lang="))
			continue;
		ret[n++] = sep;
		memcpy(ret + n, one.data, one.len);
		n += one.len;
		sep = '&';
	}
	ret[n] = '\0';
}
