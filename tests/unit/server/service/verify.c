/* The rule of verdicts as a truth table: facts in, verdict and reasons out. */
#include "server/service/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TODAY 2500

/* What a row changes of a code that is good in every way. */
enum {
	NO_LINK = 1 << 0, NO_TOKEN = 1 << 1, NEWER = 1 << 2, BAD_TOKEN = 1 << 3, NO_KEY = 1 << 4, HIGH_S = 1 << 5, BAD_SIG = 1 << 6, NO_VIEW = 1 << 7,
	VOID_LABEL = 1 << 8, VOID_OTHER = 1 << 9, VOID_RELEASE = 1 << 10, OUTSIDE = 1 << 11, ALIEN = 1 << 12, RECALL = 1 << 13, VOID_REPORT = 1 << 14,
	VOID_CERT = 1 << 15, HOLD_LOT = 1 << 16, HOLD_CERT = 1 << 17, OLD = 1 << 18, SCANS = 1 << 19, CLOSED = 1 << 20, OTHER_LOT = 1 << 21,
	FIGURES = 1 << 22, STOLEN_AFTER = 1 << 23, STOLEN_BEFORE = 1 << 24, LOT_CODE = 1 << 25, SERIAL_LOST = 1 << 26, FEW_DAYS = 1 << 27, HOST = 1 << 28,
	LATE_KEY = 1 << 29,
};

struct world {
	struct sy_link link;
	struct sy_token token;
	struct sy_trust_key key;
	struct view view;
	struct view_range range[2];
	struct view_restriction restriction[8];
	struct verify_case c;
};

static void
restrict_by(struct world *w, unsigned flags, unsigned flag, enum view_kind kind, enum view_subject subject, bool safety, int64_t first)
{
	if ((flags & flag) == 0)
		return;
	w->restriction[w->view.nrestrictions++] = (struct view_restriction){ .kind = kind, .subject = subject, .open = (flags & CLOSED) == 0, .safety = safety,
		.first = first, .count = 10 };
}

static void
make_key(struct world *w, unsigned flags)
{
	w->key = (struct sy_trust_key){ .kid = 7, .alg = SY_ALG_P256, .role = SY_KEY_LABEL, .not_before = 0, .not_after = INT64_MAX, .valid_if_leaf_lt = UINT64_MAX,
		.reason = "-" };
	if ((flags & (STOLEN_AFTER | SERIAL_LOST)) != 0)
		w->key.valid_if_leaf_lt = 30;
	if ((flags & STOLEN_BEFORE) != 0)
		w->key.valid_if_leaf_lt = 20;
	if ((flags & SERIAL_LOST) != 0)
		memcpy(w->key.reason, "serial-key-lost", sizeof "serial-key-lost");
	if ((flags & LATE_KEY) != 0)
		w->key.not_before = sy_time_of_date(2480);
}

