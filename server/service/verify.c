/* service/verify.c: the rule of verdicts, see verify.h. Pure: facts in, verdict out. */
#include "server/service/verify.h"

#include <string.h>

const char *
verdict_slug(enum verdict_code c)
{
	static const char *const slugs[VERDICT_CODES] = { "malformed", "unsupported", "unsigned", "unknown-key", "bad-signature", "voided",
		"not-issued", "recalled", "revoked", "suspended", "expired", "suspicious", "valid" };
	return slugs[c];
}

bool
verdict_shows_lot(enum verdict_code c)
{
	return c == VERDICT_VOIDED || c >= VERDICT_RECALLED;
}

static void
found(struct verdict *v, enum verdict_code code, const char *detail, const struct view_restriction *by)
{
	if (v->n < VERDICT_REASONS_MAX)
		v->reason[v->n++] = (struct verdict_reason){ .code = code, .detail = detail, .by = by };
}

static const struct view_range *
range_of(const struct view *v, uint32_t counter)
{
	size_t lo = 0, hi = v->nranges;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (v->range[mid].first <= (int64_t)counter)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0 || (int64_t)counter - v->range[lo - 1].first >= v->range[lo - 1].count)
		return NULL;
	return &v->range[lo - 1];
}

/* The token repeats figures of its release for those who are offline: a label that
 * says another thing than the record was never issued by these rules. */
static bool
token_fits(const struct sy_token *t, const struct view *v)
{
	int32_t bb = t->best_before == SY_BEST_BEFORE_NONE ? INT32_MAX : (int32_t)t->best_before;
	return (int64_t)t->status_index == v->status_index && t->basis == v->basis && t->certified == v->certified && t->grade == v->grade &&
	    t->county == v->county && bb == v->best_before;
}

/* "Good signature, outside every allocation": the record of the release decides what was issued. */
static const char *
not_issued_why(const struct verify_case *c)
{
	const struct view *v = c->view;
	if (v == NULL)
		return "release-unknown";
	if (v->own != c->link->own || strcmp(v->item, c->link->item) != 0 || strcmp(v->lot_text, c->link->lot) != 0)
		return "release-differs";
	if (!token_fits(c->token, v))
		return "figures-differ";
	if ((c->serial == SERIAL_NONE) != (v->units == 0))
		return "serial-form";
	if (c->serial == SERIAL_FOREIGN)
		return "serial-foreign";
	if (c->serial == SERIAL_OURS && range_of(v, c->counter) == NULL)
		return "outside-allocations";
	return NULL;
}

/* trust.md, "Compromise": a token speaks only if what it stands for was logged before. */
static uint64_t
logged_at(const struct verify_case *c)
{
	if (c->view == NULL)
		return SY_NOT_LOGGED;
	if (c->serial == SERIAL_NONE)
		return (uint64_t)c->view->release.leaf_index;
	const struct view_range *r = c->serial == SERIAL_OURS ? range_of(c->view, c->counter) : NULL;
	return r == NULL ? SY_NOT_LOGGED : (uint64_t)r->leaf_index;
}

static void
judge_restriction(const struct verify_case *c, const struct view_restriction *r, struct verdict *pass[4])
{
	switch (r->subject) {
	case VIEW_LABELS:
		if (r->kind == VIEW_VOID && c->serial == SERIAL_OURS && (int64_t)c->counter >= r->first && (int64_t)c->counter - r->first < r->count)
			found(pass[0], VERDICT_VOIDED, "label", r);
		break;
	case VIEW_RELEASE:
		if (r->kind == VIEW_VOID)
			found(pass[0], VERDICT_VOIDED, "release", r);
		break;
	case VIEW_REPORT:
		if (r->kind == VIEW_VOID)
			found(pass[2], VERDICT_REVOKED, "report", r);
		break;
	case VIEW_CERTIFICATE:
		if (r->kind == VIEW_VOID)
			found(pass[2], VERDICT_REVOKED, "certificate", r);
		else if (r->kind == VIEW_HOLD)
			found(pass[3], VERDICT_SUSPENDED, "certificate", r);
		break;
	case VIEW_LOT:
		if (r->kind == VIEW_RECALL)
			found(pass[1], VERDICT_RECALLED, "", r);
		else if (r->kind == VIEW_HOLD)
			found(pass[3], VERDICT_SUSPENDED, r->safety ? "safety" : "certificate", r);
		break;
	}
}

