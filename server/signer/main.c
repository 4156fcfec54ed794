/* main.c: suyuan-signer, the only process of an installation that holds label, log
 * and status keys. Verbs and options as tables; exit code 0 done, 2 could not. */
#include "server/signer/verbs.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct option {
	const char *name;
	size_t offset; /* in struct verb_options */
	const char *takes, *zh, *en;
};

static const struct option options[] = {
	{ "--state", offsetof(struct verb_options, state), "DIR", "状态目录", "state directory" },
	{ "--origin", offsetof(struct verb_options, origin), "NAME", "日志名，不可更改", "name of the log (origin), never changed" },
	{ "--label-alg", offsetof(struct verb_options, label_alg), "p256|ed25519|sm2", "标签密钥的算法，默认 p256", "algorithm of the label key, p256 by default" },
	{ "--anchor", offsetof(struct verb_options, anchor), "FILE", "信任根", "roots: who may sign the trust list" },
	{ "--trust", offsetof(struct verb_options, trust), "FILE", "信任名单", "the trust list" },
	{ "--status-cert", offsetof(struct verb_options, status_cert), "PEM", "状态密钥的证书", "certificate of the status key" },
	{ "--root-cert", offsetof(struct verb_options, root_cert), "PEM", "根证书", "certificate of the root" },
	{ "--socket", offsetof(struct verb_options, socket), "PATH", "套接字，默认为状态目录中的 signer.sock", "socket, signer.sock in the state directory by default" },
};

struct verb {
	const char *name, *needs; /* options, one letter each by their place in the table: a = --state */
	const char *may;
	enum sy_err (*run)(const struct verb_options *, struct sy_fault *);
	const char *zh, *en;
};

static const struct verb verbs[] = {
	{ "init", "ab", "c", verb_init, "新建状态目录和密钥", "make a state directory with its keys" },
	{ "adopt", "adefg", "", verb_adopt, "装入信任名单", "install the first trust list" },
	{ "serve", "a", "h", verb_serve, "运行", "run" },
	{ "journal", "a", "", verb_journal, "列出已签的序号段", "list the ranges signed" },
};

static const char **
place(struct verb_options *o, size_t i)
{
	return (const char **)(void *)((char *)o + options[i].offset);
}

static void
help_verb(const struct verb *v)
{
	(void)printf("suyuan-signer %s [选项 options]\n  %s\n  %s\n", v->name, v->zh, v->en);
	for (size_t i = 0; i < SY_LEN(options); i++) {
		const bool needed = strchr(v->needs, (char)('a' + (int)i)) != NULL;
		if (needed || strchr(v->may, (char)('a' + (int)i)) != NULL)
			(void)printf("  %s %s\n        %s%s\n        %s%s\n", options[i].name, options[i].takes, options[i].zh, needed ? "（必需）" : "",
			    options[i].en, needed ? " (needed)" : "");
	}
	if (v->run == verb_serve)
		(void)printf("  --parent-death\n        父进程退出时退出\n        end with the parent process\n");
	(void)printf("  --help\n");
}

static int
help(bool error)
{
	FILE *f = error ? stderr : stdout;
	(void)fprintf(f, "suyuan-signer 动词 verb [选项 options]    (suyuan-signer VERB --help)\n");
	for (size_t i = 0; i < SY_LEN(verbs); i++)
		(void)fprintf(f, "  %-14s%s\n  %-14s%s\n", verbs[i].name, verbs[i].zh, "", verbs[i].en);
	return error ? 2 : 0;
}

static enum sy_err
read_option(const struct verb *v, int argc, char **argv, int *at, struct verb_options *o)
{
	if (v->run == verb_serve && strcmp(argv[*at], "--parent-death") == 0) {
		o->parent_death = true;
		return SY_OK;
	}
	for (size_t i = 0; i < SY_LEN(options); i++) {
		const char letter = (char)('a' + (int)i);
		bool fits = strchr(v->needs, letter) != NULL || strchr(v->may, letter) != NULL;
		if (!fits || strcmp(argv[*at], options[i].name) != 0)
			continue;
		if (*at + 1 >= argc || *place(o, i) != NULL)
			return SY_ERR_BAD_ARGUMENT;
		*place(o, i) = argv[++*at];
		return SY_OK;
	}
	return SY_ERR_BAD_ARGUMENT;
}

static int
complain(const char *what, enum sy_err e, const struct sy_fault *f)
{
	const bool said = f != NULL && f->err == e;
	const char *field = said ? f->field : "";
	(void)fprintf(stderr, "suyuan-signer %s: %s%s%s%s%s\n", what, sy_err_zh(e), field[0] == '\0' ? "" : " @ ", field,
	    said && f->zh[0] != '\0' ? "：" : "", said ? f->zh : "");
	(void)fprintf(stderr, "  %s%s%s%s%s [%s]\n", sy_err_en(e), field[0] == '\0' ? "" : " @ ", field, said && f->en[0] != '\0' ? ": " : "",
	    said ? f->en : "", sy_err_slug(e));
	return 2;
}

static int
run(const struct verb *v, int argc, char **argv)
{
	struct verb_options o = { 0 };
	struct sy_fault f = { 0 };
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0) {
			help_verb(v);
			return 0;
		}
		if (read_option(v, argc, argv, &i, &o) != SY_OK)
			return complain(argv[i], SY_ERR_BAD_ARGUMENT, NULL);
	}
	for (const char *n = v->needs; *n != '\0'; n++)
		if (*place(&o, (size_t)(*n - 'a')) == NULL)
			return complain(options[*n - 'a'].name, SY_ERR_MISSING, NULL);
	enum sy_err e = v->run(&o, &f);
	return e == SY_OK ? 0 : complain(v->name, e, &f);
}

int
main(int argc, char **argv)
{
	(void)umask(077); /* the ledger holds serial keys and wrapped keys of persons: a copy of the directory keeps its modes */
	if (argc < 2)
		return help(true);
	if (strcmp(argv[1], "--help") == 0)
		return help(false);
	for (size_t i = 0; i < SY_LEN(verbs); i++)
		if (strcmp(argv[1], verbs[i].name) == 0)
			return run(&verbs[i], argc, argv);
	return complain(argv[1], SY_ERR_BAD_ARGUMENT, NULL);
}
