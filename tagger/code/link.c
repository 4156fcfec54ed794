/* link.c: see link.h. Works on the bytes as they stand: nothing is decoded, so that
 * there is one spelling of each path, the one that was signed. */
#include "tagger/code/link.h"

#include "tagger/code/attribute.h"
#include "tagger/code/authority.h"
#include "tagger/code/token.h"

#include "schema/model/gtin.h"
#include "schema/model/lotcode.h"
#include "schema/model/ownitem.h"
#include "schema/model/serial.h"

#include <stdio.h>
#include <string.h>

#define SERIAL_LEN 10

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"; /* 32 symbols and 5 for the check */

/* Where in the caller's text a piece begins, for faults. */
struct part {
	struct sy_span s;
	const char *field;
	size_t base;
};

static enum sy_err
refuse(struct sy_fault *f, enum sy_err err, const struct part *p, size_t offset, size_t length, const char *zh, const char *en)
{
	if (f == NULL || f->err != SY_OK)
		return err;
	(void)sy_fault_say(f, err, p->field, "%s", "%s", "");
	f->offset = p->base + offset;
	f->length = length;
	(void)snprintf(f->zh, sizeof f->zh, "%s", zh);
	(void)snprintf(f->en, sizeof f->en, "%s", en);
	return err;
}

/* A check of schema/model on a piece: its fault, moved to the place in our text. */
static enum sy_err
moved(struct sy_fault *f, enum sy_err err, const struct sy_fault *inner, const struct part *p, size_t at, size_t len)
{
	if (err == SY_OK)
		return SY_OK;
	bool placed = inner->err != SY_OK && inner->offset <= len;
	size_t offset = at + (placed ? inner->offset : 0);
	return refuse(f, err, p, offset, placed && inner->length != 0 ? inner->length : 1, inner->zh, inner->en);
}

static enum sy_err
check_item(bool own, struct sy_span s, struct sy_fault *f)
{
	return own ? sy_ownitem_check(s, f) : sy_gtin_check(s, f);
}

/* Printable ASCII without space (RFC 3986 2): CR, LF, NUL and characters beyond ASCII never stand in a URI. */
static enum sy_err
check_bytes(const struct part *p, struct sy_fault *f)
{
	for (size_t i = 0; i < p->s.len; i++)
		if (p->s.data[i] <= 0x20 || p->s.data[i] >= 0x7F)
			return refuse(f, SY_ERR_BAD_CHARACTER, p, i, 1, "网址里只能有可见的 ASCII 字符", "A URL holds only visible ASCII characters");
	return SY_OK;
}

static void
keep(char *ret, struct sy_span s)
{
	memcpy(ret, s.data, s.len);
	ret[s.len] = '\0';
}

/* "/10/" and its value at *at; false when the path goes on otherwise. */
static bool
take(const struct sy_span s, size_t *at, const char *key, struct sy_span *retvalue)
{
	size_t n = strlen(key);
	if (!sy_span_eq_str(sy_span_sub(s, *at, n), key))
		return false;
	struct sy_span rest = sy_span_sub(s, *at + n, s.len);
	const uint8_t *slash = rest.len == 0 ? NULL : memchr(rest.data, '/', rest.len);
	*retvalue = sy_span(rest.data, slash == NULL ? rest.len : (size_t)(slash - rest.data));
	*at += n + retvalue->len;
	return true;
}

static enum sy_err
parse_path(const struct part *p, struct sy_link *l, struct sy_fault *reterr)
{
	struct sy_span v;
	size_t at = 0;
	for (size_t i = 0; i < p->s.len; i++)
		if (p->s.data[i] == '%')
			return refuse(reterr, SY_ERR_BAD_CHARACTER, p, i, 1, "路径里不许有百分号转义", "No percent escapes in the path");
	l->own = take(p->s, &at, "/P/", &v);
	if (!l->own && !take(p->s, &at, "/01/", &v))
		return refuse(reterr, SY_ERR_MALFORMED, p, 0, 0, "路径应以 /01/ 或 /P/ 开头", "The path begins with /01/ or /P/");
	struct sy_fault inner = { .err = SY_OK };
	SY_TRY(moved(reterr, check_item(l->own, v, &inner), &inner, p, at - v.len, v.len));
	keep(l->item, v);
	if (take(p->s, &at, "/10/", &v)) {
		SY_TRY(moved(reterr, sy_lotcode_check(v, &inner), &inner, p, at - v.len, v.len));
		keep(l->lot, v);
		if (take(p->s, &at, "/21/", &v)) {
			SY_TRY(moved(reterr, sy_serial_check(v, &inner), &inner, p, at - v.len, v.len));
			keep(l->serial, v);
		}
	}
	if (at != p->s.len)
		return refuse(reterr, SY_ERR_MALFORMED, p, at, p->s.len - at, "批号（/10/）之后只能是序号（/21/），再无其他",
		    "After the lot (/10/) only the serial (/21/) may follow, and nothing else");
	keep(l->path, p->s);
	return SY_OK;
}

