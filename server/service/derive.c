/* derive.c: one entry into rows of product, lot, release, cite, allocation and
 * restriction. Nothing here can refuse: what is in the log is so. */
#include "server/service/derive.h"

#include "schema/model/shape.h"
#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "server/store/derived.h"
#include "server/store/record.h"

#include <stdio.h>
#include <string.h>

static enum sy_err
hex(const struct sy_json *v, const char *name, uint8_t *ret, size_t len)
{
	const char *s = sy_json_get_str(v, name);
	return s != NULL && sy_hex_parse(sy_span_str(s), ret, len, NULL) == SY_OK ? SY_OK : SY_ERR_DATA_DAMAGED;
}

static void
copy(char *ret, size_t size, const char *s)
{
	(void)snprintf(ret, size, "%s", s == NULL ? "" : s);
}

static enum sy_err
product(struct db *db, const struct entry_row *row, const struct sy_statement *s, const struct sy_json *body)
{
	struct product_row p = {.version = row->version};
	(void)s;
	const char *gtin = sy_json_get_str(body, "gtin");
	memcpy(p.leaf, row->leaf, sizeof p.leaf);
	memcpy(p.id, row->id, sizeof p.id);
	SY_TRY(hex(body, "party", p.party, sizeof p.party));
	p.own = gtin == NULL;
	copy(p.item, sizeof p.item, gtin != NULL ? gtin : sy_json_get_str(body, "own_item"));
	return derived_product_add(db, &p);
}

static enum sy_err
lot(struct db *db, const struct entry_row *row, const struct sy_statement *s, const struct sy_json *body)
{
	struct lot_row l = {.version = row->version};
	struct product_row p;
	RECORD_ROW(of);
	memcpy(l.leaf, row->leaf, sizeof l.leaf);
	memcpy(l.id, row->id, sizeof l.id);
	SY_TRY(sy_hex_parse(sy_span_str(s->issuer), l.party, sizeof l.party, NULL));
	SY_TRY(hex(body, "product", l.product, sizeof l.product));
	SY_TRY(record_store_newest_logged(db, l.product, &of));
	SY_TRY(derived_product_get(db, of.leaf, &p));
	l.own = p.own;
	memcpy(l.item, p.item, sizeof l.item);
	copy(l.lot, sizeof l.lot, sy_json_get_str(body, "lot"));
	SY_TRY(sy_date_parse(sy_span_str(sy_json_get_str(body, "produced")), &l.produced, NULL));
	return derived_lot_add(db, &l);
}

static enum sy_err
cites(struct db *db, const struct entry_row *row, const struct sy_json *list, const char *type)
{
	for (size_t i = 0; i < sy_json_len(list); i++) {
		uint8_t cited[32];
		SY_TRY(sy_hex_parse(sy_span_str(sy_json_str(sy_json_at(list, i))), cited, sizeof cited, NULL));
		SY_TRY(derived_cite_add(db, row->leaf, cited, type));
	}
	return SY_OK;
}

static enum sy_err
release(struct db *db, const struct entry_row *row, const struct sy_statement *s, const struct sy_json *body)
{
	struct release_row r = {.leaf_index = row->leaf_index};
	struct lot_row l;
	(void)body;
	memcpy(r.leaf, row->leaf, sizeof r.leaf);
	memcpy(r.id, row->id, sizeof r.id);
	SY_TRY(hex(s->subject, "lot", r.lot_leaf, sizeof r.lot_leaf));
	SY_TRY(hex(s->subject, "product", r.product_leaf, sizeof r.product_leaf));
	SY_TRY(derived_lot_get(db, r.lot_leaf, &l));
	memcpy(r.lot, l.id, sizeof r.lot);
	r.own = l.own;
	memcpy(r.item, l.item, sizeof r.item);
	memcpy(r.lot_text, l.lot, sizeof r.lot_text);
	r.status_index = sy_json_get_int(s->figures, "status_index", -1);
	r.basis = sy_json_get_int(s->figures, "basis", 0);
	r.units = sy_json_get_int(s->figures, "units", 0);
	SY_TRY(derived_release_add(db, &r));
	SY_TRY(cites(db, row, sy_json_get(s->subject, "reports"), "report"));
	return cites(db, row, sy_json_get(s->subject, "certificates"), "certificate");
}

