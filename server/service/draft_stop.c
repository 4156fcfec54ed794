/* draft_stop.c: holds, voids and recalls: what they are about, and who may say so. */
#include "server/service/draft.h"
#include "server/service/fact.h"

#include <stdio.h>
#include <string.h>

static enum sy_err
speaks(struct draft *d, struct sy_fault *reterr)
{
	if (!d->caller->has_party)
		return sy_fault_at(reterr, SY_ERR_WRONG_PARTY, "", 0, 0);
	memcpy(d->issuer, d->caller->party_hex, sizeof d->issuer);
	return SY_OK;
}

/* A regulator speaks of everyone's; others of their own. */
static enum sy_err
concerns(const struct draft *d, const struct fact *f, const char *field, struct sy_fault *reterr)
{
	return d->caller->role == ROLE_REGULATOR ? SY_OK : draft_own(d->caller, f->issuer, field, reterr);
}

static enum sy_err
same_subject(const struct draft *d, const char *name, struct sy_fault *reterr)
{
	if (d->previous == NULL || sy_json_eq(sy_json_get(d->previous, name), sy_json_get(d->flat, name)))
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_CONFLICT, name, "对象不能更改；请另立记录", "what it is about never changes: enter another");
}

/* A later version speaks of the same leaf as the first. */
static enum sy_err
kept_subject(struct db *db, struct draft *d, struct sy_fault *reterr)
{
	FACT(f);
	SY_TRY(fact_by_leaf(db, d->supersedes, &f, reterr));
	SY_AUTO_STATEMENT s = {0};
	SY_TRY(sy_statement_parse(sy_buf_span(&f.row.statement), &s, NULL));
	d->subject = sy_json_copy(s.subject);
	return d->subject == NULL ? SY_ERR_NO_MEMORY : SY_OK;
}

enum sy_err
draft_hold(struct app *app, struct db *db, struct draft *d, struct sy_fault *reterr)
{
	(void)app;
	const char *kind = sy_json_get_str(d->flat, "subject_kind");
	FACT(f);
	SY_TRY(speaks(d, reterr));
	SY_TRY(fact_get(db, "subject", sy_json_get_str(d->flat, "subject"), kind, &f, reterr));
	SY_TRY(concerns(d, &f, "subject", reterr));
	SY_TRY(same_subject(d, "subject", reterr));
	if (d->previous == NULL && !sy_json_bool(sy_json_get(d->flat, "open")))
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "open", "第一版应为 true；结束时用新版写 false", "true in the first version: a new version with false ends it");
	if (d->previous != NULL)
		SY_TRY(kept_subject(db, d, reterr));
	else
		SY_TRY(sy_json_pack(&d->subject, "{s:s, s:s}", "kind", kind, "leaf", f.leaf));
	return sy_json_pack(&d->figures, "{s:s, s:O}", "class", sy_json_get_str(d->flat, "class"), "open", sy_json_get(d->flat, "open"));
}

enum sy_err
draft_void(struct app *app, struct db *db, struct draft *d, struct sy_fault *reterr)
{
	(void)app;
	const char *kind = sy_json_get_str(d->flat, "subject_kind");
	bool labels = kind != NULL && strcmp(kind, "labels") == 0;
	FACT(f);
	if (d->version != 1)
		return sy_fault_at(reterr, SY_ERR_WRONG_STATE, "", 0, 0); /* what is void stays void */
	SY_TRY(speaks(d, reterr));
	SY_TRY(fact_get(db, "subject", sy_json_get_str(d->flat, "subject"), labels ? "release" : kind, &f, reterr));
	SY_TRY(concerns(d, &f, "subject", reterr));
	SY_TRY(sy_json_pack(&d->subject, "{s:s, s:s}", "kind", kind, labels ? "release" : "leaf", f.leaf));
	if (!labels) {
		d->figures = sy_json_object();
		return d->figures == NULL ? SY_ERR_NO_MEMORY : SY_OK;
	}
	return sy_json_pack(&d->figures, "{s:I, s:I}", "first", sy_json_get_int(d->flat, "first", 0), "count", sy_json_get_int(d->flat, "count", 0));
}

enum sy_err
draft_recall(struct app *app, struct db *db, struct draft *d, struct sy_fault *reterr)
{
	(void)app;
	const struct sy_json *lots = sy_json_get(d->flat, "lots");
	SY_AUTO_JSON *leaves = sy_json_array();
	char field[48];
	SY_TRY(speaks(d, reterr));
	SY_TRY(same_subject(d, "lots", reterr));
	for (size_t i = 0; i < sy_json_len(lots); i++) {
		FACT(f);
		(void)snprintf(field, sizeof field, "lots.%zu", i);
		SY_TRY(fact_get(db, field, sy_json_str(sy_json_at(lots, i)), "lot", &f, reterr));
		SY_TRY(concerns(d, &f, field, reterr));
		SY_TRY(sy_json_append(leaves, sy_json_from_str(f.leaf)));
	}
	if (d->previous == NULL && !sy_json_bool(sy_json_get(d->flat, "open")))
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "open", "第一版应为 true；结束时用新版写 false", "true in the first version: a new version with false ends it");
	if (d->previous != NULL)
		SY_TRY(kept_subject(db, d, reterr));
	else
		SY_TRY(sy_json_pack(&d->subject, "{s:O}", "lots", leaves));
	return sy_json_pack(&d->figures, "{s:O}", "open", sy_json_get(d->flat, "open"));
}
