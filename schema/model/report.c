/* report.c: an inspection report: a row for each analyte, the value as the
 * laboratory wrote it. Limits, readings and verdicts are computed, never typed;
 * the limit that was used is kept in the row. */
#include "schema/model/cma.h"
#include "schema/model/id16.h"
#include "schema/model/shapes.h"

static const char *const kinds[] = { "sampling", "commissioned", "type", "rapid", NULL };
static const char *const item_verdicts[] = { "pass", "fail", "pending", "reference", NULL };
static const char *const verdicts[] = { "pass", "fail", "pending", NULL };

/* A copy of the row that judged (schema/judge/item.h), so that a later table changes no old report. */
static const struct sy_field limit_fields[] = {
	{ .name = "id", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 40, .zh = "限量编号", .en = "Row of the reference table" },
	{ .name = "category", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 300, .zh = "食品类别", .en = "Category" },
	{ .name = "analyte", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 120, .zh = "项目", .en = "Analyte" },
	{ .name = "operator", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 20, .zh = "比较", .en = "Operator" },
	{ .name = "value", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 120, .zh = "限量值", .en = "Value" },
	{ .name = "unit", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 60, .zh = "单位", .en = "Unit" },
	{ .name = "basis", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 20, .zh = "计量基准", .en = "Edible part, dry matter, fat, or limit of quantification" },
	{ .name = "standard", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 200, .zh = "标准", .en = "Standard" },
	{ .name = "edition", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 60, .zh = "版本", .en = "Edition" },
	{ .name = "clause", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 500, .zh = "条款或表", .en = "Clause or table" },
	{ .name = "method", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 300, .zh = "检验方法", .en = "Method" },
	{ .name = "market", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 20, .zh = "市场", .en = "Market" },
	{ .name = "product_standard", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 200, .zh = "适用的产品标准", .en = "Product standard it is for" },
	{ .name = "grade", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 60, .zh = "适用的等级", .en = "Grade it is for" },
	{ .name = "source", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 1000, .zh = "来源", .en = "Source" },
	{ .name = "verified", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "已核对原文", .en = "Read in an official text" },
	{ .name = "valid_from", .kind = SY_DATE, .flags = SY_REQUIRED | SY_NULLABLE, .zh = "生效日期", .en = "In force from" },
	{ .name = "valid_to", .kind = SY_DATE, .flags = SY_REQUIRED | SY_NULLABLE, .zh = "失效日期", .en = "In force to" },
};

static const struct sy_shape limit = { "limit", limit_fields, SY_LEN(limit_fields), NULL, "限量", "Limit" };

static const struct sy_field why_fields[] = {
	{ .name = "code", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 60, .zh = "代码", .en = "Code" },
	{ .name = "zh", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 400, .zh = "中文", .en = "In Chinese" },
	{ .name = "en", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 400, .zh = "英文", .en = "In English" },
};

static const struct sy_shape why = { "why", why_fields, SY_LEN(why_fields), NULL, "判定理由", "Reason" };

/* The part of the food that was tested (GB 2762-2025 3.4). */
static const char *const parts[] = { "edible", "other", NULL };

static const struct sy_field item_fields[] = {
	{ .name = "analyte", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 100, .zh = "检验项目", .en = "Analyte" },
	{ .name = "value", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 200, .zh = "检验结果（按报告原文）", .en = "Value as reported" },
	{ .name = "unit", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_BLANK, .max = 40, .zh = "单位", .en = "Unit" },
	{ .name = "lod", .kind = SY_TEXT, .max = 40, .zh = "检出限", .en = "Limit of detection" },
	{ .name = "loq", .kind = SY_TEXT, .max = 40, .zh = "定量限", .en = "Limit of quantification" },
	{ .name = "method", .kind = SY_TEXT, .max = 120, .zh = "检验方法", .en = "Method" },
	{ .name = "reference", .kind = SY_BOOL, .zh = "仅供参考，不参与判定", .en = "For reference, not judged" },
	{ .name = "part", .kind = SY_ENUM, .values = parts, .zh = "检验部位：可食用部分或其他", .en = "Part tested: edible (if absent) or other" },
	{ .name = "dry_factor", .kind = SY_TEXT, .max = 24, .zh = "脱水率：1 千克干品折合鲜品千克数", .en = "Kilograms fresh in one dried, plain decimal" },
	{ .name = "limit", .kind = SY_OBJECT, .flags = SY_REQUIRED | SY_COMPUTED | SY_NULLABLE, .of = &limit, .zh = "所用限量", .en = "Limit used" },
	{ .name = "reading", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_COMPUTED | SY_NULLABLE, .max = 511, .zh = "读数", .en = "Value as read: plain decimal or 未检出" },
	{ .name = "verdict", .kind = SY_ENUM, .flags = SY_REQUIRED | SY_COMPUTED, .values = item_verdicts, .zh = "单项判定", .en = "Verdict" },
	{ .name = "why", .kind = SY_OBJECT, .flags = SY_REQUIRED | SY_COMPUTED, .of = &why, .zh = "判定理由", .en = "Reason of the verdict" },
};

