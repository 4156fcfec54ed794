/* ledger.c: records, certificates, products and lots, see ledger.h. */
#include "server/signer/ledger.h"

#include "schema/wire/canon.h"

#include <stdio.h>
#include <string.h>

enum sy_err
ledger_record_add(struct db *db, const struct ledger_record *r)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO record (leaf, leaf_index, id, version, type, issuer, public_sha256) VALUES ($1, $2, $3, $4, $5, $6, $7)", &q));
	db_bind_blob(q, 1, sy_span(r->leaf.b, 32));
	db_bind_int(q, 2, r->index);
	db_bind_blob(q, 3, sy_span(r->id, 16));
	db_bind_int(q, 4, r->version);
	db_bind_text(q, 5, r->type);
	db_bind_text(q, 6, r->issuer);
	db_bind_text(q, 7, r->public_sha256);
	return db_run(q);
}

static enum sy_err
read_record(struct db_stmt *q, struct ledger_record *ret)
{
	SY_TRY(db_one(q));
	struct sy_span leaf = db_col_blob(q, 0), id = db_col_blob(q, 2);
	if (leaf.len != 32 || id.len != 16)
		return SY_ERR_DATA_DAMAGED;
	memcpy(ret->leaf.b, leaf.data, 32);
	ret->index = db_col_int(q, 1);
	memcpy(ret->id, id.data, 16);
	ret->version = db_col_int(q, 3);
	(void)snprintf(ret->type, sizeof ret->type, "%s", db_col_cstr(q, 4));
	(void)snprintf(ret->issuer, sizeof ret->issuer, "%s", db_col_cstr(q, 5));
	(void)snprintf(ret->public_sha256, sizeof ret->public_sha256, "%s", db_col_cstr(q, 6));
	return SY_OK;
}

enum sy_err
ledger_record_get(struct db *db, const struct sy_hash *leaf, struct ledger_record *ret)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT leaf, leaf_index, id, version, type, issuer, public_sha256 FROM record WHERE leaf = $1", &q));
	db_bind_blob(q, 1, sy_span(leaf->b, 32));
	return read_record(q, ret);
}

enum sy_err
ledger_record_last(struct db *db, const uint8_t id[16], struct ledger_record *ret)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT leaf, leaf_index, id, version, type, issuer, public_sha256 FROM record WHERE id = $1 ORDER BY version DESC LIMIT 1", &q));
	db_bind_blob(q, 1, sy_span(id, 16));
	return read_record(q, ret);
}

enum sy_err
ledger_cert_add(struct db *db, const struct sy_cert *c, bool ca)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO cert (sha256, party, ca, der) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", &q));
	db_bind_blob(q, 1, sy_span(sy_cert_sha256(c), 32));
	db_bind_text(q, 2, sy_cert_party(c));
	db_bind_int(q, 3, ca);
	db_bind_blob(q, 4, sy_cert_der(c));
	return db_run(q);
}

enum sy_err
ledger_cert_get(struct db *db, const uint8_t sha256[32], struct sy_cert **ret)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT der FROM cert WHERE sha256 = $1", &q));
	db_bind_blob(q, 1, sy_span(sha256, 32));
	SY_TRY(db_one(q));
	return sy_cert_parse(db_col_blob(q, 0), ret);
}

enum sy_err
ledger_cert_cas(struct db *db, const char *party, struct sy_cert **ret, size_t max, size_t *retn)
{
	DB_AUTO_STMT *q = NULL;
	bool row = false;
	*retn = 0;
	SY_TRY(db_prepare(db, "SELECT der FROM cert WHERE party = $1 AND ca = 1", &q));
	db_bind_text(q, 1, party);
	SY_TRY(db_step(q, &row));
	while (row && *retn < max) {
		SY_TRY(sy_cert_parse(db_col_blob(q, 0), &ret[*retn]));
		(*retn)++;
		SY_TRY(db_step(q, &row));
	}
	return SY_OK;
}

enum sy_err
ledger_product_add(struct db *db, const struct sy_hash *leaf, const uint8_t id[16], const struct ledger_item *item, struct sy_span body)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO product (leaf, id, own, item, body) VALUES ($1, $2, $3, $4, $5)", &q));
	db_bind_blob(q, 1, sy_span(leaf->b, 32));
	db_bind_blob(q, 2, sy_span(id, 16));
	db_bind_int(q, 3, item->own);
	db_bind_text(q, 4, item->item);
	db_bind_text_span(q, 5, body);
	return db_run(q);
}

