/* rules_hold.c: holds and recalls: opened by whom it concerns, lifted by a person, and
 * by a regulator's officer where an officer opened them. */
#include "server/signer/rules.h"

#include <stdio.h>
#include <string.h>

/* A later version: same targets, and who may close. */
static enum sy_err
check_lift(const struct rule *r, bool open, size_t targets)
{
	enum sy_role opener = SY_ROLE_STATUS;
	bool is_open = false;
	size_t n = 0;
	if (r->st->version == 1)
		return open ? SY_OK : rules_fail(r, SY_ERR_WRONG_STATE, "figures.open");
	SY_TRY(ledger_restriction_opener(r->db, r->id, &opener, &is_open));
	SY_TRY(ledger_restriction_count(r->db, r->id, &n));
	if (n != targets)
		return rules_fail(r, SY_ERR_CONFLICT, "subject");
	if (r->roles == SY_ROLE_STATUS || (opener == SY_ROLE_OFFICER && is_open && r->roles != SY_ROLE_OFFICER))
		return rules_fail(r, SY_ERR_WRONG_ROLE, "signatures.0");
	return SY_OK;
}

static enum sy_err
restrict_target(const struct rule *r, const char *kind, const char *klass, bool open, const struct ledger_record *target, const char *field)
{
	struct ledger_restriction n = { .target = sy_span(target->id, sizeof target->id), .kind = kind, .klass = klass, .open = open, .opener = (enum sy_role)r->roles };
	bool has = false;
	memcpy(n.id, r->id, sizeof n.id);
	SY_TRY(ledger_restriction_has(r->db, r->id, n.target, &has));
	if (r->st->version > 1 && !has)
		return rules_fail(r, SY_ERR_CONFLICT, field);
	return ledger_restriction_put(r->db, &n);
}

enum sy_err
rules_hold(struct rule *r)
{
	struct ledger_record target;
	const char *kind = sy_json_get_str(r->st->subject, "kind"), *klass = sy_json_get_str(r->st->figures, "class");
	const bool open = sy_json_bool(sy_json_get(r->st->figures, "open")), lot = strcmp(kind, "lot") == 0;
	SY_TRY(rules_cited(r, sy_json_get_str(r->st->subject, "leaf"), kind, false, "subject.leaf", &target));
	if (r->roles == SY_ROLE_STATUS && (!lot || !open))
		return rules_fail(r, SY_ERR_WRONG_ROLE, "signatures.0");
	if (r->roles == SY_ROLE_OPERATOR && !lot)
		return rules_fail(r, SY_ERR_WRONG_ROLE, "signatures.0");
	if (r->roles == SY_ROLE_CERTIFIER && lot)
		return rules_fail(r, SY_ERR_WRONG_ROLE, "signatures.0");
	if (r->roles == SY_ROLE_OPERATOR || r->roles == SY_ROLE_CERTIFIER)
		SY_TRY(rules_own(r, target.issuer, "issuer"));
	SY_TRY(check_lift(r, open, 1));
	return restrict_target(r, "hold", klass, open, &target, "subject.leaf");
}

enum sy_err
rules_recall(struct rule *r)
{
	const struct sy_json *lots = sy_json_get(r->st->subject, "lots");
	const bool open = sy_json_bool(sy_json_get(r->st->figures, "open"));
	SY_TRY(check_lift(r, open, sy_json_len(lots)));
	for (size_t i = 0; i < sy_json_len(lots); i++) {
		struct ledger_record target;
		char field[48];
		(void)snprintf(field, sizeof field, "subject.lots.%zu", i);
		SY_TRY(rules_cited(r, sy_json_str(sy_json_at(lots, i)), "lot", false, field, &target));
		if (r->roles == SY_ROLE_OPERATOR)
			SY_TRY(rules_own(r, target.issuer, field));
		if (r->st->version == 1) {
			/* Two versions of one lot in the list would be one target, and could then never be closed. */
			bool has = false;
			SY_TRY(ledger_restriction_has(r->db, r->id, sy_span(target.id, sizeof target.id), &has));
			if (has)
				return rules_fail(r, SY_ERR_EXISTS, field);
		}
		SY_TRY(restrict_target(r, "recall", NULL, open, &target, field));
	}
	return SY_OK;
}
