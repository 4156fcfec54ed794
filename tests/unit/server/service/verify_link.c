/* Labels against keys and records: the corpus of bad labels, each failing at its
 * stage; tampering with a good one; a stolen key; scans; what the log's growth changes. */
#include "tests/unit/server/service/public_fixture.h"

#include "schema/wire/b64.h"
#include "server/service/view.h"
#include "server/store/scan.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define CORPUS SUYUAN_SOURCE_DIR "/tests/vectors/labels-bad"

static void
ask(struct fix *x, const char *url, struct verification *v)
{
	DB_LOAN(x->app.reads, loan);
	FIX_OK(db_loan_take(&loan, NULL));
	FIX_OK(verify_url(&x->app, loan.db, sy_span_str(url), v));
}

static void
expect(struct fix *x, const char *url, enum verdict_code code)
{
	struct verification v;
	ask(x, url, &v);
	if (v.verdict.code != code)
		print_error("%s (%s) instead of %s: %s\n", verdict_slug(v.verdict.code), v.verdict.reason[0].detail, verdict_slug(code), url);
	assert_int_equal(v.verdict.code, code);
	verify_done(&x->app, &v);
}

static void
slurp(const char *path, char *ret, size_t size)
{
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	size_t n = fread(ret, 1, size - 1, f);
	assert_int_equal(fclose(f), 0);
	ret[n] = '\0';
}

static const char *
line(char *text, const char *name)
{
	char *at = strstr(text, name);
	assert_non_null(at);
	at += strlen(name);
	at[strcspn(at, "\n")] = '\0';
	return at;
}

/* The corpus brings its own public key. */
static void
corpus_trust(struct fix *x)
{
	char text[256];
	struct sy_buf der;
	slurp(CORPUS "/key.txt", text, sizeof text);
	text[strcspn(text, "\n")] = '\0';
	sy_buf_init(&der, 256);
	FIX_OK(sy_b64_parse(sy_span_str(text), &der, NULL));
	sy_key_free(x->label);
	FIX_OK(sy_key_parse_spki(sy_buf_span(&der), &x->label));
	sy_buf_done(&der);
	x->key_until = sy_time_of_date(2922) - 8 * 3600; /* 2027-12-31T16:00:00Z */
	fix_trust(x, 2, UINT64_MAX, "-");
}

/* R: tests/vectors/labels-bad/SOURCE.txt: made by an implementation that shares no code with ours. */
static void
corpus(void **state)
{
	struct fix x;
	size_t n = 0;
	(void)state;
	fix_open(&x);
	fix_people(&x);
	corpus_trust(&x);
	DIR *d = opendir(CORPUS);
	assert_non_null(d);
	for (struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
		char path[512], text[8192], copy[8192];
		struct verification v;
		if (strstr(e->d_name, ".label") == NULL)
			continue;
		(void)snprintf(path, sizeof path, CORPUS "/%s", e->d_name);
		slurp(path, text, sizeof text);
		memcpy(copy, text, sizeof copy);
		const char *stage = line(text, "stage "), *url = line(copy, "\nurl ");
		ask(&x, url, &v);
		if (strcmp(verdict_slug(v.verdict.code), stage) != 0)
			print_error("%s: %s (%s)\n", e->d_name, verdict_slug(v.verdict.code), v.verdict.reason[0].detail);
		assert_string_equal(verdict_slug(v.verdict.code), stage);
		assert_int_equal(v.verdict.n, 1);
		verify_done(&x.app, &v);
		n++;
	}
	(void)closedir(d);
	assert_true(n >= 60);
	fix_close(&x);
}

