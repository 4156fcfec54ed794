/* api/public.h: the handlers of the public face; their rows: api/routes_public.c. */
#ifndef SERVER_API_PUBLIC_H
#define SERVER_API_PUBLIC_H

#include "server/http/route.h"

route_handler api_label_get; /* GET /01/ and /P/, with and without a token */
route_handler api_page_root; /* GET / */
route_handler api_page_v; /* GET /v/ */
route_handler api_asset_get; /* GET /assets/ */
route_handler api_verify_post; /* POST /api/v1/verify */
route_handler api_bundle_get; /* GET /bundle */
route_handler api_recalls_get; /* GET /recalls */
route_handler api_recalls_atom; /* GET /recalls.atom */
route_handler api_gs1resolver_get; /* GET /.well-known/gs1resolver */

#endif
