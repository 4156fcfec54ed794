/* shape_schema.c: a table of fields as JSON Schema (2020-12), for the API
 * document: the same table that checks, so that it cannot say otherwise. */
#include "schema/model/cma.h"
#include "schema/model/county.h"
#include "schema/model/gln.h"
#include "schema/model/greencode.h"
#include "schema/model/gtin.h"
#include "schema/model/id16.h"
#include "schema/model/lotcode.h"
#include "schema/model/ownitem.h"
#include "schema/model/quantity.h"
#include "schema/model/shape.h"
#include "schema/model/township.h"
#include "schema/model/uscc.h"

#include <stdio.h>


#define ID_PATTERN "^[0-9a-f]{32}$"
#define SHA256_PATTERN "^[0-9a-f]{64}$"

static const struct {
	enum sy_err (*check)(struct sy_span, struct sy_fault *);
	const char *pattern; /* ECMA-262; check digits are beyond it */
} patterns[] = {
	{ sy_cma_check, "^[0-9]{12}$" },
	{ sy_county_check, "^[1-8][0-9]{5}$" },
	{ sy_gln_check, "^[0-9]{13}$" },
	{ sy_greencode_check, "^GF[0-9]{12}$" },
	{ sy_gtin_check, "^[0-9]{14}$" },
	{ sy_id16_check, ID_PATTERN },
	{ sy_id16_check_sha256, SHA256_PATTERN },
	{ sy_lotcode_check, "^[0-9A-Z]([0-9A-Z-]{0,18}[0-9A-Z])?$" },
	{ sy_ownitem_check, "^[0-9A-Z]{1,14}$" },
	{ sy_township_check, "^[1-8][0-9]{8}$" },
	{ sy_uscc_check, "^[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$" },
};

static enum sy_err print_object(const struct sy_shape *shape, bool for_request, struct sy_json *into);

static enum sy_err
set_str(struct sy_json *o, const char *name, const char *value)
{
	return sy_json_set(o, name, sy_json_from_str(value));
}

static enum sy_err
set_int(struct sy_json *o, const char *name, int64_t value)
{
	return sy_json_set(o, name, sy_json_from_int(value));
}

static enum sy_err
set_values(struct sy_json *o, const char *const *values)
{
	SY_AUTO_JSON *list = sy_json_array();
	for (size_t i = 0; values[i] != NULL; i++)
		SY_TRY(sy_json_append(list, sy_json_from_str(values[i])));
	struct sy_json *given = list;
	list = NULL;
	return sy_json_set(o, "enum", given);
}

static enum sy_err
set_pattern(struct sy_json *o, enum sy_err (*check)(struct sy_span, struct sy_fault *))
{
	for (size_t i = 0; check != NULL && i < SY_LEN(patterns); i++)
		if (patterns[i].check == check)
			return set_str(o, "pattern", patterns[i].pattern);
	return SY_OK;
}

static enum sy_err
set_bounds(struct sy_json *o, const struct sy_field *f, const char *least, const char *most)
{
	int64_t min = 0, max = 0;
	sy_field_bounds(f, &min, &max);
	SY_TRY(set_int(o, least, min));
	return set_int(o, most, max);
}

static enum sy_err
print_quantity(const struct sy_field *f, struct sy_json *into)
{
	SY_AUTO_JSON *uom = sy_json_object();
	SY_TRY(set_str(uom, "type", "string"));
	SY_TRY(set_values(uom, sy_quantity_units));
	SY_AUTO_JSON *value = sy_json_object();
	SY_TRY(set_str(value, "type", "integer"));
	SY_TRY(set_bounds(value, f, "minimum", "maximum"));
	SY_AUTO_JSON *members = NULL;
	SY_TRY(sy_json_pack(&members, "{s:O, s:O}", "value", value, "uom", uom));
	SY_AUTO_JSON *required = NULL;
	SY_TRY(sy_json_pack(&required, "[s, s]", "value", "uom"));
	SY_TRY(sy_json_set(into, "properties", sy_json_copy(members)));
	SY_TRY(sy_json_set(into, "required", sy_json_copy(required)));
	SY_TRY(sy_json_set(into, "additionalProperties", sy_json_from_bool(false)));
	return SY_OK;
}

static enum sy_err
print_list(const struct sy_field *f, bool for_request, struct sy_json *into)
{
	SY_TRY(set_bounds(into, f, "minItems", "maxItems"));
	SY_AUTO_JSON *items = sy_json_object();
	if (f->of != NULL) {
		SY_TRY(print_object(f->of, for_request, items));
	} else {
		SY_TRY(set_str(items, "type", "string"));
		if (f->values != NULL) {
			SY_TRY(set_values(items, f->values));
		} else {
			SY_TRY(set_int(items, "minLength", 1));
			SY_TRY(set_int(items, "maxLength", SY_TEXT_MAX));
			SY_TRY(set_pattern(items, f->check));
		}
		SY_TRY(sy_json_set(into, "uniqueItems", sy_json_from_bool(true)));
	}
	struct sy_json *given = items;
	items = NULL;
	return sy_json_set(into, "items", given);
}

