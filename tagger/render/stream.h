/* stream.h: labels one after the other into one text or print job: what each renderer of such a format has in common.
 * A renderer appends the bytes of one label, and at the end what closes the job; it keeps what the printer has stored. */
#ifndef SY_TAGGER_RENDER_STREAM_H
#define SY_TAGGER_RENDER_STREAM_H

#include "tagger/press.h"

struct sy_stream {
	unsigned stock; /* of the layout whose shared picture the printer holds */
	unsigned stored; /* pictures stored so far */
	size_t labels;
	struct sy_buf scratch;
};
void sy_stream_init(struct sy_stream *s);
void sy_stream_done(struct sy_stream *s);

/* A format: add appends one label, end closes the job (also an empty one). */
struct sy_format {
	const char *name;
	enum sy_err (*add)(struct sy_stream *s, const struct sy_press *p, struct sy_buf *ret);
	enum sy_err (*end)(struct sy_stream *s, struct sy_buf *ret);
};
extern const struct sy_format sy_zpl_format, sy_tspl_format, sy_csv_format, sy_text_format;

#endif
