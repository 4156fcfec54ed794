/* api/schemas.h: JSON Schemas of what is no record: requests and answers of the
 * API that the shapes do not describe. */
#ifndef SERVER_API_SCHEMAS_H
#define SERVER_API_SCHEMAS_H

#include <stddef.h>

struct api_schema {
	const char *name;
	const char *json;
};
extern const struct api_schema api_schemas[];
extern const size_t api_schemas_len;

#endif
