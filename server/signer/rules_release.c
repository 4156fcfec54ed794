/* rules_release.c: the operator of the lot's party says that this much of it may be
 * sold. Figures are compared with the records they come from, one by one. */
#include "server/signer/rules.h"

#include "certs/serial.h"
#include "schema/model/county.h"
#include "schema/wire/hex.h"
#include "schema/wire/time.h"

#include <stdio.h>
#include <string.h>

static enum sy_err
find_lot(const struct rule *r, struct rule_lot *l, struct sy_json **retlot, struct sy_json **retproduct)
{
	const struct sy_json *subject = r->st->subject;
	SY_TRY(rules_cited(r, sy_json_get_str(subject, "lot"), "lot", true, "subject.lot", &l->record));
	SY_TRY(rules_cited(r, sy_json_get_str(subject, "product"), "product", true, "subject.product", &l->product));
	SY_TRY(ledger_lot_get(r->db, &l->record.leaf, &l->lot, retlot));
	SY_TRY(ledger_product_get(r->db, &l->product.leaf, &l->item, retproduct));
	l->body = *retlot;
	l->product_body = *retproduct;
	SY_TRY(rules_own(r, l->record.issuer, "issuer"));
	if (memcmp(l->lot.product, l->product.id, sizeof l->product.id) != 0)
		return rules_fail(r, SY_ERR_CONFLICT, "subject.product");
	enum sy_err e = ledger_restricted(r->db, sy_span(l->lot.id, sizeof l->lot.id));
	if (e != SY_OK)
		return rules_fail(r, e, "subject.lot");
	return sy_date_parse(sy_span_str(sy_json_get_str(l->body, "produced")), &l->produced, NULL);
}

/* units x net content <= quantity; pieces are counted where the quantity is. */
static enum sy_err
check_units(const struct rule *r, const struct rule_lot *l, const struct ledger_release *n)
{
	struct sy_quantity all = { .value = n->units, .uom = "EA" }, one;
	const struct sy_json *net = sy_json_get(l->product_body, "net_content");
	int order = 0;
	if (n->units == 0)
		return SY_OK;
	if (strcmp(n->quantity.uom, "EA") != 0) {
		if (net == NULL)
			return sy_fault_say(r->fault, SY_ERR_OUT_OF_RANGE, "figures.units", "按重量销售的产品没有净含量，只能用批次码", "sold by weight, without a net content: a lot code only");
		SY_TRY(sy_quantity_parse(net, &one, r->fault));
		enum sy_err e = sy_quantity_multiply(&one, n->units, &all);
		if (e != SY_OK)
			return rules_fail(r, e, "figures.units");
	}
	enum sy_err e = sy_quantity_compare(&all, &n->quantity, &order);
	if (e != SY_OK)
		return rules_fail(r, e, "figures.units");
	return order <= 0 ? SY_OK : sy_fault_say(r->fault, SY_ERR_OVER_QUANTITY, "figures.units", "%lld 件合计 %lld %s，多于放行数量 %lld %s", "%lld units make %lld %s, more than the %lld %s released",
				    (long long)n->units, (long long)all.value, all.uom, (long long)n->quantity.value, n->quantity.uom);
}

static enum sy_err
check_quantity(const struct rule *r, const struct rule_lot *l, const struct ledger_release *n)
{
	struct sy_quantity lot, sum = n->quantity;
	size_t count = 0;
	int order = 0;
	SY_TRY(sy_quantity_parse(sy_json_get(l->body, "quantity"), &lot, r->fault));
	enum sy_err e = ledger_lot_released(r->db, l->lot.id, &sum, &count);
	if (e == SY_OK)
		e = sy_quantity_compare(&sum, &lot, &order);
	if (e != SY_OK)
		return rules_fail(r, e, "figures.quantity");
	if (order <= 0)
		return check_units(r, l, n);
	return sy_fault_say(r->fault, SY_ERR_OVER_QUANTITY, "figures.quantity", "连同已放行的共 %lld %s，此批只有 %lld %s", "%lld %s with what was released before; the lot has %lld %s",
	    (long long)sum.value, sum.uom, (long long)lot.value, lot.uom);
}

