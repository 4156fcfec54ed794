/* service/scan.h: counting scans, in groups: many scans share one commit, and
 * each answer waits for the commit that holds its scan. */
#ifndef SERVER_SERVICE_SCAN_H
#define SERVER_SERVICE_SCAN_H

#include "server/service/commit.h"
#include "server/service/verify.h"

struct scan; /* one scan on its way into the store */

/* *retscan stays good until scan_free; the ticket is the caller's (or its reply's). */
enum sy_err scan_submit(struct writer *w, const struct verification *v, struct scan **retscan, struct commit_ticket **ret) SY_MUST;
/* After the ticket is done. */
const struct scan_count *scan_result(const struct scan *s);
void scan_free(struct scan *s);

/* Programs that fetch a page without anybody looking: crawlers, link previews, monitors. */
bool scan_is_machine(struct sy_span user_agent);

#endif
