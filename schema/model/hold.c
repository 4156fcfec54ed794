/* hold.c: a lot or certificate is stopped for the time being; a later version
 * with open = false lifts it. */
#include "schema/model/shapes.h"

static const char *const subjects[] = { "lot", "certificate", NULL };
static const char *const classes[] = { "safety", "certificate", NULL };

static enum sy_err
rule(const struct sy_json *v, struct sy_fault *reterr)
{
	if (sy_shape_is(v, "subject_kind", "certificate") == sy_shape_is(v, "class", "certificate"))
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "class", "批次用 safety，证书用 certificate", "safety for a lot, certificate for a certificate");
}

static const struct sy_field fields[] = {
	{ .name = "subject_kind", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = subjects, .zh = "暂停对象类别", .en = "Kind of subject" },
	{ .name = "subject", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "暂停对象", .en = "Subject" },
	{ .name = "class", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = classes, .zh = "暂停性质", .en = "Class" },
	{ .name = "reason", .kind = SY_LINES, .flags = SY_REQUIRED, .max = 500, .zh = "原因", .en = "Reason" },
	{ .name = "authority", .kind = SY_TEXT, .max = 100, .zh = "决定机关", .en = "Authority" },
	{ .name = "legal_basis", .kind = SY_TEXT, .max = 200, .zh = "法律依据", .en = "Legal basis" },
	{ .name = "open", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "仍在暂停", .en = "Still in force" },
};

const struct sy_shape sy_shape_hold = { "hold", fields, SY_LEN(fields), rule, "暂停", "Hold" };