static enum sy_err
check_best_before(const struct rule *r, const struct rule_lot *l, struct ledger_release *n)
{
	const char *says = sy_json_get_str(r->st->figures, "best_before"), *has = sy_json_get_str(l->body, "best_before");
	if ((says == NULL) != (has == NULL) || (says != NULL && strcmp(says, has) != 0))
		return rules_fail(r, SY_ERR_CONFLICT, "figures.best_before");
	n->has_best_before = has != NULL;
	return has == NULL ? SY_OK : sy_date_parse(sy_span_str(has), &n->best_before, NULL);
}

static enum sy_err
check_county(const struct rule *r, const struct rule_lot *l, struct ledger_release *n)
{
	const char *says = sy_json_get_str(r->st->figures, "county"), *has = sy_json_get_str(sy_json_get(l->body, "origin"), "county");
	if (says == NULL || has == NULL || strcmp(says, has) != 0)
		return rules_fail(r, SY_ERR_CONFLICT, "figures.county");
	n->county = sy_county_code(sy_span_str(has));
	return SY_OK;
}

/* The commitment lets an auditor who is later given the key recompute every serial. */
static enum sy_err
check_serial_key(const struct rule *r, const struct ledger_release *n)
{
	uint8_t key[32], commitment[32];
	char hex[65];
	int64_t next = 0;
	const char *says = sy_json_get_str(r->st->figures, "serial_key_sha256");
	if (n->units == 0)
		return says == NULL ? SY_OK : rules_fail(r, SY_ERR_CONFLICT, "figures.serial_key_sha256");
	SY_TRY(ledger_item_get(r->db, &n->item, key, &next));
	enum sy_err e = sy_serial_commit(key, sy_span_str(n->item.item), commitment);
	sy_wipe(key, sizeof key);
	SY_TRY(e);
	sy_hex_print(sy_span(commitment, sizeof commitment), hex);
	if (says == NULL || strcmp(says, hex) != 0)
		return rules_fail(r, SY_ERR_CONFLICT, "figures.serial_key_sha256");
	return SY_OK;
}

static enum sy_err
read_figures(const struct rule *r, const struct rule_lot *l, struct ledger_release *n)
{
	const struct sy_json *f = r->st->figures;
	n->leaf = r->leaf;
	memcpy(n->lot, l->lot.id, sizeof n->lot);
	n->item = l->item;
	(void)snprintf(n->lot_text, sizeof n->lot_text, "%s", l->lot.lot);
	n->status_index = sy_json_get_int(f, "status_index", -1);
	n->basis = sy_json_get_int(f, "basis", 0);
	n->grade = sy_json_get_int(f, "grade", 0);
	n->certified = sy_json_get_int(f, "certified", 0);
	n->units = sy_json_get_int(f, "units", -1);
	return sy_quantity_parse(sy_json_get(f, "quantity"), &n->quantity, r->fault);
}

enum sy_err
rules_release(struct rule *r)
{
	struct rule_lot l = { 0 };
	struct ledger_release n = { 0 };
	SY_AUTO_JSON *lot = NULL, *product = NULL;
	SY_TRY(find_lot(r, &l, &lot, &product));
	SY_TRY(read_figures(r, &l, &n));
	SY_TRY(rules_basis(r, &l, n.basis, n.certified));
	SY_TRY(check_best_before(r, &l, &n));
	SY_TRY(check_county(r, &l, &n));
	SY_TRY(check_quantity(r, &l, &n));
	SY_TRY(check_serial_key(r, &n));
	enum sy_err e = ledger_release_add(r->db, &n);
	if (e != SY_OK)
		return rules_fail(r, e, "figures.status_index");
	return rules_basis_cite(r);
}
