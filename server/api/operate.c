/* operate.c: is it alive, is it ready, how much has it done. */
#include "server/api/api.h"

#include "server/service/logbook.h"
#include "server/service/metrics.h"
#include "server/service/now.h"
#include "server/service/trust.h"
#include "server/store/log.h"

#include <inttypes.h>

enum sy_err
api_healthz(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	(void)app;
	(void)req;
	(void)reterr;
	ret->type = "text/plain; charset=utf-8";
	sy_buf_add_str(&ret->body, "ok\n");
	reply_header(ret, "Cache-Control", "%s", "no-store");
	return SY_OK;
}

enum sy_err
api_readyz(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	int64_t size = 0;
	(void)req;
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(checkpoint_store_newest(loan.db, &size, NULL));
	if (!logbook_ready(app->logbook))
		return sy_fault_say(reterr, SY_ERR_UNAVAILABLE, "", "与签名器尚未一致；请稍后再问，一直如此请看服务的出错信息", "not in agreement with the signer: ask again later, and if it stays so read what the server says on stderr");
	if (trust_now(app->trust) == NULL)
		return sy_fault_say(reterr, SY_ERR_UNAVAILABLE, "", "还没有信任名单；请由管理员安装（PUT /api/v1/trust）", "no trust list yet: an administrator installs one (PUT /api/v1/trust)");
	ret->type = "text/plain; charset=utf-8";
	sy_buf_add_str(&ret->body, "ready\n");
	reply_header(ret, "Cache-Control", "%s", "no-store");
	return SY_OK;
}

enum sy_err
api_metrics(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	struct metrics *m = app->metrics;
	struct sy_buf *b = &ret->body;
	int64_t size = 0, entries = 0;
	(void)req;
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(checkpoint_store_newest(loan.db, &size, NULL));
	SY_TRY(entry_store_count(loan.db, &entries));
	sy_buf_add_str(b, "# HELP suyuan_http_answers_total Answers by class of status.\n# TYPE suyuan_http_answers_total counter\n");
	for (unsigned i = 1; i < 6; i++)
		sy_buf_printf(b, "suyuan_http_answers_total{class=\"%uxx\"} %llu\n", i, atomic_load(&m->answers[i]));
	sy_buf_printf(b, "# HELP suyuan_http_unsent_total Requests whose client left.\n# TYPE suyuan_http_unsent_total counter\nsuyuan_http_unsent_total %llu\n",
	    atomic_load(&m->answers[0]));
	sy_buf_printf(b, "# HELP suyuan_auth_failures_total Wrong or missing tokens.\n# TYPE suyuan_auth_failures_total counter\nsuyuan_auth_failures_total %llu\n",
	    atomic_load(&m->refused_auth));
	sy_buf_printf(b, "# HELP suyuan_labels_total Labels handed out.\n# TYPE suyuan_labels_total counter\nsuyuan_labels_total %llu\n",
	    atomic_load(&m->labels));
	sy_buf_printf(b, "# HELP suyuan_log_size Entries under the newest checkpoint.\n# TYPE suyuan_log_size gauge\nsuyuan_log_size %" PRId64 "\n", size);
	sy_buf_printf(b, "# HELP suyuan_log_waiting Entries not yet signed.\n# TYPE suyuan_log_waiting gauge\nsuyuan_log_waiting %" PRId64 "\n", entries - size);
	sy_buf_printf(b, "# HELP suyuan_ready 1 when it agrees with its signer.\n# TYPE suyuan_ready gauge\nsuyuan_ready %d\n",
	    logbook_ready(app->logbook) ? 1 : 0);
	sy_buf_printf(b, "# HELP suyuan_start_time_seconds When it started.\n# TYPE suyuan_start_time_seconds gauge\nsuyuan_start_time_seconds %lld\n", m->started);
	ret->type = "text/plain; version=0.0.4; charset=utf-8";
	reply_header(ret, "Cache-Control", "%s", "no-store");
	return sy_buf_err(b);
}
