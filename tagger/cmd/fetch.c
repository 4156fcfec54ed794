/* fetch.c: see fetch.h. */
#include "tagger/cmd/fetch.h"

#include "certs/secret.h"
#include "schema/wire/hex.h"
#include "schema/wire/json.h"
#include "tagger/code/authority.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANSWER_MAX ((size_t)4 << 20) /* a piece is a fifth of a megabyte */
#define URL_MAX 512

struct fetch {
	CURL *curl;
	struct curl_slist *headers;
	char base[URL_MAX];
	char allocation[33];
	int64_t first, count, asked;
	struct sy_buf answer;
	size_t at; /* given out */
	enum sy_err failed; /* after what came has been given out */
	struct sy_fault why;
};

void
fetch_free(struct fetch *f)
{
	if (f == NULL)
		return;
	curl_slist_free_all(f->headers);
	if (f->curl != NULL)
		curl_easy_cleanup(f->curl);
	sy_buf_done(&f->answer);
	free(f);
}

static size_t
take(char *data, size_t size, size_t n, void *arg)
{
	struct fetch *f = arg;
	sy_buf_add(&f->answer, data, size * n);
	return sy_buf_err(&f->answer) == SY_OK ? size * n : 0;
}

static enum sy_err
err_of_slug(const char *slug)
{
	static const enum sy_err all[] = {
#define SY_ERR(number, name, slug, zh, en) SY_ERR_##name,
#include "schema/err.def"
#undef SY_ERR
	};
	for (size_t i = 0; slug != NULL && i < SY_LEN(all); i++)
		if (strcmp(sy_err_slug(all[i]), slug) == 0)
			return all[i];
	return SY_ERR_UNAVAILABLE;
}

/* A problem document (RFC 9457) in the server's own words; another answer by its number. */
static enum sy_err
refused(struct fetch *f, long status, struct sy_fault *reterr)
{
	SY_AUTO_JSON *v = NULL;
	if (sy_json_parse(sy_buf_span(&f->answer), &v, NULL) != SY_OK || sy_json_get_str(v, "slug") == NULL)
		return sy_fault_say(reterr, SY_ERR_UNAVAILABLE, "server", "服务器回答 %ld", "the server answered %ld", status);
	const char *zh = sy_json_get_str(v, "zh"), *en = sy_json_get_str(v, "en"), *field = sy_json_get_str(v, "field");
	enum sy_err err = err_of_slug(sy_json_get_str(v, "slug"));
	struct sy_fault said = { .err = err, .offset = (size_t)sy_json_get_int(v, "offset", 0), .length = (size_t)sy_json_get_int(v, "length", 0) };
	(void)snprintf(said.zh, sizeof said.zh, "%s", zh == NULL ? "" : zh);
	(void)snprintf(said.en, sizeof said.en, "%s", en == NULL ? "" : en);
	(void)snprintf(said.field, sizeof said.field, "%s", field == NULL ? "" : field);
	if (reterr != NULL && reterr->err == SY_OK)
		*reterr = said;
	return err;
}

/* body NULL: GET. *retstatus 0: no answer came at all. */
static enum sy_err
ask(struct fetch *f, const char *path, const char *body, const char *want, struct sy_fault *reterr)
{
	char url[URL_MAX + 96];
	long status = 0;
	char *type = NULL;
	(void)snprintf(url, sizeof url, "%s%s", f->base, path);
	sy_buf_reset(&f->answer);
	f->at = 0;
	(void)curl_easy_setopt(f->curl, CURLOPT_URL, url);
	if (body != NULL)
		(void)curl_easy_setopt(f->curl, CURLOPT_COPYPOSTFIELDS, body);
	else
		(void)curl_easy_setopt(f->curl, CURLOPT_HTTPGET, 1L);
	CURLcode code = curl_easy_perform(f->curl);
	(void)curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
	(void)curl_easy_getinfo(f->curl, CURLINFO_CONTENT_TYPE, &type);
	if (status != 0 && (status < 200 || status > 299))
		return refused(f, status, reterr);
	if (status != 0 && (type == NULL || strncmp(type, want, strlen(want)) != 0)) {
		sy_buf_reset(&f->answer);
		return sy_fault_say(reterr, SY_ERR_UNAVAILABLE, "server", "%s 的回答不是 %s", "%s did not answer with %s", f->base, want);
	}
	if (code == CURLE_OK)
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_UNAVAILABLE, "server", "%s：%s", "%s: %s", f->base, curl_easy_strerror(code));
}

