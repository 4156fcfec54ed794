/* quantity.c: see quantity.h. */
#include "schema/model/quantity.h"

#include <inttypes.h>
#include <string.h>

struct unit {
	char uom[4];
	char base[4];
	int64_t factor;
};

static const struct unit units[] = {
	{ "GRM", "GRM", 1 },
	{ "KGM", "GRM", 1000 },
	{ "TNE", "GRM", 1000000 },
	{ "MLT", "MLT", 1 },
	{ "LTR", "MLT", 1000 },
	{ "EA", "EA", 1 },
};

const char *const sy_quantity_units[] = { "GRM", "KGM", "TNE", "MLT", "LTR", "EA", NULL };

static const struct unit *
unit_of(const char *uom)
{
	for (size_t i = 0; uom != NULL && i < SY_LEN(units); i++)
		if (strcmp(units[i].uom, uom) == 0)
			return &units[i];
	return NULL;
}

static enum sy_err
known_members(const struct sy_json *v, struct sy_fault *reterr)
{
	void *cursor = NULL;
	const char *name = NULL;
	const struct sy_json *member = NULL;
	while (sy_json_next(v, &cursor, &name, &member))
		if (strcmp(name, "value") != 0 && strcmp(name, "uom") != 0)
			return sy_fault_at(reterr, SY_ERR_UNKNOWN_FIELD, name, 0, 0);
	return SY_OK;
}

enum sy_err
sy_quantity_parse(const struct sy_json *v, struct sy_quantity *ret, struct sy_fault *reterr)
{
	*ret = (struct sy_quantity){ 0 };
	if (sy_json_kind(v) != SY_JSON_OBJECT)
		return sy_fault_say(reterr, SY_ERR_WRONG_TYPE, "", "数量应写成 {\"value\": 整数, \"uom\": 单位}", "A quantity is {\"value\": integer, \"uom\": unit}");
	SY_TRY(known_members(v, reterr));
	const struct sy_json *value = sy_json_get(v, "value");
	const struct sy_json *uom = sy_json_get(v, "uom");
	if (value == NULL || uom == NULL)
		return sy_fault_at(reterr, SY_ERR_MISSING, value == NULL ? "value" : "uom", 0, 0);
	if (sy_json_kind(value) != SY_JSON_INT)
		return sy_fault_say(reterr, SY_ERR_WRONG_TYPE, "value", "应为整数", "Should be an integer");
	if (sy_json_kind(uom) != SY_JSON_STR)
		return sy_fault_say(reterr, SY_ERR_WRONG_TYPE, "uom", "应为文字", "Should be a string");
	const struct unit *u = unit_of(sy_json_str(uom));
	if (u == NULL)
		return sy_fault_say(reterr, SY_ERR_UNKNOWN_UNIT, "uom", "单位应为 GRM KGM TNE MLT LTR EA 之一", "The unit is one of GRM KGM TNE MLT LTR EA");
	ret->value = sy_json_int(value, -1);
	memcpy(ret->uom, u->uom, sizeof ret->uom);
	if (ret->value < 0 || ret->value > SY_JSON_INT_MAX)
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "value", "数量不能为负", "A quantity is not negative");
	return SY_OK;
}

struct sy_json *
sy_quantity_json(const struct sy_quantity *q)
{
	struct sy_json *v = NULL;
	if (sy_json_pack(&v, "{s:I, s:s}", "value", (long long)q->value, "uom", q->uom) != SY_OK)
		return NULL;
	return v;
}

const char *
sy_quantity_base_uom(const struct sy_quantity *q)
{
	const struct unit *u = unit_of(q->uom);
	return u == NULL ? NULL : u->base;
}

enum sy_err
sy_quantity_to_base(const struct sy_quantity *q, int64_t *ret)
{
	const struct unit *u = unit_of(q->uom);
	if (u == NULL)
		return SY_ERR_UNKNOWN_UNIT;
	if (q->value < 0 || q->value > INT64_MAX / u->factor)
		return SY_ERR_OUT_OF_RANGE;
	*ret = q->value * u->factor;
	return SY_OK;
}

