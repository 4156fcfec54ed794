/* statement.c: see statement.h. Printing builds the JSON and then reads it with
 * the parser's own checks, so that nothing can be sealed that cannot be read. */
#include "schema/model/statement.h"
#include "schema/wire/canon.h"
#include "schema/wire/time.h"

#include <stdio.h>
#include <string.h>

static const struct sy_field fields[] = {
	{ .name = "type", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 20, .zh = "类型", .en = "Type" },
	{ .name = "id", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "编号", .en = "Id of the record" },
	{ .name = "version", .kind = SY_INT, .flags = SY_REQUIRED, .min = 1, .max = 1000000, .zh = "版本", .en = "Version" },
	{ .name = "supersedes", .kind = SY_SHA256, .flags = SY_REQUIRED | SY_NULLABLE, .zh = "上一版叶哈希", .en = "Leaf of the version before" },
	{ .name = "issuer", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "签发单位", .en = "Issuing party" },
	{ .name = "time", .kind = SY_TIME, .flags = SY_REQUIRED, .zh = "时间", .en = "Time" },
	{ .name = "public_sha256", .kind = SY_SHA256, .flags = SY_REQUIRED, .zh = "公开正文摘要", .en = "SHA-256 of the public body" },
	{ .name = "private_sha256", .kind = SY_SHA256, .flags = SY_REQUIRED | SY_NULLABLE, .zh = "非公开正文摘要", .en = "SHA-256 of the private body" },
};

/* Version 1 replaces nothing, every later one replaces something. */
static enum sy_err
rule(const struct sy_json *v, struct sy_fault *reterr)
{
	if (sy_statement_type(sy_json_get_str(v, "type")) == NULL)
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_CODE, "type", 0, 0);
	bool first = sy_json_get_int(v, "version", 0) == 1;
	bool none = sy_json_kind(sy_json_get(v, "supersedes")) == SY_JSON_NULL;
	if (first == none)
		return SY_OK;
	return sy_fault_say(reterr, first ? SY_ERR_OUT_OF_RANGE : SY_ERR_MISSING, "supersedes", "第 1 版为 null，以后各版为上一版的叶哈希",
	    "null in version 1, the leaf of the version before in later ones");
}

static const struct sy_shape common = { "statement", fields, SY_LEN(fields), rule, "声明", "Statement" };

static enum sy_err
check_part(const struct sy_shape *shape, const struct sy_json *doc, const char *name, struct sy_fault *reterr)
{
	const struct sy_json *v = sy_json_get(doc, name);
	if (shape == NULL)
		return v == NULL ? SY_OK : sy_fault_at(reterr, SY_ERR_UNKNOWN_FIELD, name, 0, 0);
	if (v == NULL)
		return sy_fault_at(reterr, SY_ERR_MISSING, name, 0, 0);
	enum sy_err e = sy_shape_check_plain(shape, v, reterr);
	if (e != SY_OK)
		sy_fault_within(reterr, name);
	return e;
}

/* Rules that look at subject and figures together. */
static enum sy_err
check_pair(const char *type, const struct sy_json *subject, const struct sy_json *figures, struct sy_fault *reterr)
{
	if (strcmp(type, "hold") == 0 && sy_shape_is(subject, "kind", "certificate") != sy_shape_is(figures, "class", "certificate"))
		return sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "figures.class", 0, 0);
	if (strcmp(type, "void") == 0) {
		bool labels = sy_shape_is(subject, "kind", "labels");
		if (labels != (sy_json_len(figures) != 0))
			return sy_fault_at(reterr, labels ? SY_ERR_MISSING : SY_ERR_UNKNOWN_FIELD, "figures.first", 0, 0);
	}
	if (strcmp(type, "release") == 0) {
		bool on_report = sy_json_get_int(figures, "basis", 0) == 1;
		const char *needed = on_report ? "reports" : "certificates";
		if (sy_json_len(sy_json_get(subject, needed)) == 0)
			return sy_fault_at(reterr, SY_ERR_MISSING, on_report ? "subject.reports" : "subject.certificates", 0, 0);
	}
	return SY_OK;
}

static enum sy_err
check_doc(const struct sy_json *doc, struct sy_fault *reterr)
{
	if (sy_json_kind(doc) != SY_JSON_OBJECT)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "", 0, 0);
	/* The common members by their shape, which does not know subject and figures. */
	SY_AUTO_JSON *head = sy_json_copy(doc);
	if (head == NULL)
		return sy_fault_at(reterr, SY_ERR_NO_MEMORY, "", 0, 0);
	sy_json_remove(head, "subject");
	sy_json_remove(head, "figures");
	SY_TRY(sy_shape_check_plain(&common, head, reterr));
	const struct sy_shape *subject = NULL, *figures = NULL;
	const char *type = sy_json_get_str(doc, "type");
	sy_statement_shapes(type, &subject, &figures);
	SY_TRY(check_part(subject, doc, "subject", reterr));
	SY_TRY(check_part(figures, doc, "figures", reterr));
	return check_pair(type, sy_json_get(doc, "subject"), sy_json_get(doc, "figures"), reterr);
}

