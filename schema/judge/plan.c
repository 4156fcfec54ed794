/* plan.c: sampling plans of the microbiological standards (GB 29921 2.1): of n
 * units at most c may lie above m, and none above M. Without an M the second
 * sentence falls away. */
#include "schema/judge/rule.h"

#include <stdio.h>
#include <string.h>

struct plan {
	struct sy_decimal n, c, m, M;
	bool has_n, has_c, has_m, has_M;
};

/* "n=5;c=2;m=10;M=100", members separated by any of the four separators people use. */
static enum sy_err
parse_plan(const char *text, struct plan *ret)
{
	char folded[SY_REFERENCE_FOLD_SIZE];
	SY_TRY(sy_reference_fold(sy_span_str(text), folded));
	for (char *p = folded; *p != '\0'; p++) {
		if (*p == ',')
			*p = ';';
	}
	struct sy_span rest = sy_span_str(folded), piece;
	while (rest.len > 0 && sy_span_cut(&rest, ';', &piece)) {
		if (piece.len < 3 || piece.data[1] != '=')
			return SY_ERR_BAD_NUMBER;
		struct sy_decimal v;
		SY_TRY(sy_decimal_parse(sy_span_sub(piece, 2, piece.len), &v, NULL));
		switch (piece.data[0]) {
		case 'n':
			ret->n = v;
			ret->has_n = true;
			break;
		case 'c':
			ret->c = v;
			ret->has_c = true;
			break;
		case 'm':
			ret->m = v;
			ret->has_m = true;
			break;
		case 'M':
			ret->M = v;
			ret->has_M = true;
			break;
		default:
			return SY_ERR_BAD_NUMBER;
		}
	}
	return ret->has_n && ret->has_c && ret->has_m && ret->n.scale == 0 && ret->c.scale == 0 ? SY_OK : SY_ERR_BAD_NUMBER;
}

enum place { AT_MOST_M, ABOVE_M, ABOVE_BIG_M, UNCLEAR };

/* Where one value lies. "<x" and ND say enough only when their bound is not above m. */
static enum place
place(const struct plan *p, const struct sy_measure *me, const struct sy_reading_part *part, const struct sy_unit *to)
{
	struct sy_decimal v = part->value;
	bool upper = part->kind == SY_READING_LESS || part->kind == SY_READING_ND;
	bool presence = p->m.digits == 0;
	if (part->kind == SY_READING_DETECTED)
		return presence ? ABOVE_M : UNCLEAR;
	if (part->kind == SY_READING_ND) {
		if (presence || !me->has_lod)
			return AT_MOST_M;
		v = me->lod;
	}
	struct sy_decimal c;
	if (sy_unit_convert(v, me->unit, to, &c) != SY_OK)
		return UNCLEAR;
	if (upper)
		return sy_decimal_cmp(c, p->m) <= 0 ? AT_MOST_M : UNCLEAR;
	if (p->has_M && sy_decimal_cmp(c, p->M) > 0)
		return ABOVE_BIG_M;
	return sy_decimal_cmp(c, p->m) > 0 ? ABOVE_M : AT_MOST_M;
}

enum sy_err
sy_rule_plan(const struct sy_limit *limit, const struct sy_measure *m, struct sy_ruling *ret)
{
	struct plan p = { 0 };
	const struct sy_unit *to = NULL;
	SY_TRY(parse_plan(limit->value, &p));
	SY_TRY(sy_unit_find(limit->unit, &to, NULL));
	ret->verdict = SY_VERDICT_PENDING;
	if (m->reading.kind == SY_READING_OTHER) {
		ret->why = SY_WHY_OTHER_RESULT;
		return SY_OK;
	}
	if (m->reading.kind != SY_READING_LIST || m->reading.count != p.n.digits) {
		ret->why = SY_WHY_PLAN_COUNT;
		return SY_OK;
	}
	if (strcmp(m->unit->dimension, to->dimension) != 0) {
		ret->why = SY_WHY_UNIT_MISMATCH;
		return SY_OK;
	}
	size_t above = 0, over = 0, unclear = 0;
	for (size_t i = 0; i < m->reading.count; i++) {
		enum place at = place(&p, m, &m->reading.part[i], to);
		above += at == ABOVE_M || at == ABOVE_BIG_M ? 1 : 0;
		over += at == ABOVE_BIG_M ? 1 : 0;
		unclear += at == UNCLEAR ? 1 : 0;
	}
	(void)snprintf(ret->figures, sizeof(ret->figures), "n=%zu, >m: %zu, >M: %zu; %s", m->reading.count, above, over, limit->value);
	if (over > 0 || above > p.c.digits) {
		ret->verdict = SY_VERDICT_FAIL;
		ret->why = SY_WHY_PLAN_FAILED;
	} else if (unclear > 0) {
		ret->why = SY_WHY_PLAN_UNCLEAR;
	} else {
		ret->verdict = SY_VERDICT_PASS;
		ret->why = SY_WHY_PLAN_MET;
	}
	return SY_OK;
}