static const struct sy_shape item = { "item", item_fields, SY_LEN(item_fields), NULL, "检验项目", "Item" };

static enum sy_err
rule(const struct sy_json *v, struct sy_fault *reterr)
{
	SY_TRY(sy_shape_in_order(v, "received_on", "tested_from", reterr));
	SY_TRY(sy_shape_in_order(v, "received_on", "tested_to", reterr));
	SY_TRY(sy_shape_in_order(v, "tested_from", "tested_to", reterr));
	SY_TRY(sy_shape_in_order(v, "tested_to", "valid_to", reterr));
	if (sy_shape_is(v, "kind", "type"))
		return sy_shape_needs(v, "valid_to", "型式检验应写明有效期", "A type test says until when it serves", reterr);
	return sy_shape_has_no(v, "valid_to", "只有型式检验才有有效期", "Only a type test has a validity", reterr);
}

static const struct sy_field fields[] = {
	{ .name = "number", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 60, .zh = "报告编号", .en = "Report number" },
	{ .name = "centre", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "检验机构", .en = "Inspection centre" },
	{ .name = "kind", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = kinds, .zh = "检验类别：抽检、委托、型式、快检", .en = "Kind of inspection" },
	{ .name = "lots", .kind = SY_LIST, .flags = SY_REQUIRED, .min = 1, .max = 50, .check = sy_id16_check, .zh = "覆盖的批次", .en = "Lots covered" },
	{ .name = "sample", .kind = SY_OBJECT, .flags = SY_REQUIRED | SY_EMBEDDED, .of = &sy_shape_report_sample, .zh = "样品", .en = "Sample" },
	{ .name = "received_on", .kind = SY_DATE, .zh = "收样日期", .en = "Received on" },
	{ .name = "tested_from", .kind = SY_DATE, .zh = "检验开始日期", .en = "Tested from" },
	{ .name = "tested_to", .kind = SY_DATE, .flags = SY_REQUIRED, .zh = "检验完成日期", .en = "Tested to" },
	{ .name = "valid_to", .kind = SY_DATE, .zh = "有效期至（型式检验）", .en = "Valid to (type test)" },
	{ .name = "cma", .kind = SY_TEXT, .check = sy_cma_check, .zh = "CMA 编号", .en = "CMA number" },
	{ .name = "catl", .kind = SY_TEXT, .max = 60, .zh = "CATL 编号", .en = "CATL number" },
	{ .name = "basis_standards", .kind = SY_LIST, .max = 30, .zh = "判定依据", .en = "Standards it is based on" },
	{ .name = "items", .kind = SY_LIST, .flags = SY_REQUIRED, .min = 1, .max = 500, .of = &item, .zh = "检验项目", .en = "Items" },
	{ .name = "verdict", .kind = SY_ENUM, .flags = SY_REQUIRED | SY_COMPUTED, .values = verdicts, .zh = "检验结论", .en = "Verdict" },
	{ .name = "judged_on", .kind = SY_DATE, .flags = SY_REQUIRED | SY_COMPUTED, .zh = "判定所用生产日期", .en = "Production date it was judged on" },
	{ .name = "reference_version", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_COMPUTED, .zh = "限量表版本", .en = "Version of the reference tables" },
	{ .name = "client", .kind = SY_TEXT, .flags = SY_PRIVATE, .max = 100, .zh = "委托单位", .en = "Client" },
	{ .name = "client_address", .kind = SY_TEXT, .flags = SY_PRIVATE, .max = 200, .zh = "委托单位地址", .en = "Client's address" },
	{ .name = "document_sha256", .kind = SY_SHA256, .flags = SY_PRIVATE, .zh = "报告原件摘要", .en = "SHA-256 of the document" },
	{ .name = "remark", .kind = SY_LINES, .flags = SY_PRIVATE, .max = 1000, .zh = "备注", .en = "Remark" },
	{ .name = "demonstration", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "演示数据", .en = "Demonstration data" },
};

const struct sy_shape sy_shape_report = { "report", fields, SY_LEN(fields), rule, "检验报告", "Inspection report" };
