/* openapi.c: /api/openapi.json (OpenAPI 3.1), made from the two route tables,
 * the record shapes and api/schemas, so that it cannot lag behind them. */
#include "server/api/api.h"

#include "schema/model/shapes.h"
#include "server/api/schemas.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct { unsigned bit; const char *name; } methods[] = {
    {HTTP_GET, "get"}, {HTTP_POST, "post"}, {HTTP_PUT, "put"}, {HTTP_DELETE, "delete"}};

static struct sy_json *
ref(const char *kind, const char *name)
{
	struct sy_json *v = NULL;
	char text[128];
	(void)snprintf(text, sizeof text, "#/components/schemas/%s%s", name, kind);
	return sy_json_pack(&v, "{s:s}", "$ref", text) == SY_OK ? v : NULL;
}

/* "lot" -> a record's data; "#Seal" or "Verdict" -> api/schemas. */
static struct sy_json *
body_ref(const char *name)
{
	return sy_shapes_find(name) != NULL ? ref("_request", name) : ref("", name[0] == '#' ? name + 1 : name);
}

static bool
is_media(const char *name)
{
	return strchr(name, '/') != NULL;
}

/* A record's answer is one record, or a page of them. */
static struct sy_json *
answer_ref(const struct route *r)
{
	bool shape = sy_shapes_find(r->response) != NULL, one = strchr(r->pattern, '{') != NULL && strstr(r->pattern, "/versions") == NULL;
	struct sy_json *v = NULL, *item = shape ? ref("_record", r->response) : ref("", r->response[0] == '#' ? r->response + 1 : r->response);
	bool list = (r->methods & HTTP_GET) != 0 && !one &&
	    (shape || strcmp(r->response, "#User") == 0 || strcmp(r->response, "#Token") == 0 || strcmp(r->response, "#Audit") == 0);
	if (!list)
		return item;
	if (sy_json_pack(&v, "{s:s, s:[s,s], s:{s:{s:s, s:o}, s:{s:[s,s]}}}", "type", "object", "required", "items", "next", "properties",
	        "items", "type", "array", "items", item, "next", "type", "string", "null") != SY_OK)
		return NULL;
	return v;
}

static struct sy_json *
content(const char *media, struct sy_json *schema)
{
	struct sy_json *v = NULL;
	if (schema == NULL)
		return sy_json_pack(&v, "{s:{}}", media) == SY_OK ? v : NULL;
	return sy_json_pack(&v, "{s:{s:o}}", media, "schema", schema) == SY_OK ? v : NULL;
}

static const char *
success(const struct route *r, unsigned method)
{
	if (method == HTTP_DELETE)
		return "204";
	bool creates = method == HTTP_POST && r->who != ROUTE_PUBLIC && strcmp(r->pattern, "/api/v1/labels") != 0;
	return creates ? "201" : "200";
}

static enum sy_err
add_responses(struct sy_json *op, const struct route *r, unsigned method)
{
	struct sy_json *problem = NULL, *ok = NULL;
	SY_AUTO_JSON *list = sy_json_object();
	SY_TRY(sy_json_pack(&ok, "{s:s}", "description", r->en));
	SY_TRY(sy_json_set(list, success(r, method), ok));
	if (method != HTTP_DELETE && r->response != NULL)
		SY_TRY(sy_json_set(ok, "content", is_media(r->response) ? content(r->response, NULL) : content("application/json", answer_ref(r))));
	SY_TRY(sy_json_pack(&problem, "{s:s, s:o}", "description", "A problem, RFC 9457", "content",
	    content("application/problem+json", ref("", "Problem"))));
	SY_TRY(sy_json_set(list, "default", problem));
	struct sy_json *given = list;
	list = NULL;
	return sy_json_set(op, "responses", given);
}

static enum sy_err
add_parameter(struct sy_json *list, const char *in, const char *name, size_t len, bool needed)
{
	struct sy_json *one = NULL;
	SY_TRY(sy_json_pack(&one, "{s:s, s:o, s:o, s:{s:s}}", "in", in, "name", sy_json_from_span(sy_span(name, len)), "required",
	    sy_json_from_bool(needed), "schema", "type", "string"));
	return sy_json_append(list, one);
}

static enum sy_err
add_parameters(struct sy_json *op, const struct route *r, unsigned method)
{
	struct sy_json *list = sy_json_array();
	SY_TRY(sy_json_set(op, "parameters", list));
	for (const char *p = r->pattern; *p != '\0'; p++) {
		if (*p == '*')
			SY_TRY(add_parameter(list, "path", "rest", 4, true));
		if (*p == '{')
			SY_TRY(add_parameter(list, "path", p + 1, strcspn(p + 1, "}"), true));
	}
	if (method == HTTP_POST && r->who != ROUTE_PUBLIC)
		SY_TRY(add_parameter(list, "header", "Idempotency-Key", 15, false));
	if (method == HTTP_PUT && sy_shapes_find(r->response) != NULL)
		SY_TRY(add_parameter(list, "header", "If-Match", 8, true));
	if (method == HTTP_GET && r->who != ROUTE_PUBLIC && strchr(r->pattern, '{') == NULL) {
		SY_TRY(add_parameter(list, "query", "after", 5, false));
		SY_TRY(add_parameter(list, "query", "limit", 5, false));
	}
	if (strcmp(r->pattern, "/api/v1/seals") == 0 && method == HTTP_GET)
		SY_TRY(add_parameter(list, "query", "record", 6, true));
	return SY_OK;
}

