/* select.c: see select.h. */
#include "schema/judge/select.h"

#include <string.h>

/* Equal but for blanks and full-width letters: "GB/T 1532—2008" is written in many ways. */
static bool
same(const char *row, const char *declared)
{
	char a[SY_REFERENCE_FOLD_SIZE], b[SY_REFERENCE_FOLD_SIZE];
	return declared != NULL && sy_reference_fold(sy_span_str(row), a) == SY_OK &&
	    sy_reference_fold(sy_span_str(declared), b) == SY_OK && strcmp(a, b) == 0;
}

static bool
about(const struct sy_limit *l, const struct sy_query *q, size_t rank)
{
	return q->market != NULL && strcmp(l->market, q->market) == 0 && strcmp(l->category, q->category[rank]) == 0 &&
	    strcmp(l->analyte, q->analyte) == 0;
}

static bool
declared(const struct sy_limit *l, const struct sy_query *q)
{
	return (l->product_standard[0] == '\0' || same(l->product_standard, q->standard)) &&
	    (l->grade[0] == '\0' || same(l->grade, q->grade));
}

/* The more the product had to declare for a row, the more the row is meant for it. */
static int
weight(const struct sy_limit *l)
{
	return (l->product_standard[0] != '\0' ? 2 : 0) + (l->grade[0] != '\0' ? 1 : 0);
}

static bool
alike(const struct sy_limit *a, const struct sy_limit *b)
{
	return a->op == b->op && strcmp(a->value, b->value) == 0 && strcmp(a->unit, b->unit) == 0 && strcmp(a->basis, b->basis) == 0;
}

struct found {
	const struct sy_limit *best;
	const struct sy_limit *shown; /* first unverified row */
	bool several;
	bool gated; /* a row that another declaration would open */
	bool off_day;
};

static void
look(const struct sy_limit *l, const struct sy_query *q, struct found *f)
{
	bool in_force = sy_reference_in_force(l, q->day);
	if (!l->verified) {
		bool past = l->valid_to != SY_DAY_NONE && l->valid_to < q->day;
		bool future = l->valid_from != SY_DAY_NONE && l->valid_from > q->day;
		if (!past && !future && f->shown == NULL && declared(l, q))
			f->shown = l;
		return;
	}
	if (!in_force) {
		f->off_day = f->off_day || l->valid_from != SY_DAY_NONE || l->valid_to != SY_DAY_NONE;
		return;
	}
	if (!declared(l, q)) {
		f->gated = true;
		return;
	}
	if (f->best == NULL || weight(l) > weight(f->best)) {
		f->best = l;
		f->several = false;
	} else if (weight(l) == weight(f->best) && !alike(l, f->best)) {
		f->several = true;
	}
}

enum sy_selected
sy_select_limit(const struct sy_limit *rows, size_t count, const struct sy_query *q, const struct sy_limit **ret, size_t *retrank)
{
	struct found all = { 0 };
	size_t shown_rank = 0;
	*ret = NULL;
	*retrank = q->categories;
	for (size_t rank = 0; rank < q->categories; rank++) {
		struct found here = { 0 };
		for (size_t i = 0; i < count; i++) {
			if (about(&rows[i], q, rank))
				look(&rows[i], q, &here);
		}
		if (here.best != NULL) {
			*retrank = rank;
			if (all.shown != NULL)
				return SY_SELECTED_UNVERIFIED_FIRST;
			if (here.several)
				return SY_SELECTED_SEVERAL;
			*ret = here.best;
			return SY_SELECTED_ONE;
		}
		if (all.shown == NULL && here.shown != NULL) {
			all.shown = here.shown;
			shown_rank = rank;
		}
		all.gated = all.gated || here.gated;
		all.off_day = all.off_day || here.off_day;
	}
	if (all.gated)
		return SY_SELECTED_NOT_DECLARED;
	if (all.shown != NULL) {
		*ret = all.shown;
		*retrank = shown_rank;
		return SY_SELECTED_REFERENCE;
	}
	return all.off_day ? SY_SELECTED_NONE_ON_DAY : SY_SELECTED_NONE;
}

void
sy_select_category(struct sy_query *q, const char *name)
{
	const char *step = name;
	if (q->categories > 0) {
		const struct sy_category *c = sy_reference_category(q->category[q->categories - 1]);
		/* Up from the last one until this one is met. */
		for (step = c == NULL ? "" : c->broader; step[0] != '\0' && strcmp(step, name) != 0; step = c == NULL ? "" : c->broader) {
			if (q->categories == SY_SELECT_CATEGORIES_MAX)
				break;
			q->category[q->categories++] = step;
			c = sy_reference_category(step);
		}
	}
	if (step[0] == '\0' || q->categories == SY_SELECT_CATEGORIES_MAX)
		q->disagree = true;
	else
		q->category[q->categories++] = name;
}
