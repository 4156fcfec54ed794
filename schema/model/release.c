/* release.c: a processor puts (part of) a lot on the market, and says on what
 * basis. What it rests on is judged elsewhere; here only its form. */
#include "schema/model/county.h"
#include "schema/model/id16.h"
#include "schema/model/shapes.h"

static const char *const bases[] = { "report", "self_tested", "declared", NULL };

static enum sy_err
rule(const struct sy_json *v, struct sy_fault *reterr)
{
	if (sy_shape_is(v, "basis", "report"))
		return sy_shape_needs(v, "reports", "以检验报告放行应至少引用一份报告", "A release on reports cites at least one", reterr);
	return sy_shape_needs(v, "certificates", "应引用此批的承诺达标合格证", "It cites the lot's declaration", reterr);
}

static const struct sy_field fields[] = {
	{ .name = "lot", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "批次", .en = "Lot" },
	{ .name = "basis", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = bases, .zh = "放行依据", .en = "Basis" },
	{ .name = "reports", .kind = SY_LIST, .max = 20, .check = sy_id16_check, .zh = "检验报告", .en = "Reports" },
	{ .name = "certificates", .kind = SY_LIST, .max = 20, .check = sy_id16_check, .zh = "证书与合格证", .en = "Certificates and declarations" },
	{ .name = "quantity", .kind = SY_QUANTITY, .flags = SY_REQUIRED, .min = 1, .max = SY_JSON_INT_MAX, .zh = "放行数量", .en = "Quantity released" },
	{ .name = "units", .kind = SY_INT, .flags = SY_REQUIRED, .min = 0, .max = SY_UNITS_MAX, .zh = "件数；0 为称重销售（整批一码）", .en = "Units; 0: sold by weight, one code for the lot" },
	{ .name = "grade", .kind = SY_INT, .min = 0, .max = 15, .zh = "等级序号；0 为无", .en = "Grade by the product's table; 0: none" },
	{ .name = "product", .kind = SY_ID, .flags = SY_REQUIRED | SY_COMPUTED, .zh = "产品", .en = "Product" },
	{ .name = "certified", .kind = SY_INT, .flags = SY_REQUIRED | SY_COMPUTED, .min = 0, .max = 15, .zh = "认证标记位", .en = "Bits: 1 green, 2 organic, 4 geographical indication, 8 declaration" },
	{ .name = "county", .kind = SY_TEXT, .flags = SY_REQUIRED | SY_COMPUTED, .check = sy_county_check, .zh = "产地县区代码", .en = "County of origin" },
	{ .name = "status_index", .kind = SY_INT, .flags = SY_REQUIRED | SY_COMPUTED, .min = 0, .max = 0xFFFFFF, .zh = "状态位置", .en = "Place in the status lists" },
	{ .name = "best_before", .kind = SY_DATE, .flags = SY_COMPUTED | SY_NULLABLE, .max = SY_LABEL_DAY_MAX, .zh = "保质期到期日", .en = "Best before" },
	{ .name = "net_content", .kind = SY_QUANTITY, .flags = SY_COMPUTED | SY_NULLABLE, .zh = "净含量", .en = "Net content" },
};

const struct sy_shape sy_shape_release = { "release", fields, SY_LEN(fields), rule, "放行", "Release" };
