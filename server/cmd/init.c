/* cmd/init.c: a new data directory; and the trust list, first or newer. */
#include "server/cmd/cmd.h"

#include "certs/trust.h"
#include "schema/wire/b64.h"
#include "server/service/now.h"
#include "server/service/sealing.h"
#include "server/store/trust.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct init {
	const char *data, *origin, *label_base, *signer_state, *signer_socket, *listen, *port, *anchor, *trust, *status_cert, *root_cert,
	    *demonstration;
};
struct trust {
	const char *data, *anchor, *file, *status_cert, *root_cert;
};

static enum sy_err
add_pem(const char *path, struct sealing_certs *c, struct sy_fault *reterr)
{
	struct sy_buf pem;
	if (path == NULL)
		return SY_OK;
	sy_buf_init(&pem, 65536);
	enum sy_err e = cmd_read(path, 65536, &pem, reterr);
	if (e == SY_OK)
		e = sy_cert_parse_pem(sy_buf_span(&pem), &c->cert[c->n]);
	sy_buf_done(&pem);
	if (e != SY_OK)
		return sy_fault_at(reterr, e, path, 0, 0);
	c->n++;
	return SY_OK;
}

static enum sy_err
install_certs(struct db *db, const char *status_cert, const char *root_cert, struct sy_fault *reterr)
{
	struct sealing_certs c = {0};
	enum sy_err e = add_pem(status_cert, &c, reterr);
	if (e == SY_OK)
		e = add_pem(root_cert, &c, reterr);
	if (e == SY_OK && c.n > 0)
		e = sealing_certs_put(db, &c);
	sealing_certs_done(&c);
	return e;
}

static enum sy_err
install_note(const struct conf *c, struct db *db, struct sy_span note, struct sy_fault *reterr)
{
	char path[600];
	struct sy_anchor anchor;
	struct sy_buf text;
	(void)snprintf(path, sizeof path, "%s%s%s", c->anchor[0] == '/' ? "" : c->data, c->anchor[0] == '/' ? "" : "/", c->anchor);
	sy_buf_init(&text, 65536);
	enum sy_err e = cmd_read(path, 65536, &text, reterr);
	if (e == SY_OK)
		e = sy_anchor_parse(sy_buf_span(&text), &anchor, reterr);
	sy_buf_done(&text);
	SY_TRY(e);
	struct sy_trust *list = NULL;
	SY_TRY(sy_trust_parse(note, &anchor, &list, reterr));
	uint64_t version = sy_trust_facts(list)->version;
	bool ours = strcmp(sy_trust_facts(list)->origin, c->log_origin) == 0;
	sy_trust_free(list);
	if (!ours)
		return sy_fault_at(reterr, SY_ERR_WRONG_ORIGIN, "origin", 0, 0);
	e = trust_store_add(db, version, note, now_system());
	return e == SY_ERR_EXISTS ? SY_OK : e;
}

enum sy_err
cmd_install_trust(const struct conf *c, struct db *db, const char *anchor, const char *trust, const char *status_cert, const char *root_cert,
    struct sy_fault *reterr)
{
	struct sy_buf text;
	enum sy_err e = SY_OK;
	sy_buf_init(&text, SY_TRUST_MAX + 1);
	if (anchor != NULL) {
		char path[600];
		(void)snprintf(path, sizeof path, "%s/anchor", c->data);
		e = cmd_read(anchor, 65536, &text, reterr);
		if (e == SY_OK)
			e = cmd_write(path, sy_buf_span(&text), reterr);
	}
	sy_buf_reset(&text);
	if (e == SY_OK && trust != NULL) {
		e = cmd_read(trust, SY_TRUST_MAX, &text, reterr);
		if (e == SY_OK)
			e = install_note(c, db, sy_buf_span(&text), reterr);
	}
	sy_buf_done(&text);
	return e == SY_OK ? install_certs(db, status_cert, root_cert, reterr) : e;
}

static void
line(struct sy_buf *b, const char *key, const char *value)
{
	if (value != NULL)
		sy_buf_printf(b, "%s = %s\n", key, value);
}

