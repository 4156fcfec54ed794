/* reading.c: see reading.h. */
#include "schema/judge/reading.h"

#include <stdio.h>
#include <string.h>

enum { PART_SIZE = 48 };

static bool
has_prefix(struct sy_span s, const char *with)
{
	size_t n = strlen(with);
	return s.len >= n && memcmp(s.data, with, n) == 0;
}

static struct sy_span
trim(struct sy_span s)
{
	while (s.len > 0 && s.data[0] == ' ')
		s = sy_span_sub(s, 1, s.len);
	while (s.len > 0 && s.data[s.len - 1] == ' ')
		s.len--;
	return s;
}

static bool
is_nd(struct sy_span s)
{
	static const char *const words[] = { "未检出", "ND", "N.D.", "nd" };
	for (size_t i = 0; i < SY_LEN(words); i++) {
		if (sy_span_eq_str(s, words[i]))
			return true;
	}
	return false;
}

/* A digit of any width, or a superscript: then the writer meant a number. */
static bool
mentions_number(struct sy_span s)
{
	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = s.data[i];
		if (c >= '0' && c <= '9')
			return true;
		if (c == 0xef && i + 2 < s.len && s.data[i + 1] == 0xbc && s.data[i + 2] >= 0x90 && s.data[i + 2] <= 0x99)
			return true;
	}
	return false;
}

/* Bytes of "<", "＜" or "≤"-like signs at the start; *retless only for "less than". */
static size_t
comparison(struct sy_span s, bool *retless)
{
	static const char *const sign[] = { "<", "＜", ">", "＞", "≥", "≤", "≈", "~", "～", "约" };
	for (size_t i = 0; i < SY_LEN(sign); i++) {
		if (has_prefix(s, sign[i])) {
			*retless = i < 2;
			return strlen(sign[i]);
		}
	}
	return 0;
}

/* 未检出(＜2): the same as <2, with the words around it. */
static struct sy_span
unwrap_nd(struct sy_span s)
{
	static const char *const open[] = { "(", "（" };
	static const char *const close[] = { ")", "）" };
	size_t word = strlen("未检出");
	if (!has_prefix(s, "未检出"))
		return s;
	struct sy_span in = sy_span_sub(s, word, s.len);
	for (size_t i = 0; i < SY_LEN(open); i++) {
		size_t n = strlen(close[i]);
		if (has_prefix(in, open[i]) && in.len > strlen(open[i]) + n && memcmp(in.data + in.len - n, close[i], n) == 0) {
			struct sy_span inner = sy_span_sub(in, strlen(open[i]), in.len - strlen(open[i]) - n);
			bool less = false;
			return comparison(inner, &less) > 0 && less ? inner : s;
		}
	}
	return s;
}

static enum sy_err
parse_one(struct sy_span s, struct sy_reading_part *ret, struct sy_fault *reterr)
{
	if (is_nd(s)) {
		ret->kind = SY_READING_ND;
		return SY_OK;
	}
	if (sy_span_eq_str(s, "检出")) {
		ret->kind = SY_READING_DETECTED;
		return SY_OK;
	}
	struct sy_span inner = unwrap_nd(s);
	bool less = false;
	size_t sign = comparison(inner, &less);
	if (sign > 0 && less) {
		ret->kind = SY_READING_LESS;
		struct sy_fault f = { 0 };
		size_t before = (size_t)(inner.data - s.data) + sign;
		enum sy_err e = sy_decimal_parse(sy_span_sub(inner, sign, inner.len), &ret->value, &f);
		f.offset += before;
		if (e != SY_OK && reterr != NULL && reterr->err == SY_OK)
			*reterr = f;
		return e;
	}
	if (sign > 0 || !mentions_number(s)) {
		ret->kind = SY_READING_OTHER;
		return SY_OK;
	}
	ret->kind = SY_READING_NUMBER;
	return sy_decimal_parse(s, &ret->value, reterr);
}

/* Length of a list separator at the start, 0 if none. */
static size_t
separator(struct sy_span s)
{
	static const char *const sep[] = { ",", ";", "，", "；" };
	for (size_t i = 0; i < SY_LEN(sep); i++) {
		if (has_prefix(s, sep[i]))
			return strlen(sep[i]);
	}
	return 0;
}