static enum sy_err
add_roles(struct sy_json *op, const struct route *r)
{
	struct sy_json *roles = sy_json_array(), *none = sy_json_array();
	if (r->who == ROUTE_PUBLIC) {
		sy_json_free(roles);
		return sy_json_set(op, "security", none);
	}
	sy_json_free(none);
	SY_TRY(sy_json_set(op, "x-roles", roles));
	for (unsigned bit = 1; bit <= ROLE_ADMINISTRATOR; bit *= 2)
		if ((r->who & bit) != 0)
			SY_TRY(sy_json_append(roles, sy_json_from_str(role_name(bit))));
	return SY_OK;
}

static enum sy_err
add_operation(struct sy_json *path, const struct route *r, size_t m)
{
	struct sy_json *op = NULL;
	char id[128];
	size_t n = (size_t)snprintf(id, sizeof id, "%s", methods[m].name);
	for (const char *p = r->pattern; *p != '\0' && n + 2 < sizeof id; p++)
		id[n++] = isalnum((unsigned char)*p) ? *p : '_';
	id[n] = '\0';
	SY_TRY(sy_json_pack(&op, "{s:s, s:s, s:s}", "operationId", id, "summary", r->en, "description", r->zh));
	SY_TRY(sy_json_set(path, methods[m].name, op));
	SY_TRY(add_roles(op, r));
	SY_TRY(add_parameters(op, r, methods[m].bit));
	if (r->request != NULL) {
		struct sy_json *body = NULL;
		SY_TRY(sy_json_pack(&body, "{s:o, s:o}", "required", sy_json_from_bool(true), "content",
		    content("application/json", body_ref(r->request))));
		SY_TRY(sy_json_set(op, "requestBody", body));
	}
	return add_responses(op, r, methods[m].bit);
}

static enum sy_err
add_paths(struct sy_json *paths, const struct route *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char pattern[128];
		size_t len = strlen(rows[i].pattern);
		bool rest = rows[i].pattern[len - 1] == '*';
		(void)snprintf(pattern, sizeof pattern, "%.*s%s", (int)(rest ? len - 1 : len), rows[i].pattern, rest ? "{rest}" : "");
		const struct sy_json *found = sy_json_get(paths, pattern);
		struct sy_json *path = found == NULL ? sy_json_object() : sy_json_copy(found);
		for (size_t m = 0; m < SY_LEN(methods); m++) {
			enum sy_err e = (rows[i].methods & methods[m].bit) != 0 ? add_operation(path, &rows[i], m) : SY_OK;
			if (e != SY_OK) {
				sy_json_free(path);
				return e;
			}
		}
		SY_TRY(sy_json_set(paths, pattern, path));
	}
	return SY_OK;
}

/* What is read back of a record: its envelope, and the data. */
static enum sy_err
add_record(struct sy_json *schemas, const struct sy_shape *shape)
{
	struct sy_json *schema = NULL, *envelope = NULL;
	char name[64];
	SY_TRY(sy_shape_json_schema(shape, true, &schema));
	(void)snprintf(name, sizeof name, "%s_request", shape->name);
	SY_TRY(sy_json_set(schemas, name, schema));
	schema = NULL;
	SY_TRY(sy_shape_json_schema(shape, false, &schema));
	SY_TRY(sy_json_pack(&envelope, "{s:s, s:[s,s,s,s,s,s], s:{s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:[s,s]}, s:{s:[s,s]}, s:{s:s}, s:o}}",
	    "type", "object", "required", "id", "version", "type", "issuer", "created_at", "data", "properties", "id", "type", "string",
	    "version", "type", "integer", "type", "type", "string", "state", "type", "string", "issuer", "type", "string", "leaf", "type",
	    "string", "null", "leaf_index", "type", "integer", "null", "created_at", "type", "string", "data", schema));
	(void)snprintf(name, sizeof name, "%s_record", shape->name);
	return sy_json_set(schemas, name, envelope);
}

static enum sy_err
add_schemas(struct sy_json *schemas)
{
	for (size_t i = 0; sy_shapes_at(i) != NULL; i++)
		SY_TRY(add_record(schemas, sy_shapes_at(i)));
	for (size_t i = 0; i < api_schemas_len; i++) {
		struct sy_json *one = NULL;
		SY_TRY(sy_json_parse(sy_span_str(api_schemas[i].json), &one, NULL));
		SY_TRY(sy_json_set(schemas, api_schemas[i].name, one));
	}
	return SY_OK;
}

enum sy_err
api_openapi(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	SY_AUTO_JSON *paths = sy_json_object();
	SY_AUTO_JSON *schemas = sy_json_object();
	SY_AUTO_JSON *v = NULL;
	(void)app;
	(void)req;
	(void)reterr;
	SY_TRY(add_paths(paths, api_routes_staff, api_routes_staff_len));
	SY_TRY(add_paths(paths, api_routes_public, api_routes_public_len));
	SY_TRY(add_schemas(schemas));
	SY_TRY(sy_json_pack(&v, "{s:s, s:{s:s, s:s, s:s, s:{s:s, s:s}}, s:O, s:{s:O, s:{s:{s:s, s:s}}}, s:[{s:[]}]}", "openapi", "3.1.0", "info",
	    "title", "溯源 Suyuan", "version", SUYUAN_VERSION, "description", "农产品追溯 / Traceability of farm products", "license", "name",
	    "Apache-2.0", "identifier", "Apache-2.0", "paths", paths, "components", "schemas", schemas, "securitySchemes", "bearer", "type",
	    "http", "scheme", "bearer", "security", "bearer"));
	SY_TRY(reply_json(ret, 200, v));
	reply_header(ret, "Cache-Control", "%s", "max-age=300");
	return SY_OK;
}
