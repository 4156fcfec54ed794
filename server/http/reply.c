/* reply.c: building an answer. */
#include "server/http/reply.h"

#include "schema/wire/json.h"
#include "server/service/commit.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define HEADER_MAX 2048
#define HEADERS_MAX 8192

void
reply_init(struct reply *r)
{
	memset(r, 0, sizeof *r);
	r->status = 200;
	sy_buf_init(&r->body, REPLY_BODY_MAX);
	sy_buf_init(&r->headers, HEADERS_MAX);
}

void
reply_done(struct reply *r)
{
	sy_buf_done(&r->body);
	sy_buf_done(&r->headers);
	if (r->next_free != NULL)
		r->next_free(r->next_arg);
	if (r->after_free != NULL)
		r->after_free(r->after_arg);
	commit_ticket_free(r->wait_for);
	memset(r, 0, sizeof *r);
}

static void
add_header(struct reply *r, const char *name, const char *value, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)value[i] < 0x20 || value[i] == 0x7f)
			return;
	/* Room at once for what a page has. */
	if (r->headers.cap == 0)
		(void)sy_buf_room(&r->headers, 1000);
	sy_buf_add(&r->headers, name, strlen(name) + 1);
	sy_buf_add(&r->headers, value, len);
	sy_buf_add_byte(&r->headers, '\0');
}

void
reply_header(struct reply *r, const char *name, const char *fmt, ...)
{
	char value[HEADER_MAX];
	va_list ap;
	/* Most values are whole already. */
	if (strchr(fmt, '%') == NULL) {
		size_t len = strlen(fmt);
		if (len < sizeof value)
			add_header(r, name, fmt, len);
		return;
	}
	va_start(ap, fmt);
	int n = vsnprintf(value, sizeof value, fmt, ap);
	va_end(ap);
	if (n >= 0 && (size_t)n < sizeof value)
		add_header(r, name, value, (size_t)n);
}

enum sy_err
reply_json(struct reply *r, unsigned status, const struct sy_json *v)
{
	r->status = status;
	r->type = "application/json";
	sy_buf_reset(&r->body);
	sy_json_print(v, &r->body);
	sy_buf_add_byte(&r->body, '\n');
	return sy_buf_err(&r->body);
}
