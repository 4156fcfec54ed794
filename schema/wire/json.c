/* json.c: see json.h. A struct sy_json * is a json_t * that nobody else sees as one. */
#include "schema/wire/json.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 24

/* jansson 2.14 drops a byte of a long token without a word when its buffer
 * cannot grow (lex_save ignores strbuffer_append_byte): "1234" is read as "123".
 * So its requests are watched, and a parse during which one failed is an error. */
static _Thread_local bool starved;

static void *
watched_malloc(size_t n)
{
	void *p = malloc(n);
	if (p == NULL)
		starved = true;
	return p;
}

/* Before main(), as the hook is process-wide and must not race. Memory from before is free()d all the same. */
__attribute__((constructor)) static void
watch(void)
{
	json_set_alloc_funcs(watched_malloc, free);
}

static json_t *
in(struct sy_json *v)
{
	return (json_t *)v;
}

/* jansson's readers do not all take const; none of those used here writes. */
static json_t *
peek(const struct sy_json *v)
{
	union {
		const struct sy_json *c;
		json_t *j;
	} u = { .c = v };
	return u.j;
}

static struct sy_json *
out(json_t *v)
{
	return (struct sy_json *)v;
}

static enum sy_err
err_of(const json_error_t *e)
{
	switch (json_error_code(e)) {
	case json_error_out_of_memory:
		return SY_ERR_NO_MEMORY;
	case json_error_invalid_utf8:
		return SY_ERR_BAD_UTF8;
	case json_error_duplicate_key:
		return SY_ERR_DUPLICATE_FIELD;
	case json_error_stack_overflow:
		return SY_ERR_TOO_DEEP;
	case json_error_numeric_overflow:
		return SY_ERR_BAD_NUMBER;
	default:
		return SY_ERR_BAD_JSON;
	}
}

/* Numbers and depth: what jansson accepts and this system does not. */
static enum sy_err
check_value(json_t *v, int depth, struct sy_fault *reterr)
{
	if (depth > DEPTH_MAX)
		return sy_fault_at(reterr, SY_ERR_TOO_DEEP, "", 0, 0);
	if (json_is_real(v))
		return sy_fault_say(reterr, SY_ERR_BAD_NUMBER, "", "只接受整数；小数请写成带引号的文字", "Only whole numbers: write decimals as quoted strings");
	if (json_is_integer(v)) {
		json_int_t n = json_integer_value(v);
		if (n > SY_JSON_INT_MAX || n < -SY_JSON_INT_MAX)
			return sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "", 0, 0);
		return SY_OK;
	}
	if (json_is_array(v)) {
		for (size_t i = 0; i < json_array_size(v); i++) {
			enum sy_err e = check_value(json_array_get(v, i), depth + 1, reterr);
			if (e != SY_OK) {
				char index[24];
				(void)snprintf(index, sizeof index, "%zu", i);
				sy_fault_within(reterr, index);
				return e;
			}
		}
	}
	if (json_is_object(v)) {
		const char *name;
		json_t *member;
		json_object_foreach(v, name, member)
		{
			enum sy_err e = check_value(member, depth + 1, reterr);
			if (e != SY_OK) {
				sy_fault_within(reterr, name);
				return e;
			}
		}
	}
	return SY_OK;
}

enum sy_err
sy_json_parse(struct sy_span text, struct sy_json **ret, struct sy_fault *reterr)
{
	json_error_t je = { 0 };
	*ret = NULL;
	starved = false;
	json_t *v = json_loadb((const char *)text.data, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &je);
	if (starved) {
		json_decref(v);
		return sy_fault_at(reterr, SY_ERR_NO_MEMORY, "", 0, 0);
	}
	if (v == NULL) {
		size_t at = je.position > 0 ? (size_t)je.position : 0;
		return sy_fault_at(reterr, err_of(&je), "", at, 1);
	}
	enum sy_err e = check_value(v, 0, reterr);
	if (e != SY_OK) {
		json_decref(v);
		return e;
	}
	*ret = out(v);
	return SY_OK;
}

static int
add_chunk(const char *data, size_t len, void *arg)
{
	sy_buf_add(arg, data, len);
	return 0;
}

void
sy_json_print(const struct sy_json *v, struct sy_buf *ret)
{
	if (v == NULL || json_dump_callback(peek(v), add_chunk, ret, JSON_COMPACT | JSON_ENCODE_ANY) != 0)
		if (ret->err == SY_OK)
			ret->err = SY_ERR_NO_MEMORY;
}

