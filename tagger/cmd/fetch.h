/* fetch.h: codes straight from a server: POST /api/v1/labels in pieces, read as one text. The only door to libcurl.
 *
 * The signer writes down the range of a request before it signs, and never signs it again: so a long run is asked
 * for in small pieces, and an answer that is cut short costs at most one of them. */
#ifndef SY_TAGGER_CMD_FETCH_H
#define SY_TAGGER_CMD_FETCH_H

#include "schema/bytes.h"

#define FETCH_PIECE 512 /* codes in a request */

struct fetch;
/* server: "https://host[:port]"; http only to this machine. first, count: -1 for what the allocation holds.
 * UNAVAILABLE: no answer; else what the server refused with, in its own words. */
enum sy_err fetch_open(const char *server, const char *token_file, const char *allocation, int64_t first, int64_t count, struct fetch **ret,
    struct sy_fault *reterr) SY_MUST;
void fetch_free(struct fetch *f);
SY_DEFINE_CLEANUP(struct fetch, fetch_free)
/* A sy_codes_source: everything that came is given out before the error that ended it. */
enum sy_err fetch_read(void *fetch, uint8_t *ret, size_t size, size_t *retlen, struct sy_fault *reterr) SY_MUST;

struct fetch_range {
	int64_t first, count; /* of the whole run */
	int64_t asked; /* codes before this one, counted from first, were asked for and may be signed */
};
struct fetch_range fetch_range(const struct fetch *f);

#endif
