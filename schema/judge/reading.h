/* reading.h: what a reported value says: a number, 未检出, a list, or something
 * else that a rule must not guess at (domain 3.3 rule 1). */
#ifndef SY_SCHEMA_JUDGE_READING_H
#define SY_SCHEMA_JUDGE_READING_H

#include "schema/judge/decimal.h"

#define SY_READING_PARTS_MAX 20
#define SY_READING_TEXT_SIZE 512

enum sy_reading_kind {
	SY_READING_NUMBER,
	SY_READING_ND, /* 未检出 */
	SY_READING_LESS, /* "<x": ND only where x is the LOD (rule 2), else not to be judged */
	SY_READING_DETECTED, /* 检出, in a list: presence tests */
	SY_READING_LIST,
	SY_READING_OTHER,
};

struct sy_reading_part {
	enum sy_reading_kind kind; /* never LIST; in a list never OTHER */
	struct sy_decimal value; /* of NUMBER and LESS */
};

struct sy_reading {
	enum sy_reading_kind kind;
	struct sy_decimal value;
	size_t count; /* of a list */
	struct sy_reading_part part[SY_READING_PARTS_MAX];
};

/* BAD_NUMBER, OUT_OF_RANGE: text that holds digits but no plain decimal, with
 * the byte and a hint. Lists are separated by one of , ， ; ； (domain 3.4). */
enum sy_err sy_reading_parse(const char *text, struct sy_reading *ret, struct sy_fault *reterr) SY_MUST;
/* Canonical decimal, "未检出", "<x", a list joined by ';'; "" for OTHER. */
void sy_reading_print(const struct sy_reading *r, char ret[SY_READING_TEXT_SIZE]);

#endif
