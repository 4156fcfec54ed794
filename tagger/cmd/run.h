/* run.h: what labels and sheet have in common: codes from a file that is whole or from a server, a font, a size. */
#ifndef SY_TAGGER_CMD_RUN_H
#define SY_TAGGER_CMD_RUN_H

#include "tagger/cmd/fetch.h"
#include "tagger/cmd/files.h"
#include "tagger/cmd/options.h"
#include "tagger/press.h"

/* The first options of both verbs, in this order. */
enum { RUN_CODES, RUN_SERVER, RUN_TOKEN, RUN_ALLOCATION, RUN_FIRST, RUN_COUNT, RUN_SIZE, RUN_OUT, RUN_OPTIONS };
#define RUN_ROWS \
	{ "codes", "FILE", "码文件，- 为标准输入", "File of codes, - for standard input" }, \
	{ "server", "URL", "直接向服务器要码，代替 --codes", "Get the codes straight from a server, instead of --codes" }, \
	{ "token-file", "FILE", "服务器令牌所在的文件", "File that holds the token for the server" }, \
	{ "allocation", "ID", "赋码记录的编号", "Id of the allocation" }, \
	{ "first", "N", "从第几号起（默认赋码的第一个）", "First number (the allocation's)" }, \
	{ "count", "N", "要多少个（默认到赋码末尾）", "How many (to the end of the allocation)" }, \
	{ "size", "WxH", "标签尺寸，毫米（默认 60x40）", "Label size in mm (60x40)" }
#define RUN_ARGUMENTS "--codes FILE|- or --server URL --token-file FILE --allocation ID [--first N] [--count N] [--size WxH]"

struct run {
	FILE *codes;
	struct fetch *fetch; /* or from a server */
	struct sy_text *text;
	struct sy_press press;
	const struct verb *verb; /* that says what there is to say; NULL: nothing of sizes (formats that have none) */
	size_t done, parts; /* parts: 0 when they come from a server */
	bool small; /* said that the modules are for phones only */
	size_t taken; /* codes handed out to be printed; done: printed */
};
/* False after telling why: which options go together. */
bool run_check(const struct verb *verb, const char *const *v);
/* A file is read once, so that nothing is printed of one that was cut short; then stands at its beginning.
 * A server is asked for no code before font and size are known to be there. */
enum sy_err run_open(struct run *r, const char *const *v, unsigned dpi, struct sy_fault *reterr) SY_MUST;
void run_close(struct run *r);
/* The next label, in r->press. */
enum sy_err run_next(struct run *r, bool *retmore, struct sy_fault *reterr) SY_MUST;
/* Codes of a server are signed once: what has been printed of a run that failed is kept. */
bool run_keeps(const struct run *r);
void run_progress(struct run *r); /* one more is printed; told on a terminal only */
void run_summary(const struct run *r, const char *what);
/* After a failure: how far it came, and how to go on. */
void run_resume(const struct verb *verb, const struct run *r);

#endif
