/* sample.c: what was taken of a lot and sent to an inspection centre. A store
 * record without a log entry; the report holds the part that the public reads. */
#include "schema/model/quantity.h"
#include "schema/model/shapes.h"

static const char *const sources[] = { "sampled", "submitted", NULL };

static enum sy_err
rule(const struct sy_json *v, struct sy_fault *reterr)
{
	struct sy_quantity base, sample;
	int order = 0;
	const struct sy_json *b = sy_json_get(v, "base_quantity");
	const struct sy_json *s = sy_json_get(v, "sample_quantity");
	if (b == NULL || s == NULL)
		return SY_OK;
	SY_TRY(sy_quantity_parse(b, &base, reterr));
	SY_TRY(sy_quantity_parse(s, &sample, reterr));
	/* 12 bottles out of 5 t cannot be compared: that is no fault. */
	if (sy_quantity_compare(&sample, &base, &order) != SY_OK || order <= 0)
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "sample_quantity", "样品数量大于抽样基数", "More sample than there was to sample from");
}

static const struct sy_field fields[] = {
	{ .name = "number", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 60, .zh = "样品编号", .en = "Sample number" },
	{ .name = "lot", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "批次", .en = "Lot" },
	{ .name = "taken_on", .kind = SY_DATE, .flags = SY_REQUIRED, .zh = "抽样或送样日期", .en = "Taken on" },
	{ .name = "place", .kind = SY_TEXT, .max = 100, .zh = "抽样地点", .en = "Place" },
	{ .name = "source", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = sources, .zh = "样品来源：抽样或送样", .en = "Sampled by the centre or submitted" },
	{ .name = "base_quantity", .kind = SY_QUANTITY, .zh = "抽样基数", .en = "Sampled from" },
	{ .name = "sample_quantity", .kind = SY_QUANTITY, .zh = "样品数量", .en = "Sample" },
	{ .name = "condition", .kind = SY_TEXT, .max = 100, .zh = "样品状态", .en = "Condition" },
	{ .name = "taken_by", .kind = SY_TEXT, .flags = SY_PRIVATE, .max = 60, .zh = "抽样人", .en = "Taken by" },
	{ .name = "client", .kind = SY_TEXT, .flags = SY_PRIVATE, .max = 100, .zh = "委托单位", .en = "Client" },
	{ .name = "demonstration", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "演示数据", .en = "Demonstration data" },
};

const struct sy_shape sy_shape_sample = { "sample", fields, SY_LEN(fields), rule, "样品", "Sample" };

static const struct sy_field report_fields[] = {
	{ .name = "number", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 60, .zh = "样品编号", .en = "Sample number" },
	{ .name = "taken_on", .kind = SY_DATE, .flags = SY_REQUIRED, .zh = "抽样或送样日期", .en = "Taken on" },
	{ .name = "source", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = sources, .zh = "样品来源：抽样或送样", .en = "Sampled by the centre or submitted" },
	{ .name = "place", .kind = SY_TEXT, .max = 100, .zh = "抽样地点", .en = "Place" },
	{ .name = "condition", .kind = SY_TEXT, .max = 100, .zh = "样品状态", .en = "Condition" },
};

const struct sy_shape sy_shape_report_sample = { "report_sample", report_fields, SY_LEN(report_fields), NULL, "样品", "Sample of a report" };
