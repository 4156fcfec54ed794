/* request.c: questions that handlers ask of a request. */
#include "server/http/request.h"

#include "schema/wire/utf8.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

struct sy_span
request_header(const struct request *r, const char *name)
{
	const char *v = r->header == NULL ? NULL : r->header(r->conn, name);
	return sy_span_str(v);
}

static int
hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* RFC 3986 2.1, and "+" for a space as forms send it (HTML 4.10.22.6). */
static enum sy_err
decode(struct sy_span s, struct sy_buf *ret)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] != '%') {
			sy_buf_add_byte(ret, s.data[i] == '+' ? ' ' : s.data[i]);
			continue;
		}
		if (s.len - i < 3 || hex_digit(s.data[i + 1]) < 0 || hex_digit(s.data[i + 2]) < 0)
			return SY_ERR_MALFORMED;
		sy_buf_add_byte(ret, (uint8_t)(hex_digit(s.data[i + 1]) * 16 + hex_digit(s.data[i + 2])));
		i += 2;
	}
	SY_TRY(sy_buf_err(ret));
	return sy_utf8_check(sy_buf_span(ret), false, NULL);
}

enum sy_err
request_query(const struct request *r, const char *name, struct sy_buf *ret)
{
	struct sy_span rest = r->query, one = {NULL, 0}, key = {NULL, 0};
	sy_buf_reset(ret);
	while (sy_span_cut(&rest, '&', &one)) {
		struct sy_span value = one;
		if (memchr(one.data, '=', one.len) == NULL)
			value = sy_span(one.data + one.len, 0), key = one;
		else
			(void)sy_span_cut(&value, '=', &key);
		if (sy_span_eq_str(key, name))
			return decode(value, ret);
	}
	return SY_ERR_NOT_FOUND;
}

enum sy_err
request_query_int(const struct request *r, const char *name, int64_t min, int64_t max, int64_t otherwise, int64_t *ret,
    struct sy_fault *reterr)
{
	struct sy_buf b;
	sy_buf_init(&b, 256);
	enum sy_err e = request_query(r, name, &b);
	int64_t n = 0;
	for (size_t i = 0; e == SY_OK && i < b.len; i++) {
		if (b.data[i] < '0' || b.data[i] > '9' || i > 17)
			e = SY_ERR_BAD_NUMBER;
		else
			n = n * 10 + (b.data[i] - '0');
	}
	if (e == SY_OK && b.len == 0)
		e = SY_ERR_BAD_NUMBER;
	sy_buf_done(&b);
	*ret = otherwise;
	if (e == SY_ERR_NOT_FOUND)
		return SY_OK;
	if (e != SY_OK)
		return sy_fault_at(reterr, e, name, 0, 0);
	if (n < min || n > max)
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, name, "应在 %" PRId64 " 与 %" PRId64 " 之间",
		    "from %" PRId64 " to %" PRId64, min, max);
	*ret = n;
	return SY_OK;
}

/* RFC 9110 12.5.3; "*" alone is not taken for a wish. */
bool
request_takes_gzip(const struct request *r)
{
	struct sy_span rest = request_header(r, "Accept-Encoding"), one = {NULL, 0};
	while (sy_span_cut(&rest, ',', &one)) {
		while (one.len > 0 && one.data[0] == ' ')
			one = sy_span_sub(one, 1, one.len);
		if (one.len < 4 || strncasecmp((const char *)one.data, "gzip", 4) != 0)
			continue;
		struct sy_span q = sy_span_sub(one, 4, one.len);
		bool refused = false;
		for (size_t i = 0; i + 2 < q.len; i++)
			if (q.data[i] == 'q' && q.data[i + 1] == '=' && q.data[i + 2] == '0')
				refused = i + 3 >= q.len || q.data[i + 3] != '.' || (i + 4 < q.len && q.data[i + 4] == '0');
		return !refused;
	}
	return false;
}
