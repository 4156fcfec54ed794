/* record.h: what the tests of records share: a good request, and for each case a
 * JSON merge patch (RFC 7386) to it with the error and the field it must name. */
#ifndef SY_TESTS_MODEL_RECORD_H
#define SY_TESTS_MODEL_RECORD_H

#include "schema/model/shapes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define ID "00112233445566778899aabbccddeeff"
#define ID2 "ffeeddccbbaa99887766554433221100"
#define SALT "0f0e0d0c0b0a09080706050403020100"
#define LEAF "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define LEAF2 "0000000000000000000000000000000000000000000000000000000000000001"

struct record_case {
	const char *patch;
	enum sy_err err;
	const char *field;
};

static inline struct sy_json *
record_parse(const char *text)
{
	struct sy_json *v = NULL;
	struct sy_fault f = { 0 };
	if (sy_json_parse(sy_span_str(text), &v, &f) != SY_OK)
		print_message("%s: %s at %zu\n", text, sy_err_slug(f.err), f.offset);
	assert_non_null(v);
	return v;
}

static inline void
record_patch(struct sy_json *v, const char *patch)
{
	SY_AUTO_JSON *p = record_parse(patch);
	void *cursor = NULL;
	const char *name = NULL;
	const struct sy_json *member = NULL;
	while (sy_json_next(p, &cursor, &name, &member)) {
		if (sy_json_kind(member) == SY_JSON_NULL)
			sy_json_remove(v, name);
		else
			assert_int_equal(sy_json_set(v, name, sy_json_copy(member)), SY_OK);
	}
}

static inline void
record_check(const struct sy_shape *shape, const char *base, const struct record_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		SY_AUTO_JSON *v = record_parse(base);
		record_patch(v, cases[i].patch);
		struct sy_fault f = { 0 };
		enum sy_err e = sy_shape_check(shape, v, &f);
		if (e != cases[i].err || strcmp(f.field, cases[i].field) != 0)
			print_message("%s: %s at \"%s\" (%s)\n", cases[i].patch, sy_err_slug(e), f.field, f.en);
		assert_int_equal(e, cases[i].err);
		assert_string_equal(f.field, cases[i].field);
		assert_int_equal(sy_shape_check(shape, v, NULL), cases[i].err);
	}
}

/* Every required field is missed by name; every other may be left out alone (rules aside). */
static inline void
record_required(const struct sy_shape *shape, const char *base)
{
	for (size_t i = 0; i < shape->n; i++) {
		const struct sy_field *f = &shape->field[i];
		if ((f->flags & SY_REQUIRED) == 0 || (f->flags & SY_COMPUTED) != 0)
			continue;
		SY_AUTO_JSON *v = record_parse(base);
		sy_json_remove(v, f->name);
		struct sy_fault fault = { 0 };
		assert_int_equal(sy_shape_check(shape, v, &fault), SY_ERR_MISSING);
		assert_string_equal(fault.field, f->name);
		assert_non_null(strstr(fault.zh, f->zh));
	}
}

/* A computed field is refused when sent, of whatever type. */
static inline void
record_computed(const struct sy_shape *shape, const char *base)
{
	for (size_t i = 0; i < shape->n; i++) {
		if ((shape->field[i].flags & SY_COMPUTED) == 0)
			continue;
		SY_AUTO_JSON *v = record_parse(base);
		assert_int_equal(sy_json_set(v, shape->field[i].name, sy_json_from_int(1)), SY_OK);
		struct sy_fault fault = { 0 };
		assert_int_equal(sy_shape_check(shape, v, &fault), SY_ERR_UNKNOWN_FIELD);
		assert_string_equal(fault.field, shape->field[i].name);
	}
}

/* No field takes a value of the wrong JSON type: a number, a list of lists, null. */
static inline void
record_types(const struct sy_shape *shape, const char *base)
{
	static const char *const wrong[] = { "[[1]]", "null", "{\"x\":1}" };
	for (size_t i = 0; i < shape->n; i++) {
		for (size_t k = 0; k < SY_LEN(wrong); k++) {
			SY_AUTO_JSON *v = record_parse(base);
			assert_int_equal(sy_json_set(v, shape->field[i].name, record_parse(wrong[k])), SY_OK);
			struct sy_fault fault = { 0 };
			assert_int_not_equal(sy_shape_check(shape, v, &fault), SY_OK);
			assert_true(strncmp(fault.field, shape->field[i].name, strlen(shape->field[i].name)) == 0);
		}
	}
}

/* computed: the fields that the server adds. Splits, checks both bodies as stored, joins to the same. */
static inline void
record_round_trip(const struct sy_shape *shape, const char *base, const char *computed)
{
	SY_AUTO_JSON *flat = record_parse(base);
	assert_int_equal(sy_shape_check(shape, flat, NULL), SY_OK);
	record_patch(flat, computed);
	struct sy_json *public_body = NULL, *private_body = NULL, *again = NULL;
	struct sy_fault f = { 0 };
	assert_int_equal(sy_shape_split(shape, flat, SALT, ID2, &public_body, &private_body), SY_OK);
	if (sy_shape_check_stored(shape, SY_PART_PUBLIC, public_body, &f) != SY_OK)
		print_message("stored: %s at \"%s\"\n", sy_err_slug(f.err), f.field);
	assert_int_equal(f.err, SY_OK);
	assert_string_equal(sy_json_get_str(public_body, "salt"), SALT);
	for (size_t i = 0; i < shape->n; i++)
		if ((shape->field[i].flags & SY_PRIVATE) != 0)
			assert_null(sy_json_get(public_body, shape->field[i].name));
	if (private_body != NULL) {
		assert_int_equal(sy_shape_check_stored(shape, SY_PART_PRIVATE, private_body, NULL), SY_OK);
		assert_int_not_equal(sy_shape_check_stored(shape, SY_PART_PUBLIC, private_body, NULL), SY_OK);
	}
	assert_int_equal(sy_shape_join(shape, public_body, private_body, &again), SY_OK);
	assert_true(sy_json_eq(flat, again));
	sy_json_free(public_body);
	sy_json_free(private_body);
	sy_json_free(again);
}

#endif
