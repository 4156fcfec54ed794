/* sheet.c: suyuan-tagger sheet: A4 sheets of labels as one PDF. */
#include "tagger/cmd/run.h"
#include "tagger/render/pdf.h"

enum { CODES, SIZE, OUT, COMPACT };
static const struct option_row rows[] = {
	{ "codes", "FILE", "码文件，- 为标准输入", "File of codes, - for standard input" },
	{ "size", "WxH", "标签尺寸，毫米（默认 60x40）", "Label size in mm (60x40)" },
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
	for (;;) {
		bool more = false;
		SY_TRY(sy_press_next(&r->press, &more, reterr));
		if (!more)
			break;
		if (r->press.codes.part != part && !compact)
			sy_pdf_break(pdf);
		part = r->press.codes.part;
		SY_TRY(sy_pdf_add(pdf, &r->press.layout, &r->press.symbol));
		run_progress(r);
	}
	SY_TRY(sy_pdf_end(pdf));
	return files_finish(&file, reterr);
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
	if (v[CODES] == NULL || v[OUT] == NULL || rest != argc)
		return options_misuse(verb, "须有 --codes 和 --out，再无其他", "--codes and --out are needed, and nothing else", "");
	SY_CLEANUP(run_close) struct run r = { .codes = NULL };
	struct sy_fault fault = { .err = SY_OK };
	enum sy_err err = run_open(&r, v[CODES], v[SIZE] == NULL ? "60x40" : v[SIZE], 600, &fault);
	if (err == SY_OK)
		err = print(&r, v[OUT], v[COMPACT] != NULL, &fault);
	if (err != SY_OK)
		return options_fail(verb, err, &fault);
	run_summary(&r, "标签 labels");
	return EXIT_YES;
}

const struct verb verb_sheet = {
	.name = "sheet", .arguments = "--codes FILE|- [--size WxH] [--compact] --out FILE", .zh = "把码文件排成 A4 标签页（PDF）",
	.en = "Lay a file of codes out as A4 sheets of labels (PDF)", .options = rows, .noptions = SY_LEN(rows), .run = run,
};
