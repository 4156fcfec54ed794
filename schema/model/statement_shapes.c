/* statement_shapes.c: what the subject and the figures of each type may be. */
#include "schema/model/county.h"
#include "schema/model/id16.h"
#include "schema/model/shapes.h"
#include "schema/model/statement.h"

#include <string.h>

#define LEAF .check = sy_id16_check_sha256
#define FIELDS(f) f, SY_LEN(f)

static enum sy_err
range_rule(const struct sy_json *v, struct sy_fault *reterr)
{
	int64_t first = sy_json_get_int(v, "first", 0);
	int64_t count = sy_json_get_int(v, "count", 0);
	if (first <= SY_UNITS_MAX - count)
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "count", "超过序号上限 %lld", "Beyond the last unit, %lld", (long long)SY_UNITS_MAX);
}

static const struct sy_field range_fields[] = {
	{ .name = "first", .kind = SY_INT, .flags = SY_REQUIRED, .min = 0, .max = SY_UNITS_MAX - 1, .zh = "起始序号", .en = "First unit" },
	{ .name = "count", .kind = SY_INT, .flags = SY_REQUIRED, .min = 1, .max = SY_UNITS_MAX, .zh = "件数", .en = "Units" },
};
static const struct sy_shape range = { "figures", FIELDS(range_fields), range_rule, "序号段", "Range" };

static const struct sy_field release_subject_fields[] = {
	{ .name = "lot", .kind = SY_SHA256, .flags = SY_REQUIRED, .zh = "批次叶哈希", .en = "Leaf of the lot" },
	{ .name = "product", .kind = SY_SHA256, .flags = SY_REQUIRED, .zh = "产品叶哈希", .en = "Leaf of the product" },
	{ .name = "reports", .kind = SY_LIST, .flags = SY_REQUIRED, .max = 20, LEAF, .zh = "报告叶哈希", .en = "Leaves of the reports" },
	{ .name = "certificates", .kind = SY_LIST, .flags = SY_REQUIRED, .max = 20, LEAF, .zh = "证书叶哈希", .en = "Leaves of the certificates" },
};
static const struct sy_shape release_subject = { "subject", FIELDS(release_subject_fields), NULL, "放行对象", "Subject of a release" };

static enum sy_err
release_rule(const struct sy_json *v, struct sy_fault *reterr)
{
	bool lot_code = sy_json_get_int(v, "units", 0) == 0;
	bool no_key = sy_json_kind(sy_json_get(v, "serial_key_sha256")) == SY_JSON_NULL;
	if (lot_code == no_key)
		return SY_OK;
	return sy_fault_say(reterr, lot_code ? SY_ERR_OUT_OF_RANGE : SY_ERR_MISSING, "serial_key_sha256", "有件数才有序号密钥的摘要，无件数则为 null",
	    "A digest of the serial key with units, null without");
}

static const struct sy_field release_figures_fields[] = {
	{ .name = "basis", .kind = SY_INT, .flags = SY_REQUIRED, .min = 1, .max = 3, .zh = "依据", .en = "Basis: 1 report, 2 self-tested, 3 declared" },
	{ .name = "grade", .kind = SY_INT, .flags = SY_REQUIRED, .min = 0, .max = 15, .zh = "等级", .en = "Grade" },
	{ .name = "quantity", .kind = SY_QUANTITY, .flags = SY_REQUIRED, .min = 1, .max = SY_JSON_INT_MAX, .zh = "数量", .en = "Quantity" },
	{ .name = "units", .kind = SY_INT, .flags = SY_REQUIRED, .min = 0, .max = SY_UNITS_MAX, .zh = "件数", .en = "Units; 0: one code for the lot" },
	{ .name = "best_before", .kind = SY_DATE, .flags = SY_REQUIRED | SY_NULLABLE, .max = SY_LABEL_DAY_MAX, .zh = "保质期到期日", .en = "Best before" },
	{ .name = "certified", .kind = SY_INT, .flags = SY_REQUIRED, .min = 0, .max = 15, .zh = "认证标记位", .en = "Certification bits" },
	{ .name = "county", .kind = SY_TEXT, .flags = SY_REQUIRED, .check = sy_county_check, .zh = "产地县区", .en = "County of origin" },
	{ .name = "status_index", .kind = SY_INT, .flags = SY_REQUIRED, .min = 0, .max = 0xFFFFFF, .zh = "状态位置", .en = "Status index" },
	{ .name = "serial_key_sha256", .kind = SY_SHA256, .flags = SY_REQUIRED | SY_NULLABLE, .zh = "序号密钥摘要", .en = "Commitment to the serial key" },
};
static const struct sy_shape release_figures = { "figures", FIELDS(release_figures_fields), release_rule, "放行数值", "Figures of a release" };

static const struct sy_field allocation_subject_fields[] = {
	{ .name = "release", .kind = SY_SHA256, .flags = SY_REQUIRED, .zh = "放行叶哈希", .en = "Leaf of the release" },
};
static const struct sy_shape allocation_subject = { "subject", FIELDS(allocation_subject_fields), NULL, "赋码对象", "Subject of an allocation" };

