/* csv.c: see csv.h. */
#include "schema/wire/csv.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void
sy_csv_init(struct sy_csv *c, struct sy_span text, size_t row_max)
{
	memset(c, 0, sizeof *c);
	c->text = text;
	sy_buf_init(&c->cells, row_max);
	if (text.len >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0)
		c->at = 3;
}

void
sy_csv_done(struct sy_csv *c)
{
	sy_buf_done(&c->cells);
}

static enum sy_err
fault(const struct sy_csv *c, enum sy_err err, size_t at, struct sy_fault *reterr)
{
	if (reterr == NULL || reterr->err != SY_OK)
		return err;
	char field[48];
	(void)snprintf(field, sizeof field, "%zu.%zu", c->row, c->n + 1);
	(void)sy_fault_say(reterr, err, field, "第 %zu 行第 %zu 列", "Row %zu, column %zu", c->row, c->n + 1);
	reterr->offset = at;
	reterr->length = at < c->text.len ? 1 : 0;
	return err;
}

/* c->at stands behind the opening quote; moved behind the closing one. */
static enum sy_err
read_quoted(struct sy_csv *c, struct sy_fault *reterr)
{
	size_t open = c->at - 1;
	for (;;) {
		if (c->at >= c->text.len)
			return fault(c, SY_ERR_MALFORMED, open, reterr);
		uint8_t ch = c->text.data[c->at];
		if (ch == '\0')
			return fault(c, SY_ERR_BAD_CHARACTER, c->at, reterr);
		c->at++;
		if (ch == '"') {
			if (c->at >= c->text.len || c->text.data[c->at] != '"')
				return SY_OK;
			c->at++;
		}
		sy_buf_add_byte(&c->cells, ch);
	}
}

static bool
ends_cell(uint8_t ch)
{
	return ch == ',' || ch == '\n' || ch == '\r';
}

static enum sy_err
read_plain(struct sy_csv *c, struct sy_fault *reterr)
{
	while (c->at < c->text.len && !ends_cell(c->text.data[c->at])) {
		uint8_t ch = c->text.data[c->at];
		if (ch == '"' || ch == '\0')
			return fault(c, SY_ERR_BAD_CHARACTER, c->at, reterr);
		sy_buf_add_byte(&c->cells, ch);
		c->at++;
	}
	return SY_OK;
}

/* One cell and what ends it. */
static enum sy_err
read_cell(struct sy_csv *c, bool *retlast, struct sy_fault *reterr)
{
	size_t start = c->at;
	*retlast = true;
	if (c->n == SY_CSV_COLUMNS_MAX)
		return fault(c, SY_ERR_TOO_LONG, start, reterr);
	if (c->at < c->text.len && c->text.data[c->at] == '"') {
		c->at++;
		SY_TRY(read_quoted(c, reterr));
	} else {
		SY_TRY(read_plain(c, reterr));
	}
	if (sy_buf_err(&c->cells) != SY_OK)
		return fault(c, sy_buf_err(&c->cells), start, reterr);
	if (c->at < c->text.len) {
		uint8_t ch = c->text.data[c->at];
		bool crlf = ch == '\r' && c->at + 1 < c->text.len && c->text.data[c->at + 1] == '\n';
		if (ch != ',' && ch != '\n' && !crlf)
			return fault(c, SY_ERR_BAD_CHARACTER, c->at, reterr);
		*retlast = ch != ',';
		c->at += crlf ? 2 : 1;
	}
	c->end[c->n++] = c->cells.len;
	return SY_OK;
}

enum sy_err
sy_csv_next(struct sy_csv *c, bool *retmore, struct sy_fault *reterr)
{
	*retmore = false;
	c->n = 0;
	sy_buf_reset(&c->cells);
	if (c->at >= c->text.len)
		return SY_OK;
	c->row++;
	for (bool last = false; !last;)
		SY_TRY(read_cell(c, &last, reterr));
	*retmore = true;
	return SY_OK;
}

struct sy_span
sy_csv_cell(const struct sy_csv *c, size_t i)
{
	if (i >= c->n)
		return sy_span(NULL, 0);
	size_t from = i == 0 ? 0 : c->end[i - 1];
	return sy_span_sub(sy_buf_span(&c->cells), from, c->end[i] - from);
}

static bool
needs_quotes(struct sy_span cell)
{
	for (size_t i = 0; i < cell.len; i++)
		if (cell.data[i] == '"' || ends_cell(cell.data[i]))
			return true;
	return false;
}

void
sy_csv_add_cell(struct sy_buf *b, struct sy_span cell, bool first)
{
	if (!first)
		sy_buf_add_byte(b, ',');
	bool formula = cell.len > 0 && cell.data[0] != '\0' && strchr("=+-@\t\r", cell.data[0]) != NULL;
	bool quotes = needs_quotes(cell);
	if (quotes)
		sy_buf_add_byte(b, '"');
	if (formula)
		sy_buf_add_byte(b, '\'');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.data[i] == '"')
			sy_buf_add_byte(b, '"');
		sy_buf_add_byte(b, cell.data[i]);
	}
	if (quotes)
		sy_buf_add_byte(b, '"');
}

void
sy_csv_add_int(struct sy_buf *b, int64_t v, bool first)
{
	if (!first)
		sy_buf_add_byte(b, ',');
	sy_buf_printf(b, "%" PRId64, v);
}

void
sy_csv_end_row(struct sy_buf *b)
{
	sy_buf_add_str(b, "\r\n");
}