/* The token is ours; keys of digits are GS1's; any other key is somebody else's and says nothing to us. */
static enum sy_err
parse_query(const struct part *p, struct sy_link *l, struct sy_fault *reterr)
{
	struct sy_span rest = p->s, pair;
	struct sy_attributes seen = { .n = 0 };
	while (sy_span_cut(&rest, '&', &pair)) {
		if (pair.len == 0)
			continue;
		size_t at = (size_t)(pair.data - p->s.data);
		struct sy_span value = pair, key;
		(void)sy_span_cut(&value, '=', &key);
		if (sy_span_eq_str(key, "S") || sy_span_eq_str(key, "s")) {
			if (l->has_token)
				return refuse(reterr, SY_ERR_DUPLICATE_FIELD, p, at, key.len, "签名参数 S 出现两次", "The parameter S stands twice");
			struct sy_fault inner = { .err = SY_OK };
			SY_TRY(moved(reterr, sy_token_undigits(value, l->token, &inner), &inner, p, at + 2, value.len));
			l->has_token = true;
			continue;
		}
		struct sy_fault inner = { .err = SY_OK };
		SY_TRY(moved(reterr, sy_attribute_add(&seen, key, value, &inner), &inner, p, at, pair.len));
	}
	struct sy_fault inner = { .err = SY_OK };
	return moved(reterr, sy_attribute_check(&seen, l->serial[0] != '\0', &inner), &inner, p, 0, 0);
}

enum sy_err
sy_link_parse_target(struct sy_span path, struct sy_span query, struct sy_link *ret, struct sy_fault *reterr)
{
	struct part p = { .s = path, .field = "path" }, q = { .s = query, .field = "query" };
	struct sy_link l = { .has_token = false };
	if (path.len + query.len > SY_LINK_URL_MAX)
		return refuse(reterr, SY_ERR_TOO_LONG, &p, 0, path.len, "", "");
	SY_TRY(check_bytes(&p, reterr));
	SY_TRY(check_bytes(&q, reterr));
	/* The resolver standard wants one trailing slash tolerated; a signed path has one spelling. The path
	 * is read first without it, because what the token and the attributes may be depends on it. */
	struct part bare = p;
	bool slash = path.len > 1 && path.data[path.len - 1] == '/';
	if (slash)
		bare.s.len--;
	SY_TRY(parse_path(&bare, &l, reterr));
	SY_TRY(parse_query(&q, &l, reterr));
	if (slash && l.has_token)
		return refuse(reterr, SY_ERR_MALFORMED, &p, path.len - 1, 1, "路径末尾多了斜杠", "A trailing slash");
	*ret = l;
	return SY_OK;
}