static enum sy_err
write_conf(const struct init *o, const char *data, struct sy_fault *reterr)
{
	struct sy_buf b;
	char path[600];
	struct conf check;
	sy_buf_init(&b, 65536);
	sy_buf_add_str(&b, "# suyuan.conf(5); suyuan-server print-config shows every key\n");
	line(&b, "log_origin", o->origin);
	line(&b, "label_base", o->label_base);
	line(&b, "listen", o->listen);
	line(&b, "port", o->port);
	line(&b, "signer_state", o->signer_state);
	line(&b, "signer_socket", o->signer_socket);
	line(&b, "demonstration", o->demonstration == NULL ? NULL : "yes");
	conf_defaults(&check);
	enum sy_err e = conf_parse(sy_buf_span(&b), &check, reterr);
	(void)snprintf(path, sizeof path, "%s/suyuan.conf", data);
	if (e == SY_OK && mkdir(data, 0700) != 0 && errno != EEXIST)
		e = sy_fault_say(reterr, SY_ERR_IO, data, "%s", "%s", strerror(errno));
	if (e == SY_OK)
		e = cmd_write(path, sy_buf_span(&b), reterr);
	sy_buf_done(&b);
	return e;
}

static enum sy_err
make(const struct init *o, struct sy_fault *reterr)
{
	struct conf c;
	char path[600];
	struct db *db = NULL;
	const char *data = cmd_data(o->data);
	SY_TRY(write_conf(o, data, reterr));
	SY_TRY(conf_load(data, &c, reterr));
	(void)snprintf(path, sizeof path, "%s/suyuan.db", c.data);
	SY_TRY(db_open(path, DB_WRITE, &db, reterr));
	enum sy_err e = cmd_migrate_db(db, reterr);
	if (e == SY_OK)
		e = cmd_install_trust(&c, db, o->anchor, o->trust, o->status_cert, o->root_cert, reterr);
	db_close(db);
	return e;
}

static int
run_init(const void *options)
{
	struct sy_fault f = {0};
	enum sy_err e = make(options, &f);
	return e == SY_OK ? 0 : cmd_fail("init", e, &f);
}

static int
run_trust(const void *options)
{
	const struct trust *o = options;
	struct sy_fault f = {0};
	struct conf c;
	struct db *db = NULL;
	enum sy_err e = cmd_open(o->data, DB_WRITE, &c, &db, &f);
	if (e == SY_OK)
		e = cmd_install_trust(&c, db, o->anchor, o->file, o->status_cert, o->root_cert, &f);
	db_close(db);
	return e == SY_OK ? 0 : cmd_fail("trust", e, &f);
}

#define AT(s, m) offsetof(struct s, m)
static const struct cmd_option init_options[] = {
    {"--data", "DIR", false, AT(init, data), "数据目录", "data directory; else $SUYUAN_DATA, else ./suyuan-data"},
    {"--origin", "NAME", true, AT(init, origin), "日志名，不可更改", "name of the log, never changed"},
    {"--label-base", "URL", true, AT(init, label_base), "标签网址的开头", "beginning of the labels' address"},
    {"--signer-state", "DIR", false, AT(init, signer_state), "签名器状态目录", "the signer's state directory"},
    {"--signer-socket", "PATH", false, AT(init, signer_socket), "已在运行的签名器", "socket of a signer that runs already"},
    {"--listen", "IP", false, AT(init, listen), "监听地址", "address to listen on"},
    {"--port", "N", false, AT(init, port), "端口", "port"},
    {"--anchor", "FILE", false, AT(init, anchor), "信任根", "roots of trust"},
    {"--trust", "FILE", false, AT(init, trust), "信任名单", "trust list"},
    {"--status-cert", "PEM", false, AT(init, status_cert), "状态密钥证书", "certificate of the status key"},
    {"--root-cert", "PEM", false, AT(init, root_cert), "根证书", "certificate of the root"},
    {"--demonstration", NULL, false, AT(init, demonstration), "演示系统", "a demonstration"},
};
const struct cmd_verb cmd_init = {"init", init_options, SY_LEN(init_options), sizeof(struct init), run_init, "新建数据目录", "make a data directory"};

static const struct cmd_option trust_options[] = {
    {"--data", "DIR", false, AT(trust, data), "数据目录", "data directory"},
    {"--file", "NOTE", false, AT(trust, file), "信任名单", "trust list"},
    {"--anchor", "FILE", false, AT(trust, anchor), "信任根（第一次）", "roots of trust (the first time)"},
    {"--status-cert", "PEM", false, AT(trust, status_cert), "状态密钥证书", "certificate of the status key"},
    {"--root-cert", "PEM", false, AT(trust, root_cert), "根证书", "certificate of the root"},
};
const struct cmd_verb cmd_trust = {"trust", trust_options, SY_LEN(trust_options), sizeof(struct trust), run_trust, "装入信任名单（服务停止时）",
    "install a trust list (while stopped)"};
