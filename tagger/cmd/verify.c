/* verify.c: suyuan-tagger verify: verdicts on labels without a network. */
#include "tagger/cmd/files.h"
#include "tagger/cmd/options.h"
#include "tagger/cmd/remember.h"
#include "tagger/offline.h"

#include "schema/wire/hex.h"
#include "schema/wire/time.h"

#include <string.h>
#include <time.h>

#define ANCHOR_MAX 65536

enum { BUNDLE, ANCHOR, NOW, LIST, JSON, STATE, NO_STATE };
static const struct option_row rows[] = {
	{ "bundle", "FILE", "离线资料（服务器的 /bundle）", "Offline bundle (a server's /bundle)" },
	{ "anchor", "FILE", "信任锚：谁可以签信任名单", "Anchor: who may sign the trust list" },
	{ "now", "TIME", "当作现在的时间，YYYY-MM-DDThh:mm:ssZ（默认为此刻）", "Time to take as now (the clock's)" },
	{ "file", "FILE", "每行一个网址的文件，- 为标准输入", "File with a URL a line, - for standard input" },
	{ "json", NULL, "每个网址输出一行 JSON", "Print a line of JSON for each URL" },
	{ "state", "FILE", "已见过的信任名单版本记在哪里（默认在用户的状态目录）", "Where the trust list versions seen are kept (the user's state directory)" },
	{ "no-state", NULL, "不看也不记已见过的版本", "Neither look at nor keep the versions seen" },
};

static enum sy_err
reasons_json(const struct sy_answer *a, struct sy_json **ret)
{
	SY_AUTO_JSON *list = sy_json_array();
	for (unsigned r = 0; r < SY_REASONS; r++) {
		const struct sy_reason_row *row = sy_reason_row((enum sy_reason)r);
		if (!a->found[r])
			continue;
		bool form = r == SY_REASON_FORM && a->fault.zh[0] != '\0';
		SY_AUTO_JSON *o = sy_json_object();
		SY_TRY(sy_json_set(o, "code", sy_json_from_str(row->code)));
		SY_TRY(sy_json_set(o, "zh", sy_json_from_str(form ? a->fault.zh : row->zh)));
		SY_TRY(sy_json_set(o, "en", sy_json_from_str(form ? a->fault.en : row->en)));
		SY_TRY(sy_json_append(list, sy_json_copy(o)));
	}
	*ret = list;
	list = NULL;
	return SY_OK;
}

static enum sy_err
link_json(const struct sy_link *l, struct sy_json **ret)
{
	SY_AUTO_JSON *o = sy_json_object();
	SY_TRY(sy_json_set(o, l->own ? "own_item" : "gtin", sy_json_from_str(l->item)));
	SY_TRY(sy_json_set(o, "lot", l->lot[0] == '\0' ? sy_json_null() : sy_json_from_str(l->lot)));
	SY_TRY(sy_json_set(o, "serial", l->serial[0] == '\0' ? sy_json_null() : sy_json_from_str(l->serial)));
	*ret = o;
	o = NULL;
	return SY_OK;
}

/* The records are told only when the signature binds the label to them. */
static enum sy_err
records_json(const struct sy_bundle *b, const struct sy_answer *a, struct sy_json *o)
{
	char leaf[65];
	if (a->release == NULL)
		return SY_OK;
	if (a->product != NULL && a->product->body != NULL)
		SY_TRY(sy_json_set(o, "product", sy_json_copy(a->product->body)));
	if (a->lot != NULL && a->lot->body != NULL)
		SY_TRY(sy_json_set(o, "lot", sy_json_copy(a->lot->body)));
	SY_AUTO_JSON *release = sy_json_object();
	sy_hex_print(sy_span(a->release->leaf.b, sizeof a->release->leaf.b), leaf);
	SY_TRY(sy_json_set(release, "leaf_index", sy_json_from_int((int64_t)a->release->index)));
	SY_TRY(sy_json_set(release, "leaf_hash", sy_json_from_str(leaf)));
	SY_TRY(sy_json_set(o, "release", sy_json_copy(release)));
	SY_AUTO_JSON *log = sy_json_object();
	SY_TRY(sy_json_set(log, "origin", sy_json_from_str(b->checkpoint.origin)));
	SY_TRY(sy_json_set(log, "size", sy_json_from_int((int64_t)b->checkpoint.size)));
	return sy_json_set(o, "log", sy_json_copy(log));
}

