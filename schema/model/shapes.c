/* shapes.c: see shapes.h. */
#include "schema/model/shapes.h"

#include <string.h>

static const struct sy_shape *const shapes[] = {
	&sy_shape_party,
	&sy_shape_facility,
	&sy_shape_product,
	&sy_shape_lot,
	&sy_shape_sample,
	&sy_shape_report,
	&sy_shape_certificate,
	&sy_shape_release,
	&sy_shape_allocation,
	&sy_shape_activation,
	&sy_shape_hold,
	&sy_shape_void,
	&sy_shape_recall,
};

const struct sy_shape *
sy_shapes_at(size_t i)
{
	return i < SY_LEN(shapes) ? shapes[i] : NULL;
}

const struct sy_shape *
sy_shapes_find(const char *type)
{
	for (size_t i = 0; type != NULL && i < SY_LEN(shapes); i++)
		if (strcmp(shapes[i]->name, type) == 0)
			return shapes[i];
	return NULL;
}
