/* pattern.c: see pattern.h. */
#include "schema/model/pattern.h"

#include <stdio.h>
#include <string.h>

const char sy_pattern_digits[] = "0123456789";
const char sy_pattern_alnum[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

enum sy_err
sy_pattern_fault(struct sy_fault *reterr, enum sy_err err, size_t offset, size_t length, const char *zh, const char *en)
{
	if (reterr == NULL || reterr->err != SY_OK)
		return err;
	(void)sy_fault_at(reterr, err, "", offset, length);
	(void)snprintf(reterr->zh, sizeof reterr->zh, "%s", zh);
	(void)snprintf(reterr->en, sizeof reterr->en, "%s", en);
	return err;
}

static bool
in_set(uint8_t c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static bool
fits(uint8_t c, char p)
{
	if (p == '9')
		return in_set(c, sy_pattern_digits);
	return p == 'X' ? in_set(c, sy_pattern_alnum) : c == (uint8_t)p;
}

static enum sy_err
wrong_character(struct sy_fault *reterr, size_t at, const char *zh, const char *en)
{
	char say_zh[160], say_en[160];
	(void)snprintf(say_zh, sizeof say_zh, "第 %zu 位应为%s", at + 1, zh);
	(void)snprintf(say_en, sizeof say_en, "Character %zu should be %s", at + 1, en);
	return sy_pattern_fault(reterr, SY_ERR_BAD_CHARACTER, at, 1, say_zh, say_en);
}

static enum sy_err
wrong_length(struct sy_fault *reterr, struct sy_span text, size_t min, size_t max)
{
	char zh[160], en[160];
	if (min == max) {
		(void)snprintf(zh, sizeof zh, "应为 %zu 位，现有 %zu 位", max, text.len);
		(void)snprintf(en, sizeof en, "Should have %zu characters, has %zu", max, text.len);
	} else {
		(void)snprintf(zh, sizeof zh, "应为 %zu 至 %zu 位，现有 %zu 位", min, max, text.len);
		(void)snprintf(en, sizeof en, "Should have %zu to %zu characters, has %zu", min, max, text.len);
	}
	if (text.len < min)
		return sy_pattern_fault(reterr, SY_ERR_TOO_SHORT, text.len, 0, zh, en);
	return sy_pattern_fault(reterr, SY_ERR_TOO_LONG, max, text.len - max, zh, en);
}

enum sy_err
sy_pattern_check(struct sy_span text, const char *pattern, struct sy_fault *reterr)
{
	size_t n = strlen(pattern);
	for (size_t i = 0; i < text.len && i < n; i++) {
		if (fits(text.data[i], pattern[i]))
			continue;
		char literal[4] = { '"', pattern[i], '"', '\0' };
		if (pattern[i] == '9')
			return wrong_character(reterr, i, "数字", "a digit");
		if (pattern[i] == 'X')
			return wrong_character(reterr, i, "数字或大写字母", "a digit or an upper-case letter");
		return wrong_character(reterr, i, literal, literal);
	}
	return text.len == n ? SY_OK : wrong_length(reterr, text, n, n);
}

enum sy_err
sy_pattern_set(struct sy_span text, const char *set, size_t min, size_t max, struct sy_fault *reterr)
{
	char zh[80], en[80];
	(void)snprintf(zh, sizeof zh, "下列字符之一：%s", set);
	(void)snprintf(en, sizeof en, "one of %s", set);
	for (size_t i = 0; i < text.len && i < max; i++)
		if (!in_set(text.data[i], set))
			return wrong_character(reterr, i, zh, en);
	return text.len >= min && text.len <= max ? SY_OK : wrong_length(reterr, text, min, max);
}

enum sy_err
sy_pattern_digit(struct sy_fault *reterr, size_t offset, char expected, char found)
{
	if (expected == found)
		return SY_OK;
	char zh[120], en[120];
	(void)snprintf(zh, sizeof zh, "第 %zu 位校验位应为 %c，现为 %c，请核对原件", offset + 1, expected, found);
	(void)snprintf(en, sizeof en, "Check character %zu should be %c, is %c: compare with the original", offset + 1, expected, found);
	return sy_pattern_fault(reterr, SY_ERR_CHECK_DIGIT, offset, 1, zh, en);
}

uint32_t
sy_pattern_number(struct sy_span text, size_t at, size_t len)
{
	uint32_t v = 0;
	for (size_t i = at; i < at + len; i++)
		v = v * 10 + (uint32_t)(text.data[i] - '0');
	return v;
}
