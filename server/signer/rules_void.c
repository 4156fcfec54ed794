/* rules_void.c: what is taken back for good: labels, a release, a report, a certificate. */
#include "server/signer/rules.h"

#include <string.h>

static enum sy_err
put(const struct rule *r, struct ledger_restriction *n)
{
	memcpy(n->id, r->id, sizeof n->id);
	n->kind = "void";
	n->open = true;
	n->opener = (enum sy_role)r->roles;
	return ledger_restriction_put(r->db, n);
}

static enum sy_err
void_release(struct rule *r, const char *leaf, bool labels)
{
	struct ledger_record release;
	const char *field = labels ? "subject.release" : "subject.leaf";
	SY_TRY(rules_cited(r, leaf, "release", false, field, &release));
	if (r->roles != SY_ROLE_OPERATOR && r->roles != SY_ROLE_OFFICER)
		return rules_fail(r, SY_ERR_WRONG_ROLE, "signatures.0");
	if (r->roles == SY_ROLE_OPERATOR)
		SY_TRY(rules_own(r, release.issuer, "issuer"));
	struct ledger_restriction n = { .target = sy_span(release.leaf.b, sizeof release.leaf.b), .ranged = labels };
	if (labels) {
		n.first = sy_json_get_int(r->st->figures, "first", -1);
		n.count = sy_json_get_int(r->st->figures, "count", -1);
		enum sy_err e = ledger_allocation_covers(r->db, &release.leaf, n.first, n.count);
		if (e != SY_OK)
			return rules_fail(r, e == SY_ERR_NOT_FOUND ? SY_ERR_NOT_ISSUED : e, "figures.first");
	}
	return put(r, &n);
}

/* By whom it came from: the centre's approver, the certifier, the producer. */
static enum sy_err
void_document(struct rule *r, const char *kind, unsigned roles)
{
	struct ledger_record document;
	SY_TRY(rules_cited(r, sy_json_get_str(r->st->subject, "leaf"), kind, false, "subject.leaf", &document));
	if ((r->roles & ~roles) != 0)
		return rules_fail(r, SY_ERR_WRONG_ROLE, "signatures.0");
	SY_TRY(rules_own(r, document.issuer, "issuer"));
	struct ledger_restriction n = { .target = sy_span(document.id, sizeof document.id) };
	return put(r, &n);
}

enum sy_err
rules_void(struct rule *r)
{
	const char *kind = sy_json_get_str(r->st->subject, "kind");
	if (strcmp(kind, "labels") == 0)
		return void_release(r, sy_json_get_str(r->st->subject, "release"), true);
	if (strcmp(kind, "release") == 0)
		return void_release(r, sy_json_get_str(r->st->subject, "leaf"), false);
	if (strcmp(kind, "report") == 0)
		return void_document(r, kind, SY_ROLE_APPROVER);
	return void_document(r, kind, SY_ROLE_CERTIFIER | SY_ROLE_PRODUCER);
}
