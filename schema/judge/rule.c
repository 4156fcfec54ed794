/* rule.c: see rule.h. Comparison is of the whole reported value, never rounded
 * (GB/T 8170 全数值比较法, domain 3.3 rule 6). */
#include "schema/judge/rule.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *code, *zh, *en;
} whys[] = {
#define SY_WHY(name, code, zh, en) { code, zh, en },
#include "schema/judge/why.def"
#undef SY_WHY
};

const char *
sy_verdict_print(enum sy_verdict v)
{
	static const char *const text[] = { "pass", "fail", "pending", "reference" };
	return text[v];
}

const char *
sy_why_code(enum sy_why w)
{
	return whys[w].code;
}

const char *
sy_why_zh(enum sy_why w)
{
	return whys[w].zh;
}

const char *
sy_why_en(enum sy_why w)
{
	return whys[w].en;
}

static enum sy_err
rule(struct sy_ruling *ret, enum sy_verdict v, enum sy_why why)
{
	ret->verdict = v;
	ret->why = why;
	return SY_OK;
}

void
sy_rule_reduce(struct sy_measure *m)
{
	struct sy_reading *r = &m->reading;
	if (!m->has_lod)
		return;
	int cmp = sy_decimal_cmp(r->value, m->lod);
	if ((r->kind == SY_READING_NUMBER && cmp < 0) || (r->kind == SY_READING_LESS && cmp == 0))
		r->kind = SY_READING_ND;
}

static void
figures(struct sy_ruling *ret, struct sy_decimal a, const char *sign, struct sy_decimal b, const char *unit)
{
	char x[SY_DECIMAL_SIZE], y[SY_DECIMAL_SIZE];
	sy_decimal_print(a, x);
	sy_decimal_print(b, y);
	(void)snprintf(ret->figures, sizeof(ret->figures), "%s %s %s %s", x, sign, y, unit);
}

static const char *
sign_of(int cmp)
{
	return cmp < 0 ? "<" : cmp > 0 ? ">" : "=";
}

/* A number or an ND against "at most"; basis and drying first decide what a bare comparison means. */
static enum sy_err
at_most(const struct sy_limit *l, const struct sy_measure *m, struct sy_decimal v, struct sy_decimal max, struct sy_ruling *ret)
{
	bool limit_dry = strcmp(l->basis, "dry") == 0;
	bool value_dry = strcmp(m->unit->basis, "dry") == 0;
	int cmp = sy_decimal_cmp(v, max);
	figures(ret, v, sign_of(cmp), max, l->unit);
	bool over = cmp > 0;
	if (m->total && over)
		return rule(ret, SY_VERDICT_PENDING, SY_WHY_SPECIES_NEEDED);
	if (limit_dry && !value_dry)
		/* By dry weight it can only be more. */
		return over ? rule(ret, SY_VERDICT_FAIL, SY_WHY_OVER) : rule(ret, SY_VERDICT_PENDING, SY_WHY_DRY_BASIS);
	if (!limit_dry && value_dry && over)
		return rule(ret, SY_VERDICT_PENDING, SY_WHY_AS_SOLD);
	if (m->dried && over) {
		/* GB 2762-2025 3.5 */
		if (!m->has_factor || strcmp(l->standard, "GB 2762") != 0)
			return rule(ret, SY_VERDICT_PENDING, SY_WHY_DRIED_FACTOR);
		struct sy_decimal scaled;
		if (sy_decimal_mul(max, m->factor, &scaled) != SY_OK)
			return rule(ret, SY_VERDICT_PENDING, SY_WHY_TOO_FINE);
		cmp = sy_decimal_cmp(v, scaled);
		figures(ret, v, sign_of(cmp), scaled, l->unit);
		return cmp > 0 ? rule(ret, SY_VERDICT_FAIL, SY_WHY_DRIED_OVER) : rule(ret, SY_VERDICT_PASS, SY_WHY_DRIED_WITHIN);
	}
	if (over)
		return rule(ret, SY_VERDICT_FAIL, SY_WHY_OVER);
	return rule(ret, SY_VERDICT_PASS, m->total ? SY_WHY_TOTAL_WITHIN : SY_WHY_WITHIN);
}

/* Rule 5: what a 未检出 can be worth is bounded by the LOD, or the LOQ where the standard goes by it. */
static enum sy_err
nd_bound(const struct sy_limit *l, const struct sy_measure *m, const struct sy_unit *to, struct sy_decimal *retbound, bool *retok,
    struct sy_ruling *ret)
{
	bool loq = strcmp(l->basis, "loq") == 0;
	*retok = false;
	if (loq ? !m->has_loq : !m->has_lod)
		return rule(ret, SY_VERDICT_PENDING, loq ? SY_WHY_ND_NO_LOQ : SY_WHY_ND_NO_LOD);
	enum sy_err e = sy_unit_convert(loq ? m->loq : m->lod, m->unit, to, retbound);
	if (e != SY_OK)
		return rule(ret, SY_VERDICT_PENDING, e == SY_ERR_UNIT_MISMATCH ? SY_WHY_UNIT_MISMATCH : SY_WHY_TOO_FINE);
	*retok = true;
	return SY_OK;
}

