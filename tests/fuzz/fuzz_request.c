/* fuzz_request.c: what the daemon hands on as it came: request targets, queries, Host and Accept-Encoding. A parameter
 * found is UTF-8 without a zero byte, an authority has no byte that could end a header or a path. The file under test
 * is taken in whole: it needs nothing of the server but these bytes. */
#include "server/http/request.c" /* NOLINT(bugprone-suspicious-include) */

#include "tagger/code/authority.h"
#include "tagger/code/link.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *
lent(void *conn, const char *name)
{
	(void)name;
	return conn;
}

static void
query(const struct request *r, const char *name)
{
	struct sy_buf b;
	int64_t n = 0;
	sy_buf_init(&b, 256);
	if (request_query(r, name, &b) == SY_OK && memchr(b.data == NULL ? (const void *)"" : b.data, '\0', b.len) != NULL)
		abort();
	sy_buf_done(&b);
	if (request_query_int(r, name, 1, 200, 50, &n, NULL) == SY_OK && (n < 1 || n > 200))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char host[128];
	struct sy_link link;
	struct sy_span path = { NULL, 0 }, rest = sy_span(data, size);
	char *text = malloc(size + 1);
	if (text == NULL)
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	(void)sy_span_cut(&rest, '?', &path);
	const struct request r = { .method = HTTP_GET, .path = path, .query = rest, .header = lent, .conn = text };
	query(&r, "limit");
	query(&r, "after");
	(void)request_takes_gzip(&r);
	(void)!sy_link_parse_target(path, rest, &link, NULL);
	if (sy_authority_parse(sy_span(data, size), true, host, sizeof host, NULL) == SY_OK)
		for (const char *p = host; *p != '\0'; p++)
			if ((*p < 'a' || *p > 'z') && (*p < '0' || *p > '9') && strchr(".-:", *p) == NULL)
				abort();
	free(text);
	return 0;
}
