/* time.c: see time.h. Calendar arithmetic on the Gregorian calendar counted
 * from 1 March of year 0, so that the leap day is the last day of a year. */
#include "schema/wire/time.h"

#define DAY_2020 18262 /* 2020-01-01, days since 1970-01-01 */
#define YEAR_MIN 1992 /* since then Asia/Shanghai is UTC+8 all year */
#define YEAR_MAX 9999
#define DAY INT64_C(86400)
#define SHANGHAI INT64_C(28800)

static int32_t
days_in_month(int32_t year, int32_t month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* Days since 1970-01-01. 719468 lie between 0000-03-01 and 1970-01-01. */
static int32_t
days_of(int32_t year, int32_t month, int32_t day)
{
	int32_t y = month <= 2 ? year - 1 : year;
	int32_t m = month <= 2 ? month + 9 : month - 3;
	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static void
civil_of(int32_t days, int32_t *year, int32_t *month, int32_t *day)
{
	int32_t d = days + 719468;
	int32_t era = d / 146097;
	int32_t in_era = d % 146097;
	int32_t y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int32_t in_year = in_era - (365 * y + y / 4 - y / 100);
	int32_t m = (5 * in_year + 2) / 153;
	*day = in_year - (153 * m + 2) / 5 + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = era * 400 + y + (*month <= 2 ? 1 : 0);
}

/* The number in pattern's places of c ('9' a digit, else itself). False with the offset of the first misfit. */
static bool
fits(struct sy_span text, const char *pattern, size_t *retat)
{
	size_t i = 0;
	for (; pattern[i] != '\0'; i++) {
		*retat = i;
		if (i >= text.len)
			return false;
		bool digit = text.data[i] >= '0' && text.data[i] <= '9';
		if (pattern[i] == '9' ? !digit : text.data[i] != (uint8_t)pattern[i])
			return false;
	}
	*retat = i;
	return i == text.len;
}

static int32_t
number(struct sy_span text, size_t at, size_t len)
{
	int32_t v = 0;
	for (size_t i = at; i < at + len; i++)
		v = v * 10 + (text.data[i] - '0');
	return v;
}

static enum sy_err
parse_day(struct sy_span text, enum sy_err err, int32_t *ret, struct sy_fault *reterr)
{
	int32_t year = number(text, 0, 4);
	int32_t month = number(text, 5, 2);
	int32_t day = number(text, 8, 2);
	if (year < YEAR_MIN)
		return sy_fault_at(reterr, err, "", 0, 4);
	if (month < 1 || month > 12)
		return sy_fault_at(reterr, err, "", 5, 2);
	if (day < 1 || day > days_in_month(year, month))
		return sy_fault_at(reterr, err, "", 8, 2);
	*ret = days_of(year, month, day);
	return SY_OK;
}

enum sy_err
sy_time_parse(struct sy_span text, int64_t *ret, struct sy_fault *reterr)
{
	size_t at = 0;
	if (!fits(text, "9999-99-99T99:99:99Z", &at))
		return sy_fault_at(reterr, SY_ERR_BAD_TIME, "", at, at < text.len ? 1 : 0);
	int32_t days = 0;
	SY_TRY(parse_day(text, SY_ERR_BAD_TIME, &days, reterr));
	int32_t hour = number(text, 11, 2);
	int32_t minute = number(text, 14, 2);
	int32_t second = number(text, 17, 2);
	if (hour > 23)
		return sy_fault_at(reterr, SY_ERR_BAD_TIME, "", 11, 2);
	if (minute > 59)
		return sy_fault_at(reterr, SY_ERR_BAD_TIME, "", 14, 2);
	if (second > 59)
		return sy_fault_at(reterr, SY_ERR_BAD_TIME, "", 17, 2);
	*ret = days * DAY + (int64_t)hour * 3600 + (int64_t)minute * 60 + second;
	return SY_OK;
}

/* What is printed can be parsed again: a value outside the accepted years is printed as the nearest inside. */
static int32_t
clamp(int64_t days)
{
	int32_t least = days_of(YEAR_MIN, 1, 1);
	int32_t most = days_of(YEAR_MAX, 12, 31);
	return days < least ? least : days > most ? most : (int32_t)days;
}

static int64_t
floor_days(int64_t seconds)
{
	return seconds >= 0 ? seconds / DAY : -((-(seconds + 1)) / DAY) - 1;
}

static void
put(char *at, size_t len, int32_t v)
{
	for (size_t i = len; i-- > 0; v /= 10)
		at[i] = (char)('0' + v % 10);
}

static void
print_day(int32_t days, char *ret)
{
	int32_t year = 0, month = 0, day = 0;
	civil_of(days, &year, &month, &day);
	put(ret, 4, year);
	ret[4] = '-';
	put(ret + 5, 2, month);
	ret[7] = '-';
	put(ret + 8, 2, day);
}

void
sy_time_print(int64_t t, char ret[SY_TIME_SIZE])
{
	int64_t whole = floor_days(t);
	int32_t days = clamp(whole);
	int32_t in_day = days == whole ? (int32_t)(t - whole * DAY) : 0;
	print_day(days, ret);
	ret[10] = 'T';
	put(ret + 11, 2, in_day / 3600);
	ret[13] = ':';
	put(ret + 14, 2, in_day / 60 % 60);
	ret[16] = ':';
	put(ret + 17, 2, in_day % 60);
	ret[19] = 'Z';
	ret[20] = '\0';
}

enum sy_err
sy_date_parse(struct sy_span text, int32_t *ret, struct sy_fault *reterr)
{
	size_t at = 0;
	if (!fits(text, "9999-99-99", &at))
		return sy_fault_at(reterr, SY_ERR_BAD_DATE, "", at, at < text.len ? 1 : 0);
	int32_t days = 0;
	SY_TRY(parse_day(text, SY_ERR_BAD_DATE, &days, reterr));
	*ret = days - DAY_2020;
	return SY_OK;
}

void
sy_date_print(int32_t day, char ret[SY_DATE_SIZE])
{
	print_day(clamp((int64_t)day + DAY_2020), ret);
	ret[10] = '\0';
}

int32_t
sy_date_of_time(int64_t t)
{
	return clamp(floor_days(t > INT64_MAX - SHANGHAI ? t : t + SHANGHAI)) - DAY_2020;
}

int64_t
sy_time_of_date(int32_t day)
{
	return ((int64_t)day + DAY_2020) * DAY - SHANGHAI;
}
