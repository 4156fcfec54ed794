/* fuzz_json.c: whatever parses has one canonical form, which parses to the same
 * value, is its own canonical form, and is refused when a byte is added. */
#include "schema/wire/canon.h"
#include "schema/wire/csv.h"
#include "schema/wire/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
check_json(struct sy_span text)
{
	SY_AUTO_JSON *v = NULL;
	SY_AUTO_JSON *again = NULL;
	struct sy_fault f = { 0 };
	struct sy_buf canon, twice;
	enum sy_err e = sy_json_parse(text, &v, &f);
	must((e == SY_OK) == (v != NULL) && f.err == e);
	if (e != SY_OK)
		return;
	sy_buf_init(&canon, 8 * text.len + 64);
	sy_buf_init(&twice, 8 * text.len + 64);
	sy_canon_print(v, &canon);
	if (sy_buf_err(&canon) == SY_OK) {
		must(sy_canon_parse(sy_buf_span(&canon), &again, NULL) == SY_OK);
		must(sy_json_eq(v, again));
		sy_canon_print(again, &twice);
		must(sy_span_eq(sy_buf_span(&canon), sy_buf_span(&twice)));
		struct sy_json *none = NULL;
		sy_buf_add_byte(&twice, ' ');
		must(sy_canon_parse(sy_buf_span(&twice), &none, NULL) == SY_ERR_NOT_CANONICAL && none == NULL);
	} else {
		must(sy_buf_err(&canon) == SY_ERR_BAD_CHARACTER);
	}
	sy_buf_done(&canon);
	sy_buf_done(&twice);
}

/* A row that was read is written and read again as itself, but for apostrophes before formulas. */
static void
check_csv(struct sy_span text)
{
	struct sy_csv c;
	bool more = true;
	sy_csv_init(&c, text, 65536);
	while (more && sy_csv_next(&c, &more, NULL) == SY_OK) {
		if (!more)
			break;
		struct sy_buf out;
		struct sy_csv again;
		bool one = false;
		sy_buf_init(&out, 1 << 20);
		for (size_t i = 0; i < c.n; i++)
			sy_csv_add_cell(&out, sy_csv_cell(&c, i), i == 0);
		sy_csv_end_row(&out);
		must(sy_buf_err(&out) == SY_OK);
		sy_csv_init(&again, sy_buf_span(&out), 65536 + SY_CSV_COLUMNS_MAX);
		enum sy_err e = sy_csv_next(&again, &one, NULL);
		/* a byte order mark in the first cell is taken off when read again */
		must(e == SY_OK && one && again.n == c.n);
		sy_csv_done(&again);
		sy_buf_done(&out);
	}
	sy_csv_done(&c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sy_span text = sy_span(data, size);
	struct sy_fault f = { 0 };
	check_json(text);
	check_csv(text);
	if (sy_utf8_check(text, true, &f) != SY_OK)
		must(f.offset < size);
	return 0;
}
