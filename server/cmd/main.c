/* cmd/main.c: finding the verb, reading its options, and what verbs share. */
#include "server/cmd/cmd.h"

#include "server/sql_core.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct cmd_verb *const verbs[] = {&cmd_init, &cmd_serve, &cmd_check, &cmd_user_add, &cmd_user_token, &cmd_trust,
    &cmd_migrate, &cmd_backup, &cmd_restore, &cmd_print_config};

int
cmd_fail(const char *what, enum sy_err e, const struct sy_fault *f)
{
	bool said = f != NULL && f->err != SY_OK;
	const char *field = said ? f->field : "";
	(void)fprintf(stderr, "suyuan-server %s: %s%s%s%s%s\n", what, sy_err_zh(e), field[0] == '\0' ? "" : " @ ", field,
	    said && f->zh[0] != '\0' ? "：" : "", said ? f->zh : "");
	(void)fprintf(stderr, "  %s%s%s%s%s [%s]\n", sy_err_en(e), field[0] == '\0' ? "" : " @ ", field, said && f->en[0] != '\0' ? ": " : "",
	    said ? f->en : "", sy_err_slug(e));
	return 2;
}

const char *
cmd_data(const char *given)
{
	const char *env = getenv("SUYUAN_DATA");
	if (given != NULL)
		return given;
	return env != NULL && env[0] != '\0' ? env : "suyuan-data";
}

enum sy_err
cmd_migrate_db(struct db *db, struct sy_fault *reterr)
{
	return db_migrate(db, store_migrations, store_migrations_len, reterr);
}

enum sy_err
cmd_open(const char *data, enum db_mode mode, struct conf *retconf, struct db **ret, struct sy_fault *reterr)
{
	char path[300];
	SY_TRY(conf_load(cmd_data(data), retconf, reterr));
	(void)snprintf(path, sizeof path, "%s/suyuan.db", retconf->data);
	if (access(path, F_OK) != 0)
		return sy_fault_say(reterr, SY_ERR_IO, path, "%s", "%s", strerror(errno));
	return db_open(path, mode, ret, reterr);
}

enum sy_err
cmd_read(const char *path, size_t max, struct sy_buf *ret, struct sy_fault *reterr)
{
	FILE *f = fopen(path, "rbe");
	if (f == NULL)
		return sy_fault_say(reterr, SY_ERR_IO, path, "%s", "%s", strerror(errno));
	uint8_t *at = sy_buf_room(ret, max);
	size_t n = at == NULL ? 0 : fread(at, 1, max, f);
	bool whole = at != NULL && feof(f) != 0;
	(void)fclose(f);
	sy_buf_grew(ret, n);
	return whole ? SY_OK : sy_fault_at(reterr, SY_ERR_TOO_LONG, path, 0, 0);
}

enum sy_err
cmd_write(const char *path, struct sy_span s, struct sy_fault *reterr)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return sy_fault_say(reterr, errno == EEXIST ? SY_ERR_EXISTS : SY_ERR_IO, path, "%s", "%s", strerror(errno));
	bool ok = write(fd, s.data, s.len) == (ssize_t)s.len && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	return ok ? SY_OK : sy_fault_say(reterr, SY_ERR_IO, path, "%s", "%s", strerror(errno));
}

static void
help_verb(const struct cmd_verb *v)
{
	(void)printf("suyuan-server %s [选项 options]\n  %s\n  %s\n", v->name, v->zh, v->en);
	for (size_t i = 0; i < v->n; i++) {
		const struct cmd_option *o = &v->options[i];
		(void)printf("  %s%s%s\n        %s%s\n        %s%s\n", o->name, o->value == NULL ? "" : " ", o->value == NULL ? "" : o->value, o->zh,
		    o->needed ? "（必需）" : "", o->en, o->needed ? " (needed)" : "");
	}
	(void)printf("  --help\n");
}

static int
help(bool error)
{
	FILE *f = error ? stderr : stdout;
	(void)fprintf(f, "suyuan-server 动词 verb [选项 options]    (suyuan-server VERB --help)\n");
	for (size_t i = 0; i < SY_LEN(verbs); i++)
		(void)fprintf(f, "  %-14s%s\n  %-14s%s\n", verbs[i]->name, verbs[i]->zh, "", verbs[i]->en);
	return error ? 2 : 0;
}

static const char **
place(const struct cmd_verb *v, void *into, size_t i)
{
	return (const char **)(void *)((char *)into + v->options[i].offset);
}

static enum sy_err
read_options(const struct cmd_verb *v, int argc, char **argv, void *into, struct sy_fault *reterr)
{
	for (int k = 0; k < argc; k++) {
		size_t i = 0;
		while (i < v->n && strcmp(v->options[i].name, argv[k]) != 0)
			i++;
		if (i == v->n || *place(v, into, i) != NULL)
			return sy_fault_at(reterr, SY_ERR_BAD_ARGUMENT, argv[k], 0, 0);
		if (v->options[i].value != NULL && k + 1 == argc)
			return sy_fault_at(reterr, SY_ERR_MISSING, argv[k], 0, 0);
		*place(v, into, i) = v->options[i].value == NULL ? "" : argv[++k];
		if (strlen(*place(v, into, i)) > CMD_VALUE_MAX)
			return sy_fault_at(reterr, SY_ERR_TOO_LONG, v->options[i].name, 0, 0);
	}
	for (size_t i = 0; i < v->n; i++)
		if (v->options[i].needed && *place(v, into, i) == NULL)
			return sy_fault_at(reterr, SY_ERR_MISSING, v->options[i].name, 0, 0);
	return SY_OK;
}

static int
run(const struct cmd_verb *v, int argc, char **argv)
{
	struct sy_fault f = {0};
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0) {
			help_verb(v);
			return 0;
		}
	}
	void *into = calloc(1, v->size);
	if (into == NULL)
		return cmd_fail(v->name, SY_ERR_NO_MEMORY, NULL);
	enum sy_err e = read_options(v, argc, argv, into, &f);
	int code = e == SY_OK ? v->run(into) : cmd_fail(v->name, e, &f);
	free(into);
	return code;
}

/* How many of the words name this verb; 0: they do not. */
static int
words(const struct cmd_verb *v, int argc, char **argv)
{
	char two[64];
	if (argc >= 3) {
		(void)snprintf(two, sizeof two, "%s %s", argv[1], argv[2]);
		if (strcmp(two, v->name) == 0)
			return 2;
	}
	return strcmp(argv[1], v->name) == 0 ? 1 : 0;
}

int
cmd_main(int argc, char **argv)
{
	if (argc < 2 || strcmp(argv[1], "--help") == 0)
		return help(argc < 2);
	for (size_t i = 0; i < SY_LEN(verbs); i++) {
		int n = words(verbs[i], argc, argv);
		if (n > 0)
			return run(verbs[i], argc - 1 - n, argv + 1 + n);
	}
	struct sy_fault f = {0};
	return cmd_fail(argv[1], sy_fault_at(&f, SY_ERR_BAD_ARGUMENT, argv[1], 0, 0), &f);
}
