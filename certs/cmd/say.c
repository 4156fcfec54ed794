/* say.c: what the program tells: errors in zh and en, facts as lines or as JSON. */
#include "certs/cmd/cmd.h"

#include "schema/wire/hex.h"
#include "schema/wire/time.h"

#include <stdio.h>
#include <string.h>

/* 1: it was checked and the answer is no. 2: it could not be told. */
int
cmd_exit(enum sy_err e)
{
	switch (e) {
	case SY_OK:
		return 0;
	case SY_ERR_BAD_SIGNATURE:
	case SY_ERR_UNKNOWN_KEY:
	case SY_ERR_BAD_CERTIFICATE:
	case SY_ERR_BAD_CHAIN:
	case SY_ERR_CERT_EXPIRED:
	case SY_ERR_WRONG_ROLE:
	case SY_ERR_WRONG_PARTY:
	case SY_ERR_SAME_PERSON:
	case SY_ERR_BAD_PROOF:
	case SY_ERR_BAD_NOTE:
	case SY_ERR_TRUST_EXPIRED:
	case SY_ERR_TRUST_ROLLBACK:
	case SY_ERR_WRONG_ORIGIN:
	case SY_ERR_BODY_MISMATCH:
	case SY_ERR_QUORUM:
	case SY_ERR_LOG_DIFFERS:
	case SY_ERR_DATA_DAMAGED:
	case SY_ERR_MALFORMED:
	case SY_ERR_NOT_CANONICAL:
		return 1;
	default:
		return 2;
	}
}

int
cmd_fail(const struct cmd_args *a, const char *what, enum sy_err e, const struct sy_fault *f)
{
	bool more = f != NULL && f->err != SY_OK;
	const char *field = more ? f->field : "";
	(void)fprintf(stderr, "suyuan-certs %s: %s: %s%s%s%s%s\n", a->verb->name, what, sy_err_zh(e), field[0] == '\0' ? "" : " @ ", field, more && f->zh[0] != '\0' ? "：" : "", more ? f->zh : "");
	(void)fprintf(stderr, "  %s%s%s%s%s [%s]\n", sy_err_en(e), field[0] == '\0' ? "" : " @ ", field, more && f->en[0] != '\0' ? ": " : "", more ? f->en : "", sy_err_slug(e));
	return cmd_exit(e);
}

void
cmd_facts_init(struct cmd_facts *f)
{
	*f = (struct cmd_facts){ .json = sy_json_object() };
	sy_buf_init(&f->text, 1 << 20);
}

void
cmd_facts_done(struct cmd_facts *f)
{
	sy_json_free(f->json);
	sy_buf_done(&f->text);
}

static void
line(struct cmd_facts *f, const char *name, const char *zh, const char *value)
{
	sy_buf_printf(&f->text, "%s %s: %s\n", zh, name, value);
}

static void
set(struct cmd_facts *f, const char *name, struct sy_json *v)
{
	enum sy_err e = sy_json_set(f->json, name, v);
	if (f->err == SY_OK)
		f->err = e;
}

void
cmd_fact(struct cmd_facts *f, const char *name, const char *zh, const char *value)
{
	set(f, name, sy_json_from_str(value));
	line(f, name, zh, value);
}

void
cmd_fact_int(struct cmd_facts *f, const char *name, const char *zh, int64_t value)
{
	char s[32];
	(void)snprintf(s, sizeof s, "%lld", (long long)value);
	set(f, name, sy_json_from_int(value));
	line(f, name, zh, s);
}

void
cmd_fact_time(struct cmd_facts *f, const char *name, const char *zh, int64_t value)
{
	char s[SY_TIME_SIZE] = "-";
	if (value != INT64_MAX)
		sy_time_print(value, s);
	cmd_fact(f, name, zh, s);
}

void
cmd_fact_hex(struct cmd_facts *f, const char *name, const char *zh, const uint8_t *data, size_t len)
{
	char s[129] = "";
	if (len <= 64)
		sy_hex_print(sy_span(data, len), s);
	cmd_fact(f, name, zh, s);
}

enum sy_err
cmd_facts_show(const struct cmd_facts *f, bool json)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf b = { 0 };
	sy_buf_init(&b, 4 << 20);
	SY_TRY(f->err);
	if (json) {
		sy_json_print(f->json, &b);
		sy_buf_add_byte(&b, '\n');
	} else {
		SY_TRY(sy_buf_err(&f->text));
		sy_buf_add_span(&b, sy_buf_span(&f->text));
	}
	SY_TRY(sy_buf_err(&b));
	return cmd_write(NULL, sy_buf_span(&b), false);
}

bool
cmd_ask(const char *zh, const char *en)
{
	FILE *tty = fopen("/dev/tty", "r+");
	if (tty == NULL)
		return false;
	char answer[16] = "";
	(void)fprintf(tty, "%s %s [y/N] ", zh, en);
	(void)fflush(tty);
	bool yes = fgets(answer, sizeof answer, tty) != NULL && (answer[0] == 'y' || answer[0] == 'Y');
	(void)fclose(tty);
	return yes;
}
