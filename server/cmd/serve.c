/* cmd/serve.c: a running server: parts wired, a signer beside it, signals. */
#include "server/api/dispatch.h"
#include "server/app.h"
#include "server/cmd/cmd.h"
#include "server/cmd/signer.h"
#include "server/service/limit.h"
#include "server/service/logbook.h"
#include "server/service/metrics.h"
#include "server/service/now.h"
#include "server/service/trust_log.h"
#include "server/service/verify.h"

#include <malloc.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#define DRAIN_SECONDS 10

struct serve {
	const char *data, *listen, *port;
};

struct running {
	struct conf conf;
	struct app app;
	struct metrics metrics;
	struct signer_child child;
	struct daemon *daemon;
};

static enum sy_err
open_store(struct running *r, struct sy_fault *reterr)
{
	char path[300];
	struct db *db = NULL;
	(void)snprintf(path, sizeof path, "%s/suyuan.db", r->conf.data);
	SY_TRY(db_open(path, DB_WRITE, &db, reterr));
	enum sy_err e = cmd_migrate_db(db, reterr);
	if (e == SY_OK)
		e = db_pool_new(path, (unsigned)r->conf.threads + 2, &r->app.reads, reterr);
	if (e != SY_OK) {
		db_close(db);
		return e;
	}
	return writer_start(db, r->app.reads, &r->app.writer);
}

static enum sy_err
open_trust(struct running *r, struct sy_fault *reterr)
{
	char path[600];
	const char *a = r->conf.anchor;
	(void)snprintf(path, sizeof path, "%s%s%s", a[0] == '/' ? "" : r->conf.data, a[0] == '/' ? "" : "/", a);
	DB_LOAN(r->app.reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	return trust_cache_new(path, loan.db, &r->app.trust, reterr);
}

/* Not a reason to stay down: what is released can be verified all the same. */
static void
log_trust(struct app *app)
{
	struct sy_fault f = {0};
	enum sy_err e = trust_log_catch_up(app, &f);
	if (e != SY_OK)
		(void)cmd_fail("trust", e, &f);
}

static enum sy_err
start(struct running *r, struct sy_fault *reterr)
{
	const struct conf *c = &r->conf;
	const struct face_options face = {.suspicious_scans = c->suspicious_scans, .suspicious_days = c->suspicious_days};
	r->app.conf = c;
	r->app.metrics = &r->metrics;
	r->metrics.started = now_system();
	SY_TRY(open_store(r, reterr));
	SY_TRY(open_trust(r, reterr));
	SY_TRY(limit_new(&r->app.failures));
	SY_TRY(limit_new(&r->app.verified));
	SY_TRY(signer_child_start(c, &r->child, r->app.signer_socket, sizeof r->app.signer_socket, reterr));
	SY_TRY(signer_client_new(r->app.signer_socket, &r->app.signer));
	SY_TRY(signer_child_ready(&r->child, r->app.signer, reterr));
	SY_TRY(logbook_start(&r->app, &r->app.logbook, reterr));
	SY_TRY(face_new(&face, &r->app.face));
	log_trust(&r->app);
	const struct daemon_spec spec = {.listen = c->listen, .port = (unsigned)c->port, .threads = (unsigned)c->threads,
	    .connections = (unsigned)c->connections, .connections_per_ip = (unsigned)c->connections_per_ip,
	    .timeout = (unsigned)c->timeout, .app = &r->app, .hooks = api_hooks};
	return daemon_start(&spec, &r->daemon, reterr);
}

static void
stop(struct running *r)
{
	daemon_stop(r->daemon, DRAIN_SECONDS);
	face_free(r->app.face);
	logbook_stop(r->app.logbook);
	signer_client_free(r->app.signer);
	writer_stop(r->app.writer);
	trust_cache_free(r->app.trust);
	limit_free(r->app.failures);
	limit_free(r->app.verified);
	db_pool_free(r->app.reads);
	signer_child_stop(&r->child);
}

static void
wait_for_end(struct running *r, const sigset_t *set)
{
	for (;;) {
		int sig = 0;
		if (sigwait(set, &sig) != 0 || sig == SIGTERM || sig == SIGINT)
			return;
		if (sig == SIGCHLD)
			signer_child_again(&r->child);
	}
}

static void
block_signals(sigset_t *set)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	(void)sigemptyset(set);
	(void)sigaddset(set, SIGTERM);
	(void)sigaddset(set, SIGINT);
	(void)sigaddset(set, SIGCHLD);
	(void)pthread_sigmask(SIG_BLOCK, set, NULL);
	(void)sigaction(SIGPIPE, &ignore, NULL);
	/* A core would hold what passes through here: passphrases on their way to the signer. */
	const struct rlimit none = {0, 0};
	(void)setrlimit(RLIMIT_CORE, &none);
}

/* The command line over the file, by the same table. */
static enum sy_err
override(const char *key, const char *value, struct conf *c, struct sy_fault *reterr)
{
	char line[256];
	if (value == NULL)
		return SY_OK;
	if (snprintf(line, sizeof line, "%s = %s", key, value) >= (int)sizeof line || strchr(value, '\n') != NULL)
		return sy_fault_at(reterr, SY_ERR_BAD_ARGUMENT, key, 0, 0);
	return conf_parse(sy_span_str(line), c, reterr);
}

static int
run(const void *options)
{
	const struct serve *o = options;
	struct running r;
	sigset_t set;
	struct sy_fault f = {0};
	memset(&r, 0, sizeof r);
	(void)mallopt(M_ARENA_MAX, 2); /* an arena a thread would double what an idle server holds */
	block_signals(&set);
	enum sy_err e = conf_load(cmd_data(o->data), &r.conf, &f);
	if (e == SY_OK)
		e = override("listen", o->listen, &r.conf, &f);
	if (e == SY_OK)
		e = override("port", o->port, &r.conf, &f);
	if (e == SY_OK)
		e = start(&r, &f);
	if (e == SY_OK) {
		(void)malloc_trim(0);
		(void)printf("suyuan-server: ready on http://%s:%u\n", r.conf.listen, daemon_port(r.daemon));
		(void)fflush(stdout);
		wait_for_end(&r, &set);
	}
	stop(&r);
	return e == SY_OK ? 0 : cmd_fail("serve", e, &f);
}

static const struct cmd_option options[] = {
    {"--data", "DIR", false, offsetof(struct serve, data), "数据目录", "data directory; else $SUYUAN_DATA, else ./suyuan-data"},
    {"--listen", "IP", false, offsetof(struct serve, listen), "监听地址，优先于配置", "address to listen on for this run"},
    {"--port", "N", false, offsetof(struct serve, port), "本次监听的端口；0 由系统选择", "port for this run instead of the configured one; 0 lets the system choose"},
};
const struct cmd_verb cmd_serve = {"serve", options, SY_LEN(options), sizeof(struct serve), run, "运行服务", "run"};
