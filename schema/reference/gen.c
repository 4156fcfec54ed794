/* gen.c: host program that turns the CSV files of this folder into C tables.
 *
 * gen OUT.c DIR: reads the eight files from DIR in the fixed order below. It is
 * strict: a wrong header, an unknown operator, an impossible date or a row of
 * another width stops the build with file and line. Build time only. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_COLS 24
#define MAX_FILE (4u << 20)

struct table {
	const char *file;
	const char *type;
	const char *name;
	/* per column: s string, d date, n number, o operator, v yes/no */
	const char *kinds;
	const char *header;
};

static const struct table tables[] = {
	{ "limits.csv", "sy_limit", "limits", "sssssossssssssssddsv",
	    "id,category,analyte,analyte_en,cas,operator,value,unit,basis,standard,edition,clause,method,market,"
	    "product_standard,grade,valid_from,valid_to,source,verified" },
	{ "categories.csv", "sy_category", "categories", "ssssssv", "category,group,category_en,broader,state,source,verified" },
	{ "counties.csv", "sy_county", "counties", "sssssv", "code,name,name_en,note,source,verified" },
	{ "townships.csv", "sy_township", "townships", "ssssv", "code,name,county,source,verified" },
	{ "units.csv", "sy_unit", "units", "sssnnssv", "unit,canonical,dimension,numerator,denominator,basis,source,verified" },
	{ "analytes.csv", "sy_analyte", "analytes", "sssssv", "analyte,analyte_en,cas,aliases,source,verified" },
	{ "gi.csv", "sy_gi", "gi", "ssssssssssv",
	    "product,product_en,township,township_today,code,county,announcement,announced,note,source,verified" },
	{ "certificate_kinds.csv", "sy_certificate_kind", "certificate_kinds", "sssssssv",
	    "kind,name,number_format,number_pattern,validity,validity_unit,source,verified" },
};

struct state {
	FILE *out;
	uint64_t hash;
	size_t limits;
	char newest[11]; /* greatest valid_from */
};

static char *
read_file(const char *path, size_t *retlen)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return NULL;
	char *buf = malloc(MAX_FILE);
	size_t n = buf == NULL ? 0 : fread(buf, 1, MAX_FILE, f);
	bool bad = buf == NULL || ferror(f) || n == MAX_FILE;
	(void)fclose(f);
	if (bad) {
		free(buf);
		return NULL;
	}
	buf[n] = '\0';
	*retlen = n;
	return buf;
}

/* One record of RFC 4180 in place; fields are unquoted where they stand. Returns
 * the number of fields, 0 at the end, -1 on bad quoting or too many fields. */
static int
next_record(char **cursor, char *field[MAX_COLS])
{
	char *p = *cursor;
	if (*p == '\0')
		return 0;
	int n = 0;
	for (;;) {
		if (n == MAX_COLS)
			return -1;
		char *w = p;
		field[n++] = w;
		if (*p == '"') {
			for (p++; *p != '\0' && !(*p == '"' && p[1] != '"'); p++) {
				if (*p == '"')
					p++;
				*w++ = *p;
			}
			if (*p != '"')
				return -1;
			p++;
		} else {
			for (; *p != ',' && *p != '\n' && *p != '\0'; p++)
				*w++ = *p;
		}
		char end = *p;
		if (end != ',' && end != '\n' && end != '\0')
			return -1;
		if (end != '\0')
			p++;
		*w = '\0';
		if (end != ',') {
			*cursor = p;
			return n;
		}
	}
}

static void
put_string(FILE *out, const char *s)
{
	(void)fputc('"', out);
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;
		if (c == '"' || c == '\\')
			(void)fprintf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			(void)fprintf(out, "\\%03o", c);
		else if (c == '?')
			(void)fputs("\\?", out); /* no trigraphs */
		else
			(void)fputc(c, out);
	}
	(void)fputc('"', out);
}