static enum sy_err
parse_list(struct sy_span text, struct sy_reading *ret, struct sy_fault *reterr)
{
	ret->kind = SY_READING_LIST;
	for (size_t from = 0, at = 0; at <= text.len;) {
		size_t n = separator(sy_span_sub(text, at, text.len));
		if (at < text.len && n == 0) {
			at++;
			continue;
		}
		struct sy_span piece = trim(sy_span_sub(text, from, at - from));
		if (ret->count == SY_READING_PARTS_MAX)
			return sy_fault_at(reterr, SY_ERR_TOO_LONG, "", from, text.len - from);
		if (piece.len == 0) {
			size_t last = at >= text.len ? from - 1 : at;
			return sy_fault_say(reterr, SY_ERR_BAD_NUMBER, "", "第 %zu 字节处少一个数值，或多了逗号、分号",
			    "At byte %zu a value is missing, or a comma or semicolon is too many", last);
		}
		struct sy_fault f = { 0 };
		enum sy_err e = parse_one(piece, &ret->part[ret->count], &f);
		if (e != SY_OK) {
			f.offset += (size_t)(piece.data - text.data);
			if (reterr != NULL && reterr->err == SY_OK)
				*reterr = f;
			return e;
		}
		/* One part that is no result makes the whole no result. */
		if (ret->part[ret->count].kind == SY_READING_OTHER) {
			ret->kind = SY_READING_OTHER;
			return SY_OK;
		}
		ret->count++;
		at += n > 0 ? n : 1;
		from = at;
	}
	return SY_OK;
}

enum sy_err
sy_reading_parse(const char *text, struct sy_reading *ret, struct sy_fault *reterr)
{
	struct sy_span s = trim(sy_span_str(text));
	*ret = (struct sy_reading){ .kind = SY_READING_OTHER };
	if (s.len == 0)
		return sy_fault_at(reterr, SY_ERR_MISSING, "", 0, 0);
	bool list = false;
	for (size_t i = 0; i < s.len && !list; i++)
		list = separator(sy_span_sub(s, i, s.len)) > 0;
	struct sy_fault f = { 0 };
	enum sy_err e;
	if (list) {
		e = parse_list(s, ret, &f);
	} else {
		struct sy_reading_part one = { .kind = SY_READING_OTHER };
		e = parse_one(s, &one, &f);
		/* Alone, 检出 is no accepted result (rule 1). */
		ret->kind = one.kind == SY_READING_DETECTED ? SY_READING_OTHER : one.kind;
		ret->value = one.value;
	}
	if (e != SY_OK) {
		f.offset += (size_t)(s.data - sy_span_str(text).data);
		if (reterr != NULL && reterr->err == SY_OK)
			*reterr = f;
	}
	return e;
}

static void
print_part(enum sy_reading_kind kind, struct sy_decimal v, char ret[PART_SIZE])
{
	char d[SY_DECIMAL_SIZE] = "";
	if (kind == SY_READING_NUMBER || kind == SY_READING_LESS)
		sy_decimal_print(v, d);
	const char *word = kind == SY_READING_ND ? "未检出" : kind == SY_READING_DETECTED ? "检出" : kind == SY_READING_LESS ? "<" : "";
	(void)snprintf(ret, PART_SIZE, "%s%s", word, d);
}

void
sy_reading_print(const struct sy_reading *r, char ret[SY_READING_TEXT_SIZE])
{
	char part[PART_SIZE];
	ret[0] = '\0';
	if (r->kind != SY_READING_LIST) {
		print_part(r->kind, r->value, part);
		(void)snprintf(ret, SY_READING_TEXT_SIZE, "%s", part);
		return;
	}
	size_t len = 0;
	for (size_t i = 0; i < r->count; i++) {
		print_part(r->part[i].kind, r->part[i].value, part);
		int n = snprintf(ret + len, SY_READING_TEXT_SIZE - len, "%s%s", i > 0 ? ";" : "", part);
		if (n < 0 || (size_t)n >= SY_READING_TEXT_SIZE - len)
			return;
		len += (size_t)n;
	}
}
