/* shape.h: a record is a table of fields. One table serves to check what a
 * client sends, to check what is stored, to split the record into its public
 * and private body, and to print its JSON Schema. No record has code of its own
 * but the rule that looks at several fields together. */
#ifndef SY_SCHEMA_MODEL_SHAPE_H
#define SY_SCHEMA_MODEL_SHAPE_H

#include "schema/wire/json.h"

enum sy_field_kind {
	SY_TEXT, /* one line */
	SY_LINES, /* text that may hold line feeds */
	SY_INT,
	SY_BOOL,
	SY_DATE,
	SY_TIME,
	SY_ID, /* 32 hex */
	SY_SHA256, /* 64 hex */
	SY_QUANTITY,
	SY_ENUM, /* one of values */
	SY_OBJECT, /* of */
	SY_LIST, /* of objects (of), of values, of what check allows, or else of short texts; scalars never twice */
};

enum {
	SY_REQUIRED = 1,
	SY_PRIVATE = 2, /* goes into the private body */
	SY_COMPUTED = 4, /* by the server; refused when sent. With REQUIRED: always stored */
	SY_EMBEDDED = 8, /* sent as an id (SY_ID), stored as the object `of` */
	SY_NULLABLE = 16, /* may be null */
	SY_BLANK = 32, /* the empty text is allowed */
};

struct sy_shape;

struct sy_field {
	const char *name;
	enum sy_field_kind kind;
	unsigned flags;
	int64_t min, max; /* TEXT, LINES: characters, LIST: elements, INT: value, DATE: days since 2020-01-01, QUANTITY: value; both 0: a default */
	enum sy_err (*check)(struct sy_span text, struct sy_fault *reterr);
	const struct sy_shape *of;
	const char *const *values; /* NULL at the end */
	const char *zh, *en; /* what it is, for people */
};

struct sy_shape {
	const char *name;
	const struct sy_field *field;
	size_t n;
	enum sy_err (*rule)(const struct sy_json *, struct sy_fault *); /* after the fields have passed; NULL if none */
	const char *zh, *en;
};

enum sy_shape_part {
	SY_PART_PUBLIC,
	SY_PART_PRIVATE,
};

/* What a client sends: one flat object. UNKNOWN_FIELD (also for a computed one), MISSING,
 * WRONG_TYPE, and each value's own; the fault's field is the dotted path. */
enum sy_err sy_shape_check(const struct sy_shape *shape, const struct sy_json *flat, struct sy_fault *reterr) SY_MUST;
/* One stored body: the fields of that part, computed ones included, and salt (32 hex). */
enum sy_err sy_shape_check_stored(const struct sy_shape *shape, enum sy_shape_part part, const struct sy_json *body, struct sy_fault *reterr) SY_MUST;
/* All fields, no salt: parts of a statement, embedded objects. */
enum sy_err sy_shape_check_plain(const struct sy_shape *shape, const struct sy_json *v, struct sy_fault *reterr) SY_MUST;
/* The two bodies with their salts. flat is the checked request with the computed fields set (and the embedded
 * objects put in place of their ids). *retprivate is NULL when no private field was given. Caller owns both. */
enum sy_err sy_shape_split(const struct sy_shape *shape, const struct sy_json *flat, const char *salt_public_hex,
    const char *salt_private_hex, struct sy_json **retpublic, struct sy_json **retprivate) SY_MUST;
/* The opposite: one flat object without salts; private_body may be NULL. */
enum sy_err sy_shape_join(const struct sy_shape *shape, const struct sy_json *public_body, const struct sy_json *private_body,
    struct sy_json **ret) SY_MUST;
/* JSON Schema 2020-12. for_request: without computed fields, embedded ones as ids; else as read back. Caller owns *ret. */
enum sy_err sy_shape_json_schema(const struct sy_shape *shape, bool for_request, struct sy_json **ret) SY_MUST;

/* Characters of a text without a max of its own. */
#define SY_TEXT_MAX 200
#define SY_LINES_MAX 4000
#define SY_LIST_MAX 100
void sy_field_bounds(const struct sy_field *f, int64_t *retmin, int64_t *retmax);

/* For rules: fields a and b, where both are given and are dates, must be in order. OUT_OF_RANGE at b. */
enum sy_err sy_shape_in_order(const struct sy_json *v, const char *a, const char *b, struct sy_fault *reterr) SY_MUST;
/* For rules: MISSING where the field is absent; UNKNOWN_FIELD with the sentence where it is given. */
enum sy_err sy_shape_needs(const struct sy_json *v, const char *name, const char *zh, const char *en, struct sy_fault *reterr) SY_MUST;
enum sy_err sy_shape_has_no(const struct sy_json *v, const char *name, const char *zh, const char *en, struct sy_fault *reterr) SY_MUST;
/* Does the text field have this value? */
bool sy_shape_is(const struct sy_json *v, const char *name, const char *value);

#endif