static enum sy_err
print_json(const struct sy_bundle *b, const struct sy_answer *a, int64_t now)
{
	char at[SY_TIME_SIZE];
	struct sy_json *part = NULL;
	SY_AUTO_JSON *o = sy_json_object();
	SY_TRY(sy_json_set(o, "verdict", sy_json_from_str(sy_verdict_name(a->verdict))));
	SY_TRY(reasons_json(a, &part));
	SY_TRY(sy_json_set(o, "reasons", part));
	if (a->has_link) {
		SY_TRY(link_json(&a->link, &part));
		SY_TRY(sy_json_set(o, "link", part));
	}
	SY_TRY(records_json(b, a, o));
	sy_time_print(now, at);
	SY_TRY(sy_json_set(o, "checked_at", sy_json_from_str(at)));
	SY_CLEANUP(sy_buf_done) struct sy_buf out;
	sy_buf_init(&out, (size_t)1 << 20);
	sy_json_print(o, &out);
	SY_TRY(sy_buf_err(&out));
	(void)printf("%s\n", sy_buf_cstr(&out));
	return SY_OK;
}

static void
print_fact(const char *zh, const char *en, const char *value)
{
	if (value != NULL && value[0] != '\0')
		(void)printf("  %s %s\t%s\n", zh, en, value);
}

static void
print_text(const struct sy_bundle *b, const struct sy_answer *a)
{
	unsigned basis = a->has_token ? a->token.basis : 0;
	(void)printf("%s\n%s (%s)\n", sy_verdict_zh(a->verdict, basis), sy_verdict_en(a->verdict, basis), sy_verdict_name(a->verdict));
	for (unsigned r = 0; r < SY_REASONS; r++) {
		const struct sy_reason_row *row = sy_reason_row((enum sy_reason)r);
		bool form = r == SY_REASON_FORM && a->fault.zh[0] != '\0';
		if (a->found[r])
			(void)printf("- %s\n  %s [%s]\n", form ? a->fault.zh : row->zh, form ? a->fault.en : row->en, row->code);
	}
	if (a->release != NULL && a->product != NULL && a->lot != NULL) {
		const struct sy_json *origin = sy_json_get(a->lot->body, "origin");
		print_fact("品名", "product", sy_json_get_str(a->product->body, "name"));
		print_fact("批号", "lot", sy_json_get_str(a->lot->body, "lot"));
		print_fact("生产日期", "produced", sy_json_get_str(a->lot->body, "produced"));
		print_fact("保质期至", "best before", sy_json_get_str(a->lot->body, "best_before"));
		print_fact("产地", "origin", sy_json_get_str(origin, "name"));
		(void)printf("  日志 log\t%s #%llu\n", b->checkpoint.origin, (unsigned long long)a->release->index);
	}
	/* What a signature cannot tell stands under every verdict. */
	(void)printf("码能证明记录由谁签发、内容没有改过；不能证明包装没有被调换。\n"
		     "A code proves who issued the records and that they are unchanged; not that this pack is the original one.\n");
}

/* One URL: told, and the exit code so far raised. */
static int
tell(const struct verb *verb, const struct sy_bundle *b, struct sy_span url, int64_t now, bool json, int code)
{
	struct sy_answer a;
	enum sy_err err = sy_offline_verify(b, url, now, &a);
	if (err == SY_OK && json)
		err = print_json(b, &a, now);
	else if (err == SY_OK)
		print_text(b, &a);
	if (err != SY_OK) {
		(void)options_fail(verb, err, NULL);
		return EXIT_UNTOLD;
	}
	int own = a.verdict == SY_VERDICT_VALID ? EXIT_YES : EXIT_NO;
	return own > code ? own : code;
}

