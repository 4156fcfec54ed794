/* cmd/check.c: is what is stored whole? The database, every body against its
 * hash, the log against its checkpoints, and the signer, if it can be asked. */
#include "server/cmd/cmd.h"

#include "certs/digest.h"
#include "certs/note.h"
#include "schema/wire/hex.h"
#include "server/service/publish.h"
#include "server/service/tree.h"
#include "server/signer/client.h"
#include "server/store/body.h"
#include "server/store/check.h"
#include "server/store/log.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct check {
	const char *data;
};
struct report {
	int64_t faults;
};

static void
wrong(struct report *r, const char *zh, const char *en, const char *what)
{
	r->faults++;
	(void)printf("%s / %s: %s\n", zh, en, what);
}

static enum sy_err
check_engine(struct db *db, struct report *r)
{
	char words[512];
	bool good = false;
	SY_TRY(check_store_integrity(db, &good, words, sizeof words));
	if (!good)
		wrong(r, "数据库损坏", "database damaged", words);
	return SY_OK;
}

static enum sy_err
check_bodies(struct db *db, struct report *r, int64_t *retn)
{
	uint8_t at[32] = {0}, sha256[32];
	char hex[65];
	for (*retn = 0;; (*retn)++) {
		struct sy_buf text;
		bool erased = false;
		sy_buf_init(&text, STORE_BODY_MAX);
		enum sy_err e = body_store_next(db, at, &text, &erased);
		if (e == SY_OK)
			e = sy_sha256(sy_buf_span(&text), sha256);
		sy_buf_done(&text);
		if (e == SY_ERR_NOT_FOUND)
			return SY_OK;
		SY_TRY(e);
		sy_hex_print(sy_span(at, sizeof at), hex);
		if (!erased && memcmp(at, sha256, sizeof at) != 0)
			wrong(r, "内容与摘要不符", "a body is not what its hash says", hex);
	}
}

/* Leaves from the entries' bytes, not from the column beside them. */
static enum sy_err
check_log(struct db *db, struct report *r, const char *origin, int64_t *retsize)
{
	struct sy_frontier f;
	struct sy_hash root, leaf;
	struct sy_buf note;
	struct sy_note n;
	struct sy_checkpoint c;
	char where[32];
	sy_frontier_init(&f);
	sy_buf_init(&note, 16384);
	enum sy_err e = checkpoint_store_newest(db, retsize, &note);
	for (int64_t i = 0; e == SY_OK && i < *retsize; i++) {
		struct entry_row row;
		struct sy_buf bytes;
		sy_buf_init(&bytes, 65535);
		e = entry_store_get(db, i, &row, &bytes);
		if (e == SY_OK)
			e = sy_leaf_hash(sy_buf_span(&bytes), &leaf);
		sy_buf_done(&bytes);
		(void)snprintf(where, sizeof where, "%" PRId64, i);
		if (e == SY_ERR_NOT_FOUND) {
			wrong(r, "缺少日志条目", "a log entry is missing", where);
			break;
		}
		if (e == SY_OK && memcmp(leaf.b, row.leaf, sizeof leaf.b) != 0)
			wrong(r, "条目与叶哈希不符", "an entry is not what its leaf hash says", where);
		if (e == SY_OK)
			e = sy_frontier_add(&f, &leaf);
	}
	if (e == SY_OK && *retsize > 0) {
		e = sy_note_parse(sy_buf_span(&note), &n, NULL);
		if (e == SY_OK)
			e = sy_checkpoint_parse(n.text, &c, NULL);
		if (e == SY_OK)
			e = sy_frontier_root(&f, &root);
		if (e == SY_OK && memcmp(root.b, c.root.b, sizeof root.b) != 0)
			wrong(r, "日志与检查点不符", "the log does not give the checkpoint's root", c.origin);
		if (e == SY_OK && publish_agrees(db, &c, origin) != SY_OK)
			wrong(r, "哈希块与检查点不符", "the tiles do not give the checkpoint's root", c.origin);
	}
	sy_buf_done(&note);
	return e == SY_ERR_NOT_FOUND ? SY_OK : e;
}

static enum sy_err
check_signer(const struct conf *c, struct report *r, int64_t size, bool *retasked)
{
	char path[300];
	struct signer_client *client = NULL;
	SY_AUTO_JSON *ask = NULL;
	SY_AUTO_JSON *hello = NULL;
	if (c->signer_socket[0] != '\0')
		(void)snprintf(path, sizeof path, "%s", c->signer_socket);
	else
		(void)snprintf(path, sizeof path, "%s/signer.sock", c->signer_state);
	*retasked = false;
	if (access(path, F_OK) != 0)
		return SY_OK;
	SY_TRY(sy_json_pack(&ask, "{s:s}", "op", "hello"));
	SY_TRY(signer_client_new(path, &client));
	enum sy_err e = signer_client_call(client, ask, &hello, NULL);
	signer_client_free(client);
	if (e != SY_OK)
		return SY_OK;
	*retasked = true;
	if (sy_json_get_int(hello, "size", -1) != size)
		wrong(r, "签名器所知的条目数不同", "the signer knows another number of entries", path);
	return SY_OK;
}

static enum sy_err
check(const struct check *o, struct report *r, struct sy_fault *reterr)
{
	struct conf c;
	struct db *db = NULL;
	int64_t bodies = 0, size = 0;
	bool asked = false;
	SY_TRY(cmd_open(o->data, DB_READ, &c, &db, reterr));
	enum sy_err e = check_engine(db, r);
	if (e == SY_OK)
		e = check_bodies(db, r, &bodies);
	if (e == SY_OK)
		e = check_log(db, r, c.log_origin, &size);
	if (e == SY_OK)
		e = check_signer(&c, r, size, &asked);
	db_close(db);
	SY_TRY(e);
	(void)printf("%" PRId64 " 份内容，%" PRId64 " 条日志，签名器%s，%" PRId64 " 处不符 / %" PRId64 " bodies, %" PRId64
		     " log entries, signer %s, %" PRId64 " faults\n",
	    bodies, size, asked ? "已核对" : "未运行", r->faults, bodies, size, asked ? "asked" : "not running", r->faults);
	return SY_OK;
}

static int
run(const void *options)
{
	struct report r = {0};
	struct sy_fault f = {0};
	enum sy_err e = check(options, &r, &f);
	if (e != SY_OK)
		return cmd_fail("check", e, &f);
	return r.faults == 0 ? 0 : 1;
}

static const struct cmd_option options[] = {
    {"--data", "DIR", false, offsetof(struct check, data), "数据目录", "data directory"},
};
const struct cmd_verb cmd_check = {"check", options, SY_LEN(options), sizeof(struct check), run, "核对数据、日志与配置", "check data, log and configuration"};
