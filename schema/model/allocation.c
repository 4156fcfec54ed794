/* allocation.c: a range of units set aside for one print run. Ranges are given
 * out by the signer; no code has a row of its own. */
#include "schema/model/shapes.h"

static const struct sy_field fields[] = {
	{ .name = "release", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "放行", .en = "Release" },
	{ .name = "count", .kind = SY_INT, .flags = SY_REQUIRED, .min = 1, .max = SY_UNITS_MAX, .zh = "件数", .en = "Units" },
	{ .name = "printer", .kind = SY_TEXT, .max = 60, .zh = "打印机或印刷厂", .en = "Printer" },
	{ .name = "first", .kind = SY_INT, .flags = SY_REQUIRED | SY_COMPUTED, .min = 0, .max = SY_UNITS_MAX - 1, .zh = "起始序号", .en = "First unit" },
};

const struct sy_shape sy_shape_allocation = { "allocation", fields, SY_LEN(fields), NULL, "赋码", "Allocation" };
