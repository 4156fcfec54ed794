/* service/codes.h: a run of labels as a text stream: a line of facts, a URL a
 * line, an end line (suyuan-label(5), "File of codes"). Constant memory. */
#ifndef SERVER_SERVICE_CODES_H
#define SERVER_SERVICE_CODES_H

#include "server/app.h"
#include "server/service/caller.h"
#include "server/service/trail.h"

struct codes;
struct codes_request {
	const struct caller *caller;
	const char *allocation; /* record id; or NULL and release: a product sold by weight, one code for the lot */
	const char *release;
	int64_t first, count;
	const struct trail_line *line; /* kept with the range */
};
/* Asks the signer; the first labels are there when it returns OK, so that a refusal is an error and no broken stream. */
enum sy_err codes_open(struct app *app, const struct codes_request *q, struct codes **ret, struct sy_fault *reterr) SY_MUST;
enum sy_err codes_next(void *codes, struct sy_buf *chunk) SY_MUST; /* empty: the end */
void codes_free(void *codes);

#endif