enum sy_err
sy_link_parse(struct sy_span url, struct sy_link *ret, struct sy_fault *reterr)
{
	/* GS1's engine refuses schemes in mixed case, and so do we: a label is printed in one or the other. */
	static const struct { const char *text; bool tls; } schemes[] = {
		{ "HTTPS://", true }, { "https://", true }, { "HTTP://", false }, { "http://", false },
	};
	struct part whole = { .s = url, .field = "" };
	struct sy_link l = { .has_token = false };
	size_t at = 0;
	if (url.len > SY_LINK_URL_MAX)
		return refuse(reterr, SY_ERR_TOO_LONG, &whole, SY_LINK_URL_MAX, url.len - SY_LINK_URL_MAX, "", "");
	SY_TRY(check_bytes(&whole, reterr));
	for (size_t i = 0; i < SY_LEN(schemes) && at == 0; i++) {
		if (!sy_span_eq_str(sy_span_sub(url, 0, strlen(schemes[i].text)), schemes[i].text))
			continue;
		at = strlen(schemes[i].text);
		l.tls = schemes[i].tls;
	}
	if (at == 0)
		return refuse(reterr, SY_ERR_MALFORMED, &whole, 0, 0, "网址应以 HTTPS:// 开头，大小写不混用", "The URL begins with HTTPS:// or https://, not in mixed case");
	size_t end = at;
	while (end < url.len && url.data[end] != '/' && url.data[end] != '?' && url.data[end] != '#')
		end++;
	struct sy_fault inner = { .err = SY_OK };
	SY_TRY(moved(reterr, sy_authority_parse(sy_span_sub(url, at, end - at), l.tls, l.host, sizeof l.host, &inner), &inner, &whole, at, end - at));
	/* A fragment never reaches a server (RFC 3986 3.5): dropped before anything else is read. */
	struct sy_span rest = sy_span_sub(url, end, url.len), before, path, query;
	(void)sy_span_cut(&rest, '#', &before);
	query = before;
	(void)sy_span_cut(&query, '?', &path);
	struct part p = { .s = path, .field = "", .base = end };
	struct part q = { .s = query, .field = "", .base = end + path.len + 1 };
	SY_TRY(parse_path(&p, &l, reterr));
	SY_TRY(parse_query(&q, &l, reterr));
	*ret = l;
	return SY_OK;
}

enum sy_err
sy_link_path(bool own, const char *item, const char *lot, const char *serial, char ret[SY_LINK_PATH_MAX + 1])
{
	SY_TRY(check_item(own, sy_span_str(item), NULL));
	if (lot[0] != '\0')
		SY_TRY(sy_lotcode_check(sy_span_str(lot), NULL));
	if (serial[0] != '\0')
		SY_TRY(lot[0] == '\0' ? SY_ERR_MISSING : sy_serial_check(sy_span_str(serial), NULL));
	(void)snprintf(ret, SY_LINK_PATH_MAX + 1, "%s%s%s%s%s%s", own ? "/P/" : "/01/", item, lot[0] == '\0' ? "" : "/10/", lot,
	    serial[0] == '\0' ? "" : "/21/", serial);
	return SY_OK;
}

void
sy_link_print(const char *base, const char *path, const char *digits, struct sy_buf *ret)
{
	sy_buf_add_str(ret, base);
	sy_buf_add_str(ret, path);
	if (digits == NULL)
		return;
	sy_buf_add_str(ret, "?S=");
	sy_buf_add_str(ret, digits);
}

char
sy_serial_check_symbol(const char serial[10])
{
	uint64_t v = 0; /* ten symbols: 50 bits */
	for (size_t i = 0; i < SERIAL_LEN; i++) {
		const char *hit = serial[i] == '\0' ? NULL : memchr(crockford, serial[i], 32);
		v = v << 5 | (uint64_t)(hit == NULL ? 0 : hit - crockford);
	}
	return crockford[v % 37];
}

enum sy_err
sy_serial_from_typed(struct sy_span typed, char ret[11], struct sy_fault *reterr)
{
	char got[SERIAL_LEN + 1] = { 0 };
	size_t n = 0, last = 0;
	for (size_t i = 0; i < typed.len; i++) {
		char c = (char)typed.data[i];
		if (c == ' ' || c == '-')
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (c == 'I' || c == 'L')
			c = '1';
		if (c == 'O')
			c = '0';
		if (n > SERIAL_LEN)
			return sy_fault_at(reterr, SY_ERR_TOO_LONG, "", i, typed.len - i);
		if (c == '\0' || memchr(crockford, c, n < SERIAL_LEN ? 32 : 37) == NULL)
			return sy_fault_at(reterr, SY_ERR_BAD_CHARACTER, "", i, 1);
		got[n++] = c;
		last = i;
	}
	if (n <= SERIAL_LEN)
		return sy_fault_at(reterr, SY_ERR_TOO_SHORT, "", typed.len, 0);
	if (got[SERIAL_LEN] != sy_serial_check_symbol(got))
		return sy_fault_at(reterr, SY_ERR_CHECK_DIGIT, "", last, 1);
	memcpy(ret, got, SERIAL_LEN);
	ret[SERIAL_LEN] = '\0';
	return SY_OK;
}
