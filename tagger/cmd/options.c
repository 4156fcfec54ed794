/* options.c: see options.h. */
#include "tagger/cmd/options.h"

#include <string.h>

void
options_help(const struct verb *verb, FILE *to)
{
	(void)fprintf(to, "用法 usage: suyuan-tagger %s %s\n%s\n%s\n\n", verb->name, verb->arguments, verb->zh, verb->en);
	for (size_t i = 0; i < verb->noptions; i++) {
		const struct option_row *o = &verb->options[i];
		(void)fprintf(to, "  --%s%s%s\n      %s\n      %s\n", o->name, o->argument == NULL ? "" : " ", o->argument == NULL ? "" : o->argument, o->zh, o->en);
	}
	(void)fprintf(to, "  --help\n      显示本说明\n      Show this\n");
}

int
options_misuse(const struct verb *verb, const char *zh, const char *en, const char *what)
{
	(void)fprintf(stderr, "suyuan-tagger %s: %s%s\nsuyuan-tagger %s: %s%s\n", verb->name, zh, what, verb->name, en, what);
	return EXIT_UNTOLD;
}

static const char *
match(const char *arg, const char *name)
{
	size_t n = strlen(name);
	return strncmp(arg, name, n) == 0 && (arg[n] == '\0' || arg[n] == '=') ? arg + n : NULL;
}

enum sy_err
options_parse(const struct verb *verb, int argc, char **argv, const char **values, int *retrest, bool *rethelp)
{
	int i = 0;
	*rethelp = false;
	for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
		const char *arg = argv[i] + 2, *tail = NULL;
		if (*arg == '\0') {
			i++;
			break;
		}
		if (strcmp(arg, "help") == 0) {
			options_help(verb, stdout);
			*rethelp = true;
			return SY_OK;
		}
		size_t o = 0;
		while (o < verb->noptions && (tail = match(arg, verb->options[o].name)) == NULL)
			o++;
		if (o == verb->noptions || tail == NULL) {
			(void)options_misuse(verb, "没有这个选项：", "no such option: ", argv[i]);
			return SY_ERR_BAD_ARGUMENT;
		}
		if (values[o] != NULL) {
			(void)options_misuse(verb, "选项重复：", "option given twice: ", argv[i]);
			return SY_ERR_BAD_ARGUMENT;
		}
		if (verb->options[o].argument == NULL && *tail == '\0') {
			values[o] = "";
		} else if (verb->options[o].argument != NULL && *tail == '=') {
			values[o] = tail + 1;
		} else if (verb->options[o].argument != NULL && i + 1 < argc) {
			values[o] = argv[++i];
		} else {
			(void)options_misuse(verb, "选项的参数不对：", "wrong argument of option: ", argv[i]);
			return SY_ERR_BAD_ARGUMENT;
		}
	}
	*retrest = i;
	return SY_OK;
}

int
options_fail(const struct verb *verb, enum sy_err err, const struct sy_fault *f)
{
	const char *zh = f != NULL && f->zh[0] != '\0' ? f->zh : sy_err_zh(err), *en = f != NULL && f->en[0] != '\0' ? f->en : sy_err_en(err);
	char where[200] = "";
	if (f != NULL && f->err != SY_OK && (f->field[0] != '\0' || f->length != 0 || f->offset != 0))
		(void)snprintf(where, sizeof where, " [%s%s%zu]", f->field, f->field[0] == '\0' ? "@" : " @", f->offset);
	(void)fprintf(stderr, "suyuan-tagger %s: %s: %s%s\nsuyuan-tagger %s: %s: %s%s\n", verb->name, sy_err_slug(err), zh, where, verb->name,
	    sy_err_slug(err), en, where);
	/* What was read and refused is a no; what could not be read, written or understood as a command is neither. */
	return err >= 100 && err != SY_ERR_BAD_ARGUMENT && err != SY_ERR_NO_FONT ? EXIT_NO : EXIT_UNTOLD;
}