static const struct sy_field activation_subject_fields[] = {
	{ .name = "allocation", .kind = SY_SHA256, .flags = SY_REQUIRED, .zh = "赋码叶哈希", .en = "Leaf of the allocation" },
};
static const struct sy_shape activation_subject = { "subject", FIELDS(activation_subject_fields), NULL, "激活对象", "Subject of an activation" };

static const char *const hold_kinds[] = { "lot", "certificate", NULL };
static const char *const hold_classes[] = { "safety", "certificate", NULL };
static const struct sy_field hold_subject_fields[] = {
	{ .name = "kind", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = hold_kinds, .zh = "对象类别", .en = "Kind" },
	{ .name = "leaf", .kind = SY_SHA256, .flags = SY_REQUIRED, .zh = "叶哈希", .en = "Leaf" },
};
static const struct sy_shape hold_subject = { "subject", FIELDS(hold_subject_fields), NULL, "暂停对象", "Subject of a hold" };
static const struct sy_field hold_figures_fields[] = {
	{ .name = "class", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = hold_classes, .zh = "性质", .en = "Class" },
	{ .name = "open", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "仍在暂停", .en = "Still in force" },
};
static const struct sy_shape hold_figures = { "figures", FIELDS(hold_figures_fields), NULL, "暂停数值", "Figures of a hold" };

static enum sy_err
void_rule(const struct sy_json *v, struct sy_fault *reterr)
{
	bool labels = sy_shape_is(v, "kind", "labels");
	SY_TRY(sy_shape_needs(v, labels ? "release" : "leaf", "缺少作废对象", "What is voided is missing", reterr));
	return sy_shape_has_no(v, labels ? "leaf" : "release", "标签用 release，其余用 leaf", "release for labels, leaf for the others", reterr);
}

static const char *const void_kinds[] = { "labels", "report", "certificate", "release", NULL };
static const struct sy_field void_subject_fields[] = {
	{ .name = "kind", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = void_kinds, .zh = "对象类别", .en = "Kind" },
	{ .name = "release", .kind = SY_SHA256, .zh = "放行叶哈希", .en = "Leaf of the release" },
	{ .name = "leaf", .kind = SY_SHA256, .zh = "叶哈希", .en = "Leaf" },
};
static const struct sy_shape void_subject = { "subject", FIELDS(void_subject_fields), void_rule, "作废对象", "Subject of a void" };

static enum sy_err
void_figures_rule(const struct sy_json *v, struct sy_fault *reterr)
{
	return sy_json_len(v) == 0 ? SY_OK : sy_shape_check_plain(&range, v, reterr);
}

static const struct sy_field void_figures_fields[] = {
	{ .name = "first", .kind = SY_INT, .min = 0, .max = SY_UNITS_MAX - 1, .zh = "起始序号", .en = "First unit" },
	{ .name = "count", .kind = SY_INT, .min = 1, .max = SY_UNITS_MAX, .zh = "件数", .en = "Units" },
};
static const struct sy_shape void_figures = { "figures", FIELDS(void_figures_fields), void_figures_rule, "作废数值", "Figures of a void: a range, or nothing" };

static const struct sy_field recall_subject_fields[] = {
	{ .name = "lots", .kind = SY_LIST, .flags = SY_REQUIRED, .min = 1, .max = 100, LEAF, .zh = "批次叶哈希", .en = "Leaves of the lots" },
};
static const struct sy_shape recall_subject = { "subject", FIELDS(recall_subject_fields), NULL, "召回对象", "Subject of a recall" };
static const struct sy_field recall_figures_fields[] = {
	{ .name = "open", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "仍在召回", .en = "Still open" },
};
static const struct sy_shape recall_figures = { "figures", FIELDS(recall_figures_fields), NULL, "召回数值", "Figures of a recall" };

static const struct {
	const char *type;
	const struct sy_shape *subject, *figures;
} types[] = {
	{ "party", NULL, NULL },
	{ "product", NULL, NULL },
	{ "lot", NULL, NULL },
	{ "report", NULL, NULL },
	{ "certificate", NULL, NULL },
	{ "release", &release_subject, &release_figures },
	{ "allocation", &allocation_subject, &range },
	{ "hold", &hold_subject, &hold_figures },
	{ "void", &void_subject, &void_figures },
	{ "recall", &recall_subject, &recall_figures },
	{ "activation", &activation_subject, &range },
	{ "trust", NULL, NULL },
	{ "status", NULL, NULL },
};

const char *
sy_statement_type_at(size_t i)
{
	return i < SY_LEN(types) ? types[i].type : NULL;
}

const char *
sy_statement_type(const char *name)
{
	for (size_t i = 0; name != NULL && i < SY_LEN(types); i++)
		if (strcmp(types[i].type, name) == 0)
			return types[i].type;
	return NULL;
}

void
sy_statement_shapes(const char *type, const struct sy_shape **retsubject, const struct sy_shape **retfigures)
{
	*retsubject = NULL;
	*retfigures = NULL;
	for (size_t i = 0; type != NULL && i < SY_LEN(types); i++) {
		if (strcmp(types[i].type, type) == 0) {
			*retsubject = types[i].subject;
			*retfigures = types[i].figures;
		}
	}
}