/* Both in the finer unit of the two. Within a family each factor divides the next. */
static enum sy_err
align(const struct sy_quantity *a, const struct sy_quantity *b, int64_t *reta, int64_t *retb, const struct unit **retunit)
{
	const struct unit *ua = unit_of(a->uom);
	const struct unit *ub = unit_of(b->uom);
	if (ua == NULL || ub == NULL)
		return SY_ERR_UNKNOWN_UNIT;
	if (strcmp(ua->base, ub->base) != 0)
		return SY_ERR_UNIT_MISMATCH;
	const struct unit *fine = ua->factor < ub->factor ? ua : ub;
	int64_t fa = ua->factor / fine->factor;
	int64_t fb = ub->factor / fine->factor;
	if (a->value < 0 || b->value < 0 || a->value > INT64_MAX / fa || b->value > INT64_MAX / fb)
		return SY_ERR_OUT_OF_RANGE;
	*reta = a->value * fa;
	*retb = b->value * fb;
	*retunit = fine;
	return SY_OK;
}

enum sy_err
sy_quantity_compare(const struct sy_quantity *a, const struct sy_quantity *b, int *ret)
{
	int64_t x = 0, y = 0;
	const struct unit *u = NULL;
	SY_TRY(align(a, b, &x, &y, &u));
	*ret = x < y ? -1 : x > y;
	return SY_OK;
}

static enum sy_err
set(struct sy_quantity *ret, int64_t value, const struct unit *u)
{
	if (value < 0 || value > SY_JSON_INT_MAX)
		return SY_ERR_OUT_OF_RANGE;
	ret->value = value;
	memcpy(ret->uom, u->uom, sizeof ret->uom);
	return SY_OK;
}

enum sy_err
sy_quantity_add(const struct sy_quantity *a, const struct sy_quantity *b, struct sy_quantity *ret)
{
	int64_t x = 0, y = 0;
	const struct unit *u = NULL;
	SY_TRY(align(a, b, &x, &y, &u));
	return x > INT64_MAX - y ? SY_ERR_OUT_OF_RANGE : set(ret, x + y, u);
}

enum sy_err
sy_quantity_subtract(const struct sy_quantity *a, const struct sy_quantity *b, struct sy_quantity *ret)
{
	int64_t x = 0, y = 0;
	const struct unit *u = NULL;
	SY_TRY(align(a, b, &x, &y, &u));
	return set(ret, x - y, u);
}

enum sy_err
sy_quantity_multiply(const struct sy_quantity *a, int64_t n, struct sy_quantity *ret)
{
	const struct unit *u = unit_of(a->uom);
	if (u == NULL)
		return SY_ERR_UNKNOWN_UNIT;
	if (n < 0 || a->value < 0 || (n > 0 && a->value > SY_JSON_INT_MAX / n))
		return SY_ERR_OUT_OF_RANGE;
	return set(ret, a->value * n, u);
}

/* v thousandths of a unit: "1.25", "3". */
static void
print_thousandths(int64_t v, struct sy_buf *ret)
{
	int64_t fraction = v % 1000;
	int digits = 3;
	sy_buf_printf(ret, "%" PRId64, v / 1000);
	if (fraction == 0)
		return;
	for (; fraction % 10 == 0; fraction /= 10)
		digits--;
	sy_buf_printf(ret, ".%0*" PRId64, digits, fraction);
}

void
sy_quantity_print(const struct sy_quantity *q, bool zh, struct sy_buf *ret)
{
	int64_t base = 0;
	const char *family = sy_quantity_base_uom(q);
	if (family == NULL || sy_quantity_to_base(q, &base) != SY_OK) {
		sy_buf_printf(ret, "%" PRId64 " %s", q->value, q->uom);
		return;
	}
	if (strcmp(family, "EA") == 0) {
		sy_buf_printf(ret, "%" PRId64 " %s", base, zh ? "件" : "pcs");
		return;
	}
	bool mass = strcmp(family, "GRM") == 0;
	if (mass && base >= 1000000 && base % 1000 == 0) {
		print_thousandths(base / 1000, ret);
		sy_buf_add_str(ret, " t");
	} else if (base >= 1000) {
		print_thousandths(base, ret);
		sy_buf_add_str(ret, mass ? " kg" : " L");
	} else {
		sy_buf_printf(ret, "%" PRId64 " %s", base, mass ? "g" : "mL");
	}
}