static void
copy_text(char *ret, size_t size, const struct sy_json *doc, const char *name)
{
	const char *s = sy_json_get_str(doc, name);
	(void)snprintf(ret, size, "%s", s == NULL ? "" : s);
}

static enum sy_err
fill(struct sy_statement *ret, struct sy_fault *reterr)
{
	const struct sy_json *doc = ret->doc;
	SY_TRY(check_doc(doc, reterr));
	ret->type = sy_statement_type(sy_json_get_str(doc, "type"));
	ret->version = sy_json_get_int(doc, "version", 0);
	copy_text(ret->id, sizeof ret->id, doc, "id");
	copy_text(ret->supersedes, sizeof ret->supersedes, doc, "supersedes");
	copy_text(ret->issuer, sizeof ret->issuer, doc, "issuer");
	copy_text(ret->public_sha256, sizeof ret->public_sha256, doc, "public_sha256");
	copy_text(ret->private_sha256, sizeof ret->private_sha256, doc, "private_sha256");
	ret->subject = sy_json_get(doc, "subject");
	ret->figures = sy_json_get(doc, "figures");
	return sy_time_parse(sy_span_str(sy_json_get_str(doc, "time")), &ret->time, reterr);
}

enum sy_err
sy_statement_parse(struct sy_span text, struct sy_statement *ret, struct sy_fault *reterr)
{
	memset(ret, 0, sizeof *ret);
	if (text.len > SY_STATEMENT_MAX)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "", SY_STATEMENT_MAX, text.len - SY_STATEMENT_MAX);
	SY_TRY(sy_canon_parse(text, &ret->doc, reterr));
	enum sy_err e = fill(ret, reterr);
	if (e != SY_OK)
		sy_statement_done(ret);
	return e;
}

void
sy_statement_done(struct sy_statement *s)
{
	sy_json_free(s->doc);
	memset(s, 0, sizeof *s);
}

static struct sy_json *
hash_or_null(const char *hex)
{
	return hex[0] == '\0' ? sy_json_null() : sy_json_from_str(hex);
}

static enum sy_err
build(const struct sy_statement *s, struct sy_json *doc)
{
	char time[SY_TIME_SIZE];
	int64_t again = 0;
	sy_time_print(s->time, time);
	/* An instant outside the printable years must not become another. */
	if (sy_time_parse(sy_span(time, sizeof time - 1), &again, NULL) != SY_OK || again != s->time)
		return SY_ERR_BAD_TIME;
	SY_TRY(sy_json_set(doc, "type", sy_json_from_str(s->type == NULL ? "" : s->type)));
	SY_TRY(sy_json_set(doc, "id", sy_json_from_str(s->id)));
	SY_TRY(sy_json_set(doc, "version", sy_json_from_int(s->version)));
	SY_TRY(sy_json_set(doc, "supersedes", hash_or_null(s->supersedes)));
	SY_TRY(sy_json_set(doc, "issuer", sy_json_from_str(s->issuer)));
	SY_TRY(sy_json_set(doc, "time", sy_json_from_str(time)));
	SY_TRY(sy_json_set(doc, "public_sha256", hash_or_null(s->public_sha256)));
	SY_TRY(sy_json_set(doc, "private_sha256", hash_or_null(s->private_sha256)));
	if (s->subject != NULL)
		SY_TRY(sy_json_set(doc, "subject", sy_json_copy(s->subject)));
	if (s->figures != NULL)
		SY_TRY(sy_json_set(doc, "figures", sy_json_copy(s->figures)));
	return SY_OK;
}

enum sy_err
sy_statement_print(const struct sy_statement *s, struct sy_buf *ret, struct sy_fault *reterr)
{
	SY_AUTO_JSON *doc = sy_json_object();
	SY_TRY(sy_buf_err(ret));
	enum sy_err e = build(s, doc);
	if (e != SY_OK)
		return sy_fault_at(reterr, e, "", 0, 0);
	SY_TRY(check_doc(doc, reterr));
	size_t start = ret->len;
	sy_canon_print(doc, ret);
	if (sy_buf_err(ret) == SY_OK && ret->len - start > SY_STATEMENT_MAX)
		ret->err = SY_ERR_TOO_LONG;
	e = sy_buf_err(ret);
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e, "", 0, 0);
}
