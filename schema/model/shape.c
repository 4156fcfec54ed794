/* shape.c: checks a value against a table of fields. See shape.h. */
#include "schema/model/shape.h"
#include "schema/model/id16.h"
#include "schema/model/pattern.h"
#include "schema/model/quantity.h"
#include "schema/wire/time.h"
#include "schema/wire/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum mode {
	REQUEST,
	STORED_PUBLIC,
	STORED_PRIVATE,
	PLAIN,
};

static enum sy_err check_object(const struct sy_shape *shape, enum mode mode, bool top, const struct sy_json *v, struct sy_fault *reterr);

void
sy_field_bounds(const struct sy_field *f, int64_t *retmin, int64_t *retmax)
{
	bool none = f->min == 0 && f->max == 0;
	*retmin = f->min;
	*retmax = f->max;
	switch (f->kind) {
	case SY_TEXT:
	case SY_LINES:
		if (f->max == 0)
			*retmax = f->kind == SY_TEXT ? SY_TEXT_MAX : SY_LINES_MAX;
		if (f->min == 0 && (f->flags & SY_BLANK) == 0)
			*retmin = 1;
		break;
	case SY_LIST:
		if (f->max == 0)
			*retmax = SY_LIST_MAX;
		break;
	case SY_DATE:
		*retmin = none ? INT32_MIN : f->min;
		*retmax = none ? INT32_MAX : f->max;
		break;
	default:
		*retmax = none ? SY_JSON_INT_MAX : f->max;
		break;
	}
}

static enum sy_err
wrong_type(struct sy_fault *reterr, const char *zh, const char *en)
{
	return sy_pattern_fault(reterr, SY_ERR_WRONG_TYPE, 0, 0, zh, en);
}

static enum sy_err
check_count(size_t n, int64_t min, int64_t max, const char *zh, const char *en, struct sy_fault *reterr)
{
	if ((int64_t)n >= min && (int64_t)n <= max)
		return SY_OK;
	char say_zh[120], say_en[120];
	(void)snprintf(say_zh, sizeof say_zh, "应为 %" PRId64 " 至 %" PRId64 " %s，现有 %zu", min, max, zh, n);
	(void)snprintf(say_en, sizeof say_en, "Should have %" PRId64 " to %" PRId64 " %s, has %zu", min, max, en, n);
	return sy_pattern_fault(reterr, (int64_t)n < min ? SY_ERR_TOO_SHORT : SY_ERR_TOO_LONG, 0, 0, say_zh, say_en);
}

static enum sy_err
check_range(int64_t v, int64_t min, int64_t max, struct sy_fault *reterr)
{
	if (v >= min && v <= max)
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "", "应在 %" PRId64 " 至 %" PRId64 " 之间", "Should lie between %" PRId64 " and %" PRId64, min,
	    max);
}

static enum sy_err
check_date(struct sy_span text, int64_t min, int64_t max, struct sy_fault *reterr)
{
	int32_t day = 0;
	SY_TRY(sy_date_parse(text, &day, reterr));
	if (day >= min && day <= max)
		return SY_OK;
	char from[SY_DATE_SIZE], to[SY_DATE_SIZE];
	sy_date_print((int32_t)min, from);
	sy_date_print((int32_t)max, to);
	return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "", "应在 %s 至 %s 之间", "Should lie between %s and %s", from, to);
}

static enum sy_err
check_enum(struct sy_span text, const char *const *values, struct sy_fault *reterr)
{
	char all[200] = "";
	size_t at = 0;
	for (size_t i = 0; values[i] != NULL; i++) {
		if (sy_span_eq_str(text, values[i]))
			return SY_OK;
		int n = snprintf(all + at, sizeof all - at, " %s", values[i]);
		at += n < 0 || (size_t)n >= sizeof all - at ? 0 : (size_t)n;
	}
	all[at] = '\0';
	return sy_fault_say(reterr, SY_ERR_UNKNOWN_CODE, "", "应为下列之一：%s", "Should be one of:%s", all);
}

