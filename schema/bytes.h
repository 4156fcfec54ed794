/* bytes.h: borrowed bytes (sy_span) and owned bytes with a ceiling (sy_buf).
 *
 * A buffer remembers its first failure: append as often as needed, ask once
 * with sy_buf_err(). After a failure every append is a no-op, so a partial
 * result is never mistaken for a whole one. Contents are not NUL-terminated
 * unless sy_buf_cstr() is called. Not for secrets (certs/secret.h). */
#ifndef SY_SCHEMA_BYTES_H
#define SY_SCHEMA_BYTES_H

#include "schema/attr.h"
#include "schema/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sy_span {
	const uint8_t *data;
	size_t len;
};

struct sy_buf {
	uint8_t *data;
	size_t len;
	size_t cap;
	size_t max;
	enum sy_err err;
};

struct sy_span sy_span(const void *data, size_t len);
struct sy_span sy_span_str(const char *s); /* without the NUL; NULL is empty */
bool sy_span_eq(struct sy_span a, struct sy_span b);
bool sy_span_eq_str(struct sy_span a, const char *s);
/* Part of a span; clipped to what is there. */
struct sy_span sy_span_sub(struct sy_span s, size_t from, size_t len);
/* Up to (not with) the first sep; *rest is what follows it. False when s is empty and was the end. */
bool sy_span_cut(struct sy_span *rest, uint8_t sep, struct sy_span *ret);

/* max: the most bytes it may ever hold. Allocates nothing yet. */
void sy_buf_init(struct sy_buf *b, size_t max);
void sy_buf_done(struct sy_buf *b);
void sy_buf_reset(struct sy_buf *b); /* empty again, memory kept, error forgotten */
void sy_buf_add(struct sy_buf *b, const void *data, size_t len);
void sy_buf_add_span(struct sy_buf *b, struct sy_span s);
void sy_buf_add_str(struct sy_buf *b, const char *s);
void sy_buf_add_byte(struct sy_buf *b, uint8_t c);
void sy_buf_add_u16(struct sy_buf *b, uint16_t v); /* big-endian, as all our numbers */
void sy_buf_add_u32(struct sy_buf *b, uint32_t v);
void sy_buf_printf(struct sy_buf *b, const char *fmt, ...) SY_PRINTF(2, 3);
/* Room for len more bytes to be written in place, or NULL; then sy_buf_grew(b, n). */
uint8_t *sy_buf_room(struct sy_buf *b, size_t len);
void sy_buf_grew(struct sy_buf *b, size_t len);
enum sy_err sy_buf_err(const struct sy_buf *b) SY_MUST;
struct sy_span sy_buf_span(const struct sy_buf *b);
/* Borrowed, NUL-terminated; "" after a failure. */
const char *sy_buf_cstr(struct sy_buf *b);
/* Hands the memory over (NUL-terminated); the buffer is empty after. NULL after a failure. */
char *sy_buf_take(struct sy_buf *b, size_t *retlen);

#endif
