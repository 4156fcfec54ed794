/* quantity.h: how much, as a whole number of a unit (UN/ECE Recommendation 20
 * codes, as EPCIS has them): GRM KGM TNE, MLT LTR, EA. Exact: no fractions, and
 * what does not fit is refused, never rounded. JSON: {"value": 500, "uom": "GRM"}. */
#ifndef SY_SCHEMA_MODEL_QUANTITY_H
#define SY_SCHEMA_MODEL_QUANTITY_H

#include "schema/wire/json.h"

struct sy_quantity {
	int64_t value; /* 0 to 2^53-1 */
	char uom[4];
};

/* Exactly the members value and uom. MISSING, UNKNOWN_FIELD, WRONG_TYPE, OUT_OF_RANGE, UNKNOWN_UNIT. */
enum sy_err sy_quantity_parse(const struct sy_json *v, struct sy_quantity *ret, struct sy_fault *reterr) SY_MUST;
/* The JSON object; NULL when out of memory. Caller owns it. */
struct sy_json *sy_quantity_json(const struct sy_quantity *q);
/* The base unit of q's family (GRM, MLT or EA); NULL for an unknown unit. */
const char *sy_quantity_base_uom(const struct sy_quantity *q);
/* q in its base unit. UNKNOWN_UNIT, OUT_OF_RANGE. */
enum sy_err sy_quantity_to_base(const struct sy_quantity *q, int64_t *ret) SY_MUST;
/* *ret < 0, 0, > 0 as a is less than, equal to, more than b. UNIT_MISMATCH between families. */
enum sy_err sy_quantity_compare(const struct sy_quantity *a, const struct sy_quantity *b, int *ret) SY_MUST;
/* Results stand in the finer of both units. UNIT_MISMATCH; OUT_OF_RANGE, also below zero. ret may be a or b. */
enum sy_err sy_quantity_add(const struct sy_quantity *a, const struct sy_quantity *b, struct sy_quantity *ret) SY_MUST;
enum sy_err sy_quantity_subtract(const struct sy_quantity *a, const struct sy_quantity *b, struct sy_quantity *ret) SY_MUST;
enum sy_err sy_quantity_multiply(const struct sy_quantity *a, int64_t n, struct sy_quantity *ret) SY_MUST;
/* For people and exact: "500 g", "1.2 t", "250 mL", "12 件" (zh) or "12 pcs". */
void sy_quantity_print(const struct sy_quantity *q, bool zh, struct sy_buf *ret);
/* The unit codes, NULL at the end. */
extern const char *const sy_quantity_units[];

#endif