/* Kinds that are strings in JSON. */
static enum sy_err
check_str(const struct sy_field *f, struct sy_span text, struct sy_fault *reterr)
{
	int64_t min = 0, max = 0, t = 0;
	sy_field_bounds(f, &min, &max);
	switch (f->kind) {
	case SY_DATE:
		return check_date(text, min, max, reterr);
	case SY_TIME:
		return sy_time_parse(text, &t, reterr);
	case SY_ID:
		return sy_id16_check(text, reterr);
	case SY_SHA256:
		return sy_id16_check_sha256(text, reterr);
	case SY_ENUM:
		return check_enum(text, f->values, reterr);
	default:
		SY_TRY(sy_utf8_check(text, f->kind == SY_LINES, reterr));
		SY_TRY(check_count(sy_utf8_len(text), min, max, "个字", "characters", reterr));
		return f->check == NULL ? SY_OK : f->check(text, reterr);
	}
}

static enum sy_err
check_quantity(const struct sy_field *f, const struct sy_json *v, struct sy_fault *reterr)
{
	struct sy_quantity q;
	SY_TRY(sy_quantity_parse(v, &q, reterr));
	int64_t min = 0, max = 0;
	sy_field_bounds(f, &min, &max);
	enum sy_err e = check_range(q.value, min, max, reterr);
	if (e != SY_OK)
		sy_fault_within(reterr, "value");
	return e;
}

/* A repeated element would count one thing twice. */
static enum sy_err
check_unlike(const struct sy_json *list, size_t i, struct sy_fault *reterr)
{
	for (size_t k = 0; k < i; k++)
		if (sy_json_eq(sy_json_at(list, k), sy_json_at(list, i)))
			return sy_fault_say(reterr, SY_ERR_DUPLICATE_FIELD, "", "与第 %zu 项相同", "The same as element %zu", k + 1);
	return SY_OK;
}

static enum sy_err
check_element(const struct sy_field *f, enum mode mode, const struct sy_json *list, size_t i, struct sy_fault *reterr)
{
	const struct sy_json *v = sy_json_at(list, i);
	if (f->of != NULL)
		return check_object(f->of, mode, false, v, reterr);
	if (sy_json_kind(v) != SY_JSON_STR)
		return wrong_type(reterr, "应为文字", "Should be a string");
	struct sy_field element = { .kind = f->values != NULL ? SY_ENUM : SY_TEXT, .check = f->check, .values = f->values };
	SY_TRY(check_str(&element, sy_span_str(sy_json_str(v)), reterr));
	return check_unlike(list, i, reterr);
}

static enum sy_err
check_list(const struct sy_field *f, enum mode mode, const struct sy_json *v, struct sy_fault *reterr)
{
	if (sy_json_kind(v) != SY_JSON_ARRAY)
		return wrong_type(reterr, "应为列表", "Should be an array");
	int64_t min = 0, max = 0;
	sy_field_bounds(f, &min, &max);
	SY_TRY(check_count(sy_json_len(v), min, max, "项", "elements", reterr));
	for (size_t i = 0; i < sy_json_len(v); i++) {
		enum sy_err e = check_element(f, mode, v, i, reterr);
		if (e != SY_OK) {
			char index[24];
			(void)snprintf(index, sizeof index, "%zu", i);
			sy_fault_within(reterr, index);
			return e;
		}
	}
	return SY_OK;
}

static enum sy_err
check_value(const struct sy_field *f, enum mode mode, const struct sy_json *v, struct sy_fault *reterr)
{
	enum sy_json_kind kind = sy_json_kind(v);
	int64_t min = 0, max = 0;
	if (kind == SY_JSON_NULL && (f->flags & SY_NULLABLE) != 0)
		return SY_OK;
	switch (f->kind) {
	case SY_INT:
		if (kind != SY_JSON_INT)
			return wrong_type(reterr, "应为整数", "Should be an integer");
		sy_field_bounds(f, &min, &max);
		return check_range(sy_json_int(v, 0), min, max, reterr);
	case SY_BOOL:
		return kind == SY_JSON_BOOL ? SY_OK : wrong_type(reterr, "应为 true 或 false", "Should be true or false");
	case SY_QUANTITY:
		return check_quantity(f, v, reterr);
	case SY_LIST:
		return check_list(f, mode, v, reterr);
	case SY_OBJECT:
		if (mode == REQUEST && (f->flags & SY_EMBEDDED) != 0)
			return kind == SY_JSON_STR ? sy_id16_check(sy_span_str(sy_json_str(v)), reterr) : wrong_type(reterr, "应为编号", "Should be an id");
		return check_object(f->of, mode, false, v, reterr);
	default:
		return kind == SY_JSON_STR ? check_str(f, sy_span_str(sy_json_str(v)), reterr) : wrong_type(reterr, "应为文字", "Should be a string");
	}
}

