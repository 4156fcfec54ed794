/* api.c: what handlers share. */
#include "server/api/api.h"

#include "certs/chain.h"
#include "schema/wire/hex.h"
#include "schema/wire/time.h"

#include <stdio.h>
#include <string.h>

enum sy_err
api_body(const struct request *req, struct sy_json **ret, struct sy_fault *reterr)
{
	SY_TRY(sy_json_parse(req->body, ret, reterr));
	return sy_json_kind(*ret) == SY_JSON_OBJECT ? SY_OK : sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "", 0, 0);
}

enum sy_err
api_id(const struct request *req, size_t capture, uint8_t *ret, size_t len)
{
	if (capture >= req->ncaptures || sy_hex_parse(req->capture[capture], ret, len, NULL) != SY_OK)
		return SY_ERR_NOT_FOUND;
	return SY_OK;
}

enum sy_err
api_text(const struct sy_json *body, const char *name, size_t max, const char **ret, struct sy_fault *reterr)
{
	const struct sy_json *v = sy_json_get(body, name);
	*ret = sy_json_str(v);
	if (v == NULL)
		return sy_fault_at(reterr, SY_ERR_MISSING, name, 0, 0);
	if (*ret == NULL)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, name, 0, 0);
	if ((*ret)[0] == '\0')
		return sy_fault_at(reterr, SY_ERR_TOO_SHORT, name, 0, 0);
	return strlen(*ret) <= max ? SY_OK : sy_fault_at(reterr, SY_ERR_TOO_LONG, name, max, strlen(*ret) - max);
}

enum sy_err
api_hex(const struct sy_json *body, const char *name, uint8_t *ret, size_t len, struct sy_fault *reterr)
{
	const char *text = NULL;
	SY_TRY(api_text(body, name, 4096, &text, reterr));
	enum sy_err e = sy_hex_parse(sy_span_str(text), ret, len, reterr);
	if (e != SY_OK)
		sy_fault_within(reterr, name);
	return e;
}

enum sy_err
api_only(const struct sy_json *body, const char *const names[], struct sy_fault *reterr)
{
	void *cursor = NULL;
	const char *name = NULL;
	const struct sy_json *v = NULL;
	while (sy_json_next(body, &cursor, &name, &v)) {
		bool known = false;
		for (size_t i = 0; names[i] != NULL; i++)
			known = known || strcmp(names[i], name) == 0;
		if (!known)
			return sy_fault_at(reterr, SY_ERR_UNKNOWN_FIELD, name, 0, 0);
	}
	return SY_OK;
}

struct sy_json *
api_hex_json(const uint8_t *data, size_t len)
{
	char text[65];
	if (len > 32)
		return NULL;
	sy_hex_print(sy_span(data, len), text);
	return sy_json_from_str(text);
}

struct sy_json *
api_time_json(int64_t t)
{
	char text[SY_TIME_SIZE];
	sy_time_print(t, text);
	return sy_json_from_str(text);
}

struct sy_json *
api_roles_json(unsigned roles)
{
	struct sy_json *list = sy_json_array();
	for (unsigned bit = 1; list != NULL && bit <= SY_ROLE_STATUS; bit *= 2) {
		if ((roles & bit) == 0)
			continue;
		if (sy_json_append(list, sy_json_from_str(sy_role_name((enum sy_role)bit))) != SY_OK) {
			sy_json_free(list);
			return NULL;
		}
	}
	return list;
}
