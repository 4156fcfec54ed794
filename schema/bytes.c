/* bytes.c: see bytes.h. */
#include "schema/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sy_span
sy_span(const void *data, size_t len)
{
	return (struct sy_span){ .data = data, .len = len };
}

struct sy_span
sy_span_str(const char *s)
{
	return sy_span(s, s == NULL ? 0 : strlen(s));
}

bool
sy_span_eq(struct sy_span a, struct sy_span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool
sy_span_eq_str(struct sy_span a, const char *s)
{
	return sy_span_eq(a, sy_span_str(s));
}

struct sy_span
sy_span_sub(struct sy_span s, size_t from, size_t len)
{
	if (from > s.len)
		from = s.len;
	if (len > s.len - from)
		len = s.len - from;
	return sy_span(s.data == NULL ? NULL : s.data + from, len);
}

bool
sy_span_cut(struct sy_span *rest, uint8_t sep, struct sy_span *ret)
{
	if (rest->data == NULL)
		return false;
	const uint8_t *hit = rest->len == 0 ? NULL : memchr(rest->data, sep, rest->len);
	if (hit == NULL) {
		*ret = *rest;
		*rest = sy_span(NULL, 0);
		return true;
	}
	size_t n = (size_t)(hit - rest->data);
	*ret = sy_span(rest->data, n);
	*rest = sy_span(hit + 1, rest->len - n - 1);
	return true;
}

void
sy_buf_init(struct sy_buf *b, size_t max)
{
	*b = (struct sy_buf){ .max = max };
}

void
sy_buf_done(struct sy_buf *b)
{
	free(b->data);
	*b = (struct sy_buf){ .max = b->max };
}

void
sy_buf_reset(struct sy_buf *b)
{
	b->len = 0;
	b->err = SY_OK;
}

uint8_t *
sy_buf_room(struct sy_buf *b, size_t len)
{
	if (b->err != SY_OK)
		return NULL;
	if (len > b->max || b->len > b->max - len) {
		b->err = SY_ERR_TOO_LONG;
		return NULL;
	}
	/* One byte more than asked, so that sy_buf_cstr() never has to grow. */
	size_t need = b->len + len + 1;
	if (need > b->cap) {
		size_t cap = b->cap < 64 ? 64 : b->cap;
		while (cap < need)
			cap = cap > SIZE_MAX / 2 ? need : cap * 2;
		uint8_t *data = realloc(b->data, cap);
		if (data == NULL) {
			b->err = SY_ERR_NO_MEMORY;
			return NULL;
		}
		b->data = data;
		b->cap = cap;
	}
	return b->data + b->len;
}

void
sy_buf_grew(struct sy_buf *b, size_t len)
{
	if (b->err == SY_OK)
		b->len += len;
}

void
sy_buf_add(struct sy_buf *b, const void *data, size_t len)
{
	uint8_t *room = sy_buf_room(b, len);
	if (room == NULL || len == 0)
		return;
	memcpy(room, data, len);
	b->len += len;
}

void
sy_buf_add_span(struct sy_buf *b, struct sy_span s)
{
	sy_buf_add(b, s.data, s.len);
}

void
sy_buf_add_str(struct sy_buf *b, const char *s)
{
	sy_buf_add_span(b, sy_span_str(s));
}

void
sy_buf_add_byte(struct sy_buf *b, uint8_t c)
{
	sy_buf_add(b, &c, 1);
}

void
sy_buf_add_u16(struct sy_buf *b, uint16_t v)
{
	sy_buf_add(b, (uint8_t[]){ (uint8_t)(v >> 8), (uint8_t)v }, 2);
}

void
sy_buf_add_u32(struct sy_buf *b, uint32_t v)
{
	sy_buf_add(b, (uint8_t[]){ (uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v }, 4);
}

void
sy_buf_printf(struct sy_buf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0) {
		if (b->err == SY_OK)
			b->err = SY_ERR_INTERNAL;
		return;
	}
	uint8_t *room = sy_buf_room(b, (size_t)n);
	if (room == NULL)
		return;
	va_start(ap, fmt);
	(void)vsnprintf((char *)room, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

enum sy_err
sy_buf_err(const struct sy_buf *b)
{
	return b->err;
}

struct sy_span
sy_buf_span(const struct sy_buf *b)
{
	return sy_span(b->data, b->len);
}

const char *
sy_buf_cstr(struct sy_buf *b)
{
	if (b->err != SY_OK || b->data == NULL)
		return "";
	b->data[b->len] = '\0';
	return (const char *)b->data;
}

char *
sy_buf_take(struct sy_buf *b, size_t *retlen)
{
	if (sy_buf_room(b, 0) == NULL)
		return NULL;
	b->data[b->len] = '\0';
	char *data = (char *)b->data;
	if (retlen != NULL)
		*retlen = b->len;
	*b = (struct sy_buf){ .max = b->max };
	return data;
}
