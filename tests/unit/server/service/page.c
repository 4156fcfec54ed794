/* The page: every verdict in both languages, through the store. With SUYUAN_PAGES=DIR
 * the pages are written there to be looked at (tests/browser/shots.mjs). */
#include "tests/unit/server/service/public_fixture.h"

#include "server/service/page.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define BASE "HTTP://127.0.0.1:8080"

static void
page_of(struct fix *x, const struct verification *v, enum lang lang, struct sy_buf *ret)
{
	struct page_links links = { .self = "/01/x?S=1", .base = BASE };
	struct view *own = NULL;
	const struct view *shown = verdict_shows_lot(v->verdict.code) ? v->facts.view : NULL;
	if (v->verdict.code == VERDICT_UNSIGNED) {
		DB_LOAN(x->app.reads, loan);
		FIX_OK(db_loan_take(&loan, NULL));
		FIX_OK(view_of_text(loan.db, v->link.own, v->link.item, v->link.lot, &own));
		shown = own;
	}
	page_head(lang, ret);
	page_band(v, shown, &links, lang, ret);
	if (shown != NULL)
		FIX_OK(page_lot(shown, lang, ret));
	page_foot(v, &links, lang, ret);
	FIX_OK(sy_buf_err(ret));
	view_free(own);
}

static void
show(struct fix *x, const char *name, const struct verification *v)
{
	const char *dir = getenv("SUYUAN_PAGES");
	for (int l = 0; l < 2; l++) {
		struct sy_buf html, gz;
		sy_buf_init(&html, 1u << 20);
		sy_buf_init(&gz, 1u << 20);
		page_of(x, v, l == 0 ? LANG_ZH : LANG_EN, &html);
		/* R: design of the page: the first answer, compressed, well under 14 KB (one round trip's congestion window). */
		FIX_OK(sy_gzip_compress(sy_buf_span(&html), 9, &gz));
		assert_in_range(gz.len, 500, 12000);
		assert_non_null(strstr(sy_buf_cstr(&html), words_headline(verdict_face(v), l == 0 ? LANG_ZH : LANG_EN)));
		assert_null(strstr(sy_buf_cstr(&html), "<script"));
		assert_null(strstr(sy_buf_cstr(&html), "style=\""));
		assert_null(strstr(sy_buf_cstr(&html), "<dd></dd>"));
		if (dir != NULL) {
			char path[512];
			(void)snprintf(path, sizeof path, "%s/%s.%s.html", dir, name, l == 0 ? "zh" : "en");
			fix_save(path, sy_buf_span(&html));
		}
		sy_buf_done(&html);
		sy_buf_done(&gz);
	}
}

static void
verify(struct fix *x, const char *url, struct verification *v)
{
	DB_LOAN(x->app.reads, loan);
	FIX_OK(db_loan_take(&loan, NULL));
	FIX_OK(verify_url(&x->app, loan.db, sy_span_str(url), v));
}

struct scene {
	const char *name;
	enum verdict_code expect;
	int basis;
	const char *best_before;
	void (*arrange)(struct fix *x);
	void (*url)(struct fix *x, struct sy_buf *ret);
	struct scan_count scan;
};

static void
good(struct fix *x, struct sy_buf *ret)
{
	char path[SY_LINK_PATH_MAX + 1];
	struct sy_token t = fix_token(x);
	fix_path(x, FIX_LOT, 107, path);
	fix_url(BASE, path, &t, x->label, ret);
}

static void
forged(struct fix *x, struct sy_buf *ret)
{
	char path[SY_LINK_PATH_MAX + 1];
	struct sy_token t = fix_token(x);
	fix_path(x, FIX_LOT, 107, path);
	fix_url(BASE, path, &t, x->stray, ret);
}

static void
other_key(struct fix *x, struct sy_buf *ret)
{
	char path[SY_LINK_PATH_MAX + 1];
	struct sy_token t = fix_token(x);
	t.kid = 8;
	fix_path(x, FIX_LOT, 107, path);
	fix_url(BASE, path, &t, x->label, ret);
}

static void
never(struct fix *x, struct sy_buf *ret)
{
	char path[SY_LINK_PATH_MAX + 1];
	struct sy_token t = fix_token(x);
	fix_path(x, FIX_LOT, 1500, path);
	fix_url(BASE, path, &t, x->label, ret);
}

static void
bare(struct fix *x, struct sy_buf *ret)
{
	(void)x;
	sy_buf_add_str(ret, BASE "/01/" FIX_GTIN "/10/" FIX_LOT);
}

