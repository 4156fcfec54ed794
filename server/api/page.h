/* api/page.h: what the public handlers share: what the reader accepts, and
 * sending a page in pieces. */
#ifndef SERVER_API_PAGE_H
#define SERVER_API_PAGE_H

#include "server/http/reply.h"
#include "server/http/request.h"
#include "server/service/page.h"

enum page_form_kind { FORM_HTML, FORM_JSON, FORM_LINKSET };
/* By Accept with its q-values (RFC 9110 12.5.1); HTML when nothing is preferred. linkset: is it on offer? */
enum page_form_kind page_accepts(const struct request *req, bool linkset);
/* ?lang=, else Accept-Language (12.5.4), else zh. */
enum lang page_lang(const struct request *req);

/* Headers that every page carries. */
void page_headers(struct app *app, struct reply *ret);
/* A whole page made by one call; ret->body holds plain HTML, deflated here if the reader takes it. */
enum sy_err page_send(struct app *app, const struct request *req, struct reply *ret) SY_MUST;
/* Band, lot and foot around a view; cached: the view comes from the cache and its deflated part is kept. */
enum sy_err page_compose(struct app *app, bool gzip, const struct verification *v, const struct view *view, bool cached, const struct page_links *links,
    enum lang lang, struct reply *ret) SY_MUST;
/* "https://q.example.cn": the host that was asked if it is one of ours, else label_base; lower case. */
void page_base(struct app *app, const struct request *req, char ret[160]);
/* The request's own address for the other language's link: path?query without lang. "" when too long. */
void page_self(const struct request *req, char *ret, size_t size);

struct sy_json;
/* The verdict as contract JSON. view: whose facts are told; NULL: none. Caller owns *ret. */
enum sy_err verify_json(struct app *app, const struct verification *v, const struct view *view, struct sy_json **ret) SY_MUST;

/* A link without a token: the GS1 resolver's answers. */
enum sy_err resolver_answer(struct app *app, const struct request *req, const struct sy_link *link, const struct view *view, struct reply *ret, struct sy_fault *reterr) SY_MUST;
void resolver_headers(const struct request *req, const struct sy_link *link, const char *base, struct reply *ret);

#endif
