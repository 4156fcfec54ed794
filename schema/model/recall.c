/* recall.c: lots are called back from the market; a later version with open =
 * false closes the recall. */
#include "schema/model/id16.h"
#include "schema/model/shapes.h"

static const struct sy_field fields[] = {
	{ .name = "lots", .kind = SY_LIST, .flags = SY_REQUIRED, .min = 1, .max = 100, .check = sy_id16_check, .zh = "召回批次", .en = "Lots" },
	{ .name = "reason", .kind = SY_LINES, .flags = SY_REQUIRED, .max = 500, .zh = "原因", .en = "Reason" },
	{ .name = "authority", .kind = SY_TEXT, .max = 100, .zh = "决定机关", .en = "Authority" },
	{ .name = "legal_basis", .kind = SY_TEXT, .max = 200, .zh = "法律依据", .en = "Legal basis" },
	{ .name = "class", .kind = SY_INT, .flags = SY_REQUIRED, .min = 1, .max = 3, .zh = "召回级别", .en = "Class" },
	{ .name = "action", .kind = SY_LINES, .flags = SY_REQUIRED, .max = 500, .zh = "消费者应如何处理", .en = "What to do" },
	{ .name = "open", .kind = SY_BOOL, .flags = SY_REQUIRED, .zh = "仍在召回", .en = "Still open" },
};

const struct sy_shape sy_shape_recall = { "recall", fields, SY_LEN(fields), NULL, "召回", "Recall" };
