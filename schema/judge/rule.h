/* rule.h: one measured value against one limit (domain 3.3 rules 1, 2, 5, 6;
 * GB 2762-2025 3.4, 3.5 and the footnotes on mercury and arsenic). Which limit
 * is select.h's business. */
#ifndef SY_SCHEMA_JUDGE_RULE_H
#define SY_SCHEMA_JUDGE_RULE_H

#include "schema/judge/reading.h"
#include "schema/judge/unit.h"

enum sy_verdict {
	SY_VERDICT_PASS,
	SY_VERDICT_FAIL,
	SY_VERDICT_PENDING,
	SY_VERDICT_REFERENCE,
};

enum sy_why {
#define SY_WHY(name, code, zh, en) SY_WHY_##name,
#include "schema/judge/why.def"
#undef SY_WHY
	SY_WHY_COUNT,
};

const char *sy_verdict_print(enum sy_verdict v);
const char *sy_why_code(enum sy_why w);
const char *sy_why_zh(enum sy_why w);
const char *sy_why_en(enum sy_why w);

struct sy_ruling {
	enum sy_verdict verdict;
	enum sy_why why;
	char figures[160]; /* "0.048 > 0.02 mg/kg", or "" */
};

struct sy_measure {
	struct sy_reading reading; /* as reported; value < LOD is turned into ND here */
	const struct sy_unit *unit;
	bool has_lod;
	bool has_loq;
	bool has_factor;
	bool edible; /* false: the item says that another part was tested */
	bool dried; /* a dried product judged by its fresh food's limit */
	bool total; /* total Hg or As against the limit of methyl-Hg or inorganic As */
	struct sy_decimal lod;
	struct sy_decimal loq;
	struct sy_decimal factor; /* fresh kilograms in one dried kilogram */
};

/* Rule 2: value < LOD is 未检出; "<LOD" is 未检出. To be called before the rest. */
void sy_rule_reduce(struct sy_measure *m);
/* BAD_NUMBER, UNKNOWN_UNIT: the limit itself is malformed. */
enum sy_err sy_rule_apply(const struct sy_limit *limit, const struct sy_measure *m, struct sy_ruling *ret) SY_MUST;
/* The plan operator; limit->value "n=5;c=2;m=10;M=100". In plan.c. */
enum sy_err sy_rule_plan(const struct sy_limit *limit, const struct sy_measure *m, struct sy_ruling *ret) SY_MUST;

#endif
