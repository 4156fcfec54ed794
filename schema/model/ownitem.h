/* ownitem.h: Item number of a maker that owns no GTIN: 1 to 14 of [0-9A-Z]. */
#ifndef SY_SCHEMA_MODEL_OWNITEM_H
#define SY_SCHEMA_MODEL_OWNITEM_H

#include "schema/bytes.h"

enum sy_err sy_ownitem_check(struct sy_span text, struct sy_fault *reterr) SY_MUST;

#endif
