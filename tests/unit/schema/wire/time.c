/* time.c: instants and Shanghai days, each date of the accepted years there and back. */
#include "schema/wire/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void
test_known_instants(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t t;
	} known[] = {
		/* GNU date -u -d ... +%s */
		{ "1992-01-01T00:00:00Z", 694224000 },
		{ "2000-02-29T12:34:56Z", 951827696 },
		{ "2026-11-23T08:00:00Z", 1795420800 },
		{ "2100-03-01T00:00:00Z", 4107542400 },
		{ "9999-12-31T23:59:59Z", 253402300799 },
	};
	for (size_t i = 0; i < SY_LEN(known); i++) {
		int64_t t = 0;
		char text[SY_TIME_SIZE];
		assert_int_equal(sy_time_parse(sy_span_str(known[i].text), &t, NULL), SY_OK);
		assert_int_equal(t, known[i].t);
		sy_time_print(t, text);
		assert_string_equal(text, known[i].text);
	}
}

static void
refuses_time(const char *text, size_t offset)
{
	int64_t t = 0;
	struct sy_fault f = { 0 };
	assert_int_equal(sy_time_parse(sy_span_str(text), &t, &f), SY_ERR_BAD_TIME);
	assert_int_equal(f.offset, offset);
}

/* R: RFC 3339 5.6, and our subset: UTC, whole seconds, upper case. */
static void
test_bad_times(void **state)
{
	(void)state;
	refuses_time("", 0);
	refuses_time("2026-11-23", 10);
	refuses_time("2026-11-23t08:00:00Z", 10);
	refuses_time("2026-11-23 08:00:00Z", 10);
	refuses_time("2026-11-23T08:00:00z", 19);
	refuses_time("2026-11-23T08:00:00.5Z", 19);
	refuses_time("2026-11-23T08:00:00+08:00", 19);
	refuses_time("2026-11-23T08:00:00Zx", 20);
	refuses_time("2026-11-23T24:00:00Z", 11);
	refuses_time("2026-11-23T23:60:00Z", 14);
	refuses_time("2016-12-31T23:59:60Z", 17); /* a leap second has no POSIX second of its own */
	refuses_time("2026-02-29T00:00:00Z", 8);
	refuses_time("1991-12-31T00:00:00Z", 0);
}

static void
refuses_date(const char *text, size_t offset)
{
	int32_t d = 0;
	struct sy_fault f = { 0 };
	assert_int_equal(sy_date_parse(sy_span_str(text), &d, &f), SY_ERR_BAD_DATE);
	assert_int_equal(f.offset, offset);
}

static void
test_bad_dates(void **state)
{
	(void)state;
	refuses_date("2026-13-01", 5);
	refuses_date("2026-00-01", 5);
	refuses_date("2026-04-31", 8);
	refuses_date("2026-04-00", 8);
	refuses_date("2100-02-29", 8);
	refuses_date("2026-4-01", 6);
	refuses_date("20260401", 4);
	refuses_date("2026/04/01", 4);
	refuses_date("2026-04-01 ", 10);
	refuses_date("\xEF\xBC\x92""026-04-01", 0);
}

static void
test_every_day_there_and_back(void **state)
{
	(void)state;
	int32_t first = 0, last = 0, d = 0;
	assert_int_equal(sy_date_parse(sy_span_str("2020-01-01"), &d, NULL), SY_OK);
	assert_int_equal(d, 0);
	assert_int_equal(sy_date_parse(sy_span_str("1992-01-01"), &first, NULL), SY_OK);
	assert_int_equal(sy_date_parse(sy_span_str("9999-12-31"), &last, NULL), SY_OK);
	for (int32_t i = first; i <= last; i++) {
		char text[SY_DATE_SIZE];
		sy_date_print(i, text);
		assert_int_equal(sy_date_parse(sy_span(text, 10), &d, NULL), SY_OK);
		assert_int_equal(d, i);
	}
}

/* The day changes in Shanghai at 16:00 UTC. */
static void
test_shanghai_day(void **state)
{
	(void)state;
	int64_t t = 0;
	int32_t d = 0;
	assert_int_equal(sy_date_parse(sy_span_str("2026-11-24"), &d, NULL), SY_OK);
	assert_int_equal(sy_time_parse(sy_span_str("2026-11-23T16:00:00Z"), &t, NULL), SY_OK);
	assert_int_equal(sy_date_of_time(t), d);
	assert_int_equal(sy_date_of_time(t - 1), d - 1);
	assert_int_equal(sy_time_of_date(d), t);
}

static void
test_out_of_range_stays_printable(void **state)
{
	(void)state;
	char time[SY_TIME_SIZE], date[SY_DATE_SIZE];
	sy_time_print(INT64_MAX, time);
	assert_string_equal(time, "9999-12-31T00:00:00Z");
	sy_time_print(INT64_MIN, time);
	assert_string_equal(time, "1992-01-01T00:00:00Z");
	sy_date_print(INT32_MIN, date);
	assert_string_equal(date, "1992-01-01");
	sy_date_print(INT32_MAX, date);
	assert_string_equal(date, "9999-12-31");
	assert_true(sy_date_of_time(INT64_MAX) > 0);
	assert_true(sy_date_of_time(INT64_MIN) < 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_instants),
		cmocka_unit_test(test_bad_times),
		cmocka_unit_test(test_bad_dates),
		cmocka_unit_test(test_every_day_there_and_back),
		cmocka_unit_test(test_shanghai_day),
		cmocka_unit_test(test_out_of_range_stays_printable),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
