/* main.c: suyuan-signer, the only process of an installation that holds label, log
 * and status keys. Verbs and options as tables; exit code 0 done, 2 could not. */
#include "server/signer/verbs.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct option {
	const char *name;
	size_t offset; /* in struct verb_options */
	const char *says;
};

static const struct option options[] = {
	{ "--state", offsetof(struct verb_options, state), "DIR  状态目录 / state directory" },
	{ "--origin", offsetof(struct verb_options, origin), "NAME  日志名 / log origin" },
	{ "--label-alg", offsetof(struct verb_options, label_alg), "p256|ed25519|sm2  标签算法 / label algorithm" },
	{ "--anchor", offsetof(struct verb_options, anchor), "FILE  根 / roots that sign the trust list" },
	{ "--trust", offsetof(struct verb_options, trust), "FILE  信任名单 / trust list" },
	{ "--status-cert", offsetof(struct verb_options, status_cert), "PEM  状态密钥证书 / certificate of the status key" },
	{ "--root-cert", offsetof(struct verb_options, root_cert), "PEM  根证书 / root certificate" },
	{ "--socket", offsetof(struct verb_options, socket), "PATH  套接字 / socket" },
};

struct verb {
	const char *name, *needs; /* options, one letter each by their place in the table: a = --state */
	const char *may;
	enum sy_err (*run)(const struct verb_options *, struct sy_fault *);
	const char *says;
};

static const struct verb verbs[] = {
	{ "init", "ab", "c", verb_init, "新建状态目录和密钥 / make a state directory with its keys" },
	{ "adopt", "adefg", "", verb_adopt, "装入信任名单 / install the first trust list" },
	{ "serve", "a", "h", verb_serve, "运行 / run" },
	{ "journal", "a", "", verb_journal, "列出已签的序号段 / list the ranges signed" },
};

static const char **
place(struct verb_options *o, size_t i)
{
	return (const char **)(void *)((char *)o + options[i].offset);
}

static void
help_verb(const struct verb *v)
{
	(void)printf("suyuan-signer %s: %s\n", v->name, v->says);
	for (size_t i = 0; i < SY_LEN(options); i++)
		if (strchr(v->needs, (char)('a' + (int)i)) != NULL || strchr(v->may, (char)('a' + (int)i)) != NULL)
			(void)printf("  %s %s\n", options[i].name, options[i].says);
	if (v->run == verb_serve)
		(void)printf("  --parent-death  父进程退出时退出 / end with the parent process\n");
}

static int
help(void)
{
	(void)printf("suyuan-signer VERB [OPTIONS], suyuan-signer(8)\n");
	for (size_t i = 0; i < SY_LEN(verbs); i++)
		(void)printf("  %-8s %s\n", verbs[i].name, verbs[i].says);
	return 0;
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
	(void)fprintf(stderr, "suyuan-signer: %s%s%s: %s / %s\n", what, said && f->field[0] != '\0' ? ": " : "", said ? f->field : "",
	    said && f->zh[0] != '\0' ? f->zh : sy_err_zh(e), said && f->en[0] != '\0' ? f->en : sy_err_en(e));
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
	if (argc < 2)
		return complain("?", SY_ERR_BAD_ARGUMENT, NULL);
	if (strcmp(argv[1], "--help") == 0)
		return help();
	for (size_t i = 0; i < SY_LEN(verbs); i++)
		if (strcmp(argv[1], verbs[i].name) == 0)
			return run(&verbs[i], argc, argv);
	return complain(argv[1], SY_ERR_BAD_ARGUMENT, NULL);
}