/* Scheme, host and port, and nothing behind them; plain http only where nobody else can listen. */
static enum sy_err
set_server(struct fetch *f, const char *server, struct sy_fault *reterr)
{
	bool tls = strncmp(server, "https://", 8) == 0;
	char authority[256];
	if (!tls && strncmp(server, "http://", 7) != 0)
		return sy_fault_say(reterr, SY_ERR_BAD_ARGUMENT, "server", "服务器地址应以 https:// 开头：%s", "a server begins with https://: %s", server);
	struct sy_span host = sy_span_str(server + (tls ? 8 : 7));
	if (host.len > 0 && host.data[host.len - 1] == '/')
		host.len--;
	if (sy_authority_parse(host, tls, authority, sizeof authority, NULL) != SY_OK)
		return sy_fault_say(reterr, SY_ERR_BAD_ARGUMENT, "server", "只写协议、主机和端口：%s", "only scheme, host and port: %s", server);
	if (!tls && !sy_authority_is_loopback(authority))
		return sy_fault_say(reterr, SY_ERR_BAD_ARGUMENT, "server", "http 只用于本机，别处须用 https：%s", "http is for this machine only, elsewhere https: %s", server);
	(void)snprintf(f->base, sizeof f->base, "%s%s", tls ? "https://" : "http://", authority);
	if (!tls)
		(void)curl_easy_setopt(f->curl, CURLOPT_PROXY, "");
	return SY_OK;
}

static enum sy_err
add_header(struct fetch *f, const char *line)
{
	struct curl_slist *more = curl_slist_append(f->headers, line);
	if (more == NULL)
		return SY_ERR_NO_MEMORY;
	f->headers = more;
	return SY_OK;
}

static enum sy_err
set_token(struct fetch *f, const char *file, struct sy_fault *reterr)
{
	SY_AUTO_SECRET *token = NULL;
	char line[1100];
	SY_TRY(sy_secret_read(file, &token, reterr));
	struct sy_span t = sy_secret_span(token);
	for (size_t i = 0; i < t.len; i++)
		if (t.data[i] <= ' ' || t.data[i] > '~')
			return sy_fault_at(reterr, SY_ERR_BAD_CHARACTER, "token-file", i, 1);
	if (t.len == 0)
		return sy_fault_at(reterr, SY_ERR_TOO_SHORT, "token-file", 0, 0);
	(void)snprintf(line, sizeof line, "Authorization: Bearer %.*s", (int)t.len, (const char *)t.data);
	enum sy_err err = add_header(f, line);
	sy_wipe(line, sizeof line);
	return err;
}

