/* csv.h: comma-separated values (RFC 4180): a reader over a span, row by row,
 * and a writer whose cells no spreadsheet takes for a formula.
 *
 * Read: quoted cells, CRLF or LF, a leading UTF-8 byte order mark is skipped.
 * Rows may have different lengths; an empty line is a row of one empty cell.
 * A fault's field is "row.column" (from 1), its offset counts from the start of the text. */
#ifndef SY_SCHEMA_WIRE_CSV_H
#define SY_SCHEMA_WIRE_CSV_H

#include "schema/bytes.h"

#define SY_CSV_COLUMNS_MAX 64

struct sy_csv {
	struct sy_span text;
	size_t at; /* the next byte to read */
	size_t row; /* number of the row last read, from 1 */
	size_t n; /* its cells */
	struct sy_buf cells; /* their bytes, one after the other */
	size_t end[SY_CSV_COLUMNS_MAX];
};

/* row_max: the most bytes all cells of a row may have together. text is borrowed. */
void sy_csv_init(struct sy_csv *c, struct sy_span text, size_t row_max);
void sy_csv_done(struct sy_csv *c);
/* Reads the next row; *retmore is false when there was none. BAD_CHARACTER (a quote
 * inside an unquoted cell, text after a closing quote, a lone CR, a NUL), MALFORMED (no closing quote), TOO_LONG. */
enum sy_err sy_csv_next(struct sy_csv *c, bool *retmore, struct sy_fault *reterr) SY_MUST;
/* Cell i of the row last read; empty when the row has fewer. Lent until the next row. */
struct sy_span sy_csv_cell(const struct sy_csv *c, size_t i);

/* first: no comma before it. A cell that begins with = + - @ TAB or CR gets an apostrophe
 * before it; quoted where needed. Reading it back gives the cell with its apostrophe. */
void sy_csv_add_cell(struct sy_buf *b, struct sy_span cell, bool first);
/* A number of ours, which may begin with a minus sign. */
void sy_csv_add_int(struct sy_buf *b, int64_t v, bool first);
void sy_csv_end_row(struct sy_buf *b);

#endif
