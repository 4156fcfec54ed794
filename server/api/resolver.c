/* api/resolver.c: a Digital Link without a token, as the GS1-Conformant resolver
 * standard 1.0 asks: redirect to the default link, linkType, linkset, walk-up
 * over the levels of the key. The target carries the lot that was asked for, so
 * that an unknown lot is said to be unknown and never gets a good verdict. */
#include "server/api/page.h"
#include "server/api/public.h"
#include "server/app.h"

#include <stdio.h>
#include <string.h>

#define VOC "https://ref.gs1.org/voc/"
#define CONTEXT "https://ref.gs1.org/standards/resolver/linkset-context"

static const struct link_type {
	const char *name; /* of the Web Vocabulary */
	bool recalls; /* leads to the notices, else to the page */
	const char *zh, *en;
} types[] = {
	{ "pip", false, "产品信息", "Product information" },
	{ "traceability", false, "追溯信息", "Traceability" },
	{ "certificationInfo", false, "检验与认证", "Tests and certificates" },
	{ "recallStatus", true, "召回公告", "Recall notices" },
};

void
resolver_headers(const struct request *req, const struct sy_link *link, const char *base, struct reply *ret)
{
	(void)req;
	reply_header(ret, "Access-Control-Allow-Origin", "*");
	reply_header(ret, "Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
	reply_header(ret, "Access-Control-Expose-Headers", "Link, Location");
	reply_header(ret, "Vary", "Accept, Accept-Language, Accept-Encoding");
	if (link->own)
		return;
	reply_header(ret, "Link",
	    "<%s%s?linkType=linkset>; rel=\"linkset\"; type=\"application/linkset+json\", <" CONTEXT ">; rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"",
	    base, link->path);
}

static enum sy_err
add_link(struct sy_json *entry, const char *type, const char *href, const char *title, bool full)
{
	char name[64];
	struct sy_json *one = NULL;
	SY_AUTO_JSON *list = sy_json_array();
	(void)snprintf(name, sizeof name, VOC "%s", type);
	if (full)
		SY_TRY(sy_json_pack(&one, "{s:s, s:s, s:s, s:[s,s]}", "href", href, "title", title, "type", "text/html", "hreflang", "zh", "en"));
	else
		SY_TRY(sy_json_pack(&one, "{s:s, s:s}", "href", href, "title", title));
	SY_TRY(sy_json_append(list, one));
	struct sy_json *given = list;
	list = NULL;
	return sy_json_set(entry, name, given);
}

static enum sy_err
add_level(struct sy_json *set, const char *base, const char *path, const struct view *view, bool entry_level)
{
	char anchor[320], href[320];
	SY_AUTO_JSON *entry = sy_json_object();
	const char *name = sy_json_get_str(view->product.body, "name");
	(void)snprintf(anchor, sizeof anchor, "%s%s", base, path);
	(void)snprintf(href, sizeof href, "%s/v%s", base, path);
	SY_TRY(sy_json_set(entry, "anchor", sy_json_from_str(anchor)));
	SY_TRY(sy_json_set(entry, "itemDescription", sy_json_from_str(name == NULL ? "" : name)));
	if (entry_level)
		SY_TRY(add_link(entry, "defaultLink", href, name == NULL ? types[0].zh : name, false));
	for (size_t i = 0; i < SY_LEN(types); i++) {
		char recalls[320];
		(void)snprintf(recalls, sizeof recalls, "%s/recalls", base);
		SY_TRY(add_link(entry, types[i].name, types[i].recalls ? recalls : href, types[i].zh, true));
	}
	struct sy_json *given = entry;
	entry = NULL;
	return sy_json_append(set, given);
}

/* All levels from the one asked up to the primary key. */
static enum sy_err
linkset(const struct sy_link *link, const struct view *view, const char *base, struct reply *ret)
{
	SY_AUTO_JSON *whole = sy_json_object();
	SY_AUTO_JSON *set = sy_json_array();
	char path[SY_LINK_PATH_MAX + 1];
	SY_TRY(add_level(set, base, link->path, view, true));
	if (link->serial[0] != '\0') {
		SY_TRY(sy_link_path(link->own, link->item, link->lot, "", path));
		SY_TRY(add_level(set, base, path, view, false));
	}
	if (link->lot[0] != '\0') {
		SY_TRY(sy_link_path(link->own, link->item, "", "", path));
		SY_TRY(add_level(set, base, path, view, false));
	}
	struct sy_json *given = set;
	set = NULL;
	SY_TRY(sy_json_set(whole, "linkset", given));
	SY_TRY(reply_json(ret, 200, whole));
	ret->type = "application/linkset+json";
	return SY_OK;
}

static enum sy_err
redirect(const struct request *req, const char *base, const char *path, struct reply *ret)
{
	ret->status = 307;
	ret->type = "text/plain; charset=utf-8";
	if (req->query.len == 0)
		reply_header(ret, "Location", "%s%s", base, path);
	else
		reply_header(ret, "Location", "%s%s?%.*s", base, path, (int)req->query.len, (const char *)req->query.data);
	return SY_OK;
}

static const char *
bare(const char *type)
{
	static const char *const prefixes[] = { "gs1:", VOC, "https://gs1.org/voc/" };
	for (size_t i = 0; i < SY_LEN(prefixes); i++)
		if (strncmp(type, prefixes[i], strlen(prefixes[i])) == 0)
			return type + strlen(prefixes[i]);
	return type;
}

enum sy_err
resolver_answer(struct app *app, const struct request *req, const struct sy_link *link, const struct view *view, struct reply *ret, struct sy_fault *reterr)
{
	char base[160], target[SY_LINK_PATH_MAX + 8];
	struct sy_buf asked;
	page_base(app, req, base);
	resolver_headers(req, link, base, ret);
	(void)snprintf(target, sizeof target, "/v%s", link->path);
	sy_buf_init(&asked, 256);
	enum sy_err err = request_query(req, "linkType", &asked);
	const char *type = err == SY_OK ? bare(sy_buf_cstr(&asked)) : "";
	bool set = page_accepts(req, true) == FORM_LINKSET || strcmp(type, "linkset") == 0 || strcmp(type, "all") == 0;
	if (err != SY_OK && err != SY_ERR_NOT_FOUND)
		err = sy_fault_at(reterr, SY_ERR_MALFORMED, "linkType", 0, 0);
	else if (set)
		err = linkset(link, view, base, ret);
	else if (type[0] == '\0' || strcmp(type, "defaultLink") == 0)
		err = redirect(req, base, target, ret);
	else {
		err = SY_ERR_NOT_FOUND;
		for (size_t i = 0; i < SY_LEN(types); i++)
			if (strcmp(types[i].name, type) == 0)
				err = redirect(req, base, types[i].recalls ? "/recalls" : target, ret);
		if (err != SY_OK)
			err = sy_fault_say(reterr, SY_ERR_NOT_FOUND, "linkType", "没有这种链接；用 Accept: application/linkset+json 可列出现有的%s", "there is no link of that type: Accept: application/linkset+json lists those there are%s", "");
	}
	sy_buf_done(&asked);
	return err;
}

enum sy_err
api_gs1resolver_get(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	SY_AUTO_JSON *o = NULL;
	char base[160];
	(void)reterr;
	page_base(app, req, base);
	reply_header(ret, "Access-Control-Allow-Origin", "*");
	reply_header(ret, "Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
	SY_TRY(sy_json_pack(&o, "{s:s, s:s, s:[s], s:[{s:s, s:s}], s:b}", "name", "Suyuan", "resolverRoot", base, "supportedPrimaryKeys", "01", "supportedLinkType",
	    "namespace", VOC, "prefix", "gs1:", "linkTypeDefaultCanBeLinkset", 0));
	return reply_json(ret, 200, o);
}
