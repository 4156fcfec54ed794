/* codes.h: a file of codes, suyuan-label(5): a line "# suyuan-codes/v1 {facts}", a URL a line, "# end <count>".
 * Read as it comes; several files may follow each other. Without its last line it was cut short and is refused. */
#ifndef SY_TAGGER_CODES_H
#define SY_TAGGER_CODES_H

#include "tagger/code/link.h"
#include "tagger/facts.h"

#include <stdio.h>

/* More of the text: up to size bytes, *retlen 0 at the end. */
typedef enum sy_err sy_codes_source(void *arg, uint8_t *ret, size_t size, size_t *retlen, struct sy_fault *reterr);

struct sy_codes {
	sy_codes_source *source;
	void *arg; /* borrowed */
	uint8_t block[8192];
	size_t at, len; /* of block: read, there */
	enum sy_err failed; /* of the source */
	size_t line; /* number of the last line read */
	size_t part; /* which of the files one after the other, from 1; a range that continues the last one is no new part */
	size_t count; /* URLs seen in this part */
	bool inside;
	struct sy_label_facts facts; /* of this part */
	char url[SY_LINK_URL_MAX + 2];
	struct sy_link link; /* of the last URL */
};
void sy_codes_init(struct sy_codes *c, FILE *file);
void sy_codes_init_from(struct sy_codes *c, sy_codes_source *source, void *arg);
/* The next URL: c->url, c->link; *retmore false at a good end. Every URL is read, and must be of the product
 * and lot that the facts name. Faults carry the field "line N". */
enum sy_err sy_codes_next(struct sy_codes *c, bool *retmore, struct sy_fault *reterr) SY_MUST;

#endif