static enum sy_err
allocation(struct db *db, const struct entry_row *row, const struct sy_statement *s, const struct sy_json *body)
{
	struct allocation_row a = {.leaf_index = row->leaf_index};
	struct release_row r;
	(void)body;
	memcpy(a.leaf, row->leaf, sizeof a.leaf);
	memcpy(a.id, row->id, sizeof a.id);
	SY_TRY(hex(s->subject, "release", a.release, sizeof a.release));
	SY_TRY(derived_release_get(db, a.release, &r));
	a.own = r.own;
	memcpy(a.item, r.item, sizeof a.item);
	a.first = sy_json_get_int(s->figures, "first", 0);
	a.count = sy_json_get_int(s->figures, "count", 0);
	return derived_allocation_add(db, &a);
}

static enum sy_err
restrict_leaf(struct db *db, const struct entry_row *row, const struct sy_statement *s, const char *leaf, struct restriction_row *r)
{
	uint8_t raw[32];
	RECORD_ROW(of);
	if (leaf == NULL)
		return SY_ERR_DATA_DAMAGED;
	SY_TRY(sy_hex_parse(sy_span_str(leaf), raw, sizeof raw, NULL));
	SY_TRY(record_store_by_leaf(db, raw, &of));
	memcpy(r->id, row->id, sizeof r->id);
	memcpy(r->leaf, row->leaf, sizeof r->leaf);
	memcpy(r->target, of.id, sizeof r->target);
	r->version = row->version;
	r->kind = s->type;
	r->since = s->time;
	return derived_restriction_put(db, r);
}

static enum sy_err
hold(struct db *db, const struct entry_row *row, const struct sy_statement *s, const struct sy_json *body)
{
	(void)body;
	struct restriction_row r = {.subject = sy_json_get_str(s->subject, "kind"), .class = sy_json_get_str(s->figures, "class"),
	    .open = sy_json_bool(sy_json_get(s->figures, "open"))};
	return restrict_leaf(db, row, s, sy_json_get_str(s->subject, "leaf"), &r);
}

static enum sy_err
voids(struct db *db, const struct entry_row *row, const struct sy_statement *s, const struct sy_json *body)
{
	(void)body;
	struct restriction_row r = {.subject = sy_json_get_str(s->subject, "kind"), .open = true,
	    .ranged = sy_shape_is(s->subject, "kind", "labels"), .first = sy_json_get_int(s->figures, "first", 0),
	    .count = sy_json_get_int(s->figures, "count", 0)};
	return restrict_leaf(db, row, s, sy_json_get_str(s->subject, r.ranged ? "release" : "leaf"), &r);
}

static enum sy_err
recall(struct db *db, const struct entry_row *row, const struct sy_statement *s, const struct sy_json *body)
{
	(void)body;
	const struct sy_json *lots = sy_json_get(s->subject, "lots");
	for (size_t i = 0; i < sy_json_len(lots); i++) {
		struct restriction_row r = {.subject = "lot", .open = sy_json_bool(sy_json_get(s->figures, "open"))};
		SY_TRY(restrict_leaf(db, row, s, sy_json_str(sy_json_at(lots, i)), &r));
	}
	return SY_OK;
}

enum sy_err
derive_entry(struct db *db, const struct entry_row *row, const struct sy_statement *s, const struct sy_json *body)
{
	static const struct {
		const char *type;
		enum sy_err (*run)(struct db *, const struct entry_row *, const struct sy_statement *, const struct sy_json *);
	} types[] = {{"product", product}, {"lot", lot}, {"release", release}, {"allocation", allocation}, {"hold", hold},
	    {"void", voids}, {"recall", recall}};
	for (size_t i = 0; i < SY_LEN(types); i++)
		if (strcmp(types[i].type, s->type) == 0)
			return types[i].run(db, row, s, body);
	return SY_OK;
}