static void
newer(struct fix *x, struct sy_buf *ret)
{
	uint8_t bytes[SY_TOKEN_SIZE] = { 2 };
	char digits[SY_TOKEN_DIGITS + 1];
	(void)x;
	sy_token_digits(bytes, digits);
	sy_link_print(BASE, "/01/" FIX_GTIN "/10/" FIX_LOT, digits, ret);
}

static void
broken(struct fix *x, struct sy_buf *ret)
{
	(void)x;
	sy_buf_add_str(ret, BASE "/01/09524117010018/10/" FIX_LOT);
}

static void
recall(struct fix *x)
{
	fix_restrict(x, "recall", "lot", &x->lot, &x->office, NULL, -1, 0,
	    "{\"salt\":\"00\",\"reason\":\"复检黄曲霉毒素B1超出限量\",\"authority\":\"驻马店市农产品质量安全监管处（示范）\",\"class\":1,\"action\":\"请勿食用。凭包装到购买处退款，或拨打 12315。\",\"open\":true}");
}

static void
void_report(struct fix *x)
{
	fix_restrict(x, "void", "report", &x->report, &x->centre, NULL, -1, 0, "{\"salt\":\"00\",\"reason\":\"样品登记有误\"}");
}

static void
hold_lot(struct fix *x)
{
	fix_restrict(x, "hold", "lot", &x->lot, &x->office, "safety", -1, 0, "{\"salt\":\"00\",\"reason\":\"监督抽检提出异议\",\"class\":\"safety\",\"open\":true}");
}

static void
hold_cert(struct fix *x)
{
	fix_restrict(x, "hold", "certificate", &x->cert, &x->certifier, "certificate", -1, 0, "{\"salt\":\"00\",\"reason\":\"年检未完成\",\"class\":\"certificate\",\"open\":true}");
}

static void
void_labels(struct fix *x)
{
	fix_restrict(x, "void", "labels", &x->release, &x->maker, NULL, 105, 10, "{\"salt\":\"00\",\"reason\":\"整卷标签遗失\"}");
}

static const struct scene scenes[] = {
	{ "valid", VERDICT_VALID, 1, "2027-09-19", NULL, good, { 3, 2, FIX_NOW - 86400 } },
	{ "valid-self-tested", VERDICT_VALID, 2, "2027-09-19", NULL, good, { 1, 1, FIX_NOW } },
	{ "valid-declared", VERDICT_VALID, 3, NULL, NULL, good, { 1, 1, FIX_NOW } },
	{ "suspicious", VERDICT_SUSPICIOUS, 1, "2027-09-19", NULL, good, { 64, 9, FIX_NOW - 40 * 86400 } },
	{ "recalled", VERDICT_RECALLED, 1, "2027-09-19", recall, good, { 2, 1, FIX_NOW } },
	{ "revoked", VERDICT_REVOKED, 1, "2027-09-19", void_report, good, { 2, 1, FIX_NOW } },
	{ "suspended", VERDICT_SUSPENDED, 1, "2027-09-19", hold_lot, good, { 2, 1, FIX_NOW } },
	{ "suspended-certificate", VERDICT_SUSPENDED, 1, "2027-09-19", hold_cert, good, { 2, 1, FIX_NOW } },
	{ "voided", VERDICT_VOIDED, 1, "2027-09-19", void_labels, good, { 2, 1, FIX_NOW } },
	{ "expired", VERDICT_EXPIRED, 1, "2026-11-22", NULL, good, { 2, 1, FIX_NOW } },
	{ "not-issued", VERDICT_NOT_ISSUED, 1, "2027-09-19", NULL, never, { 0, 0, 0 } },
	{ "unsigned", VERDICT_UNSIGNED, 1, "2027-09-19", NULL, bare, { 0, 0, 0 } },
	{ "bad-signature", VERDICT_BAD_SIGNATURE, 1, "2027-09-19", NULL, forged, { 0, 0, 0 } },
	{ "unknown-key", VERDICT_UNKNOWN_KEY, 1, "2027-09-19", NULL, other_key, { 0, 0, 0 } },
	{ "unsupported", VERDICT_UNSUPPORTED, 1, "2027-09-19", NULL, newer, { 0, 0, 0 } },
	{ "malformed", VERDICT_MALFORMED, 1, "2027-09-19", NULL, broken, { 0, 0, 0 } },
	{ "recalled-and-expired", VERDICT_RECALLED, 1, "2026-11-22", recall, good, { 2, 1, FIX_NOW } },
};

