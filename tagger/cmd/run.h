/* run.h: what labels and sheet have in common: a file of codes that is whole, a font, a size. */
#ifndef SY_TAGGER_CMD_RUN_H
#define SY_TAGGER_CMD_RUN_H

#include "tagger/cmd/files.h"
#include "tagger/cmd/options.h"
#include "tagger/press.h"

struct run {
	FILE *codes;
	struct sy_text *text;
	struct sy_press press;
	size_t done, parts;
};
/* Reads the whole file once, so that nothing is printed of one that was cut short; then stands at its beginning. */
enum sy_err run_open(struct run *r, const char *codes, const char *size, unsigned dpi, struct sy_fault *reterr) SY_MUST;
void run_close(struct run *r);
void run_progress(struct run *r); /* on a terminal only */
void run_summary(const struct run *r, const char *what);

#endif
