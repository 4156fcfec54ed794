/* run.c: see run.h. */
#include "tagger/cmd/run.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#define GS1_MODULE 396U /* thousandths of a millimetre */
#define PREFERRED_DOTS 4
#define NUMBER_MAX (INT64_C(1) << 30) /* units of an item, suyuan-label(5) */

/* -1: not given; -2: not a number. */
static int64_t
number_of(const char *s)
{
	char *end = NULL;
	if (s == NULL)
		return -1;
	errno = 0;
	long long n = strtoll(s, &end, 10);
	return errno != 0 || *s < '0' || *s > '9' || *end != '\0' || n > NUMBER_MAX ? -2 : (int64_t)n;
}

bool
run_check(const struct verb *verb, const char *const *v)
{
	bool file = v[RUN_CODES] != NULL, server = v[RUN_SERVER] != NULL;
	bool with = v[RUN_TOKEN] != NULL && v[RUN_ALLOCATION] != NULL;
	bool any = v[RUN_TOKEN] != NULL || v[RUN_ALLOCATION] != NULL || v[RUN_FIRST] != NULL || v[RUN_COUNT] != NULL;
	if (file == server || (server && !with) || (file && any) || v[RUN_OUT] == NULL) {
		(void)options_misuse(verb, "须有 --out，并有 --codes，或 --server、--token-file 和 --allocation",
		    "--out is needed, and --codes, or --server with --token-file and --allocation", "");
		return false;
	}
	for (size_t i = RUN_FIRST; i <= RUN_COUNT; i++) {
		if (number_of(v[i]) == -2 || (i == RUN_COUNT && number_of(v[i]) == 0)) {
			(void)options_misuse(verb, "不是可用的数：", "not a usable number: ", v[i]);
			return false;
		}
	}
	return true;
}

static enum sy_err
open_file(struct run *r, const char *name, struct sy_fault *reterr)
{
	SY_TRY(files_open(name, &r->codes, reterr));
	bool more = true;
	sy_codes_init(&r->press.codes, r->codes);
	while (more)
		SY_TRY(sy_codes_next(&r->press.codes, &more, reterr));
	r->parts = r->press.codes.part;
	rewind(r->codes);
	sy_codes_init(&r->press.codes, r->codes);
	return SY_OK;
}

enum sy_err
run_open(struct run *r, const char *const *v, unsigned dpi, struct sy_fault *reterr)
{
	const char *size = v[RUN_SIZE] == NULL ? "60x40" : v[RUN_SIZE];
	const struct sy_size *s = sy_size_find(sy_span_str(size));
	if (s == NULL)
		return sy_fault_say(reterr, SY_ERR_BAD_ARGUMENT, "size", "没有尺寸 %s：可用 40x30 50x30 60x40 50x50 80x60 100x70",
		    "No size %s: there are 40x30 50x30 60x40 50x50 80x60 100x70", size);
	SY_TRY(sy_text_new(&r->text, reterr));
	sy_press_init(&r->press, r->text, s, dpi);
	if (v[RUN_SERVER] == NULL)
		return open_file(r, v[RUN_CODES], reterr);
	SY_TRY(fetch_open(v[RUN_SERVER], v[RUN_TOKEN], v[RUN_ALLOCATION], number_of(v[RUN_FIRST]), number_of(v[RUN_COUNT]), &r->fetch, reterr));
	sy_codes_init_from(&r->press.codes, fetch_read, r->fetch);
	return SY_OK;
}

void
run_close(struct run *r)
{
	fetch_free(r->fetch);
	sy_text_free(r->text);
	files_closep(&r->codes);
}

