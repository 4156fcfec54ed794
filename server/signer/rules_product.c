/* rules_product.c: an item (GTIN or own) belongs to one product for ever, because
 * its serial key and counter do. */
#include "server/signer/rules.h"

#include "schema/model/shapes.h"

#include <stdio.h>
#include <string.h>

static enum sy_err
keeps_item(const struct rule *r, const struct ledger_item *item)
{
	struct sy_hash before;
	struct ledger_item old;
	struct ledger_record v;
	if (r->st->version == 1)
		return SY_OK;
	SY_TRY(rules_cited(r, r->st->supersedes, "product", false, "supersedes", &v));
	before = v.leaf;
	SY_TRY(ledger_product_get(r->db, &before, &old, NULL));
	bool same = old.own == item->own && strcmp(old.item, item->item) == 0;
	return same ? SY_OK : rules_fail(r, SY_ERR_CONFLICT, item->own ? "body.own_item" : "body.gtin");
}

enum sy_err
rules_product(struct rule *r)
{
	SY_AUTO_JSON *body = NULL;
	struct sy_span text;
	SY_TRY(rules_own_body(r, &sy_shape_product, &text, &body));
	SY_TRY(rules_own(r, sy_json_get_str(body, "party"), "body.party"));
	const char *gtin = sy_json_get_str(body, "gtin"), *own = sy_json_get_str(body, "own_item");
	struct ledger_item item = { .own = gtin == NULL };
	(void)snprintf(item.item, sizeof item.item, "%s", gtin != NULL ? gtin : own == NULL ? "" : own);
	SY_TRY(keeps_item(r, &item));
	uint8_t holder[16];
	enum sy_err e = ledger_product_of_item(r->db, &item, holder);
	if (e == SY_OK && memcmp(holder, r->id, sizeof holder) != 0)
		return rules_fail(r, SY_ERR_EXISTS, item.own ? "body.own_item" : "body.gtin");
	if (e != SY_OK && e != SY_ERR_NOT_FOUND)
		return e;
	return ledger_product_add(r->db, &r->leaf, r->id, &item, text);
}
