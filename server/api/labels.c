/* labels.c: a run of labels as a stream of lines. */
#include "server/api/api.h"

#include "schema/model/shapes.h"
#include "schema/wire/hex.h"
#include "server/service/codes.h"

enum sy_err
api_labels_post(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	static const char *const names[] = {"allocation", "release", "first", "count", NULL};
	SY_AUTO_JSON *body = NULL;
	struct codes *c = NULL;
	struct codes_request q = {.caller = req->user};
	uint8_t id[16];
	SY_TRY(api_body(req, &body, reterr));
	SY_TRY(api_only(body, names, reterr));
	bool lot_code = sy_json_get(body, "allocation") == NULL && sy_json_get(body, "release") != NULL;
	if (!lot_code && sy_json_get(body, "release") != NULL)
		return sy_fault_say(reterr, SY_ERR_UNKNOWN_FIELD, "release", "allocation 与 release 二者取一", "either an allocation or a release");
	SY_TRY(api_hex(body, lot_code ? "release" : "allocation", id, sizeof id, reterr));
	q.allocation = lot_code ? NULL : sy_json_get_str(body, "allocation");
	q.release = lot_code ? sy_json_get_str(body, "release") : NULL;
	for (size_t i = 2; i < 4; i++) {
		const struct sy_json *v = sy_json_get(body, names[i]);
		int64_t n = sy_json_int(v, lot_code ? (int64_t)i - 2 : -1);
		if (v == NULL && !lot_code)
			return sy_fault_at(reterr, SY_ERR_MISSING, names[i], 0, 0);
		if (v != NULL && sy_json_kind(v) != SY_JSON_INT)
			return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, names[i], 0, 0);
		if (n < (int64_t)i - 2 || n > SY_UNITS_MAX)
			return sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, names[i], 0, 0);
		*(i == 2 ? &q.first : &q.count) = n;
	}
	struct trail_line line = trail_line(app, req->user, "labels", id, NULL);
	q.line = &line;
	SY_TRY(codes_open(app, &q, &c, reterr));
	ret->type = "text/plain; charset=utf-8";
	reply_header(ret, "Content-Disposition", "%s", "attachment; filename=\"codes.txt\"");
	ret->next = codes_next;
	ret->next_arg = c;
	ret->next_free = codes_free;
	return SY_OK;
}
