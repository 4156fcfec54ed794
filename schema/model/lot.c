/* lot.c: one batch: where, when, how much, and what was used on it
 * (农产品质量安全法 27: inputs with source, dose, days of use and of stopping). */
#include "schema/model/lotcode.h"
#include "schema/model/shapes.h"

static const char *const input_kinds[] = { "pesticide", "veterinary_drug", "fertiliser", "feed", "seed", "other", NULL };
static const char *const step_kinds[] = { "harvest", "processing", "slaughter", "storage", "packing", NULL };

static enum sy_err
input_rule(const struct sy_json *v, struct sy_fault *reterr)
{
	return sy_shape_in_order(v, "used_on", "stopped_on", reterr);
}

static const struct sy_field input_fields[] = {
	{ .name = "kind", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = input_kinds, .zh = "投入品类别", .en = "Kind of input" },
	{ .name = "name", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 100, .zh = "名称", .en = "Name" },
	{ .name = "dose", .kind = SY_TEXT, .max = 100, .zh = "用法用量", .en = "Use and dose" },
	{ .name = "used_on", .kind = SY_DATE, .zh = "使用日期", .en = "Used on" },
	{ .name = "stopped_on", .kind = SY_DATE, .zh = "停用日期", .en = "Stopped on" },
	{ .name = "source", .kind = SY_TEXT, .max = 100, .zh = "来源", .en = "Source" },
};

static const struct sy_shape input = { "input", input_fields, SY_LEN(input_fields), input_rule, "投入品", "Input" };

static const struct sy_field step_fields[] = {
	{ .name = "kind", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = step_kinds, .zh = "环节", .en = "Step" },
	{ .name = "on", .kind = SY_DATE, .flags = SY_REQUIRED, .zh = "日期", .en = "Date" },
	{ .name = "place", .kind = SY_TEXT, .max = 100, .zh = "地点", .en = "Place" },
	{ .name = "note", .kind = SY_LINES, .max = 500, .zh = "说明", .en = "Note" },
};

static const struct sy_shape step = { "step", step_fields, SY_LEN(step_fields), NULL, "生产环节", "Step" };

static const struct sy_field upstream_fields[] = {
	{ .name = "name", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 100, .zh = "原料名称", .en = "Material" },
	{ .name = "lot", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 60, .zh = "原料批号", .en = "Its lot" },
	{ .name = "supplier", .kind = SY_TEXT, .max = 100, .zh = "供应单位", .en = "Supplier" },
};

static const struct sy_shape upstream = { "upstream", upstream_fields, SY_LEN(upstream_fields), NULL, "上游批次", "Upstream lot" };

static enum sy_err
rule(const struct sy_json *v, struct sy_fault *reterr)
{
	SY_TRY(sy_shape_in_order(v, "harvested", "produced", reterr));
	return sy_shape_in_order(v, "produced", "best_before", reterr);
}

static const struct sy_field fields[] = {
	{ .name = "product", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "产品", .en = "Product" },
	{ .name = "lot", .kind = SY_TEXT, .flags = SY_REQUIRED, .check = sy_lotcode_check, .zh = "批号（印在标签上）", .en = "Lot code as printed" },
	{ .name = "enterprise_lot", .kind = SY_TEXT, .max = 60, .zh = "企业内部批号", .en = "The enterprise's own lot text" },
	{ .name = "quantity", .kind = SY_QUANTITY, .flags = SY_REQUIRED, .min = 1, .max = SY_JSON_INT_MAX, .zh = "数量", .en = "Quantity" },
	{ .name = "produced", .kind = SY_DATE, .flags = SY_REQUIRED, .zh = "生产日期", .en = "Produced on" },
	{ .name = "harvested", .kind = SY_DATE, .zh = "收获、屠宰或捕捞日期", .en = "Harvested, slaughtered or caught on" },
	{ .name = "best_before", .kind = SY_DATE, .max = SY_LABEL_DAY_MAX, .zh = "保质期到期日", .en = "Best before" },
	{ .name = "variety", .kind = SY_TEXT, .max = 60, .zh = "品种", .en = "Variety" },
	{ .name = "facility", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "基地或场所", .en = "Facility" },
	{ .name = "inputs", .kind = SY_LIST, .max = 100, .of = &input, .zh = "投入品", .en = "Inputs" },
	{ .name = "steps", .kind = SY_LIST, .max = 100, .of = &step, .zh = "生产环节", .en = "Steps" },
	{ .name = "upstream", .kind = SY_LIST, .max = 50, .of = &upstream, .zh = "上游批次", .en = "Upstream lots" },
	{ .name = "demonstration", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "演示数据", .en = "Demonstration data" },
	{ .name = "origin", .kind = SY_OBJECT, .flags = SY_REQUIRED | SY_COMPUTED, .of = &sy_shape_origin, .zh = "产地", .en = "Origin, from the facility" },
};

const struct sy_shape sy_shape_lot = { "lot", fields, SY_LEN(fields), rule, "批次", "Lot" };