void
sy_json_free(struct sy_json *v)
{
	json_decref(in(v));
}

enum sy_json_kind
sy_json_kind(const struct sy_json *v)
{
	if (v == NULL)
		return SY_JSON_ABSENT;
	switch (json_typeof(peek(v))) {
	case JSON_OBJECT:
		return SY_JSON_OBJECT;
	case JSON_ARRAY:
		return SY_JSON_ARRAY;
	case JSON_STRING:
		return SY_JSON_STR;
	case JSON_INTEGER:
		return SY_JSON_INT;
	case JSON_TRUE:
	case JSON_FALSE:
		return SY_JSON_BOOL;
	default:
		return SY_JSON_NULL;
	}
}

const struct sy_json *
sy_json_get(const struct sy_json *object, const char *name)
{
	return out(json_object_get(peek(object), name));
}

const struct sy_json *
sy_json_at(const struct sy_json *array, size_t i)
{
	return out(json_array_get(peek(array), i));
}

size_t
sy_json_len(const struct sy_json *v)
{
	return json_is_array(peek(v)) ? json_array_size(peek(v)) : json_object_size(peek(v));
}

const char *
sy_json_str(const struct sy_json *v)
{
	return json_string_value(peek(v));
}

int64_t
sy_json_int(const struct sy_json *v, int64_t otherwise)
{
	return json_is_integer(peek(v)) ? json_integer_value(peek(v)) : otherwise;
}

bool
sy_json_bool(const struct sy_json *v)
{
	return json_is_true(peek(v));
}

const char *
sy_json_get_str(const struct sy_json *object, const char *name)
{
	return sy_json_str(sy_json_get(object, name));
}

int64_t
sy_json_get_int(const struct sy_json *object, const char *name, int64_t otherwise)
{
	return sy_json_int(sy_json_get(object, name), otherwise);
}

bool
sy_json_eq(const struct sy_json *a, const struct sy_json *b)
{
	return json_equal(peek(a), peek(b)) != 0;
}

bool
sy_json_next(const struct sy_json *object, void **cursor, const char **retname, const struct sy_json **retvalue)
{
	json_t *o = peek(object);
	*cursor = *cursor == NULL ? json_object_iter(o) : json_object_iter_next(o, *cursor);
	if (*cursor == NULL)
		return false;
	*retname = json_object_iter_key(*cursor);
	*retvalue = out(json_object_iter_value(*cursor));
	return true;
}

struct sy_json *
sy_json_object(void)
{
	return out(json_object());
}

struct sy_json *
sy_json_array(void)
{
	return out(json_array());
}

struct sy_json *
sy_json_from_str(const char *s)
{
	return out(json_string(s));
}

struct sy_json *
sy_json_from_span(struct sy_span s)
{
	return out(json_stringn(s.len == 0 ? "" : (const char *)s.data, s.len));
}

struct sy_json *
sy_json_from_int(int64_t v)
{
	return out(json_integer(v));
}

struct sy_json *
sy_json_from_bool(bool v)
{
	return out(json_boolean(v));
}

struct sy_json *
sy_json_null(void)
{
	return out(json_null());
}

struct sy_json *
sy_json_copy(const struct sy_json *v)
{
	return out(json_deep_copy(peek(v)));
}

enum sy_err
sy_json_set(struct sy_json *object, const char *name, struct sy_json *member)
{
	return json_object_set_new(in(object), name, in(member)) == 0 ? SY_OK : SY_ERR_NO_MEMORY;
}

enum sy_err
sy_json_append(struct sy_json *array, struct sy_json *member)
{
	return json_array_append_new(in(array), in(member)) == 0 ? SY_OK : SY_ERR_NO_MEMORY;
}

void
sy_json_remove(struct sy_json *object, const char *name)
{
	(void)json_object_del(in(object), name);
}

enum sy_err
sy_json_pack(struct sy_json **ret, const char *fmt, ...)
{
	json_error_t je;
	va_list ap;
	va_start(ap, fmt);
	*ret = out(json_vpack_ex(&je, 0, fmt, ap));
	va_end(ap);
	if (*ret != NULL)
		return SY_OK;
	return json_error_code(&je) == json_error_out_of_memory ? SY_ERR_NO_MEMORY : SY_ERR_INTERNAL;
}