/* R: trust.md Verdicts: each is reached through records, keys and time, never by a flag. */
static void
every_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < SY_LEN(scenes); i++) {
		struct fix x;
		struct sy_buf url;
		struct verification v;
		fix_open(&x);
		x.basis = scenes[i].basis;
		x.best_before = scenes[i].best_before;
		fix_fill(&x);
		if (scenes[i].arrange != NULL)
			scenes[i].arrange(&x);
		sy_buf_init(&url, SY_LINK_URL_MAX);
		scenes[i].url(&x, &url);
		verify(&x, sy_buf_cstr(&url), &v);
		if (v.facts.serial == SERIAL_OURS && scenes[i].scan.count != 0)
			verify_counted(&v, &scenes[i].scan);
		if (v.verdict.code != scenes[i].expect)
			print_error("%s: %s (%s)\n", scenes[i].name, verdict_slug(v.verdict.code), v.verdict.reason[0].detail);
		assert_int_equal(v.verdict.code, scenes[i].expect);
		show(&x, scenes[i].name, &v);
		verify_done(&x.app, &v);
		sy_buf_done(&url);
		fix_close(&x);
	}
}

/* R: "Attacks that tests try": stored script through every text field. */
static void
stored_script(void **state)
{
	struct fix x;
	struct sy_buf url, html;
	struct verification v;
	(void)state;
	fix_open(&x);
	fix_people(&x);
	fix_goods(&x, "<script>alert(1)</script>\\\"'><img src=x onerror=alert(2)>");
	fix_release(&x);
	fix_restrict(&x, "recall", "lot", &x.lot, &x.office, NULL, -1, 0,
	    "{\"salt\":\"00\",\"reason\":\"<script>alert(3)</script>\",\"authority\":\"<b onclick=x>\",\"class\":1,\"action\":\"</p><script>alert(4)</script>\",\"open\":true}");
	sy_buf_init(&url, SY_LINK_URL_MAX);
	good(&x, &url);
	verify(&x, sy_buf_cstr(&url), &v);
	for (int l = 0; l < 2; l++) {
		sy_buf_init(&html, 1u << 20);
		page_of(&x, &v, l == 0 ? LANG_ZH : LANG_EN, &html);
		assert_null(strstr(sy_buf_cstr(&html), "<script"));
		assert_null(strstr(sy_buf_cstr(&html), "<img"));
		assert_null(strstr(sy_buf_cstr(&html), "<b onclick"));
		sy_buf_done(&html);
	}
	verify_done(&x.app, &v);
	sy_buf_done(&url);
	fix_close(&x);
}

static void
escapes(void **state)
{
	struct sy_buf b;
	(void)state;
	sy_buf_init(&b, 256);
	page_esc(&b, "a<b>&\"'c");
	assert_string_equal(sy_buf_cstr(&b), "a&lt;b&gt;&amp;&quot;&#39;c");
	sy_buf_reset(&b);
	page_row(&b, "x", "");
	page_row(&b, "x", NULL);
	assert_int_equal(b.len, 0);
	sy_buf_done(&b);
}

static void
home(void **state)
{
	const char *dir = getenv("SUYUAN_PAGES");
	struct page_form form = { .item = "6901234567893", .lot = "", .serial = "\"><script>", .item_bad = true };
	struct page_recall recall_row = { .since = FIX_NOW, .open = true, .product = "<script>", .lot = "A1", .reason = "黄曲霉毒素B1超出限量", .action = "请退回购买处", .authority = "监管处（示范）",
		.issuer = "监管处（示范）", .sha256 = "00", .path = "/01/09524117010017/10/A1", .class = 1 };
	(void)state;
	for (int l = 0; l < 2; l++) {
		enum lang lang = l == 0 ? LANG_ZH : LANG_EN;
		struct sy_buf page[3];
		static const char *const names[] = { "home", "recalls", "not-found" };
		for (size_t i = 0; i < 3; i++)
			sy_buf_init(&page[i], 65536);
		page_home(&form, lang, &page[0]);
		page_recalls(&recall_row, 1, lang, &page[1]);
		page_message(W_NOT_FOUND, W_NOT_FOUND_TEXT, lang, &page[2]);
		for (size_t i = 0; i < 3; i++) {
			char path[512];
			assert_null(strstr(sy_buf_cstr(&page[i]), "<script"));
			(void)snprintf(path, sizeof path, "%s/%s.%s.html", dir == NULL ? "" : dir, names[i], l == 0 ? "zh" : "en");
			if (dir != NULL)
				fix_save(path, sy_buf_span(&page[i]));
			sy_buf_done(&page[i]);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_verdict), cmocka_unit_test(stored_script), cmocka_unit_test(escapes), cmocka_unit_test(home) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