/* GS1 General Specifications, symbol specification table 1: 0.396 mm is the least for a scanner at a till. Once a run. */
static void
say_small(struct run *r)
{
	const struct sy_layout *l = &r->press.layout;
	unsigned micrometres = (unsigned)l->module * 1000000U / sy_dots_per_metre(l->dpi);
	if (r->verb == NULL || r->small || micrometres >= GS1_MODULE)
		return;
	r->small = true;
	const char *name = r->verb->name;
	(void)fprintf(stderr, "suyuan-tagger %s: 手机扫描用，不符合 GS1 收银扫描尺寸（模块 0.%03u 毫米，应有 0.%u 毫米）\n", name, micrometres, GS1_MODULE);
	(void)fprintf(stderr, "suyuan-tagger %s: for phones, below the size that GS1 asks for at a till (modules of 0.%03u mm, 0.%u mm wanted)\n", name, micrometres, GS1_MODULE);
	if (l->dpi != 600 && l->module < PREFERRED_DOTS)
		(void)fprintf(stderr, "suyuan-tagger %s: 模块只有 %d 点，歪斜或模糊时难读；大一号的标签有 %d 点\nsuyuan-tagger %s: modules of %d dots are hard to read when tilted or blurred; a larger label has %d\n",
		    name, l->module, PREFERRED_DOTS, name, l->module, PREFERRED_DOTS);
}

enum sy_err
run_next(struct run *r, bool *retmore, struct sy_fault *reterr)
{
	const struct sy_codes *c = &r->press.codes;
	SY_TRY(sy_press_next(&r->press, retmore, reterr));
	if (*retmore)
		say_small(r);
	if (!*retmore || r->fetch == NULL)
		return SY_OK;
	/* The numbers that were asked for, in their order: else a label would be taken for another one. */
	int64_t want = fetch_range(r->fetch).first + (int64_t)r->taken;
	if (c->facts.first < 0 || c->facts.first + (int64_t)c->count - 1 != want)
		return sy_fault_say(reterr, SY_ERR_CONFLICT, "server", "服务器给的不是所要的第 %" PRId64 " 号", "the server did not give number %" PRId64 ", which was asked for", want);
	r->taken++;
	return SY_OK;
}

bool
run_keeps(const struct run *r)
{
	return r->fetch != NULL && r->done > 0;
}

void
run_progress(struct run *r)
{
	r->done++;
	if (r->done % 100 != 0 || isatty(STDERR_FILENO) != 1)
		return;
	if (r->fetch == NULL)
		(void)fprintf(stderr, "\r%zu", r->done);
	else
		(void)fprintf(stderr, "\r%zu / %" PRId64, r->done, fetch_range(r->fetch).count);
}

void
run_summary(const struct run *r, const char *what)
{
	if (isatty(STDERR_FILENO) == 1)
		(void)fprintf(stderr, "\r%s: %zu\n", what, r->done);
}

void
run_resume(const struct verb *verb, const struct run *r)
{
	if (r->fetch == NULL)
		return;
	struct fetch_range g = fetch_range(r->fetch);
	int64_t done = (int64_t)r->done, lost = g.asked - done, left = g.count - g.asked;
	if (g.asked == 0)
		return;
	(void)fprintf(stderr, "suyuan-tagger %s: 已印 %" PRId64 " 个，自第 %" PRId64 " 号起\nsuyuan-tagger %s: %" PRId64 " printed, from number %" PRId64 "\n", verb->name, done,
	    g.first, verb->name, done, g.first);
	if (lost > 0)
		(void)fprintf(stderr,
		    "suyuan-tagger %s: 第 %" PRId64 " 至 %" PRId64 " 号要过而没有印出，可能已签；签过的不会再签，请作废\n"
		    "suyuan-tagger %s: numbers %" PRId64 " to %" PRId64 " were asked for and not printed; what is signed is not signed again: void them\n",
		    verb->name, g.first + done, g.first + g.asked - 1, verb->name, g.first + done, g.first + g.asked - 1);
	if (left > 0)
		(void)fprintf(stderr, "suyuan-tagger %s: 续印 resume: --first %" PRId64 " --count %" PRId64 "\n", verb->name, g.first + g.asked, left);
}
