/* shape_split.c: a flat record into its two bodies and back, and what the rules
 * of records share. See shape.h. */
#include "schema/model/pattern.h"
#include "schema/model/shape.h"
#include "schema/wire/time.h"

#include <stdio.h>
#include <string.h>

static enum sy_err
copy_fields(const struct sy_shape *shape, bool private, const struct sy_json *from, struct sy_json *to, size_t *retcount)
{
	for (size_t i = 0; i < shape->n; i++) {
		const struct sy_field *f = &shape->field[i];
		const struct sy_json *member = sy_json_get(from, f->name);
		if (member == NULL || ((f->flags & SY_PRIVATE) != 0) != private)
			continue;
		SY_TRY(sy_json_set(to, f->name, sy_json_copy(member)));
		*retcount += 1;
	}
	return SY_OK;
}

static enum sy_err
body_of(const struct sy_shape *shape, bool private, const struct sy_json *flat, const char *salt, struct sy_json **ret)
{
	SY_AUTO_JSON *body = sy_json_object();
	size_t count = 0;
	*ret = NULL;
	SY_TRY(copy_fields(shape, private, flat, body, &count));
	if (private && count == 0)
		return SY_OK;
	SY_TRY(sy_json_set(body, "salt", sy_json_from_str(salt)));
	*ret = body;
	body = NULL;
	return SY_OK;
}

enum sy_err
sy_shape_split(const struct sy_shape *shape, const struct sy_json *flat, const char *salt_public_hex, const char *salt_private_hex,
    struct sy_json **retpublic, struct sy_json **retprivate)
{
	*retprivate = NULL;
	SY_TRY(body_of(shape, false, flat, salt_public_hex, retpublic));
	enum sy_err e = body_of(shape, true, flat, salt_private_hex, retprivate);
	if (e != SY_OK) {
		sy_json_free(*retpublic);
		*retpublic = NULL;
	}
	return e;
}

enum sy_err
sy_shape_join(const struct sy_shape *shape, const struct sy_json *public_body, const struct sy_json *private_body, struct sy_json **ret)
{
	SY_AUTO_JSON *flat = sy_json_object();
	size_t count = 0;
	*ret = NULL;
	SY_TRY(copy_fields(shape, false, public_body, flat, &count));
	SY_TRY(copy_fields(shape, true, private_body, flat, &count));
	*ret = flat;
	flat = NULL;
	return *ret == NULL ? SY_ERR_NO_MEMORY : SY_OK;
}

enum sy_err
sy_shape_in_order(const struct sy_json *v, const char *a, const char *b, struct sy_fault *reterr)
{
	const char *x = sy_json_get_str(v, a);
	const char *y = sy_json_get_str(v, b);
	int32_t day_a = 0, day_b = 0;
	if (x == NULL || y == NULL)
		return SY_OK;
	SY_TRY(sy_date_parse(sy_span_str(x), &day_a, reterr));
	SY_TRY(sy_date_parse(sy_span_str(y), &day_b, reterr));
	if (day_a <= day_b)
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, b, "不能早于 %s（%s）", "Not before %s (%s)", a, x);
}

enum sy_err
sy_shape_needs(const struct sy_json *v, const char *name, const char *zh, const char *en, struct sy_fault *reterr)
{
	const struct sy_json *member = sy_json_get(v, name);
	bool empty_list = sy_json_kind(member) == SY_JSON_ARRAY && sy_json_len(member) == 0;
	if (member != NULL && !empty_list)
		return SY_OK;
	if (reterr == NULL || reterr->err != SY_OK)
		return SY_ERR_MISSING;
	(void)sy_pattern_fault(reterr, SY_ERR_MISSING, 0, 0, zh, en);
	sy_fault_within(reterr, name);
	return SY_ERR_MISSING;
}

enum sy_err
sy_shape_has_no(const struct sy_json *v, const char *name, const char *zh, const char *en, struct sy_fault *reterr)
{
	if (sy_json_get(v, name) == NULL)
		return SY_OK;
	if (reterr == NULL || reterr->err != SY_OK)
		return SY_ERR_UNKNOWN_FIELD;
	(void)sy_pattern_fault(reterr, SY_ERR_UNKNOWN_FIELD, 0, 0, zh, en);
	sy_fault_within(reterr, name);
	return SY_ERR_UNKNOWN_FIELD;
}

bool
sy_shape_is(const struct sy_json *v, const char *name, const char *value)
{
	const char *s = sy_json_get_str(v, name);
	return s != NULL && strcmp(s, value) == 0;
}
