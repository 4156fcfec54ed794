/* certificate.c: green, organic and geographical indication certificates, and
 * the producer's declaration (食用农产品承诺达标合格证, order 2025-4 of the
 * ministry: new form from 2026-02-01, old form until 2026-04-30). */
#include "schema/model/county.h"
#include "schema/model/gino.h"
#include "schema/model/greencode.h"
#include "schema/model/greenno.h"
#include "schema/model/id16.h"
#include "schema/model/organicno.h"
#include "schema/model/shapes.h"

#include <string.h>

static const char *const kinds[] = { "green", "organic", "gi", "commitment", NULL };
static const char *const styles[] = { "producer", "buyer", NULL };
static const char *const grounds[] = { "quality_control", "self_test", "commissioned_test", "self_promise", NULL };
static const char *const declaration_only[] = { "style", "edition", "grounds", "lot", "issued_on" };

static enum sy_err
number_rule(const struct sy_json *v, struct sy_fault *reterr)
{
	struct sy_span number = sy_span_str(sy_json_get_str(v, "number"));
	enum sy_err e = SY_OK;
	if (sy_shape_is(v, "kind", "green"))
		e = sy_greenno_check(number, reterr);
	else if (sy_shape_is(v, "kind", "organic"))
		e = sy_organicno_check(number, reterr);
	else if (sy_shape_is(v, "kind", "gi"))
		e = sy_gino_check(number, reterr);
	if (e != SY_OK)
		sy_fault_within(reterr, "number");
	return e;
}

static enum sy_err
edition_rule(const struct sy_json *v, struct sy_fault *reterr)
{
	const char *on = sy_json_get_str(v, "issued_on");
	int64_t edition = sy_json_get_int(v, "edition", 0);
	if (edition != 2021 && edition != 2026)
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "edition", "应为 2021 或 2026", "Should be 2021 or 2026");
	/* Dates in this form compare as text. */
	if (edition == 2021 && strcmp(on, "2026-05-01") >= 0)
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "edition", "2026-05-01 起应使用新版", "From 2026-05-01 the new form is mandatory");
	if (edition == 2026 && strcmp(on, "2026-02-01") < 0)
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "edition", "新版自 2026-02-01 起施行", "The new form is in force from 2026-02-01");
	const struct sy_json *list = sy_json_get(v, "grounds");
	for (size_t i = 0; edition == 2026 && i < sy_json_len(list); i++)
		if (strcmp(sy_json_str(sy_json_at(list, i)), "self_promise") == 0)
			return sy_fault_say(reterr, SY_ERR_UNKNOWN_CODE, "grounds", "新版没有“自我承诺”一项", "The new form has no box for self_promise");
	return SY_OK;
}

static enum sy_err
rule(const struct sy_json *v, struct sy_fault *reterr)
{
	bool declaration = sy_shape_is(v, "kind", "commitment");
	for (size_t i = 0; i < SY_LEN(declaration_only); i++) {
		const char *name = declaration_only[i];
		if (declaration)
			SY_TRY(sy_shape_needs(v, name, "承诺达标合格证必填", "Required in a declaration", reterr));
		else
			SY_TRY(sy_shape_has_no(v, name, "只用于承诺达标合格证", "Only in a declaration", reterr));
	}
	SY_TRY(number_rule(v, reterr));
	SY_TRY(sy_shape_in_order(v, "valid_from", "valid_to", reterr));
	if (declaration)
		return edition_rule(v, reterr);
	SY_TRY(sy_shape_needs(v, "products", "应列出所认证的产品", "A certificate names its products", reterr));
	SY_TRY(sy_shape_needs(v, "valid_from", "应写明有效期起", "A certificate says from when it is valid", reterr));
	/* A geographical indication has no end; the other two always have one. */
	if (sy_shape_is(v, "kind", "gi"))
		return SY_OK;
	return sy_shape_needs(v, "valid_to", "应写明有效期至", "A certificate of this kind says until when it is valid", reterr);
}

static const struct sy_field fields[] = {
	{ .name = "kind", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = kinds, .zh = "证书类别", .en = "Kind" },
	{ .name = "number", .kind = SY_TEXT, .flags = SY_REQUIRED, .max = 60, .zh = "证书编号", .en = "Number" },
	{ .name = "holder", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "持有单位", .en = "Holder" },
	{ .name = "body", .kind = SY_ID, .zh = "认证机构", .en = "Certifier" },
	{ .name = "enterprise_code", .kind = SY_TEXT, .check = sy_greencode_check, .zh = "绿色食品企业信息码", .en = "Green food enterprise code" },
	{ .name = "products", .kind = SY_LIST, .max = 100, .check = sy_id16_check, .zh = "产品", .en = "Products" },
	{ .name = "scope", .kind = SY_LINES, .max = 1000, .zh = "认证范围", .en = "Scope" },
	{ .name = "valid_from", .kind = SY_DATE, .zh = "有效期起", .en = "Valid from" },
	{ .name = "valid_to", .kind = SY_DATE, .zh = "有效期至", .en = "Valid to" },
	{ .name = "announcement", .kind = SY_TEXT, .max = 100, .zh = "公告文号", .en = "Announcement" },
	{ .name = "counties", .kind = SY_LIST, .max = 50, .check = sy_county_check, .zh = "地域范围（县区代码）", .en = "Counties of the area" },
	{ .name = "tonnage", .kind = SY_QUANTITY, .min = 1, .max = SY_JSON_INT_MAX, .zh = "批准产量", .en = "Approved quantity" },
	{ .name = "style", .kind = SY_ENUM, .values = styles, .zh = "合格证样式：生产者或收购者", .en = "Form for producers or for buyers" },
	{ .name = "edition", .kind = SY_INT, .min = 2021, .max = 2026, .zh = "合格证版本", .en = "Edition of the form: 2021 or 2026" },
	{ .name = "grounds", .kind = SY_LIST, .min = 1, .max = 4, .values = grounds, .zh = "承诺依据", .en = "Grounds" },
	{ .name = "lot", .kind = SY_ID, .zh = "批次", .en = "Lot" },
	{ .name = "issued_on", .kind = SY_DATE, .zh = "开具日期", .en = "Issued on" },
	{ .name = "demonstration", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "演示数据", .en = "Demonstration data" },
};

const struct sy_shape sy_shape_certificate = { "certificate", fields, SY_LEN(fields), rule, "认证证书或承诺达标合格证", "Certificate or declaration" };
