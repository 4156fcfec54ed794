/* stream.c: see stream.h. */
#include "tagger/render/stream.h"

#define SCRATCH_MAX ((size_t)16 << 20)

void
sy_stream_init(struct sy_stream *s)
{
	*s = (struct sy_stream){ .stock = 0 };
	sy_buf_init(&s->scratch, SCRATCH_MAX);
}

void
sy_stream_done(struct sy_stream *s)
{
	sy_buf_done(&s->scratch);
}
