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

void
reply_header(struct reply *r, const char *name, const char *fmt, ...)
{
	char value[HEADER_MAX];
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(value, sizeof value, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof value)
		return;
	for (int i = 0; i < n; i++)
		if ((unsigned char)value[i] < 0x20 || value[i] == 0x7f)
			return;
	sy_buf_add(&r->headers, name, strlen(name) + 1);
	sy_buf_add(&r->headers, value, (size_t)n + 1);
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