static enum sy_err
set_up(struct fetch *f, const char *server, const char *token_file, struct sy_fault *reterr)
{
	f->curl = curl_easy_init();
	if (f->curl == NULL)
		return SY_ERR_NO_MEMORY;
	SY_TRY(set_server(f, server, reterr));
	SY_TRY(set_token(f, token_file, reterr));
	SY_TRY(add_header(f, "Content-Type: application/json"));
	SY_TRY(add_header(f, "Accept: text/plain, application/json, application/problem+json"));
	SY_TRY(add_header(f, "Expect:"));
	(void)curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, f->headers);
	(void)curl_easy_setopt(f->curl, CURLOPT_WRITEFUNCTION, take);
	(void)curl_easy_setopt(f->curl, CURLOPT_WRITEDATA, f);
	(void)curl_easy_setopt(f->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	(void)curl_easy_setopt(f->curl, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(f->curl, CURLOPT_CONNECTTIMEOUT, 15L);
	(void)curl_easy_setopt(f->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	(void)curl_easy_setopt(f->curl, CURLOPT_LOW_SPEED_TIME, 60L);
	(void)curl_easy_setopt(f->curl, CURLOPT_USERAGENT, "suyuan-tagger/" SUYUAN_VERSION);
	return SY_OK;
}

/* What was not said stands in the allocation. */
static enum sy_err
set_range(struct fetch *f, int64_t first, int64_t count, struct sy_fault *reterr)
{
	f->first = first;
	f->count = count;
	if (first >= 0 && count >= 0)
		return SY_OK;
	char path[96];
	(void)snprintf(path, sizeof path, "/api/v1/allocations/%s", f->allocation);
	SY_TRY(ask(f, path, NULL, "application/json", reterr));
	SY_AUTO_JSON *v = NULL;
	SY_TRY(sy_json_parse(sy_buf_span(&f->answer), &v, reterr));
	const struct sy_json *data = sy_json_get(v, "data");
	int64_t from = sy_json_get_int(data, "first", -1), all = sy_json_get_int(data, "count", -1);
	if (from < 0 || all < 1)
		return sy_fault_say(reterr, SY_ERR_UNAVAILABLE, "allocation", "服务器没有说明赋码的范围", "the server did not tell the range of the allocation");
	if (first < 0)
		f->first = from;
	if (count < 0)
		f->count = from + all - f->first;
	if (f->first < from || f->count < 1 || f->first + f->count > from + all)
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "first", "赋码为第 %" PRId64 " 至第 %" PRId64, "allocated are %" PRId64 " to %" PRId64, from, from + all - 1);
	return SY_OK;
}

enum sy_err
fetch_open(const char *server, const char *token_file, const char *allocation, int64_t first, int64_t count, struct fetch **ret, struct sy_fault *reterr)
{
	uint8_t id[16];
	if (sy_hex_parse(sy_span_str(allocation), id, sizeof id, NULL) != SY_OK)
		return sy_fault_say(reterr, SY_ERR_BAD_ARGUMENT, "allocation", "赋码编号是 32 位十六进制数", "the id of an allocation is 32 hex digits");
	struct fetch *f = calloc(1, sizeof *f);
	if (f == NULL)
		return SY_ERR_NO_MEMORY;
	sy_buf_init(&f->answer, ANSWER_MAX);
	sy_hex_print(sy_span(id, sizeof id), f->allocation);
	enum sy_err err = set_up(f, server, token_file, reterr);
	if (err == SY_OK)
		err = set_range(f, first, count, reterr);
	if (err != SY_OK) {
		fetch_free(f);
		return err;
	}
	sy_buf_reset(&f->answer);
	*ret = f;
	return SY_OK;
}

/* Only a whole answer is followed by another request. */
static enum sy_err
check_end(const struct fetch *f, int64_t n, struct sy_fault *reterr)
{
	char end[40];
	struct sy_span all = sy_buf_span(&f->answer);
	(void)snprintf(end, sizeof end, "\n# end %" PRId64 "\n", n);
	size_t len = strlen(end);
	if (all.len >= len && memcmp(all.data + all.len - len, end, len) == 0)
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_UNAVAILABLE, "server", "%s 的回答中断了", "the answer of %s was cut short", f->base);
}

static enum sy_err
next_piece(struct fetch *f, struct sy_fault *reterr)
{
	char body[160];
	/* The first alone: when its words do not fit on the label, no more than one is lost. */
	int64_t most = f->asked == 0 ? 1 : FETCH_PIECE, n = f->count - f->asked < most ? f->count - f->asked : most;
	(void)snprintf(body, sizeof body, "{\"allocation\":\"%s\",\"first\":%" PRId64 ",\"count\":%" PRId64 "}", f->allocation, f->first + f->asked, n);
	enum sy_err err = ask(f, "/api/v1/labels", body, "text/plain", reterr);
	long status = 0;
	(void)curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
	/* A refusal signed nothing; no answer, or half of one, may have. */
	if (status < 400 || status > 499)
		f->asked += n;
	if (status < 200 || status > 299)
		sy_buf_reset(&f->answer);
	return err == SY_OK ? check_end(f, n, reterr) : err;
}

enum sy_err
fetch_read(void *arg, uint8_t *ret, size_t size, size_t *retlen, struct sy_fault *reterr)
{
	struct fetch *f = arg;
	*retlen = 0;
	if (f->at == f->answer.len && f->failed == SY_OK && f->asked < f->count)
		f->failed = next_piece(f, &f->why);
	struct sy_span rest = sy_span_sub(sy_buf_span(&f->answer), f->at, size);
	if (rest.len > 0) {
		memcpy(ret, rest.data, rest.len);
		f->at += rest.len;
		*retlen = rest.len;
		return SY_OK;
	}
	if (f->failed != SY_OK && reterr != NULL && reterr->err == SY_OK)
		*reterr = f->why;
	return f->failed;
}

struct fetch_range
fetch_range(const struct fetch *f)
{
	return (struct fetch_range){ .first = f->first, .count = f->count, .asked = f->asked };
}
