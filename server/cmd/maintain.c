/* cmd/maintain.c: migrate, backup, restore, print-config. */
#include "server/cmd/cmd.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct plain {
	const char *data;
};
struct copy {
	const char *data, *dir;
};

static int
run_print_config(const void *options)
{
	const struct plain *o = options;
	struct conf c;
	struct sy_fault f = {0};
	struct sy_buf b;
	enum sy_err e = conf_load(cmd_data(o->data), &c, &f);
	if (e != SY_OK)
		return cmd_fail("print-config", e, &f);
	sy_buf_init(&b, 65536);
	conf_print(&c, &b);
	(void)fputs(sy_buf_cstr(&b), stdout);
	sy_buf_done(&b);
	return 0;
}

static int
run_migrate(const void *options)
{
	const struct plain *o = options;
	struct conf c;
	struct db *db = NULL;
	struct sy_fault f = {0};
	enum sy_err e = cmd_open(o->data, DB_WRITE, &c, &db, &f);
	if (e == SY_OK)
		e = cmd_migrate_db(db, &f);
	db_close(db);
	return e == SY_OK ? 0 : cmd_fail("migrate", e, &f);
}

static const char *const small_files[] = {"suyuan.conf", "anchor"};

static enum sy_err
copy_small(const char *from, const char *to, struct sy_fault *reterr)
{
	for (size_t i = 0; i < SY_LEN(small_files); i++) {
		char a[600], b[600];
		struct sy_buf text;
		(void)snprintf(a, sizeof a, "%s/%s", from, small_files[i]);
		(void)snprintf(b, sizeof b, "%s/%s", to, small_files[i]);
		if (access(a, F_OK) != 0)
			continue;
		sy_buf_init(&text, 65537);
		enum sy_err e = cmd_read(a, 65536, &text, reterr);
		if (e == SY_OK)
			e = cmd_write(b, sy_buf_span(&text), reterr);
		sy_buf_done(&text);
		SY_TRY(e);
	}
	return SY_OK;
}

static enum sy_err
new_dir(const char *dir, struct sy_fault *reterr)
{
	if (mkdir(dir, 0700) == 0)
		return SY_OK;
	return sy_fault_say(reterr, errno == EEXIST ? SY_ERR_EXISTS : SY_ERR_IO, dir, "%s", "%s", strerror(errno));
}

/* While it runs, too: the engine copies a consistent state. */
static enum sy_err
back_up(const struct copy *o, struct sy_fault *reterr)
{
	struct conf c;
	struct db *db = NULL;
	char path[600];
	SY_TRY(cmd_open(o->data, DB_READ, &c, &db, reterr));
	(void)snprintf(path, sizeof path, "%s/suyuan.db", o->dir);
	enum sy_err e = new_dir(o->dir, reterr);
	if (e == SY_OK)
		e = db_backup(db, path, reterr);
	db_close(db);
	return e == SY_OK ? copy_small(c.data, o->dir, reterr) : e;
}

static int
run_backup(const void *options)
{
	struct sy_fault f = {0};
	enum sy_err e = back_up(options, &f);
	return e == SY_OK ? 0 : cmd_fail("backup", e, &f);
}

static enum sy_err
restore(const struct copy *o, struct sy_fault *reterr)
{
	char from[600], to[600];
	struct db *db = NULL;
	const char *data = cmd_data(o->data);
	(void)snprintf(from, sizeof from, "%s/suyuan.db", o->dir);
	(void)snprintf(to, sizeof to, "%s/suyuan.db", data);
	if (access(from, F_OK) != 0)
		return sy_fault_say(reterr, SY_ERR_IO, from, "%s", "%s", strerror(errno));
	SY_TRY(new_dir(data, reterr));
	SY_TRY(db_open(from, DB_READ, &db, reterr));
	enum sy_err e = db_backup(db, to, reterr);
	db_close(db);
	return e == SY_OK ? copy_small(o->dir, data, reterr) : e;
}

static int
run_restore(const void *options)
{
	struct sy_fault f = {0};
	enum sy_err e = restore(options, &f);
	if (e != SY_OK)
		return cmd_fail("restore", e, &f);
	(void)puts("已恢复。若备份之后又有条目进入日志，签名器会拒绝（log-differs），服务不会启动：须用更新的备份，或由镜像补齐条目。\n"
		   "Restored. If entries were logged after this backup the signer refuses (log-differs) and serve does not start:\n"
		   "use a newer backup, or get the missing entries from a mirror. A signer never goes back.");
	return 0;
}

static const struct cmd_option plain_options[] = {
    {"--data", "DIR", false, offsetof(struct plain, data), "数据目录", "data directory; else $SUYUAN_DATA, else ./suyuan-data"},
};
static const struct cmd_option backup_options[] = {
    {"--data", "DIR", false, offsetof(struct copy, data), "数据目录", "data directory"},
    {"--to", "DIR", true, offsetof(struct copy, dir), "新目录", "a new directory"},
};
static const struct cmd_option restore_options[] = {
    {"--data", "DIR", false, offsetof(struct copy, data), "新的数据目录", "a new data directory"},
    {"--from", "DIR", true, offsetof(struct copy, dir), "备份目录", "the backup"},
};
const struct cmd_verb cmd_print_config = {"print-config", plain_options, SY_LEN(plain_options), sizeof(struct plain), run_print_config,
    "打印生效的配置", "print the configuration in force"};
const struct cmd_verb cmd_migrate = {"migrate", plain_options, SY_LEN(plain_options), sizeof(struct plain), run_migrate,
    "升级数据库结构", "bring the database's tables up to date"};
const struct cmd_verb cmd_backup = {"backup", backup_options, SY_LEN(backup_options), sizeof(struct copy), run_backup,
    "备份（运行时亦可）", "back up, while it runs, too"};
const struct cmd_verb cmd_restore = {"restore", restore_options, SY_LEN(restore_options), sizeof(struct copy), run_restore,
    "从备份恢复", "restore a backup"};