static void
make(struct world *w, unsigned flags)
{
	memset(w, 0, sizeof *w);
	bool lot_code = (flags & LOT_CODE) != 0;
	memcpy(w->link.item, "09524117010017", 15);
	memcpy(w->link.lot, (flags & OTHER_LOT) != 0 ? "L2" : "L1", 3);
	memcpy(w->link.serial, "K7Q2M9XW4T", lot_code ? 0 : 11);
	w->link.has_token = (flags & NO_TOKEN) == 0;
	w->token = (struct sy_token){ .kid = 7, .day_issued = 2470, .best_before = (flags & OLD) != 0 ? TODAY - 1 : TODAY, .basis = 1, .certified = 1, .county = 411724,
		.status_index = 5 };
	w->range[0] = (struct view_range){ .leaf_index = 20, .first = 0, .count = 50 };
	w->range[1] = (struct view_range){ .leaf_index = 25, .first = 100, .count = 50 };
	w->view = (struct view){ .released = true, .basis = 1, .certified = 1, .county = 411724, .status_index = (flags & FIGURES) != 0 ? 6 : 5, .units = lot_code ? 0 : 1000,
		.best_before = (int32_t)w->token.best_before, .nranges = 2, .range = w->range, .restriction = w->restriction };
	memcpy(w->view.item, "09524117010017", 15);
	memcpy(w->view.lot_text, "L1", 3);
	w->view.release.leaf_index = 20;
	restrict_by(w, flags, HOLD_CERT, VIEW_HOLD, VIEW_CERTIFICATE, false, -1);
	restrict_by(w, flags, HOLD_LOT, VIEW_HOLD, VIEW_LOT, true, -1);
	restrict_by(w, flags, VOID_REPORT, VIEW_VOID, VIEW_REPORT, false, -1);
	restrict_by(w, flags, VOID_CERT, VIEW_VOID, VIEW_CERTIFICATE, false, -1);
	restrict_by(w, flags, RECALL, VIEW_RECALL, VIEW_LOT, false, -1);
	restrict_by(w, flags, VOID_LABEL, VIEW_VOID, VIEW_LABELS, false, 100);
	restrict_by(w, flags, VOID_OTHER, VIEW_VOID, VIEW_LABELS, false, 110);
	restrict_by(w, flags, VOID_RELEASE, VIEW_VOID, VIEW_RELEASE, false, -1);
	make_key(w, flags);
	w->c = (struct verify_case){ .link = (flags & NO_LINK) != 0 ? NULL : &w->link, .foreign = (flags & HOST) != 0 ? "host-not-listed" : NULL,
		.token_err = (flags & NEWER) != 0 ? SY_ERR_UNSUPPORTED : (flags & BAD_TOKEN) != 0 ? SY_ERR_MALFORMED : SY_OK, .token = &w->token,
		.key = (flags & NO_KEY) != 0 ? NULL : &w->key, .low_s = (flags & HIGH_S) == 0, .signature = (flags & BAD_SIG) == 0,
		.view = (flags & NO_VIEW) != 0 ? NULL : &w->view, .serial = lot_code ? SERIAL_NONE : (flags & ALIEN) != 0 ? SERIAL_FOREIGN : SERIAL_OURS,
		.counter = (flags & OUTSIDE) != 0 ? 50 : 105, .suspicious_scans = 30, .suspicious_days = 3, .today = TODAY };
	w->c.scan = (struct scan_count){ .count = (flags & SCANS) != 0 ? 30 : 29, .days = (flags & FEW_DAYS) != 0 ? 2 : 3, .first_at = 1 };
}

static const struct row {
	unsigned flags;
	const char *expect; /* codes in order, the verdict first */
} rows[] = {
	{ 0, "valid" },
	{ LOT_CODE, "valid" },
	{ NO_LINK, "malformed" },
	{ BAD_TOKEN, "malformed" },
	{ HIGH_S, "malformed" },
	{ NEWER, "unsupported" },
	{ NO_TOKEN, "unsigned" },
	{ NO_TOKEN | RECALL, "unsigned" },
	{ NO_KEY, "unknown-key" },
	{ NO_KEY | HIGH_S, "unknown-key" },
	{ HOST, "unknown-key" },
	{ LATE_KEY, "unknown-key" },
	{ BAD_SIG, "bad-signature" },
	/* Of what is not signed nothing is believed, so nothing else is found. */
	{ BAD_SIG | RECALL | OLD, "bad-signature" },
	{ VOID_LABEL, "voided" },
	{ VOID_RELEASE, "voided" },
	{ VOID_OTHER, "valid" },
	{ LOT_CODE | VOID_LABEL, "valid" },
	{ LOT_CODE | VOID_RELEASE, "voided" },
	{ NO_VIEW, "not-issued" },
	{ OUTSIDE, "not-issued" },
	{ ALIEN, "not-issued" },
	{ OTHER_LOT, "not-issued" },
	{ FIGURES, "not-issued" },
	/* Another lot's recall is not told of goods that this code does not name. */
	{ OTHER_LOT | RECALL, "not-issued" },
	{ OUTSIDE | RECALL, "not-issued recalled" },
	{ OUTSIDE | VOID_RELEASE, "voided not-issued" },
	{ RECALL, "recalled" },
	{ VOID_REPORT, "revoked" },
	{ VOID_CERT, "revoked" },
	{ HOLD_LOT, "suspended" },
	{ HOLD_CERT, "suspended" },
	{ HOLD_CERT | HOLD_LOT, "suspended suspended" },
	{ OLD, "expired" },
	{ SCANS, "suspicious" },
	{ SCANS | FEW_DAYS, "valid" },
	{ RECALL | CLOSED, "valid" },
	{ HOLD_LOT | CLOSED, "valid" },
	{ VOID_LABEL | RECALL | VOID_REPORT | HOLD_LOT | OLD | SCANS, "voided recalled revoked suspended expired suspicious" },
	{ RECALL | VOID_REPORT | OLD, "recalled revoked expired" },
	{ HOLD_CERT | OLD | SCANS, "suspended expired suspicious" },
	/* R: trust.md, Compromise: good only in an allocation logged before. */
	{ STOLEN_AFTER, "valid" },
	{ STOLEN_BEFORE, "unknown-key" },
	{ STOLEN_BEFORE | RECALL, "unknown-key recalled" },
	{ STOLEN_AFTER | OUTSIDE, "not-issued" },
	{ STOLEN_AFTER | LOT_CODE, "valid" },
	{ STOLEN_BEFORE | LOT_CODE, "unknown-key" },
	{ SERIAL_LOST, "suspicious" },
};