/* Every single digit of a good token changed: never a good verdict, never an error. */
static void
every_digit(void **state)
{
	struct fix x;
	struct sy_buf url;
	char path[SY_LINK_PATH_MAX + 1], text[SY_LINK_URL_MAX];
	(void)state;
	fix_open(&x);
	fix_fill(&x);
	sy_buf_init(&url, SY_LINK_URL_MAX);
	struct sy_token t = fix_token(&x);
	fix_path(&x, FIX_LOT, 100, path);
	fix_url("HTTPS://Q.EXAMPLE.CN", path, &t, x.label, &url);
	expect(&x, sy_buf_cstr(&url), VERDICT_VALID);
	size_t from = (size_t)(strstr(sy_buf_cstr(&url), "?S=") - sy_buf_cstr(&url)) + 3;
	for (size_t i = from; i < url.len; i += 3) {
		struct verification v;
		memcpy(text, sy_buf_cstr(&url), url.len + 1);
		text[i] = (char)('0' + (text[i] - '0' + 1) % 10);
		ask(&x, text, &v);
		assert_true(v.verdict.code == VERDICT_MALFORMED || v.verdict.code == VERDICT_UNSUPPORTED || v.verdict.code == VERDICT_UNKNOWN_KEY ||
		    v.verdict.code == VERDICT_BAD_SIGNATURE);
		verify_done(&x.app, &v);
	}
	sy_buf_done(&url);
	fix_close(&x);
}

/* A key that was stolen signs well: only what the log knew before counts. */
static void
stolen_key(void **state)
{
	struct fix x;
	struct sy_buf url;
	char path[SY_LINK_PATH_MAX + 1];
	(void)state;
	fix_open(&x);
	fix_fill(&x);
	sy_buf_init(&url, SY_LINK_URL_MAX);
	struct sy_token t = fix_token(&x);
	fix_path(&x, FIX_LOT, 100, path);
	fix_url("HTTPS://Q.EXAMPLE.CN", path, &t, x.label, &url);
	fix_trust(&x, 2, (uint64_t)x.next, "stolen");
	expect(&x, sy_buf_cstr(&url), VERDICT_VALID);
	fix_trust(&x, 3, (uint64_t)x.next - 1, "stolen"); /* the allocation is the last entry */
	expect(&x, sy_buf_cstr(&url), VERDICT_UNKNOWN_KEY);
	fix_trust(&x, 4, (uint64_t)x.next, "serial-key-lost");
	expect(&x, sy_buf_cstr(&url), VERDICT_SUSPICIOUS);
	sy_buf_done(&url);
	fix_close(&x);
}

/* A label of figures that the record does not hold, signed by the right key. */
static void
figures_differ(void **state)
{
	struct fix x;
	struct sy_buf url;
	char path[SY_LINK_PATH_MAX + 1];
	(void)state;
	fix_open(&x);
	fix_fill(&x);
	sy_buf_init(&url, SY_LINK_URL_MAX);
	fix_path(&x, FIX_LOT, 100, path);
	for (int i = 0; i < 6; i++) {
		struct sy_token t = fix_token(&x);
		t.certified = i == 0 ? 7 : t.certified;
		t.basis = i == 1 ? 2 : t.basis;
		t.grade = i == 2 ? 1 : t.grade;
		t.county = i == 3 ? 411723 : t.county;
		t.status_index = i == 4 ? 1 : t.status_index;
		t.best_before = i == 5 ? SY_BEST_BEFORE_NONE : t.best_before;
		fix_url("HTTPS://Q.EXAMPLE.CN", path, &t, x.label, &url);
		expect(&x, sy_buf_cstr(&url), VERDICT_NOT_ISSUED);
	}
	struct sy_token t = fix_token(&x);
	fix_path(&x, FIX_LOT, UINT32_MAX, path); /* a lot code of a release that counts units */
	fix_url("HTTPS://Q.EXAMPLE.CN", path, &t, x.label, &url);
	expect(&x, sy_buf_cstr(&url), VERDICT_NOT_ISSUED);
	sy_buf_done(&url);
	fix_close(&x);
}