static enum sy_err
nd_at_most(const struct sy_limit *l, const struct sy_measure *m, struct sy_decimal bound, struct sy_decimal max, struct sy_ruling *ret)
{
	int cmp = sy_decimal_cmp(bound, max);
	figures(ret, bound, sign_of(cmp), max, l->unit);
	if (strcmp(l->basis, "dry") == 0 && strcmp(m->unit->basis, "dry") != 0)
		return rule(ret, SY_VERDICT_PENDING, SY_WHY_DRY_BASIS);
	if (cmp > 0)
		return rule(ret, SY_VERDICT_PENDING, SY_WHY_LOD_ABOVE);
	return rule(ret, SY_VERDICT_PASS, m->total ? SY_WHY_TOTAL_WITHIN : SY_WHY_NOT_DETECTED);
}

/* "a-b" */
static enum sy_err
parse_bounds(const struct sy_limit *l, struct sy_decimal *retlow, struct sy_decimal *rethigh)
{
	if (l->op != SY_LIMIT_RANGE) {
		SY_TRY(sy_decimal_parse(sy_span_str(l->value), retlow, NULL));
		*rethigh = *retlow;
		return SY_OK;
	}
	struct sy_span rest = sy_span_str(l->value), low;
	if (!sy_span_cut(&rest, '-', &low))
		return SY_ERR_BAD_NUMBER;
	SY_TRY(sy_decimal_parse(low, retlow, NULL));
	SY_TRY(sy_decimal_parse(rest, rethigh, NULL));
	return sy_decimal_cmp(*retlow, *rethigh) <= 0 ? SY_OK : SY_ERR_BAD_NUMBER;
}

static enum sy_err
compare(const struct sy_limit *l, struct sy_decimal v, struct sy_decimal low, struct sy_decimal high, struct sy_ruling *ret)
{
	int a = sy_decimal_cmp(v, low), b = sy_decimal_cmp(v, high);
	if (a < 0) {
		figures(ret, v, "<", low, l->unit);
		return rule(ret, SY_VERDICT_FAIL, l->op == SY_LIMIT_RANGE ? SY_WHY_OUTSIDE : SY_WHY_BELOW);
	}
	if (l->op == SY_LIMIT_RANGE && b > 0) {
		figures(ret, v, ">", high, l->unit);
		return rule(ret, SY_VERDICT_FAIL, SY_WHY_OUTSIDE);
	}
	figures(ret, v, sign_of(a), low, l->unit);
	return rule(ret, SY_VERDICT_PASS, SY_WHY_WITHIN);
}

static enum sy_err
numeric(const struct sy_limit *l, const struct sy_measure *m, struct sy_ruling *ret)
{
	struct sy_decimal low, high, v;
	const struct sy_unit *to = NULL;
	SY_TRY(parse_bounds(l, &low, &high));
	SY_TRY(sy_unit_find(l->unit, &to, NULL));
	if (m->reading.kind == SY_READING_ND) {
		bool ok = false;
		SY_TRY(nd_bound(l, m, to, &v, &ok, ret));
		if (!ok)
			return SY_OK;
		if (l->op == SY_LIMIT_AT_MOST)
			return nd_at_most(l, m, v, high, ret);
		/* Less than v: certainly too little when v is not above the minimum. */
		int cmp = sy_decimal_cmp(v, low);
		figures(ret, v, sign_of(cmp), low, l->unit);
		return cmp <= 0 ? rule(ret, SY_VERDICT_FAIL, SY_WHY_BELOW) : rule(ret, SY_VERDICT_PENDING, SY_WHY_LOD_ABOVE);
	}
	enum sy_err e = sy_unit_convert(m->reading.value, m->unit, to, &v);
	if (e != SY_OK)
		return rule(ret, SY_VERDICT_PENDING, e == SY_ERR_UNIT_MISMATCH ? SY_WHY_UNIT_MISMATCH : SY_WHY_TOO_FINE);
	return l->op == SY_LIMIT_AT_MOST ? at_most(l, m, v, high, ret) : compare(l, v, low, high, ret);
}

/* Rule 2: 不得检出 and 不得使用. */
static enum sy_err
absent(const struct sy_measure *m, struct sy_ruling *ret)
{
	if (m->reading.kind == SY_READING_ND)
		return rule(ret, SY_VERDICT_PASS, SY_WHY_ABSENT);
	if (!m->has_lod)
		return rule(ret, SY_VERDICT_PENDING, SY_WHY_LOD_MISSING);
	figures(ret, m->reading.value, sign_of(sy_decimal_cmp(m->reading.value, m->lod)), m->lod, m->unit->unit);
	return rule(ret, SY_VERDICT_FAIL, SY_WHY_DETECTED);
}

enum sy_err
sy_rule_apply(const struct sy_limit *limit, const struct sy_measure *m, struct sy_ruling *ret)
{
	*ret = (struct sy_ruling){ .verdict = SY_VERDICT_PENDING, .why = SY_WHY_OTHER_RESULT };
	if (strcmp(limit->basis, "edible") == 0 && !m->edible)
		return rule(ret, SY_VERDICT_PENDING, SY_WHY_NOT_EDIBLE);
	if (limit->op == SY_LIMIT_PLAN)
		return sy_rule_plan(limit, m, ret);
	switch (m->reading.kind) {
	case SY_READING_NUMBER:
	case SY_READING_ND:
		break;
	case SY_READING_LESS:
		return rule(ret, SY_VERDICT_PENDING, SY_WHY_LESS_NOT_LOD);
	case SY_READING_LIST:
		return rule(ret, SY_VERDICT_PENDING, SY_WHY_LIST_NO_PLAN);
	case SY_READING_DETECTED:
	case SY_READING_OTHER:
	default:
		return SY_OK;
	}
	if (limit->op == SY_LIMIT_NOT_DETECTED || limit->op == SY_LIMIT_NOT_PERMITTED)
		return absent(m, ret);
	return numeric(limit, m, ret);
}
