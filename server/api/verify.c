/* api/verify.c: POST /api/v1/verify: verdicts for many URLs at once. Any text
 * has a verdict; only what is no array of texts is refused. Nothing is counted. */
#include "server/api/page.h"
#include "server/api/public.h"
#include "server/app.h"
#include "server/service/limit.h"
#include "server/service/now.h"

#include <stdio.h>

#define URLS_MAX 1000

static enum sy_err
one(struct app *app, struct db *db, const char *url, struct sy_json *array)
{
	struct verification v;
	struct view *own = NULL;
	struct sy_json *answer = NULL;
	SY_TRY(verify_url(app, db, sy_span_str(url), &v));
	const struct view *shown = verdict_shows_lot(v.verdict.code) ? v.facts.view : NULL;
	enum sy_err err = SY_OK;
	if (v.verdict.code == VERDICT_UNSIGNED) {
		err = view_of_text(db, v.link.own, v.link.item, v.link.lot, &own);
		err = err == SY_ERR_NOT_FOUND ? SY_OK : err;
		shown = own;
	}
	if (err == SY_OK)
		err = verify_json(app, &v, shown, &answer);
	view_free(own);
	verify_done(app, &v);
	SY_TRY(err);
	return sy_json_append(array, answer);
}

enum sy_err
api_verify_post(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	SY_AUTO_JSON *urls = NULL;
	SY_AUTO_JSON *answers = sy_json_array();
	SY_TRY(sy_json_parse(req->body, &urls, reterr));
	if (sy_json_kind(urls) != SY_JSON_ARRAY)
		return sy_fault_say(reterr, SY_ERR_WRONG_TYPE, "", "应为网址的数组%s", "an array of URLs is expected%s", "");
	if (sy_json_len(urls) > URLS_MAX)
		return sy_fault_say(reterr, SY_ERR_TOO_LONG, "", "一次最多 %d 个网址，收到 %zu 个，请分批", "at most %d URLs at a time, got %zu: send them in parts", URLS_MAX, sy_json_len(urls));
	for (size_t i = 0; i < sy_json_len(urls); i++)
		if (sy_json_str(sy_json_at(urls, i)) == NULL) {
			char field[24];
			(void)snprintf(field, sizeof field, "%zu", i);
			return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, field, 0, 0);
		}
	if (!limit_take(app->verified, req->peer, now_seconds(app), (int64_t)sy_json_len(urls), app->conf->verify_rate))
		return sy_fault_say(reterr, SY_ERR_TOO_MANY, "", "本地址每分钟限 %lld 次查验，请稍候再试", "%lld verifications a minute from one address: please wait a minute",
		    (long long)app->conf->verify_rate);
	DB_LOAN(app->reads, loan);
	db_pool_renew(app->reads); /* the newest counts */
	SY_TRY(db_loan_take(&loan, reterr));
	for (size_t i = 0; i < sy_json_len(urls); i++)
		SY_TRY(one(app, loan.db, sy_json_str(sy_json_at(urls, i)), answers));
	reply_header(ret, "Cache-Control", "no-store");
	return reply_json(ret, 200, answers);
}