static void
truth_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < SY_LEN(rows); i++) {
		struct world w;
		struct verdict v;
		char got[256] = "";
		make(&w, rows[i].flags);
		verify_judge(&w.c, &v);
		for (size_t k = 0; k < v.n; k++) {
			size_t n = strlen(got);
			(void)snprintf(got + n, sizeof got - n, "%s%s", n == 0 ? "" : " ", verdict_slug(v.reason[k].code));
		}
		if (strcmp(got, rows[i].expect) != 0)
			print_error("row %zu\n", i);
		assert_string_equal(got, rows[i].expect);
		assert_int_equal(v.code, v.reason[0].code);
	}
}

/* R: trust.md: safety is graver than a certificate, whichever came first. */
static void
safety_first(void **state)
{
	struct world w;
	struct verdict v;
	(void)state;
	make(&w, HOLD_CERT | HOLD_LOT);
	verify_judge(&w.c, &v);
	assert_string_equal(v.reason[0].detail, "safety");
	assert_string_equal(v.reason[1].detail, "certificate");
}

/* R: trust.md, Token: expired from 00:00 of the day after. */
static void
last_day(void **state)
{
	struct world w;
	struct verdict v;
	(void)state;
	make(&w, 0);
	w.c.today = (int32_t)w.token.best_before;
	verify_judge(&w.c, &v);
	assert_int_equal(v.code, VERDICT_VALID);
	w.c.today++;
	verify_judge(&w.c, &v);
	assert_int_equal(v.code, VERDICT_EXPIRED);
	w.token.best_before = SY_BEST_BEFORE_NONE;
	w.view.best_before = INT32_MAX;
	verify_judge(&w.c, &v);
	assert_int_equal(v.code, VERDICT_VALID);
}

/* Edges of allocations and of a void range. */
static void
edges(void **state)
{
	static const struct {
		uint32_t counter;
		enum verdict_code expect;
	} at[] = { { 0, VERDICT_VALID }, { 49, VERDICT_VALID }, { 50, VERDICT_NOT_ISSUED }, { 99, VERDICT_NOT_ISSUED }, { 100, VERDICT_VOIDED }, { 109, VERDICT_VOIDED },
		{ 110, VERDICT_VALID }, { 149, VERDICT_VALID }, { 150, VERDICT_NOT_ISSUED }, { UINT32_MAX, VERDICT_NOT_ISSUED } };
	(void)state;
	for (size_t i = 0; i < SY_LEN(at); i++) {
		struct world w;
		struct verdict v;
		make(&w, VOID_LABEL);
		w.c.counter = at[i].counter;
		verify_judge(&w.c, &v);
		assert_int_equal(v.code, at[i].expect);
	}
}

/* More restrictions than reasons: the verdict stays the first. */
static void
many(void **state)
{
	struct world w;
	struct verdict v;
	(void)state;
	make(&w, 0);
	struct view_restriction *r = calloc(100, sizeof *r);
	assert_non_null(r);
	for (size_t i = 0; i < 100; i++)
		r[i] = (struct view_restriction){ .kind = VIEW_HOLD, .subject = VIEW_LOT, .open = true, .safety = true };
	r[99] = (struct view_restriction){ .kind = VIEW_RECALL, .subject = VIEW_LOT, .open = true };
	w.view.restriction = r;
	w.view.nrestrictions = 100;
	verify_judge(&w.c, &v);
	assert_int_equal(v.code, VERDICT_RECALLED);
	assert_int_equal(v.n, VERDICT_REASONS_MAX);
	free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(truth_table), cmocka_unit_test(safety_first), cmocka_unit_test(last_day), cmocka_unit_test(edges),
		cmocka_unit_test(many) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
