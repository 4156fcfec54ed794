/* csv.c: a row for each label, for printing houses and other people's label programs (RFC 4180, UTF-8 with the mark that
 * office programs know it by). No cell is taken for a formula: schema/wire/csv.h. */
#include "tagger/render/stream.h"

#include "schema/wire/csv.h"
#include "tagger/label.h"

static void
add_cells(struct sy_buf *b, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sy_csv_add_cell(b, sy_span_str(cells[i]), i == 0);
	sy_csv_end_row(b);
}

static enum sy_err
add(struct sy_stream *s, const struct sy_press *p, struct sy_buf *ret)
{
	static const char *const head[] = { "url", "serial", "typed", "item", "lot", "product", "produced", "best_before", "net_content", "origin", "host", "release", "number" };
	const struct sy_label_facts *f = &p->codes.facts;
	const struct sy_link *l = &p->codes.link;
	char typed[20] = "", number[24] = "";
	if (s->labels == 0) {
		sy_buf_add_str(ret, "\xEF\xBB\xBF");
		add_cells(ret, head, SY_LEN(head));
	}
	if (l->serial[0] != '\0')
		sy_label_serial_text(l->serial, typed);
	if (f->first >= 0)
		(void)snprintf(number, sizeof number, "%lld", (long long)f->first + (long long)p->codes.count - 1);
	const char *cells[] = { p->codes.url, l->serial, typed, l->item, l->lot, f->product, f->produced, f->best_before, f->net_content, f->origin, f->host, f->release, number };
	add_cells(ret, cells, SY_LEN(cells));
	s->labels++;
	return sy_buf_err(ret);
}

static enum sy_err
end(struct sy_stream *s, struct sy_buf *ret)
{
	(void)s;
	return sy_buf_err(ret);
}

const struct sy_format sy_csv_format = { .name = "csv", .add = add, .end = end };
