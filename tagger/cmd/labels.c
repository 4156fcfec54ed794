/* labels.c: suyuan-tagger labels: a file for each label (svg, png, eps), a page (pdf), or one stream (zpl, tspl, csv, text). */
#include "tagger/cmd/run.h"
#include "tagger/render/eps.h"
#include "tagger/render/pdf.h"
#include "tagger/render/png.h"
#include "tagger/render/stream.h"
#include "tagger/render/svg.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define IMAGE_MAX ((size_t)16 << 20)

enum { FORMAT = RUN_OPTIONS, DPI };
static const struct option_row rows[] = {
	RUN_ROWS,
	{ "out", "DIR|FILE", "svg、png、eps 写入目录，其余写入文件", "Directory for svg, png and eps, file for the others" },
	{ "format", "FORMAT", "svg png eps pdf zpl tspl csv text（默认 pdf）", "svg png eps pdf zpl tspl csv text (pdf)" },
	{ "dpi", "203|300|600", "打印分辨率（zpl、tspl 默认 203，png 默认 300，其余 600）", "Printer resolution (zpl, tspl 203; png 300; others 600)" },
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
write_out(struct out_file *file, struct sy_buf *b, struct sy_fault *reterr)
{
	bool good = b->len == 0 || fwrite(b->data, 1, b->len, file->file) == b->len;
	sy_buf_reset(b);
	return good ? SY_OK : sy_fault_at(reterr, SY_ERR_IO, "out", 0, 0);
}

/* Label by label into one file: memory does not grow with the run. */
static enum sy_err
print_stream(struct run *r, const char *out, const struct sy_format *format, struct sy_fault *reterr)
{
	SY_CLEANUP(files_abandon) struct out_file file = { .file = NULL };
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	SY_CLEANUP(sy_stream_done) struct sy_stream s;
	sy_buf_init(&b, IMAGE_MAX);
	sy_stream_init(&s);
	SY_TRY(files_create(out, &file, reterr));
	bool more = true;
	enum sy_err err = SY_OK;
	while (err == SY_OK && more) {
		err = run_next(r, &more, reterr);
		if (err != SY_OK || !more)
			break;
		SY_TRY(format->add(&s, &r->press, &b));
		SY_TRY(write_out(&file, &b, reterr));
		run_progress(r);
	}
	if (err != SY_OK && !run_keeps(r))
		return err;
	SY_TRY(format->end(&s, &b));
	SY_TRY(write_out(&file, &b, reterr));
	SY_TRY(files_finish(&file, reterr));
	return err;
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

struct format {
	const char *name;
	unsigned dpi; /* if nothing else is said */
	renderer *render; /* a file for each */
	const struct sy_format *stream; /* one file; neither: pdf */
	bool sizeless; /* nothing of it has a size on paper */
};

static const struct format *
format_find(const char *name)
{
	static const struct format all[] = {
		{ .name = "pdf", .dpi = 600 }, { .name = "svg", .dpi = 600, .render = sy_svg_render }, { .name = "png", .dpi = 300, .render = sy_png_render }, { .name = "eps", .dpi = 600, .render = sy_eps_render },
		{ .name = "zpl", .dpi = 203, .stream = &sy_zpl_format }, { .name = "tspl", .dpi = 203, .stream = &sy_tspl_format },
		{ .name = "csv", .dpi = 600, .stream = &sy_csv_format, .sizeless = true }, { .name = "text", .dpi = 600, .stream = &sy_text_format, .sizeless = true },
	};
	for (size_t i = 0; i < SY_LEN(all); i++)
		if (strcmp(name, all[i].name) == 0)
			return &all[i];
	return NULL;
}

static enum sy_err
print(struct run *r, const struct format *f, const char *out, struct sy_fault *reterr)
{
	if (f->render != NULL)
		return print_images(r, out, f->name, f->render, reterr);
	return f->stream != NULL ? print_stream(r, out, f->stream, reterr) : print_pdf(r, out, reterr);
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
	const struct format *format = format_find(v[FORMAT] == NULL ? "pdf" : v[FORMAT]);
	if (format == NULL)
		return options_misuse(verb, "没有这种格式：", "no such format: ", v[FORMAT]);
	char *end = NULL;
	unsigned long dpi = v[DPI] == NULL ? format->dpi : strtoul(v[DPI], &end, 10);
	if ((end != NULL && *end != '\0') || dpi > 10000 || sy_dots_per_metre((unsigned)dpi) == 0)
		return options_misuse(verb, "分辨率只能是 203、300 或 600，不是 ", "resolutions are 203, 300 and 600, not ", v[DPI]);
	SY_CLEANUP(run_close) struct run r = { .verb = format->sizeless ? NULL : verb };
	struct sy_fault fault = { .err = SY_OK };
	enum sy_err err = run_open(&r, v, (unsigned)dpi, &fault);
	if (err == SY_OK)
		err = print(&r, format, v[RUN_OUT], &fault);
	if (err != SY_OK) {
		int code = options_fail(verb, err, &fault);
		run_resume(verb, &r);
		return code;
	}
	run_summary(&r, "标签 labels");
	return EXIT_YES;
}

const struct verb verb_labels = {
	.name = "labels", .arguments = RUN_ARGUMENTS " [--format FORMAT] [--dpi N] --out DIR|FILE", .zh = "把码印成单个标签",
	.en = "Print codes as single labels", .options = rows, .noptions = SY_LEN(rows), .run = run,
};
