/* facility.c: where something is grown, made or kept; a lot's origin is taken
 * from it. A store record without a log entry of its own. */
#include "schema/model/county.h"
#include "schema/model/gln.h"
#include "schema/model/shapes.h"
#include "schema/model/township.h"

#include <string.h>

static const char *const kinds[] = { "field", "farm", "plant", "slaughterhouse", "park", "store", "laboratory", NULL };

static enum sy_err
rule(const struct sy_json *v, struct sy_fault *reterr)
{
	const char *county = sy_json_get_str(v, "county");
	const char *township = sy_json_get_str(v, "township");
	if (township == NULL || strncmp(township, county, 6) == 0)
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "township", "不在县区 %s 内", "Not in county %s", county);
}

static const struct sy_field fields[] = {
	{ .name = "party", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "所属单位", .en = "Party it belongs to" },
	{ .name = "name", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 100, .zh = "名称", .en = "Name" },
	{ .name = "kind", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = kinds, .zh = "类型", .en = "Kind" },
	{ .name = "county", .kind = SY_TEXT, .flags = SY_REQUIRED, .check = sy_county_check, .zh = "县区代码", .en = "County code" },
	{ .name = "township", .kind = SY_TEXT, .check = sy_township_check, .zh = "乡镇代码", .en = "Township code" },
	{ .name = "village", .kind = SY_TEXT, .max = 60, .zh = "村", .en = "Village" },
	{ .name = "gln", .kind = SY_TEXT, .check = sy_gln_check, .zh = "全球位置码", .en = "GLN" },
	{ .name = "park", .kind = SY_TEXT, .max = 100, .zh = "产业园", .en = "Industrial park" },
	{ .name = "area_mu", .kind = SY_INT, .min = 1, .max = 10000000, .zh = "面积（亩）", .en = "Area in mu" },
	{ .name = "demonstration", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "演示数据", .en = "Demonstration data" },
};

const struct sy_shape sy_shape_facility = { "facility", fields, SY_LEN(fields), rule, "基地或场所", "Facility" };

static const struct sy_field origin_fields[] = {
	{ .name = "name", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 100, .zh = "名称", .en = "Name" },
	{ .name = "kind", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = kinds, .zh = "类型", .en = "Kind" },
	{ .name = "county", .kind = SY_TEXT, .flags = SY_REQUIRED, .check = sy_county_check, .zh = "县区代码", .en = "County code" },
	{ .name = "township", .kind = SY_TEXT, .check = sy_township_check, .zh = "乡镇代码", .en = "Township code" },
	{ .name = "village", .kind = SY_TEXT, .max = 60, .zh = "村", .en = "Village" },
	{ .name = "park", .kind = SY_TEXT, .max = 100, .zh = "产业园", .en = "Industrial park" },
};

const struct sy_shape sy_shape_origin = { "origin", origin_fields, SY_LEN(origin_fields), rule, "产地", "Origin" };
