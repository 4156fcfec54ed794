/* activation.c: printed labels are on packs now; before that, their verdict is not-issued. */
#include "schema/model/shapes.h"

static const struct sy_field fields[] = {
	{ .name = "allocation", .kind = SY_ID, .flags = SY_REQUIRED, .zh = "赋码", .en = "Allocation" },
	{ .name = "first", .kind = SY_INT, .flags = SY_REQUIRED, .min = 0, .max = SY_UNITS_MAX - 1, .zh = "起始序号", .en = "First unit" },
	{ .name = "count", .kind = SY_INT, .flags = SY_REQUIRED, .min = 1, .max = SY_UNITS_MAX, .zh = "件数", .en = "Units" },
};

const struct sy_shape sy_shape_activation = { "activation", fields, SY_LEN(fields), NULL, "激活", "Activation" };
