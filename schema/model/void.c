/* void.c: labels, a report, a certificate or a release that hold no longer. */
#include "schema/model/shapes.h"

static const char *const subjects[] = { "labels", "report", "certificate", "release", NULL };

static enum sy_err
rule(const struct sy_json *v, struct sy_fault *reterr)
{
	static const char *const range[] = { "first", "count" };
	for (size_t i = 0; i < SY_LEN(range); i++) {
		if (sy_shape_is(v, "subject_kind", "labels"))
			SY_TRY(sy_shape_needs(v, range[i], "作废标签应写明序号段", "Voiding labels needs their range", reterr));
		else
			SY_TRY(sy_shape_has_no(v, range[i], "只用于作废标签", "Only for labels", reterr));
	}
	return SY_OK;
}

static const struct sy_field fields[] = {
	{ .name = "subject_kind", .kind = SY_ENUM, .flags = SY_REQUIRED, .values = subjects, .zh = "作废对象类别", .en = "Kind of subject" },
	{ .name = "subject", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "作废对象；标签填放行", .en = "Subject; for labels their release" },
	{ .name = "first", .kind = SY_INT, .min = 0, .max = SY_UNITS_MAX - 1, .zh = "起始序号", .en = "First unit" },
	{ .name = "count", .kind = SY_INT, .min = 1, .max = SY_UNITS_MAX, .zh = "件数", .en = "Units" },
	{ .name = "reason", .kind = SY_LINES, .flags = SY_REQUIRED, .max = 500, .zh = "原因", .en = "Reason" },
};

const struct sy_shape sy_shape_void = { "void", fields, SY_LEN(fields), rule, "作废", "Void" };
