/* decode.c: suyuan-tagger decode: what a label's URL says, without asking whether it is true. */
#include "tagger/cmd/options.h"
#include "tagger/code/link.h"
#include "tagger/code/token.h"

#include "schema/wire/hex.h"
#include "schema/wire/json.h"
#include "schema/wire/time.h"

#include <stdio.h>
#include <string.h>

enum { JSON };
static const struct option_row rows[] = { { "json", NULL, "输出 JSON", "Print JSON" } };

static enum sy_err
token_json(const struct sy_token *t, struct sy_json **ret)
{
	static const char *const bases[] = { "", "report", "self_tested", "declared" };
	static const char *const marks[] = { "green", "organic", "gi", "commitment" };
	char issued[SY_DATE_SIZE], until[SY_DATE_SIZE], release[33], sig[129], county[8];
	sy_date_print(t->day_issued, issued);
	sy_date_print(t->best_before, until);
	sy_hex_print(sy_span(t->release, sizeof t->release), release);
	sy_hex_print(sy_span(t->sig, sizeof t->sig), sig);
	(void)snprintf(county, sizeof county, "%06u", (unsigned)t->county);
	SY_AUTO_JSON *certified = sy_json_array();
	for (size_t i = 0; i < SY_LEN(marks); i++)
		if ((t->certified & 1U << i) != 0)
			SY_TRY(sy_json_append(certified, sy_json_from_str(marks[i])));
	SY_AUTO_JSON *o = sy_json_object();
	SY_TRY(sy_json_set(o, "version", sy_json_from_int(1)));
	SY_TRY(sy_json_set(o, "kid", sy_json_from_int(t->kid)));
	SY_TRY(sy_json_set(o, "issued", sy_json_from_str(issued)));
	SY_TRY(sy_json_set(o, "best_before", t->best_before == SY_BEST_BEFORE_NONE ? sy_json_null() : sy_json_from_str(until)));
	SY_TRY(sy_json_set(o, "certified", sy_json_copy(certified)));
	SY_TRY(sy_json_set(o, "basis", sy_json_from_str(bases[t->basis])));
	SY_TRY(sy_json_set(o, "grade", sy_json_from_int(t->grade)));
	SY_TRY(sy_json_set(o, "county", sy_json_from_str(county)));
	SY_TRY(sy_json_set(o, "status_index", sy_json_from_int(t->status_index)));
	SY_TRY(sy_json_set(o, "release", sy_json_from_str(release)));
	SY_TRY(sy_json_set(o, "signature", sy_json_from_str(sig)));
	*ret = o;
	o = NULL;
	return SY_OK;
}

static enum sy_err
link_json(const struct sy_link *l, struct sy_json **ret, struct sy_fault *reterr)
{
	SY_AUTO_JSON *o = sy_json_object();
	SY_TRY(sy_json_set(o, "host", sy_json_from_str(l->host)));
	SY_TRY(sy_json_set(o, "tls", sy_json_from_bool(l->tls)));
	SY_TRY(sy_json_set(o, l->own ? "own_item" : "gtin", sy_json_from_str(l->item)));
	SY_TRY(sy_json_set(o, "lot", l->lot[0] == '\0' ? sy_json_null() : sy_json_from_str(l->lot)));
	SY_TRY(sy_json_set(o, "serial", l->serial[0] == '\0' ? sy_json_null() : sy_json_from_str(l->serial)));
	SY_TRY(sy_json_set(o, "path", sy_json_from_str(l->path)));
	struct sy_json *token = NULL;
	if (l->has_token) {
		struct sy_token t;
		SY_TRY(sy_token_parse(l->token, &t, reterr));
		SY_TRY(token_json(&t, &token));
	}
	SY_TRY(sy_json_set(o, "token", token == NULL ? sy_json_null() : token));
	*ret = o;
	o = NULL;
	return SY_OK;
}

static const char *
zh_of(const char *name)
{
	static const char *const words[][2] = {
		{ "host", "主机" }, { "gtin", "商品条码" }, { "own_item", "自编品号" }, { "lot", "批号" }, { "serial", "序号" }, { "path", "签名路径" },
		{ "version", "版本" }, { "kid", "密钥号" }, { "issued", "签发日" }, { "best_before", "保质期至" }, { "certified", "认证" }, { "basis", "依据" },
		{ "grade", "等级" }, { "county", "产地代码" }, { "status_index", "状态号" }, { "release", "放行记录" }, { "signature", "签名" }, { "tls", "加密" },
	};
	for (size_t i = 0; i < SY_LEN(words); i++)
		if (strcmp(words[i][0], name) == 0)
			return words[i][1];
	return "";
}

static void
print_text(const struct sy_json *o)
{
	void *cursor = NULL;
	const char *name;
	const struct sy_json *v;
	while (sy_json_next(o, &cursor, &name, &v)) {
		if (strcmp(name, "token") == 0) {
			if (sy_json_kind(v) == SY_JSON_OBJECT)
				print_text(v);
			else
				(void)printf("签名 token\t没有 none\n");
			continue;
		}
		(void)printf("%s %s\t", zh_of(name), name);
		if (sy_json_kind(v) == SY_JSON_INT)
			(void)printf("%lld", (long long)sy_json_int(v, 0));
		else if (sy_json_kind(v) == SY_JSON_BOOL)
			(void)printf("%s", sy_json_bool(v) ? "是 yes" : "否 no");
		for (size_t i = 0; sy_json_kind(v) == SY_JSON_ARRAY && i < sy_json_len(v); i++)
			(void)printf("%s%s", i == 0 ? "" : " ", sy_json_str(sy_json_at(v, i)));
		(void)printf("%s\n", sy_json_str(v) != NULL ? sy_json_str(v) : sy_json_kind(v) == SY_JSON_NULL ? "-" : "");
	}
}

static int
run(const struct verb *verb, int argc, char **argv)
{
	const char *v[SY_LEN(rows)] = { NULL };
	int rest = 0;
	bool help = false;
	if (options_parse(verb, argc, argv, v, &rest, &help) != SY_OK)
		return EXIT_UNTOLD;
	if (help)
		return EXIT_YES;
	if (rest + 1 != argc)
		return options_misuse(verb, "须有一个网址", "one URL is needed", "");
	struct sy_link l;
	struct sy_fault fault = { .err = SY_OK };
	SY_AUTO_JSON *o = NULL;
	enum sy_err err = sy_link_parse(sy_span_str(argv[rest]), &l, &fault);
	if (err == SY_OK)
		err = link_json(&l, &o, &fault);
	if (err != SY_OK)
		return options_fail(verb, err, &fault);
	if (v[JSON] == NULL) {
		print_text(o);
		return EXIT_YES;
	}
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, 65536);
	sy_json_print(o, &b);
	if (sy_buf_err(&b) != SY_OK)
		return options_fail(verb, sy_buf_err(&b), NULL);
	(void)printf("%s\n", sy_buf_cstr(&b));
	return EXIT_YES;
}

const struct verb verb_decode = {
	.name = "decode", .arguments = "[--json] URL", .zh = "解读标签上的网址（不验真）", .en = "Say what a label's URL says (without verifying it)",
	.options = rows, .noptions = SY_LEN(rows), .run = run,
};
