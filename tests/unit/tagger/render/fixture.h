/* fixture.h: a press that stands at the label one asks for, from a file of codes in memory. */
#ifndef TESTS_UNIT_TAGGER_RENDER_FIXTURE_H
#define TESTS_UNIT_TAGGER_RENDER_FIXTURE_H

#include "tagger/code/token.h"
#include "tagger/render/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	FILE *file;
	struct sy_text *text;
	struct sy_press press;
	struct sy_stream stream;
	struct sy_buf out;
};

#define FIXTURE_FACTS "\"product\":\"=1+2 花生,\\\"A\\\"\",\"lot\":\"A1\",\"host\":\"q.cn\",\"gtin\":\"06901234567892\",\"produced\":\"2026-09-17\""

static inline void
fixture_code(FILE *file, const char *serial)
{
	uint8_t token[SY_TOKEN_SIZE] = { 1 };
	char digits[SY_TOKEN_DIGITS + 1];
	sy_token_digits(token, digits);
	(void)fprintf(file, "HTTPS://Q.CN/01/06901234567892/10/A1%s%s?S=%s\n", serial[0] == '\0' ? "" : "/21/", serial, digits);
}

/* Two units of a lot, then two lot codes: two layouts. */
static inline void
fixture_open(struct fixture *f, unsigned dpi)
{
	memset(f, 0, sizeof *f);
	f->file = tmpfile();
	assert_non_null(f->file);
	(void)fprintf(f->file, "# suyuan-codes/v1 {" FIXTURE_FACTS ",\"first\":7,\"count\":2}\n");
	fixture_code(f->file, "K7Q2M9XW4T");
	fixture_code(f->file, "0123456789");
	(void)fprintf(f->file, "# end 2\n# suyuan-codes/v1 {" FIXTURE_FACTS "}\n");
	fixture_code(f->file, "");
	fixture_code(f->file, "");
	(void)fprintf(f->file, "# end 2\n");
	rewind(f->file);
	assert_int_equal(sy_text_new(&f->text, NULL), SY_OK);
	sy_press_init(&f->press, f->text, sy_size_find(sy_span_str("60x40")), dpi);
	sy_codes_init(&f->press.codes, f->file);
	sy_stream_init(&f->stream);
	sy_buf_init(&f->out, (size_t)1 << 24);
}

/* The next label's bytes, alone in f->out; false at the end, where they are what closes the job. */
static inline bool
fixture_next(struct fixture *f, const struct sy_format *format)
{
	bool more = false;
	sy_buf_reset(&f->out);
	assert_int_equal(sy_press_next(&f->press, &more, NULL), SY_OK);
	assert_int_equal(more ? format->add(&f->stream, &f->press, &f->out) : format->end(&f->stream, &f->out), SY_OK);
	return more;
}

static inline void
fixture_close(struct fixture *f)
{
	sy_buf_done(&f->out);
	sy_stream_done(&f->stream);
	sy_text_free(f->text);
	(void)fclose(f->file);
}

#endif
