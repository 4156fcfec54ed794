/* run.c: see run.h. */
#include "tagger/cmd/run.h"

#include <unistd.h>

enum sy_err
run_open(struct run *r, const char *codes, const char *size, unsigned dpi, struct sy_fault *reterr)
{
	const struct sy_size *s = sy_size_find(sy_span_str(size));
	if (s == NULL)
		return sy_fault_say(reterr, SY_ERR_BAD_ARGUMENT, "size", "没有尺寸 %s：可用 40x30 50x30 60x40 50x50 80x60 100x70",
		    "No size %s: there are 40x30 50x30 60x40 50x50 80x60 100x70", size);
	SY_TRY(files_open(codes, &r->codes, reterr));
	struct sy_codes whole;
	bool more = true;
	sy_codes_init(&whole, r->codes);
	while (more)
		SY_TRY(sy_codes_next(&whole, &more, reterr));
	r->parts = whole.part;
	rewind(r->codes);
	SY_TRY(sy_text_new(&r->text, reterr));
	sy_press_init(&r->press, r->codes, r->text, s, dpi);
	return SY_OK;
}

void
run_close(struct run *r)
{
	sy_text_free(r->text);
	files_closep(&r->codes);
}

void
run_progress(struct run *r)
{
	r->done++;
	if (r->done % 100 == 0 && isatty(STDERR_FILENO) == 1)
		(void)fprintf(stderr, "\r%zu", r->done);
}

void
run_summary(const struct run *r, const char *what)
{
	if (isatty(STDERR_FILENO) == 1)
		(void)fprintf(stderr, "\r%s: %zu\n", what, r->done);
}
