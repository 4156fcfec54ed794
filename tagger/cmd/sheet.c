/* sheet.c: suyuan-tagger sheet: A4 sheets of labels as one PDF. */
#include "tagger/cmd/run.h"
#include "tagger/render/pdf.h"

enum { COMPACT = RUN_OPTIONS };
static const struct option_row rows[] = {
	RUN_ROWS,
	{ "out", "FILE", "输出的 PDF，- 为标准输出", "The PDF to write, - for standard output" },
	{ "compact", NULL, "各批连续排版，不另起页", "Lots follow each other without a new page" },
};

static enum sy_err
print(struct run *r, const char *out, bool compact, struct sy_fault *reterr)
{
	struct sy_sheet sheet;
	SY_TRY(sy_sheet_a4(r->press.size, r->press.dpi, &sheet, reterr));
	SY_CLEANUP(files_abandon) struct out_file file = { .file = NULL };
	SY_TRY(files_create(out, &file, reterr));
	SY_AUTO_PDF *pdf = NULL;
	SY_TRY(sy_pdf_new(r->text, file.file, &sheet, &pdf));
	size_t part = 1;
	bool more = true;
	enum sy_err err = SY_OK;
	while (err == SY_OK && more) {
		err = run_next(r, &more, reterr);
		if (err != SY_OK || !more)
			break;
		if (r->press.codes.part != part && !compact)
			sy_pdf_break(pdf);
		part = r->press.codes.part;
		SY_TRY(sy_pdf_add(pdf, &r->press.layout, &r->press.symbol));
		run_progress(r);
	}
	if (err != SY_OK && !run_keeps(r))
		return err;
	SY_TRY(sy_pdf_end(pdf));
	SY_TRY(files_finish(&file, reterr));
	return err;
}

static int
run(const struct verb *verb, int argc, char **argv)
{
	const char *v[SY_LEN(rows)] = { NULL };
	int rest = 0;
	bool help = false;
	if (options_parse(verb, argc, argv, v, &rest, &help) != SY_OK)
		return EXIT_UNTOLD;
	if (help)
		return EXIT_YES;
	if (rest != argc)
		return options_misuse(verb, "多余的参数：", "not needed: ", argv[rest]);
	if (!run_check(verb, v))
		return EXIT_UNTOLD;
	SY_CLEANUP(run_close) struct run r = { .verb = verb };
	struct sy_fault fault = { .err = SY_OK };
	enum sy_err err = run_open(&r, v, 600, &fault);
	if (err == SY_OK)
		err = print(&r, v[RUN_OUT], v[COMPACT] != NULL, &fault);
	if (err != SY_OK) {
		int code = options_fail(verb, err, &fault);
		run_resume(verb, &r);
		return code;
	}
	run_summary(&r, "标签 labels");
	return EXIT_YES;
}

const struct verb verb_sheet = {
	.name = "sheet", .arguments = RUN_ARGUMENTS " [--compact] --out FILE", .zh = "把码排成 A4 标签页（PDF）",
	.en = "Lay codes out as A4 sheets of labels (PDF)", .options = rows, .noptions = SY_LEN(rows), .run = run,
};
