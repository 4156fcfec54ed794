/* rules_lot.c: a lot belongs to the party of its product; what was released from
 * it is never more than it holds, whatever version says how much that is. */
#include "server/signer/rules.h"

#include "schema/model/shapes.h"

#include <stdio.h>
#include <string.h>

static enum sy_err
keeps_enough(const struct rule *r, const struct ledger_lot *l, const struct sy_json *body)
{
	struct sy_quantity all, released = { 0 };
	SY_TRY(sy_quantity_parse(sy_json_get(body, "quantity"), &all, r->fault));
	(void)snprintf(released.uom, sizeof released.uom, "%s", all.uom);
	size_t n = 0;
	enum sy_err e = ledger_lot_released(r->db, l->id, &released, &n);
	if (e != SY_OK)
		return rules_fail(r, e, "body.quantity");
	int order = 0;
	SY_TRY(sy_quantity_compare(&released, &all, &order));
	if (order > 0)
		return rules_fail(r, SY_ERR_OVER_QUANTITY, "body.quantity");
	if (r->st->version == 1)
		return SY_OK;
	/* A label says product and lot code, and reports, which name the lot by its id alone, were made of these goods
	 * before this process heard of them: neither ever changes. */
	struct ledger_lot old;
	struct ledger_record v;
	SY_TRY(rules_cited(r, r->st->supersedes, "lot", false, "supersedes", &v));
	SY_TRY(ledger_lot_get(r->db, &v.leaf, &old, NULL));
	bool same = memcmp(old.product, l->product, sizeof old.product) == 0 && strcmp(old.lot, l->lot) == 0;
	return same ? SY_OK : rules_fail(r, SY_ERR_WRONG_STATE, "body.lot");
}

enum sy_err
rules_lot(struct rule *r)
{
	SY_AUTO_JSON *body = NULL;
	struct sy_span text;
	struct ledger_lot l = { 0 };
	struct ledger_record product;
	SY_TRY(rules_own_body(r, &sy_shape_lot, &text, &body));
	SY_TRY(rules_id(body, "product", l.product));
	memcpy(l.id, r->id, sizeof l.id);
	(void)snprintf(l.lot, sizeof l.lot, "%s", sy_json_get_str(body, "lot"));
	enum sy_err e = ledger_record_last(r->db, l.product, &product);
	if (e == SY_ERR_NOT_FOUND || (e == SY_OK && strcmp(product.type, "product") != 0))
		return rules_fail(r, SY_ERR_NOT_LOGGED, "body.product");
	SY_TRY(e);
	SY_TRY(rules_own(r, product.issuer, "issuer"));
	uint8_t holder[16];
	e = ledger_lot_of_text(r->db, l.product, l.lot, holder);
	if (e == SY_OK && memcmp(holder, r->id, sizeof holder) != 0)
		return rules_fail(r, SY_ERR_EXISTS, "body.lot");
	if (e != SY_OK && e != SY_ERR_NOT_FOUND)
		return e;
	SY_TRY(keeps_enough(r, &l, body));
	return ledger_lot_add(r->db, &r->leaf, &l, text);
}
