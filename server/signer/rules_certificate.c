/* rules_certificate.c: green, organic and geographical indication from a certifier;
 * the declaration 承诺达标合格证 from the producer, for goods of its own. */
#include "server/signer/rules.h"

#include "schema/model/shapes.h"

enum sy_err
rules_certificate(struct rule *r)
{
	SY_AUTO_JSON *body = NULL;
	struct sy_span text;
	SY_TRY(rules_own_body(r, &sy_shape_certificate, &text, &body));
	const bool declaration = sy_shape_is(body, "kind", "commitment");
	if (r->roles != (declaration ? SY_ROLE_PRODUCER : SY_ROLE_CERTIFIER))
		return rules_fail(r, SY_ERR_WRONG_ROLE, "signatures.0");
	if (declaration)
		SY_TRY(rules_own(r, sy_json_get_str(body, "holder"), "body.holder"));
	else if (sy_json_get(body, "body") != NULL)
		SY_TRY(rules_own(r, sy_json_get_str(body, "body"), "body.body"));
	return ledger_certificate_add(r->db, &r->leaf, text);
}