static enum sy_err
read_body(struct db_stmt *q, unsigned col, struct sy_json **ret)
{
	return ret == NULL ? SY_OK : sy_canon_parse(db_col_text(q, col), ret, NULL);
}

enum sy_err
ledger_product_get(struct db *db, const struct sy_hash *leaf, struct ledger_item *ret, struct sy_json **retbody)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT own, item, body FROM product WHERE leaf = $1", &q));
	db_bind_blob(q, 1, sy_span(leaf->b, 32));
	SY_TRY(db_one(q));
	ret->own = db_col_int(q, 0) != 0;
	(void)snprintf(ret->item, sizeof ret->item, "%s", db_col_cstr(q, 1));
	return read_body(q, 2, retbody);
}

/* The one column of a first row that is an id. */
static enum sy_err
read_id(struct db_stmt *q, uint8_t ret[16])
{
	SY_TRY(db_one(q));
	struct sy_span id = db_col_blob(q, 0);
	if (id.len != 16)
		return SY_ERR_DATA_DAMAGED;
	memcpy(ret, id.data, 16);
	return SY_OK;
}

enum sy_err
ledger_product_of_item(struct db *db, const struct ledger_item *item, uint8_t ret[16])
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT id FROM product WHERE own = $1 AND item = $2", &q));
	db_bind_int(q, 1, item->own);
	db_bind_text(q, 2, item->item);
	return read_id(q, ret);
}

enum sy_err
ledger_lot_add(struct db *db, const struct sy_hash *leaf, const struct ledger_lot *l, struct sy_span body)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO lot (leaf, id, product, lot, body) VALUES ($1, $2, $3, $4, $5)", &q));
	db_bind_blob(q, 1, sy_span(leaf->b, 32));
	db_bind_blob(q, 2, sy_span(l->id, 16));
	db_bind_blob(q, 3, sy_span(l->product, 16));
	db_bind_text(q, 4, l->lot);
	db_bind_text_span(q, 5, body);
	return db_run(q);
}

enum sy_err
ledger_lot_get(struct db *db, const struct sy_hash *leaf, struct ledger_lot *ret, struct sy_json **retbody)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT id, product, lot, body FROM lot WHERE leaf = $1", &q));
	db_bind_blob(q, 1, sy_span(leaf->b, 32));
	SY_TRY(read_id(q, ret->id));
	struct sy_span product = db_col_blob(q, 1);
	if (product.len != 16)
		return SY_ERR_DATA_DAMAGED;
	memcpy(ret->product, product.data, 16);
	(void)snprintf(ret->lot, sizeof ret->lot, "%s", db_col_cstr(q, 2));
	return read_body(q, 3, retbody);
}

enum sy_err
ledger_lot_of_text(struct db *db, const uint8_t product[16], const char *lot, uint8_t ret[16])
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT id FROM lot WHERE product = $1 AND lot = $2", &q));
	db_bind_blob(q, 1, sy_span(product, 16));
	db_bind_text(q, 2, lot);
	return read_id(q, ret);
}

enum sy_err
ledger_lot_released(struct db *db, const uint8_t lot[16], struct sy_quantity *ret, size_t *retn)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT quantity, uom, EXISTS (SELECT 1 FROM restriction v WHERE v.target = r.leaf AND v.kind = 'void' AND v.first IS NULL AND v.open = 1)"
			      " FROM release r WHERE r.lot = $1", &q));
	db_bind_blob(q, 1, sy_span(lot, 16));
	bool row = false;
	*retn = 0;
	SY_TRY(db_step(q, &row));
	while (row) {
		struct sy_quantity one = { .value = db_col_int(q, 0) };
		(void)snprintf(one.uom, sizeof one.uom, "%s", db_col_cstr(q, 1));
		if (db_col_int(q, 2) == 0)
			SY_TRY(sy_quantity_add(ret, &one, ret));
		(*retn)++;
		SY_TRY(db_step(q, &row));
	}
	return SY_OK;
}

enum sy_err
ledger_certificate_add(struct db *db, const struct sy_hash *leaf, struct sy_span body)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO certificate (leaf, body) VALUES ($1, $2)", &q));
	db_bind_blob(q, 1, sy_span(leaf->b, 32));
	db_bind_text_span(q, 2, body);
	return db_run(q);
}

enum sy_err
ledger_certificate_get(struct db *db, const struct sy_hash *leaf, struct sy_json **retbody)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT body FROM certificate WHERE leaf = $1", &q));
	db_bind_blob(q, 1, sy_span(leaf->b, 32));
	SY_TRY(db_one(q));
	return read_body(q, 0, retbody);
}
