/* labels.c: suyuan-tagger labels: one label a file (svg, png), or one a page (pdf). */
#include "tagger/cmd/run.h"
#include "tagger/render/pdf.h"
#include "tagger/render/png.h"
#include "tagger/render/svg.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define IMAGE_MAX ((size_t)16 << 20)

enum { FORMAT = RUN_OPTIONS, DPI };
static const struct option_row rows[] = {
	RUN_ROWS,
	{ "out", "DIR|FILE", "svg、png 写入目录，pdf 写入文件", "Directory for svg and png, file for pdf" },
	{ "format", "svg|png|pdf", "格式（默认 pdf）", "Format (pdf)" },
	{ "dpi", "203|300|600", "打印分辨率（png 默认 300，svg、pdf 默认 600）", "Printer resolution (png 300; svg and pdf 600)" },
};

typedef enum sy_err renderer(struct sy_text *text, const struct sy_layout *l, const struct sy_symbol *s, struct sy_buf *ret);

static enum sy_err
print_pdf(struct run *r, const char *out, struct sy_fault *reterr)
{
	SY_CLEANUP(files_abandon) struct out_file file = { .file = NULL };
	SY_TRY(files_create(out, &file, reterr));
	SY_AUTO_PDF *pdf = NULL;
	SY_TRY(sy_pdf_new(r->text, file.file, NULL, &pdf));
	bool more = true;
	enum sy_err err = SY_OK;
	while (err == SY_OK && more) {
		err = run_next(r, &more, reterr);
		if (err != SY_OK || !more)
			break;
		SY_TRY(sy_pdf_add(pdf, &r->press.layout, &r->press.symbol));
		run_progress(r);
	}
	if (err != SY_OK && !run_keeps(r))
		return err;
	SY_TRY(sy_pdf_end(pdf));
	SY_TRY(files_finish(&file, reterr));
	return err;
}

/* <item>-<lot>[-<serial>].<ext>: letters, digits and hyphens, as the link's parser has made sure. A lot code has
 * no serial: several in one file would be the same label, and are numbered. */
static enum sy_err
write_image(struct run *r, const char *dir, const char *ext, struct sy_span image, struct sy_fault *reterr)
{
	char path[FILES_PATH_MAX], last[32];
	const struct sy_link *l = &r->press.codes.link;
	(void)snprintf(last, sizeof last, "%s", l->serial);
	if (l->serial[0] == '\0')
		(void)snprintf(last, sizeof last, "LOT%zu", r->press.codes.count);
	if (snprintf(path, sizeof path, "%s/%s-%s-%s.%s", dir, l->item, l->lot, last, ext) >= (int)sizeof path)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "out", 0, 0);
	SY_CLEANUP(files_abandon) struct out_file file = { .file = NULL };
	SY_TRY(files_create(path, &file, reterr));
	if (fwrite(image.data, 1, image.len, file.file) != image.len)
		return sy_fault_at(reterr, SY_ERR_IO, "out", 0, 0);
	return files_finish(&file, reterr);
}

static enum sy_err
print_images(struct run *r, const char *dir, const char *ext, renderer *render, struct sy_fault *reterr)
{
	if (mkdir(dir, 0777) != 0 && errno != EEXIST)
		return sy_fault_say(reterr, SY_ERR_IO, "out", "%s：%s", "%s: %s", dir, strerror(errno));
	SY_CLEANUP(sy_buf_done) struct sy_buf image;
	sy_buf_init(&image, IMAGE_MAX);
	for (;;) {
		bool more = false;
		SY_TRY(run_next(r, &more, reterr));
		if (!more)
			return SY_OK;
		sy_buf_reset(&image);
		SY_TRY(render(r->text, &r->press.layout, &r->press.symbol, &image));
		SY_TRY(write_image(r, dir, ext, sy_buf_span(&image), reterr));
		run_progress(r);
	}
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
	const char *format = v[FORMAT] == NULL ? "pdf" : v[FORMAT];
	bool pdf = strcmp(format, "pdf") == 0, png = strcmp(format, "png") == 0;
	if (!pdf && !png && strcmp(format, "svg") != 0)
		return options_misuse(verb, "没有这种格式：", "no such format: ", format);
	char *end = NULL;
	unsigned long dpi = v[DPI] == NULL ? (png ? 300 : 600) : strtoul(v[DPI], &end, 10);
	if ((end != NULL && *end != '\0') || dpi > 10000 || sy_dots_per_metre((unsigned)dpi) == 0)
		return options_misuse(verb, "分辨率只能是 203、300 或 600，不是 ", "resolutions are 203, 300 and 600, not ", v[DPI]);
	SY_CLEANUP(run_close) struct run r = { .codes = NULL };
	struct sy_fault fault = { .err = SY_OK };
	enum sy_err err = run_open(&r, v, (unsigned)dpi, &fault);
	if (err == SY_OK)
		err = pdf ? print_pdf(&r, v[RUN_OUT], &fault) : print_images(&r, v[RUN_OUT], format, png ? sy_png_render : sy_svg_render, &fault);
	if (err != SY_OK) {
		int code = options_fail(verb, err, &fault);
		run_resume(verb, &r);
		return code;
	}
	run_summary(&r, "标签 labels");
	return EXIT_YES;
}

const struct verb verb_labels = {
	.name = "labels", .arguments = RUN_ARGUMENTS " [--format svg|png|pdf] [--dpi N] --out DIR|FILE", .zh = "把码印成单个标签",
	.en = "Print codes as single labels", .options = rows, .noptions = SY_LEN(rows), .run = run,
};
