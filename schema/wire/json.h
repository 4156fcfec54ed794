/* json.h: JSON as this system allows it, and the only door to jansson.
 *
 * What is allowed (trust.md, "Bodies"): objects, arrays, strings, booleans,
 * null, integers of magnitude up to 2^53-1. No fractions or exponents, no
 * duplicate names, no NUL, depth at most 24. Values are trees: a parent owns
 * its members; a getter lends. RFC 8785 output: wire/canon.h. */
#ifndef SY_SCHEMA_WIRE_JSON_H
#define SY_SCHEMA_WIRE_JSON_H

#include "schema/bytes.h"

#define SY_JSON_INT_MAX ((INT64_C(1) << 53) - 1)

struct sy_json;

enum sy_json_kind {
	SY_JSON_ABSENT, /* what a NULL value is */
	SY_JSON_NULL,
	SY_JSON_BOOL,
	SY_JSON_INT,
	SY_JSON_STR,
	SY_JSON_ARRAY,
	SY_JSON_OBJECT,
};

/* BAD_JSON, DUPLICATE_FIELD, BAD_UTF8, BAD_NUMBER, TOO_DEEP with the byte offset. Caller owns *ret. */
enum sy_err sy_json_parse(struct sy_span text, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;
/* Compact, in the order the members were set. */
void sy_json_print(const struct sy_json *v, struct sy_buf *ret);
void sy_json_free(struct sy_json *v); /* NULL is fine */
SY_DEFINE_CLEANUP(struct sy_json, sy_json_free)
#define SY_AUTO_JSON SY_CLEANUP(sy_json_freep) struct sy_json

/* Reading. All take NULL; a wrong kind reads as absent. */
enum sy_json_kind sy_json_kind(const struct sy_json *v);
const struct sy_json *sy_json_get(const struct sy_json *object, const char *name); /* NULL: absent */
const struct sy_json *sy_json_at(const struct sy_json *array, size_t i);
size_t sy_json_len(const struct sy_json *v); /* members or elements */
const char *sy_json_str(const struct sy_json *v); /* NULL if not a string */
int64_t sy_json_int(const struct sy_json *v, int64_t otherwise);
bool sy_json_bool(const struct sy_json *v);
const char *sy_json_get_str(const struct sy_json *object, const char *name); /* NULL: absent or other kind */
int64_t sy_json_get_int(const struct sy_json *object, const char *name, int64_t otherwise);
bool sy_json_eq(const struct sy_json *a, const struct sy_json *b);
/* Walk an object: start with *cursor = NULL; false at the end. */
bool sy_json_next(const struct sy_json *object, void **cursor, const char **retname, const struct sy_json **retvalue);

/* Building. NULL on failure; adders take over `member` (also on failure, also
 * NULL, which then fails), so that a tree is built in one expression and asked once. */
struct sy_json *sy_json_object(void);
struct sy_json *sy_json_array(void);
struct sy_json *sy_json_from_str(const char *s);
struct sy_json *sy_json_from_span(struct sy_span s);
struct sy_json *sy_json_from_int(int64_t v);
struct sy_json *sy_json_from_bool(bool v);
struct sy_json *sy_json_null(void);
struct sy_json *sy_json_copy(const struct sy_json *v); /* deep */
enum sy_err sy_json_set(struct sy_json *object, const char *name, struct sy_json *member) SY_MUST;
enum sy_err sy_json_append(struct sy_json *array, struct sy_json *member) SY_MUST;
void sy_json_remove(struct sy_json *object, const char *name);
/* jansson's pack format, strings and nested values at once: "{s:s, s:I, s:o?}".
 * 'I' takes int64_t (cast to long long), 'o' takes over a struct sy_json *, 'O' borrows it. */
enum sy_err sy_json_pack(struct sy_json **ret, const char *fmt, ...) SY_MUST;

#endif
