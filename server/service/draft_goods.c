/* draft_goods.c: parties, products and lots: whose they are, and that no text
 * of a label means two things. */
#include "server/service/draft.h"
#include "server/service/fact.h"

#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "server/store/derived.h"
#include "server/store/thing.h"

#include <string.h>

enum sy_err
draft_party(struct app *app, struct db *db, struct draft *d, struct sy_fault *reterr)
{
	(void)app;
	uint8_t other[16];
	char hex[33];
	/* A party speaks of itself; who may enter one stands in the route. */
	memcpy(d->issuer, d->id, sizeof d->issuer);
	if (d->version > 1)
		SY_TRY(draft_own(d->caller, d->id, "id", reterr));
	enum sy_err e = record_store_party_of(db, sy_json_get_str(d->flat, "uscc"), d->id16, other);
	if (e == SY_ERR_NOT_FOUND)
		return SY_OK;
	SY_TRY(e);
	if (d->caller->role != ROLE_ADMINISTRATOR)
		return sy_fault_say(reterr, SY_ERR_EXISTS, "uscc", "已有单位使用此代码；请核对，或联系管理员", "another party has this code: compare it, or ask an administrator");
	sy_hex_print(sy_span(other, 16), hex);
	return sy_fault_say(reterr, SY_ERR_EXISTS, "uscc", "单位 %s 已用此代码；要更改请另立该单位的新版", "party %s has this code: correct that record instead", hex);
}

static const char *
item_of(const struct sy_json *product, bool *retown)
{
	const char *gtin = sy_json_get_str(product, "gtin");
	*retown = gtin == NULL;
	return gtin != NULL ? gtin : sy_json_get_str(product, "own_item");
}

enum sy_err
draft_product(struct app *app, struct db *db, struct draft *d, struct sy_fault *reterr)
{
	(void)app;
	const char *party = sy_json_get_str(d->flat, "party");
	SY_TRY(draft_own(d->caller, party, "party", reterr));
	FACT(p);
	SY_TRY(fact_get(db, "party", party, "party", &p, reterr));
	memcpy(d->issuer, p.id, sizeof d->issuer);
	bool own = false, was_own = false;
	const char *item = item_of(d->flat, &own);
	const char *field = own ? "own_item" : "gtin";
	if (item == NULL)
		return sy_fault_at(reterr, SY_ERR_MISSING, "gtin", 0, 0);
	if (d->previous != NULL) {
		const char *was = item_of(d->previous, &was_own);
		if (was == NULL || was_own != own || strcmp(was, item) != 0)
			return sy_fault_say(reterr, SY_ERR_CONFLICT, field, "货号不能更改；请新建产品", "the item never changes: enter a new product");
		return SY_OK;
	}
	uint8_t other[16];
	char hex[33];
	enum sy_err e = derived_product_of(db, own, item, other);
	if (e == SY_ERR_NOT_FOUND)
		return SY_OK;
	SY_TRY(e);
	sy_hex_print(sy_span(other, 16), hex);
	return sy_fault_say(reterr, SY_ERR_EXISTS, field, "已用于产品 %s；请用该产品，或换货号", "used by product %s: use that one, or another item", hex);
}

static enum sy_err
set_origin(struct db *db, struct draft *d, const char *party, struct sy_fault *reterr)
{
	uint8_t raw[16], owner[16];
	THING_ROW(row);
	SY_TRY(sy_hex_parse(sy_span_str(sy_json_get_str(d->flat, "facility")), raw, sizeof raw, reterr));
	enum sy_err e = thing_store_get(db, THING_FACILITY, raw, 0, &row);
	if (e == SY_ERR_NOT_FOUND)
		return sy_fault_say(reterr, SY_ERR_UNKNOWN_CODE, "facility", "没有这个场所（%s）的记录；请先录入", "no such %s record: enter it first", "facility");
	SY_TRY(e);
	SY_TRY(sy_hex_parse(sy_span_str(party), owner, sizeof owner, NULL));
	if (memcmp(owner, row.party, sizeof owner) != 0)
		return sy_fault_say(reterr, SY_ERR_WRONG_PARTY, "facility", "场所属于别的单位；请用产品所属单位的场所", "it is another party's: name one of the party whose product it is");
	SY_AUTO_JSON *facility = NULL;
	SY_TRY(sy_json_parse(sy_buf_span(&row.json), &facility, NULL));
	struct sy_json *origin = sy_json_object();
	e = origin == NULL ? SY_ERR_NO_MEMORY : SY_OK;
	for (size_t i = 0; e == SY_OK && i < sy_shape_origin.n; i++) {
		const char *name = sy_shape_origin.field[i].name;
		const struct sy_json *v = sy_json_get(facility, name);
		if (v != NULL)
			e = sy_json_set(origin, name, sy_json_copy(v));
	}
	if (e != SY_OK) {
		sy_json_free(origin);
		return e;
	}
	return sy_json_set(d->flat, "origin", origin);
}

static bool
same(const struct sy_json *a, const struct sy_json *b, const char *name)
{
	return sy_json_eq(sy_json_get(a, name), sy_json_get(b, name));
}

enum sy_err
draft_lot(struct app *app, struct db *db, struct draft *d, struct sy_fault *reterr)
{
	(void)app;
	FACT(product);
	SY_TRY(fact_get(db, "product", sy_json_get_str(d->flat, "product"), "product", &product, reterr));
	SY_TRY(draft_own(d->caller, product.issuer, "product", reterr));
	memcpy(d->issuer, product.issuer, sizeof d->issuer);
	SY_TRY(draft_date_not_after(d->flat, "produced", d->today, reterr));
	SY_TRY(set_origin(db, d, product.issuer, reterr));
	if (d->previous != NULL) {
		if (!same(d->previous, d->flat, "product") || !same(d->previous, d->flat, "lot"))
			return sy_fault_say(reterr, SY_ERR_CONFLICT, "lot", "产品和批号不能更改；请新建批次", "product and lot code never change: enter a new lot");
		return SY_OK;
	}
	bool own = false;
	const char *item = item_of(product.body, &own);
	uint8_t other[16];
	char hex[33];
	enum sy_err e = item == NULL ? SY_ERR_DATA_DAMAGED : derived_lot_of(db, own, item, sy_json_get_str(d->flat, "lot"), other);
	if (e == SY_ERR_NOT_FOUND)
		return SY_OK;
	SY_TRY(e);
	sy_hex_print(sy_span(other, 16), hex);
	return sy_fault_say(reterr, SY_ERR_EXISTS, "lot", "此产品已有同号批次 %s；请用该批次，或换批号", "lot %s of this product has that code: use that one, or another code", hex);
}

enum sy_err
draft_thing(struct db *db, const struct caller *caller, const char *type, const struct sy_json *request, uint8_t retparty[16],
    struct sy_fault *reterr)
{
	SY_TRY(sy_shape_check(sy_shapes_find(type), request, reterr));
	if (strcmp(type, "facility") == 0) {
		const char *party = sy_json_get_str(request, "party");
		SY_TRY(draft_own(caller, party, "party", reterr));
		FACT(p);
		SY_TRY(fact_get(db, "party", party, "party", &p, reterr));
		memcpy(retparty, p.row.id, 16);
		return SY_OK;
	}
	if (!caller->has_party)
		return sy_fault_at(reterr, SY_ERR_WRONG_PARTY, "", 0, 0);
	FACT(lot);
	SY_TRY(fact_get(db, "lot", sy_json_get_str(request, "lot"), "lot", &lot, reterr));
	memcpy(retparty, caller->party, 16);
	return SY_OK;
}
