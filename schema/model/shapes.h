/* shapes.h: the records of this system, by type name. Each stands in the file of its name. */
#ifndef SY_SCHEMA_MODEL_SHAPES_H
#define SY_SCHEMA_MODEL_SHAPES_H

#include "schema/model/shape.h"

extern const struct sy_shape sy_shape_party;
extern const struct sy_shape sy_shape_facility;
extern const struct sy_shape sy_shape_product;
extern const struct sy_shape sy_shape_lot;
extern const struct sy_shape sy_shape_sample;
extern const struct sy_shape sy_shape_report;
extern const struct sy_shape sy_shape_certificate;
extern const struct sy_shape sy_shape_release;
extern const struct sy_shape sy_shape_allocation;
extern const struct sy_shape sy_shape_activation;
extern const struct sy_shape sy_shape_hold;
extern const struct sy_shape sy_shape_void;
extern const struct sy_shape sy_shape_recall;

/* Embedded in others: a lot's origin, a report's sample. */
extern const struct sy_shape sy_shape_origin;
extern const struct sy_shape sy_shape_report_sample;

/* NULL: no such type. */
const struct sy_shape *sy_shapes_find(const char *type);
/* NULL at and after the end. */
const struct sy_shape *sy_shapes_at(size_t i);

/* Units of one product: the serial's counter has 30 bits (suyuan-label(5)). */
#define SY_UNITS_MAX (INT64_C(1) << 30)
/* Days since 2020-01-01 that fit a label's best-before field (0xFFFF is "none"). */
#define SY_LABEL_DAY_MAX 65534

#endif