/* A view is forgotten when the log grew: a recall shows at the next scan. */
static void
recall_shows(void **state)
{
	struct fix x;
	struct sy_buf url;
	char path[SY_LINK_PATH_MAX + 1];
	(void)state;
	fix_open(&x);
	fix_fill(&x);
	sy_buf_init(&url, SY_LINK_URL_MAX);
	struct sy_token t = fix_token(&x);
	fix_path(&x, FIX_LOT, 100, path);
	fix_url("HTTPS://Q.EXAMPLE.CN", path, &t, x.label, &url);
	expect(&x, sy_buf_cstr(&url), VERDICT_VALID);
	fix_restrict(&x, "recall", "lot", &x.lot, &x.office, NULL, -1, 0, "{\"salt\":\"00\",\"reason\":\"r\",\"class\":1,\"action\":\"a\",\"open\":true}");
	expect(&x, sy_buf_cstr(&url), VERDICT_RECALLED);
	sy_buf_done(&url);
	fix_close(&x);
}

/* R: the suspicious rule: count >= 30 over at least 3 days of the Shanghai calendar. */
static void
scans(void **state)
{
	struct fix x;
	struct scan_count s;
	(void)state;
	fix_open(&x);
	fix_fill(&x);
	int64_t noon = sy_time_of_date(2500) + 12 * 3600;
	FIX_OK(store_scan_get(x.db, false, FIX_GTIN, 100, &s));
	assert_int_equal(s.count, 0);
	for (int i = 0; i < 30; i++)
		FIX_OK(store_scan_add(x.db, false, FIX_GTIN, 100, noon + i, &s));
	assert_int_equal(s.count, 30);
	assert_int_equal(s.days, 1);
	FIX_OK(store_scan_add(x.db, false, FIX_GTIN, 100, sy_time_of_date(2501), &s));
	assert_int_equal(s.days, 2);
	FIX_OK(store_scan_add(x.db, false, FIX_GTIN, 100, sy_time_of_date(2501) - 1, &s)); /* a clock that steps back */
	assert_int_equal(s.days, 2);
	db_pool_renew(x.app.reads);
	struct sy_buf url;
	char path[SY_LINK_PATH_MAX + 1];
	sy_buf_init(&url, SY_LINK_URL_MAX);
	struct sy_token t = fix_token(&x);
	fix_path(&x, FIX_LOT, 100, path);
	fix_url("HTTPS://Q.EXAMPLE.CN", path, &t, x.label, &url);
	expect(&x, sy_buf_cstr(&url), VERDICT_VALID);
	FIX_OK(store_scan_add(x.db, false, FIX_GTIN, 100, sy_time_of_date(2502), &s));
	assert_int_equal(s.days, 3);
	db_pool_renew(x.app.reads);
	expect(&x, sy_buf_cstr(&url), VERDICT_SUSPICIOUS);
	sy_buf_done(&url);
	fix_close(&x);
}

/* Unsigned: product and lot by text, and no verdict of a lot that nobody registered. */
static void
by_text(void **state)
{
	struct fix x;
	struct view *v = NULL;
	(void)state;
	fix_open(&x);
	fix_fill(&x);
	FIX_OK(view_of_text(x.db, false, FIX_GTIN, FIX_LOT, &v));
	assert_true(v->released && v->has_lot && v->nreports == 1 && v->ncerts == 1 && v->nranges == 1);
	view_free(v);
	FIX_OK(view_of_text(x.db, false, FIX_GTIN, "KL8G", &v));
	assert_false(v->released || v->has_lot);
	view_free(v);
	assert_int_equal(view_of_text(x.db, false, "06901234567892", "", &v), SY_ERR_NOT_FOUND);
	assert_int_equal(view_of_text(x.db, true, FIX_GTIN, "", &v), SY_ERR_NOT_FOUND);
	fix_close(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(corpus), cmocka_unit_test(every_digit), cmocka_unit_test(stolen_key), cmocka_unit_test(figures_differ),
		cmocka_unit_test(recall_shows), cmocka_unit_test(scans), cmocka_unit_test(by_text) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