/* Does the field stand in what is being checked? Nothing below the top is private. */
static bool
belongs(const struct sy_field *f, enum mode mode, bool top)
{
	if (mode == REQUEST)
		return (f->flags & SY_COMPUTED) == 0;
	if (!top || mode == PLAIN)
		return true;
	return ((f->flags & SY_PRIVATE) != 0) == (mode == STORED_PRIVATE);
}

static const struct sy_field *
field_of(const struct sy_shape *shape, const char *name)
{
	for (size_t i = 0; i < shape->n; i++)
		if (strcmp(shape->field[i].name, name) == 0)
			return &shape->field[i];
	return NULL;
}

static enum sy_err
check_names(const struct sy_shape *shape, enum mode mode, bool top, const struct sy_json *v, struct sy_fault *reterr)
{
	void *cursor = NULL;
	const char *name = NULL;
	const struct sy_json *member = NULL;
	bool salted = top && (mode == STORED_PUBLIC || mode == STORED_PRIVATE);
	while (sy_json_next(v, &cursor, &name, &member)) {
		const struct sy_field *f = field_of(shape, name);
		if (f != NULL && belongs(f, mode, top))
			continue;
		if (salted && strcmp(name, "salt") == 0)
			continue;
		if (f != NULL && mode == REQUEST)
			return sy_fault_say(reterr, SY_ERR_UNKNOWN_FIELD, name, "此项由系统计算，不能提交", "Computed by the system: it cannot be sent");
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_FIELD, name, 0, 0);
	}
	return SY_OK;
}

static enum sy_err
check_salt(const struct sy_json *v, struct sy_fault *reterr)
{
	const struct sy_json *salt = sy_json_get(v, "salt");
	if (salt == NULL)
		return sy_fault_at(reterr, SY_ERR_MISSING, "salt", 0, 0);
	if (sy_json_kind(salt) != SY_JSON_STR)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "salt", 0, 0);
	enum sy_err e = sy_id16_check(sy_span_str(sy_json_str(salt)), reterr);
	if (e != SY_OK)
		sy_fault_within(reterr, "salt");
	return e;
}

static enum sy_err
missing(const struct sy_field *f, struct sy_fault *reterr)
{
	char zh[120], en[160];
	(void)snprintf(zh, sizeof zh, "缺少必填项：%s", f->zh);
	(void)snprintf(en, sizeof en, "A required field is missing: %s", f->en);
	enum sy_err e = sy_pattern_fault(reterr, SY_ERR_MISSING, 0, 0, zh, en);
	sy_fault_within(reterr, f->name);
	return e;
}

static enum sy_err
check_object(const struct sy_shape *shape, enum mode mode, bool top, const struct sy_json *v, struct sy_fault *reterr)
{
	if (sy_json_kind(v) != SY_JSON_OBJECT)
		return wrong_type(reterr, "应为对象", "Should be an object");
	SY_TRY(check_names(shape, mode, top, v, reterr));
	for (size_t i = 0; i < shape->n; i++) {
		const struct sy_field *f = &shape->field[i];
		if (!belongs(f, mode, top))
			continue;
		const struct sy_json *member = sy_json_get(v, f->name);
		if (member == NULL) {
			if ((f->flags & SY_REQUIRED) == 0)
				continue;
			return missing(f, reterr);
		}
		enum sy_err e = check_value(f, mode, member, reterr);
		if (e != SY_OK) {
			sy_fault_within(reterr, f->name);
			return e;
		}
	}
	/* A rule looks at public fields only, so that it holds for the request and for the public body. */
	return shape->rule == NULL || mode == STORED_PRIVATE ? SY_OK : shape->rule(v, reterr);
}

enum sy_err
sy_shape_check(const struct sy_shape *shape, const struct sy_json *flat, struct sy_fault *reterr)
{
	return check_object(shape, REQUEST, true, flat, reterr);
}

enum sy_err
sy_shape_check_stored(const struct sy_shape *shape, enum sy_shape_part part, const struct sy_json *body, struct sy_fault *reterr)
{
	SY_TRY(check_object(shape, part == SY_PART_PUBLIC ? STORED_PUBLIC : STORED_PRIVATE, true, body, reterr));
	return check_salt(body, reterr);
}

enum sy_err
sy_shape_check_plain(const struct sy_shape *shape, const struct sy_json *v, struct sy_fault *reterr)
{
	return check_object(shape, PLAIN, true, v, reterr);
}
