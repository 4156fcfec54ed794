/* args.c: command lines read by a verb's table of options, see cmd.h. */
#include "certs/cmd/cmd.h"

#include "certs/line.h"
#include "schema/wire/time.h"

#include <stdio.h>
#include <string.h>

static const struct cmd_option *
find(const struct cmd_verb *verb, const char *name, size_t len)
{
	for (const struct cmd_option *o = verb->options; o->name != NULL; o++)
		if (strlen(o->name) == len && strncmp(o->name, name, len) == 0)
			return o;
	return NULL;
}

void
cmd_help(const struct cmd_verb *verb, bool error)
{
	FILE *f = error ? stderr : stdout;
	(void)fprintf(f, "suyuan-certs %s [选项 options]%s%s\n  %s\n  %s\n", verb->name, verb->operand == NULL ? "" : " ", verb->operand == NULL ? "" : verb->operand, verb->zh, verb->en);
	for (const struct cmd_option *o = verb->options; o->name != NULL; o++)
		(void)fprintf(f, "  --%s%s%s\n        %s\n        %s\n", o->name, o->arg == NULL ? "" : " ", o->arg == NULL ? "" : o->arg, o->zh, o->en);
	(void)fprintf(f, "  --help\n");
}

static int
wrong(const struct cmd_verb *verb, const char *word)
{
	(void)fprintf(stderr, "suyuan-certs %s: %s：%s\n  %s: %s\n", verb->name, sy_err_zh(SY_ERR_BAD_ARGUMENT), word, sy_err_en(SY_ERR_BAD_ARGUMENT), word);
	return 2;
}

static bool
keep(struct cmd_args *a, const char *name, const char *value)
{
	if (a->n == CMD_GIVEN_MAX)
		return false;
	a->given[a->n].name = name;
	a->given[a->n++].value = value;
	return true;
}

int
cmd_parse(const struct cmd_verb *verb, int argc, char **argv, struct cmd_args *ret)
{
	*ret = (struct cmd_args){ .verb = verb };
	bool only_operands = false;
	for (int i = 0; i < argc; i++) {
		const char *word = argv[i];
		if (only_operands || strcmp(word, "-") == 0 || word[0] != '-') {
			if (verb->operand == NULL || cmd_get(ret, NULL) != NULL || !keep(ret, NULL, word))
				return wrong(verb, word);
			continue;
		}
		if (strcmp(word, "--") == 0) {
			only_operands = true;
			continue;
		}
		if (strcmp(word, "--help") == 0) {
			cmd_help(verb, false);
			return 0;
		}
		const char *eq = strchr(word, '=');
		const struct cmd_option *o = strncmp(word, "--", 2) != 0 ? NULL : find(verb, word + 2, eq == NULL ? strlen(word + 2) : (size_t)(eq - word - 2));
		if (o == NULL || (o->arg == NULL && eq != NULL) || (o->arg != NULL && eq == NULL && i + 1 == argc))
			return wrong(verb, word);
		const char *value = o->arg == NULL ? "" : eq != NULL ? eq + 1 : argv[++i];
		if (!keep(ret, o->name, value))
			return wrong(verb, word);
	}
	return -1;
}

const char *
cmd_nth(const struct cmd_args *a, const char *name, size_t i)
{
	for (size_t at = 0; at < a->n; at++) {
		const char *n = a->given[at].name;
		bool same = name == NULL ? n == NULL : n != NULL && strcmp(n, name) == 0;
		if (same && i-- == 0)
			return a->given[at].value;
	}
	return NULL;
}

const char *
cmd_get(const struct cmd_args *a, const char *name)
{
	return cmd_nth(a, name, 0);
}

bool
cmd_has(const struct cmd_args *a, const char *name)
{
	return cmd_get(a, name) != NULL;
}

enum sy_err
cmd_need(const struct cmd_args *a, const char *name, const char **ret)
{
	*ret = cmd_get(a, name);
	if (*ret != NULL)
		return SY_OK;
	(void)fprintf(stderr, "suyuan-certs %s: 缺少 missing: %s%s\n", a->verb->name, name == NULL ? "" : "--", name == NULL ? a->verb->operand : name);
	return SY_ERR_BAD_ARGUMENT;
}

enum sy_err
cmd_u64(const struct cmd_args *a, const char *name, uint64_t otherwise, uint64_t max, uint64_t *ret)
{
	const char *s = cmd_get(a, name);
	*ret = otherwise;
	if (s == NULL || sy_line_u64(sy_span_str(s), max, ret) == SY_OK)
		return SY_OK;
	(void)wrong(a->verb, name);
	return SY_ERR_BAD_ARGUMENT;
}

enum sy_err
cmd_time(const struct cmd_args *a, const char *name, int64_t otherwise, int64_t *ret)
{
	const char *s = cmd_get(a, name);
	*ret = otherwise;
	if (s == NULL || sy_time_parse(sy_span_str(s), ret, NULL) == SY_OK)
		return SY_OK;
	(void)wrong(a->verb, name);
	return SY_ERR_BAD_ARGUMENT;
}
