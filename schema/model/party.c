/* party.c: who takes part: processors, inspection centres, certifiers,
 * regulators, producers. Names of persons are private. */
#include "schema/model/cma.h"
#include "schema/model/county.h"
#include "schema/model/gln.h"
#include "schema/model/sc.h"
#include "schema/model/shapes.h"
#include "schema/model/uscc.h"

static const char *const licence_kinds[] = { "SC", "CMA", "CATL", "OTHER", NULL };
static const char *const kinds[] = { "processor", "inspection_centre", "certifier", "regulator", "producer", NULL };

static enum sy_err
licence_rule(const struct sy_json *v, struct sy_fault *reterr)
{
	struct sy_span number = sy_span_str(sy_json_get_str(v, "number"));
	enum sy_err e = SY_OK;
	if (sy_shape_is(v, "kind", "SC"))
		e = sy_sc_check(number, reterr);
	else if (sy_shape_is(v, "kind", "CMA"))
		e = sy_cma_check(number, reterr);
	if (e != SY_OK) {
		sy_fault_within(reterr, "number");
		return e;
	}
	return sy_shape_in_order(v, "valid_from", "valid_to", reterr);
}

static const struct sy_field licence_fields[] = {
	{ .name = "kind", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = licence_kinds, .zh = "证照类别", .en = "Kind of licence" },
	{ .name = "number", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 60, .zh = "证照编号", .en = "Number" },
	{ .name = "valid_from", .kind = SY_DATE, .zh = "有效期起", .en = "Valid from" },
	{ .name = "valid_to", .kind = SY_DATE, .zh = "有效期至", .en = "Valid to" },
	{ .name = "scope", .kind = SY_LINES, .max = 1000, .zh = "许可范围", .en = "Scope" },
};

static const struct sy_shape licence = { "licence", licence_fields, SY_LEN(licence_fields), licence_rule, "证照", "Licence" };

static const struct sy_field fields[] = {
	{ .name = "name", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 100, .zh = "单位名称", .en = "Name" },
	{ .name = "name_en", .kind = SY_TEXT, .max = 200, .zh = "英文名称", .en = "Name in English" },
	{ .name = "uscc", .kind = SY_TEXT, .flags = SY_REQUIRED, .check = sy_uscc_check, .zh = "统一社会信用代码", .en = "Unified social credit code" },
	{ .name = "kinds", .kind = SY_LIST, .flags = SY_REQUIRED, .min = 1, .max = 5, .values = kinds, .zh = "单位类型", .en = "What it does" },
	{ .name = "county", .kind = SY_TEXT, .flags = SY_REQUIRED, .check = sy_county_check, .zh = "所在县区代码", .en = "County code" },
	{ .name = "address", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 200, .zh = "地址", .en = "Address" },
	{ .name = "licences", .kind = SY_LIST, .max = 20, .of = &licence, .zh = "证照", .en = "Licences" },
	{ .name = "gln", .kind = SY_TEXT, .check = sy_gln_check, .zh = "全球位置码", .en = "GLN" },
	{ .name = "demonstration", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "演示数据", .en = "Demonstration data" },
	{ .name = "contact_name", .kind = SY_TEXT, .flags = SY_PRIVATE, .max = 60, .zh = "联系人", .en = "Contact" },
	{ .name = "contact_phone", .kind = SY_TEXT, .flags = SY_PRIVATE, .max = 40, .zh = "联系电话", .en = "Telephone" },
};

const struct sy_shape sy_shape_party = { "party", fields, SY_LEN(fields), NULL, "单位", "Party" };
