/* reference.c: the limits that reports are judged by, and the auditors' trail. */
#include "server/api/api.h"

#include "schema/reference/reference.h"
#include "schema/wire/time.h"
#include "server/service/now.h"

#include <stdio.h>
#include <string.h>

static struct sy_json *
day_json(int32_t day)
{
	char text[SY_DATE_SIZE];
	if (day == SY_DAY_NONE)
		return sy_json_null();
	sy_date_print(day, text);
	return sy_json_from_str(text);
}

static enum sy_err
limit_json(const struct sy_limit *l, struct sy_json **ret)
{
	SY_TRY(sy_json_pack(ret, "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", l->id,
	    "category", l->category, "analyte", l->analyte, "analyte_en", l->analyte_en, "cas", l->cas, "operator",
	    sy_reference_op_print(l->op), "value", l->value, "unit", l->unit, "basis", l->basis, "standard", l->standard, "edition",
	    l->edition, "clause", l->clause, "market", l->market, "product_standard", l->product_standard, "grade", l->grade, "source",
	    l->source));
	SY_TRY(sy_json_set(*ret, "valid_from", day_json(l->valid_from)));
	SY_TRY(sy_json_set(*ret, "valid_to", day_json(l->valid_to)));
	return sy_json_set(*ret, "verified", sy_json_from_bool(l->verified));
}

struct wish {
	struct sy_buf category, analyte, market, on;
	bool dated;
	int32_t day;
};

static enum sy_err
read_wish(const struct request *req, struct wish *w, struct sy_fault *reterr)
{
	static const char *const names[] = {"category", "analyte", "market", "on"};
	struct sy_buf *const into[] = {&w->category, &w->analyte, &w->market, &w->on};
	for (size_t i = 0; i < SY_LEN(names); i++) {
		enum sy_err e = request_query(req, names[i], into[i]);
		if (e != SY_OK && e != SY_ERR_NOT_FOUND)
			return sy_fault_at(reterr, e, names[i], 0, 0);
	}
	w->dated = w->on.len > 0;
	if (!w->dated)
		return SY_OK;
	enum sy_err e = sy_date_parse(sy_buf_span(&w->on), &w->day, reterr);
	if (e != SY_OK)
		sy_fault_within(reterr, "on");
	return e;
}

static bool
wanted(const struct sy_limit *l, const struct wish *w)
{
	return (w->category.len == 0 || sy_span_eq_str(sy_buf_span(&w->category), l->category)) &&
	    (w->analyte.len == 0 || sy_span_eq_str(sy_buf_span(&w->analyte), l->analyte)) &&
	    (w->market.len == 0 || sy_span_eq_str(sy_buf_span(&w->market), l->market)) &&
	    (!w->dated || sy_reference_in_force(l, w->day));
}

static enum sy_err
list_limits(const struct request *req, struct wish *w, struct reply *ret, struct sy_fault *reterr)
{
	size_t n = 0;
	int64_t limit = 0, after = 0, given = 0;
	SY_AUTO_JSON *items = sy_json_array();
	SY_AUTO_JSON *v = NULL;
	SY_TRY(request_query_int(req, "limit", 1, 1000, 200, &limit, reterr));
	SY_TRY(request_query_int(req, "after", 0, 1000000000, 0, &after, reterr));
	SY_TRY(read_wish(req, w, reterr));
	const struct sy_limit *all = sy_reference_limits(&n);
	size_t i = (size_t)after;
	for (; i < n && given < limit; i++) {
		struct sy_json *one = NULL;
		if (!wanted(&all[i], w))
			continue;
		SY_TRY(limit_json(&all[i], &one));
		SY_TRY(sy_json_append(items, one));
		given++;
	}
	char next[24];
	(void)snprintf(next, sizeof next, "%zu", i);
	SY_TRY(sy_json_pack(&v, "{s:s, s:O, s:o}", "version", sy_reference_version(), "items", items, "next",
	    i < n ? sy_json_from_str(next) : sy_json_null()));
	return reply_json(ret, 200, v);
}

enum sy_err
api_limits_get(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	struct wish w;
	(void)app;
	memset(&w, 0, sizeof w);
	sy_buf_init(&w.category, 256);
	sy_buf_init(&w.analyte, 256);
	sy_buf_init(&w.market, 32);
	sy_buf_init(&w.on, 32);
	enum sy_err e = list_limits(req, &w, ret, reterr);
	sy_buf_done(&w.category);
	sy_buf_done(&w.analyte);
	sy_buf_done(&w.market);
	sy_buf_done(&w.on);
	return e;
}

static enum sy_err
line_json(const struct audit_row *a, struct sy_json **ret)
{
	return sy_json_pack(ret, "{s:I, s:o, s:o, s:s, s:o, s:s}", "n", a->n, "at", api_time_json(a->at), "user",
	    a->has_user ? api_hex_json(a->user, 16) : sy_json_null(), "action", a->action, "record",
	    a->has_id ? api_hex_json(a->id, 16) : sy_json_null(), "detail", a->detail);
}

enum sy_err
api_audit_list(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	struct audit_row a = {.n = 0};
	int64_t limit = 0, given = 0;
	SY_AUTO_JSON *items = sy_json_array();
	SY_AUTO_JSON *v = NULL;
	SY_TRY(request_query_int(req, "limit", 1, 1000, 100, &limit, reterr));
	SY_TRY(request_query_int(req, "after", 1, INT64_C(1) << 52, INT64_C(1) << 52, &a.n, reterr));
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	for (; given < limit; given++) {
		struct sy_json *one = NULL;
		enum sy_err e = audit_store_before(loan.db, a.n, &a);
		if (e == SY_ERR_NOT_FOUND)
			break;
		SY_TRY(e);
		SY_TRY(line_json(&a, &one));
		SY_TRY(sy_json_append(items, one));
	}
	char next[24];
	(void)snprintf(next, sizeof next, "%lld", (long long)a.n);
	SY_TRY(sy_json_pack(&v, "{s:O, s:o}", "items", items, "next", given == limit ? sy_json_from_str(next) : sy_json_null()));
	return reply_json(ret, 200, v);
}
