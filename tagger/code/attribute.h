/* attribute.h: GS1 application identifiers in a Digital Link's query (GS1 Digital Link URI syntax 1.6, data attributes).
 * We print none; other people's labels of the same product may carry them, and a resolver must tell a good one from a bad one. */
#ifndef SY_TAGGER_CODE_ATTRIBUTE_H
#define SY_TAGGER_CODE_ATTRIBUTE_H

#include "schema/bytes.h"

#define SY_ATTRIBUTES_MAX 32

struct sy_attributes {
	size_t n;
	uint16_t ai[SY_ATTRIBUTES_MAX];
};
/* One pair, undecoded. A key that is no number is ignored, but for its form. UNKNOWN_CODE, DUPLICATE_FIELD,
 * MALFORMED (a key of the path, %00, a bad escape), BAD_DATE, ... with the offset in "key=value". */
enum sy_err sy_attribute_add(struct sy_attributes *seen, struct sy_span key, struct sy_span value, struct sy_fault *reterr) SY_MUST;
/* What needs another one: 427 needs 422, 8030 a serial. MISSING. */
enum sy_err sy_attribute_check(const struct sy_attributes *seen, bool has_serial, struct sy_fault *reterr) SY_MUST;

#endif