static int
tell_all(const struct verb *verb, const struct sy_bundle *b, const char *name, int64_t now, bool json)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf text;
	struct sy_fault fault = { .err = SY_OK };
	sy_buf_init(&text, (size_t)1 << 30);
	enum sy_err err = files_read(name, &text, &fault);
	if (err != SY_OK)
		return options_fail(verb, err, &fault);
	struct sy_span rest = sy_buf_span(&text), line;
	int code = EXIT_YES;
	size_t n = 0;
	while (sy_span_cut(&rest, '\n', &line)) {
		if (line.len > 0 && line.data[line.len - 1] == '\r')
			line.len--;
		if (line.len == 0 || line.data[0] == '#') /* files of codes are read as they are */
			continue;
		if (!json)
			(void)printf("%s%.*s\n", n == 0 ? "" : "\n", (int)(line.len < 100 ? line.len : 100), (const char *)line.data);
		code = tell(verb, b, line, now, json, code);
		n++;
	}
	return n == 0 ? options_misuse(verb, "没有网址：", "no URL in ", name) : code;
}

static enum sy_err
open_bundle(const struct verb *verb, const char *const *v, struct sy_bundle **ret, struct sy_fault *reterr)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf json;
	SY_CLEANUP(sy_buf_done) struct sy_buf anchor;
	sy_buf_init(&json, SY_BUNDLE_MAX);
	sy_buf_init(&anchor, ANCHOR_MAX);
	SY_TRY(files_read(v[BUNDLE], &json, reterr));
	SY_TRY(files_read(v[ANCHOR], &anchor, reterr));
	SY_TRY(sy_bundle_open(sy_buf_span(&json), sy_buf_span(&anchor), ret, reterr));
	bool kept = true;
	if (v[NO_STATE] == NULL)
		SY_TRY(remember_trust(v[STATE], *ret, sy_buf_span(&anchor), &kept, reterr));
	if (!kept)
		(void)options_misuse(verb, "注意：记不下信任名单的版本，旧名单下次认不出来", "note: the version of the trust list cannot be kept; an older one will not be noticed", "");
	return SY_OK;
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
	if (v[BUNDLE] == NULL || v[ANCHOR] == NULL || rest + (v[LIST] == NULL ? 1 : 0) != argc)
		return options_misuse(verb, "须有 --bundle、--anchor 和一个网址（或 --file）", "--bundle, --anchor and one URL (or --file) are needed", "");
	if (v[STATE] != NULL && v[NO_STATE] != NULL)
		return options_misuse(verb, "--state 与 --no-state 只能有一个", "--state or --no-state, not both", "");
	int64_t now = (int64_t)time(NULL);
	if (v[NOW] != NULL && sy_time_parse(sy_span_str(v[NOW]), &now, NULL) != SY_OK)
		return options_misuse(verb, "时间不对：", "not a time: ", v[NOW]);
	SY_CLEANUP(sy_bundle_freep) struct sy_bundle *b = NULL;
	struct sy_fault fault = { .err = SY_OK };
	enum sy_err err = open_bundle(verb, v, &b, &fault);
	if (err != SY_OK) {
		/* Whatever is wrong with the bundle, nothing was told of the label. */
		(void)options_fail(verb, err, &fault);
		return EXIT_UNTOLD;
	}
	const char *list = v[LIST] != NULL ? v[LIST] : strcmp(argv[rest], "-") == 0 ? "-" : NULL;
	if (list != NULL)
		return tell_all(verb, b, list, now, v[JSON] != NULL);
	return tell(verb, b, sy_span_str(argv[rest]), now, v[JSON] != NULL, EXIT_YES);
}

const struct verb verb_verify = {
	.name = "verify", .arguments = "--bundle FILE --anchor FILE [--now TIME] [--json] [--state FILE | --no-state] URL|-|--file FILE", .zh = "离线查验标签",
	.en = "Verify labels without a network", .options = rows, .noptions = SY_LEN(rows), .run = run,
};
