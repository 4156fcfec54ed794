/* api/bundle.c: GET /bundle[?since={tree size}]. A status list that has grown old
 * or untrue is renewed first; where the signer cannot be reached, what there is is
 * served and says its own date. */
#include "server/api/page.h"
#include "server/api/public.h"
#include "server/app.h"
#include "server/service/bundle.h"

enum sy_err
api_bundle_get(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	int64_t since = 0;
	SY_TRY(request_query_int(req, "since", 0, SY_JSON_INT_MAX, 0, &since, reterr));
	struct sy_fault unused = { .err = SY_OK };
	if (!req->head && bundle_refresh_status(app, &unused) != SY_OK)
		reply_header(ret, "Warning", "%s", "110 - \"status list not renewed\"");
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(bundle_print(app, loan.db, since, &ret->body));
	ret->type = "application/json";
	reply_header(ret, "Access-Control-Allow-Origin", "*");
	reply_header(ret, "Cache-Control", "no-cache");
	reply_header(ret, "Vary", "Accept-Encoding");
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