/* `len` digits at s, -1 if there is anything else. */
static int
digits(const char *s, int len)
{
	int v = 0;
	for (int i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

/* Days since 2020-01-01 in the proleptic Gregorian calendar (schema/wire/time.h). */
static bool
put_date(FILE *out, const char *s)
{
	if (*s == '\0') {
		(void)fputs("SY_DAY_NONE", out);
		return true;
	}
	if (strlen(s) != 10 || s[4] != '-' || s[7] != '-')
		return false;
	int y = digits(s, 4), m = digits(s + 5, 2), d = digits(s + 8, 2);
	bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
	static const int len[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	if (y < 1992 || y > 9999 || m < 1 || m > 12 || d < 1 || d > len[m - 1] + (m == 2 && leap ? 1 : 0))
		return false;
	long days = 0;
	for (int i = 1992; i < y; i++)
		days += ((i % 4 == 0 && i % 100 != 0) || i % 400 == 0) ? 366 : 365;
	for (int i = 1; i < m; i++)
		days += len[i - 1] + (i == 2 && leap ? 1 : 0);
	(void)fprintf(out, "%ld", days + d - 1 - 10227); /* 1992-01-01 to 2020-01-01 */
	return true;
}

static bool
put_operator(FILE *out, const char *s)
{
	static const char *const map[][2] = {
		{ "<=", "SY_LIMIT_AT_MOST" }, { ">=", "SY_LIMIT_AT_LEAST" }, { "not_detected", "SY_LIMIT_NOT_DETECTED" },
		{ "not_permitted", "SY_LIMIT_NOT_PERMITTED" }, { "range", "SY_LIMIT_RANGE" }, { "sampling_plan", "SY_LIMIT_PLAN" },
	};
	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++) {
		if (strcmp(map[i][0], s) == 0) {
			(void)fputs(map[i][1], out);
			return true;
		}
	}
	return false;
}

static bool
put_field(struct state *st, char kind, const char *s)
{
	switch (kind) {
	case 'd':
		return put_date(st->out, s);
	case 'o':
		return put_operator(st->out, s);
	case 'n': {
		size_t n = strspn(s, "0123456789");
		(void)fprintf(st->out, "UINT64_C(%s)", s);
		return n > 0 && n < 16 && s[n] == '\0' && s[0] != '0';
	}
	case 'v':
		(void)fputs(strcmp(s, "yes") == 0 ? "true" : "false", st->out);
		return strcmp(s, "yes") == 0 || strcmp(s, "no") == 0;
	default:
		put_string(st->out, s);
		return true;
	}
}

static bool
put_row(struct state *st, const struct table *t, char *field[MAX_COLS])
{
	(void)fputs("\t{ ", st->out);
	for (size_t i = 0; t->kinds[i] != '\0'; i++) {
		if (i > 0)
			(void)fputs(", ", st->out);
		if (field[i] == NULL || !put_field(st, t->kinds[i], field[i]))
			return false;
	}
	(void)fputs(" },\n", st->out);
	return true;
}

static bool
put_table(struct state *st, const struct table *t, const char *dir)
{
	char path[4096];
	int len = snprintf(path, sizeof(path), "%s/%s", dir, t->file);
	if (len < 0 || (size_t)len >= sizeof(path))
		return false;
	size_t size = 0;
	char *text = read_file(path, &size);
	if (text == NULL) {
		(void)fprintf(stderr, "%s: cannot be read\n", path);
		return false;
	}
	for (size_t i = 0; i < size; i++)
		st->hash = (st->hash ^ (uint8_t)text[i]) * UINT64_C(0x100000001b3);
	size_t head = strcspn(text, "\n");
	bool ok = strlen(t->header) == head && strncmp(text, t->header, head) == 0;
	char *cursor = text + head + (text[head] == '\n' ? 1 : 0);
	char *field[MAX_COLS] = { NULL };
	int n = 0;
	size_t rows = 0;
	(void)fprintf(st->out, "const struct %s sy_table_%s[] = {\n", t->type, t->name);
	while (ok && (n = next_record(&cursor, field)) != 0) {
		rows++;
		ok = n == (int)strlen(t->kinds) && put_row(st, t, field);
		if (ok && field[16] != NULL && strcmp(t->name, "limits") == 0 && strcmp(field[16], st->newest) > 0)
			(void)snprintf(st->newest, sizeof(st->newest), "%s", field[16]);
	}
	(void)fprintf(st->out, "};\nconst size_t sy_table_%s_count = %zu;\n\n", t->name, rows);
	if (strcmp(t->name, "limits") == 0)
		st->limits = rows;
	if (!ok || rows == 0)
		(void)fprintf(stderr, "%s:%zu: malformed\n", path, rows + 1);
	free(text);
	return ok && rows > 0;
}

int
main(int argc, char **argv)
{
	if (argc != 3) {
		(void)fputs("usage: gen OUT.c DIR\n", stderr);
		return 2;
	}
	struct state st = { .hash = UINT64_C(0xcbf29ce484222325) };
	st.out = fopen(argv[1], "wb");
	if (st.out == NULL)
		return 2;
	(void)fputs("/* Generated by schema/reference/gen.c; do not edit. */\n#include \"schema/reference/tables.h\"\n\n", st.out);
	bool ok = true;
	for (size_t i = 0; ok && i < sizeof(tables) / sizeof(tables[0]); i++)
		ok = put_table(&st, &tables[i], argv[2]);
	(void)fprintf(st.out, "const char sy_table_version[] = \"%s.%zu.%016" PRIx64 "\";\n", st.newest, st.limits, st.hash);
	ok = !ferror(st.out) && ok;
	ok = fclose(st.out) == 0 && ok;
	if (!ok)
		(void)remove(argv[1]);
	return ok ? 0 : 1;
}
