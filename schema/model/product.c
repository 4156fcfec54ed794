/* product.c: what is sold, under one GTIN or, where none is owned, one item
 * number of the maker's own. */
#include "schema/model/gtin.h"
#include "schema/model/ownitem.h"
#include "schema/model/shapes.h"

static const char *const markets[] = { "CN", NULL };
static const char *const groups[] = { "WHEAT", "PEANUT", "PIG", "BEEF", "MILK", "VEGETABLE", "TOMATO", "SESAME", "SHEEP", "MUSHROOM", "HERB", "AQUATIC",
	NULL };

static enum sy_err
rule(const struct sy_json *v, struct sy_fault *reterr)
{
	if (sy_json_get(v, "gtin") == NULL)
		return sy_shape_needs(v, "own_item", "应填写 GTIN，没有 GTIN 时填写自编货号", "A GTIN, or an own item number where no GTIN is owned", reterr);
	return sy_shape_has_no(v, "own_item", "已有 GTIN，不能再填自编货号", "With a GTIN there is no own item number", reterr);
}

static const struct sy_field fields[] = {
	{ .name = "party", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "生产单位", .en = "Party that makes it" },
	{ .name = "gtin", .kind = SY_TEXT, .check = sy_gtin_check, .zh = "商品条码（14 位）", .en = "GTIN-14" },
	{ .name = "own_item", .kind = SY_TEXT, .check = sy_ownitem_check, .zh = "自编货号", .en = "Own item number" },
	{ .name = "name", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 60, .zh = "产品名称", .en = "Name" },
	{ .name = "name_en", .kind = SY_TEXT, .max = 120, .zh = "英文名称", .en = "Name in English" },
	{ .name = "brand", .kind = SY_TEXT, .max = 60, .zh = "品牌", .en = "Brand" },
	{ .name = "variety", .kind = SY_TEXT, .max = 60, .zh = "品种", .en = "Variety" },
	{ .name = "spec", .kind = SY_TEXT, .max = 60, .zh = "规格", .en = "Specification" },
	{ .name = "categories", .kind = SY_LIST, .flags = SY_REQUIRED, .min = 1, .max = 5, .zh = "食品类别，最具体的在前", .en = "Categories of the reference table, most specific first" },
	{ .name = "market", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = markets, .zh = "销售市场", .en = "Market" },
	{ .name = "declared_standard", .kind = SY_TEXT, .max = 60, .zh = "执行标准", .en = "Declared standard" },
	{ .name = "declared_grade", .kind = SY_TEXT, .max = 40, .zh = "质量等级", .en = "Declared grade" },
	{ .name = "net_content", .kind = SY_QUANTITY, .min = 1, .max = SY_JSON_INT_MAX, .zh = "净含量；不填为称重销售", .en = "Net content; absent: sold by weight" },
	{ .name = "shelf_life_days", .kind = SY_INT, .min = 1, .max = 36500, .zh = "保质期（天）", .en = "Shelf life in days" },
	{ .name = "storage", .kind = SY_TEXT, .max = 100, .zh = "贮存条件", .en = "Storage" },
	{ .name = "gi_name", .kind = SY_TEXT, .max = 60, .zh = "地理标志名称", .en = "Geographical indication" },
	{ .name = "group", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = groups, .zh = "特色产业", .en = "Flagship group" },
	{ .name = "demonstration", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "演示数据", .en = "Demonstration data" },
};

const struct sy_shape sy_shape_product = { "product", fields, SY_LEN(fields), rule, "产品", "Product" };
