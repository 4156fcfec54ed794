/* err.c: see err.h. */
#include "schema/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct row {
	enum sy_err err;
	const char *slug, *zh, *en;
};

static const struct row rows[] = {
	{ SY_OK, "ok", "成功", "Success" },
#define SY_ERR(number, name, slug, zh, en) { SY_ERR_##name, slug, zh, en },
#include "schema/err.def"
#undef SY_ERR
};

static const struct row *
row_of(enum sy_err e)
{
	for (size_t i = 0; i < SY_LEN(rows); i++)
		if (rows[i].err == e)
			return &rows[i];
	return row_of(SY_ERR_INTERNAL);
}

const char *
sy_err_slug(enum sy_err e)
{
	return row_of(e)->slug;
}

const char *
sy_err_zh(enum sy_err e)
{
	return row_of(e)->zh;
}

const char *
sy_err_en(enum sy_err e)
{
	return row_of(e)->en;
}

enum sy_err
sy_fault_at(struct sy_fault *f, enum sy_err err, const char *field, size_t offset, size_t length)
{
	if (f == NULL || f->err != SY_OK)
		return err;
	f->err = err;
	(void)snprintf(f->field, sizeof f->field, "%s", field);
	f->offset = offset;
	f->length = length;
	return err;
}

enum sy_err
sy_fault_say(struct sy_fault *f, enum sy_err err, const char *field, const char *fmt_zh, const char *fmt_en, ...)
{
	if (f == NULL || f->err != SY_OK)
		return err;
	(void)sy_fault_at(f, err, field, 0, 0);
	va_list ap;
	va_start(ap, fmt_en);
	(void)vsnprintf(f->zh, sizeof f->zh, fmt_zh, ap);
	va_end(ap);
	va_start(ap, fmt_en);
	(void)vsnprintf(f->en, sizeof f->en, fmt_en, ap);
	va_end(ap);
	return err;
}

void
sy_fault_within(struct sy_fault *f, const char *prefix)
{
	if (f == NULL || f->err == SY_OK)
		return;
	char whole[sizeof f->field];
	const char *dot = f->field[0] == '\0' ? "" : ".";
	(void)snprintf(whole, sizeof whole, "%.60s%s%.60s", prefix, dot, f->field);
	memcpy(f->field, whole, sizeof whole);
}