static const char *
type_of(const struct sy_field *f, bool as_id)
{
	switch (f->kind) {
	case SY_INT:
		return "integer";
	case SY_BOOL:
		return "boolean";
	case SY_LIST:
		return "array";
	case SY_QUANTITY:
		return "object";
	case SY_OBJECT:
		return as_id ? "string" : "object";
	default:
		return "string";
	}
}

static enum sy_err
print_type(const struct sy_field *f, bool as_id, struct sy_json *into)
{
	const char *type = type_of(f, as_id);
	if ((f->flags & SY_NULLABLE) == 0)
		return set_str(into, "type", type);
	struct sy_json *both = NULL;
	SY_TRY(sy_json_pack(&both, "[s, s]", type, "null"));
	return sy_json_set(into, "type", both);
}

static enum sy_err
print_constraints(const struct sy_field *f, bool for_request, bool as_id, struct sy_json *into)
{
	switch (f->kind) {
	case SY_TEXT:
	case SY_LINES:
		SY_TRY(set_bounds(into, f, "minLength", "maxLength"));
		return set_pattern(into, f->check);
	case SY_INT:
		return set_bounds(into, f, "minimum", "maximum");
	case SY_DATE:
		return set_str(into, "format", "date");
	case SY_TIME:
		return set_str(into, "format", "date-time");
	case SY_ID:
		return set_str(into, "pattern", ID_PATTERN);
	case SY_SHA256:
		return set_str(into, "pattern", SHA256_PATTERN);
	case SY_ENUM:
		return set_values(into, f->values);
	case SY_QUANTITY:
		return print_quantity(f, into);
	case SY_LIST:
		return print_list(f, for_request, into);
	case SY_OBJECT:
		return as_id ? set_str(into, "pattern", ID_PATTERN) : print_object(f->of, for_request, into);
	case SY_BOOL:
		break;
	}
	return SY_OK;
}

static enum sy_err
print_field(const struct sy_field *f, bool for_request, struct sy_json *members)
{
	bool as_id = for_request && (f->flags & SY_EMBEDDED) != 0;
	char about[400];
	(void)snprintf(about, sizeof about, "%s / %s", f->zh, f->en);
	SY_AUTO_JSON *v = sy_json_object();
	SY_TRY(print_constraints(f, for_request, as_id, v));
	SY_TRY(print_type(f, as_id, v));
	SY_TRY(set_str(v, "description", about));
	if ((f->flags & SY_COMPUTED) != 0)
		SY_TRY(sy_json_set(v, "readOnly", sy_json_from_bool(true)));
	if ((f->flags & SY_PRIVATE) != 0)
		SY_TRY(sy_json_set(v, "x-private", sy_json_from_bool(true)));
	struct sy_json *given = v;
	v = NULL;
	return sy_json_set(members, f->name, given);
}

static enum sy_err
print_members(const struct sy_shape *shape, bool for_request, struct sy_json *members, struct sy_json *required)
{
	for (size_t i = 0; i < shape->n; i++) {
		const struct sy_field *f = &shape->field[i];
		if (for_request && (f->flags & SY_COMPUTED) != 0)
			continue;
		SY_TRY(print_field(f, for_request, members));
		if ((f->flags & SY_REQUIRED) != 0)
			SY_TRY(sy_json_append(required, sy_json_from_str(f->name)));
	}
	return SY_OK;
}

static enum sy_err
print_object(const struct sy_shape *shape, bool for_request, struct sy_json *into)
{
	char about[300];
	(void)snprintf(about, sizeof about, "%s / %s", shape->zh, shape->en);
	SY_AUTO_JSON *members = sy_json_object();
	SY_AUTO_JSON *required = sy_json_array();
	SY_TRY(print_members(shape, for_request, members, required));
	SY_TRY(set_str(into, "type", "object"));
	SY_TRY(set_str(into, "description", about));
	SY_TRY(sy_json_set(into, "properties", sy_json_copy(members)));
	SY_TRY(sy_json_set(into, "required", sy_json_copy(required)));
	return sy_json_set(into, "additionalProperties", sy_json_from_bool(false));
}

enum sy_err
sy_shape_json_schema(const struct sy_shape *shape, bool for_request, struct sy_json **ret)
{
	SY_AUTO_JSON *v = sy_json_object();
	*ret = NULL;
	SY_TRY(print_object(shape, for_request, v));
	*ret = v;
	v = NULL;
	return SY_OK;
}
