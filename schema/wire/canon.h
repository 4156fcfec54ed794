/* canon.h: canonical JSON, RFC 8785, on our subset (wire/json.h), where member
 * names are printable ASCII, so that byte order is the order of section 3.2.3. */
#ifndef SY_SCHEMA_WIRE_CANON_H
#define SY_SCHEMA_WIRE_CANON_H

#include "schema/wire/json.h"

/* BAD_CHARACTER through the buffer's error when a member name is not printable ASCII. */
void sy_canon_print(const struct sy_json *v, struct sy_buf *ret);
/* As sy_json_parse, and NOT_CANONICAL (with the first differing offset) unless text is its own canonical form. */
enum sy_err sy_canon_parse(struct sy_span text, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;

#endif
