/* api/routes_public.c: the rows of the public face: no token is asked. */
#include "server/api/public.h"

const struct route api_routes_public[] = {
	{ HTTP_GET, "/", ROUTE_PUBLIC, 0, api_page_root, "查验首页：键入码旁的文字", "Start page: type what stands beside a code", NULL, "text/html" },
	{ HTTP_GET | HTTP_OPTIONS, "/01/*", ROUTE_PUBLIC, 0, api_label_get, "标签网址：带签名的给出查验结论，不带的按 GS1 解析", "A label's address: a verdict with a token, the GS1 resolver without", NULL,
	    "Verdict" },
	{ HTTP_GET | HTTP_OPTIONS, "/P/*", ROUTE_PUBLIC, 0, api_label_get, "企业自编品号的标签网址", "A label's address under a maker's own item number", NULL, "Verdict" },
	{ HTTP_GET, "/v/*", ROUTE_PUBLIC, 0, api_page_v, "产品与批次的公开页面（未带签名）", "Public page of a product or lot (unsigned)", NULL, "text/html" },
	{ HTTP_POST, "/api/v1/verify", ROUTE_PUBLIC, 3u << 20, api_verify_post, "一次查验至多 1000 个网址", "Verdicts for up to 1,000 URLs", "VerifyRequest", "Verdict" },
	{ HTTP_GET, "/bundle", ROUTE_PUBLIC, 0, api_bundle_get, "离线查验资料", "Bundle for verification offline", NULL, "Bundle" },
	{ HTTP_GET, "/recalls", ROUTE_PUBLIC, 0, api_recalls_get, "召回公告", "Recall notices", NULL, "text/html" },
	{ HTTP_GET, "/recalls.atom", ROUTE_PUBLIC, 0, api_recalls_atom, "召回公告订阅", "Recall notices as a feed", NULL, "application/atom+xml" },
	{ HTTP_GET | HTTP_OPTIONS, "/.well-known/gs1resolver", ROUTE_PUBLIC, 0, api_gs1resolver_get, "GS1 解析器说明", "GS1 resolver description", NULL, "application/json" },
};
const size_t api_routes_public_len = SY_LEN(api_routes_public);
