/* problem.c: one error, said for programs (slug, field, offset) and for people (zh, en). */
#include "server/http/problem.h"

#include "schema/wire/json.h"

#include <stdio.h>

static void
print(struct sy_buf *b, unsigned status, enum sy_err err, const struct sy_fault *f)
{
	static const struct sy_fault none = {0};
	if (f == NULL || f->err != err)
		f = f != NULL && (f->zh[0] != '\0' || f->field[0] != '\0') ? f : &none;
	char type[96], zh[400], en[400];
	(void)snprintf(type, sizeof type, "/problems/%s", sy_err_slug(err));
	(void)snprintf(zh, sizeof zh, "%s%s%s", sy_err_zh(err), f->zh[0] == '\0' ? "" : "：", f->zh);
	(void)snprintf(en, sizeof en, "%s%s%s", sy_err_en(err), f->en[0] == '\0' ? "" : ": ", f->en);
	SY_AUTO_JSON *v = NULL;
	enum sy_err e = sy_json_pack(&v, "{s:s, s:s, s:I, s:s, s:s, s:s, s:s}", "type", type, "title", sy_err_en(err), "status",
	    (int64_t)status, "slug", sy_err_slug(err), "zh", zh, "en", en, "detail", f->en[0] == '\0' ? sy_err_en(err) : f->en);
	if (e == SY_OK && f->field[0] != '\0')
		e = sy_json_set(v, "field", sy_json_from_str(f->field));
	if (e == SY_OK && (f->offset != 0 || f->length != 0)) {
		e = sy_json_set(v, "offset", sy_json_from_int((int64_t)f->offset));
		if (e == SY_OK)
			e = sy_json_set(v, "length", sy_json_from_int((int64_t)f->length));
		if (e == SY_OK)
			e = sy_json_set(v, "position", sy_json_from_int((int64_t)f->offset + 1));
	}
	if (e == SY_OK) {
		sy_json_print(v, b);
		sy_buf_add_byte(b, '\n');
		return;
	}
	/* Words that cannot be said in JSON (cut in the middle of a character): the slug is enough. */
	sy_buf_reset(b);
	sy_buf_printf(b, "{\"type\":\"%s\",\"status\":%u,\"slug\":\"%s\"}\n", type, status, sy_err_slug(err));
}

void
problem_reply(struct reply *r, unsigned status, enum sy_err err, const struct sy_fault *fault)
{
	reply_done(r);
	reply_init(r);
	r->status = status;
	r->type = "application/problem+json";
	print(&r->body, status, err, fault);
}