static void
append(struct verdict *ret, const struct verdict *v)
{
	for (size_t i = 0; i < v->n; i++)
		found(ret, v->reason[i].code, v->reason[i].detail, v->reason[i].by);
}

/* Safety before certificates, so that the headline is the graver one. */
static void
append_suspended(struct verdict *ret, const struct verdict *v)
{
	for (int safety = 1; safety >= 0; safety--)
		for (size_t i = 0; i < v->n; i++)
			if ((strcmp(v->reason[i].detail, "safety") == 0) == (safety == 1))
				found(ret, v->reason[i].code, v->reason[i].detail, v->reason[i].by);
}

static void
judge_issued(const struct verify_case *c, struct verdict *ret)
{
	struct verdict voided = { .n = 0 }, recalled = { .n = 0 }, revoked = { .n = 0 }, suspended = { .n = 0 };
	struct verdict *pass[4] = { &voided, &recalled, &revoked, &suspended };
	const char *why = not_issued_why(c);
	/* What a record says of goods is told only of a code that names them rightly. */
	bool same = c->view != NULL && (why == NULL || strcmp(why, "outside-allocations") == 0 || strcmp(why, "serial-foreign") == 0);
	for (size_t i = 0; same && i < c->view->nrestrictions; i++)
		if (c->view->restriction[i].open)
			judge_restriction(c, &c->view->restriction[i], pass);
	append(ret, &voided);
	if (why != NULL)
		found(ret, VERDICT_NOT_ISSUED, why, NULL);
	append(ret, &recalled);
	append(ret, &revoked);
	append_suspended(ret, &suspended);
	if (c->token->best_before != SY_BEST_BEFORE_NONE && c->today > (int32_t)c->token->best_before)
		found(ret, VERDICT_EXPIRED, "", NULL);
	if (why == NULL && c->scan.count >= c->suspicious_scans && c->scan.days >= c->suspicious_days)
		found(ret, VERDICT_SUSPICIOUS, "scans", NULL);
	if (why == NULL && c->key->valid_if_leaf_lt != UINT64_MAX && strcmp(c->key->reason, "serial-key-lost") == 0)
		found(ret, VERDICT_SUSPICIOUS, "serial-key-lost", NULL);
}

static bool
key_speaks(const struct verify_case *c)
{
	/* A day, not an instant, stands in a token: the key must have been good at some moment of it. */
	int64_t from = sy_time_of_date((int32_t)c->token->day_issued);
	return c->key->not_before < from + 86400 && from <= c->key->not_after;
}

static void
judge(const struct verify_case *c, struct verdict *ret)
{
	if (c->link == NULL)
		found(ret, VERDICT_MALFORMED, "", NULL);
	else if (!c->link->has_token)
		found(ret, VERDICT_UNSIGNED, "", NULL);
	else if (c->token_err != SY_OK)
		found(ret, c->token_err == SY_ERR_UNSUPPORTED ? VERDICT_UNSUPPORTED : VERDICT_MALFORMED, "token", NULL);
	else if (c->foreign != NULL)
		found(ret, VERDICT_UNKNOWN_KEY, c->foreign, NULL);
	else if (c->key == NULL)
		found(ret, VERDICT_UNKNOWN_KEY, "", NULL);
	else if (!c->low_s)
		found(ret, VERDICT_MALFORMED, "high-s", NULL);
	else if (!key_speaks(c))
		found(ret, VERDICT_UNKNOWN_KEY, "key-dates", NULL);
	else if (!c->signature)
		found(ret, VERDICT_BAD_SIGNATURE, "", NULL);
	else {
		/* A stolen key signs anything: what was not in the log before the theft is nobody's word. */
		uint64_t at = logged_at(c);
		if (at != SY_NOT_LOGGED && !sy_trust_key_valid_for(c->key, at))
			found(ret, VERDICT_UNKNOWN_KEY, "key-compromised", NULL);
		judge_issued(c, ret);
	}
}

void
verify_judge(const struct verify_case *c, struct verdict *ret)
{
	memset(ret, 0, sizeof *ret);
	judge(c, ret);
	if (ret->n == 0)
		found(ret, VERDICT_VALID, "", NULL);
	ret->code = ret->reason[0].code;
}
