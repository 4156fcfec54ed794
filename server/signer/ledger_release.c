/* ledger_release.c: releases, items, allocations, restrictions and the journal, see ledger.h. */
#include "server/signer/ledger.h"

#include "certs/digest.h"

#include <stdio.h>
#include <string.h>

enum sy_err
ledger_release_add(struct db *db, const struct ledger_release *r)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO release (leaf, lot, own, item, lot_text, status_index, basis, grade, certified, county, best_before, quantity, uom, units, allocated)"
			      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0)", &q));
	db_bind_blob(q, 1, sy_span(r->leaf.b, 32));
	db_bind_blob(q, 2, sy_span(r->lot, 16));
	db_bind_int(q, 3, r->item.own);
	db_bind_text(q, 4, r->item.item);
	db_bind_text(q, 5, r->lot_text);
	db_bind_int(q, 6, r->status_index);
	db_bind_int(q, 7, r->basis);
	db_bind_int(q, 8, r->grade);
	db_bind_int(q, 9, r->certified);
	db_bind_int(q, 10, r->county);
	if (r->has_best_before)
		db_bind_int(q, 11, r->best_before);
	else
		db_bind_null(q, 11);
	db_bind_int(q, 12, r->quantity.value);
	db_bind_text(q, 13, r->quantity.uom);
	db_bind_int(q, 14, r->units);
	return db_run(q);
}

enum sy_err
ledger_release_get(struct db *db, const struct sy_hash *leaf, struct ledger_release *ret)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT lot, own, item, lot_text, status_index, basis, grade, certified, county, best_before, quantity, uom, units, allocated FROM release WHERE leaf = $1", &q));
	db_bind_blob(q, 1, sy_span(leaf->b, 32));
	SY_TRY(db_one(q));
	*ret = (struct ledger_release){ .leaf = *leaf };
	struct sy_span lot = db_col_blob(q, 0);
	if (lot.len != sizeof ret->lot)
		return SY_ERR_DATA_DAMAGED;
	memcpy(ret->lot, lot.data, lot.len);
	ret->item.own = db_col_int(q, 1) != 0;
	(void)snprintf(ret->item.item, sizeof ret->item.item, "%s", db_col_cstr(q, 2));
	(void)snprintf(ret->lot_text, sizeof ret->lot_text, "%s", db_col_cstr(q, 3));
	ret->status_index = db_col_int(q, 4);
	ret->basis = db_col_int(q, 5);
	ret->grade = db_col_int(q, 6);
	ret->certified = db_col_int(q, 7);
	ret->county = db_col_int(q, 8);
	ret->has_best_before = !db_col_is_null(q, 9);
	ret->best_before = (int32_t)db_col_int(q, 9);
	ret->quantity.value = db_col_int(q, 10);
	(void)snprintf(ret->quantity.uom, sizeof ret->quantity.uom, "%s", db_col_cstr(q, 11));
	ret->units = db_col_int(q, 12);
	ret->allocated = db_col_int(q, 13);
	return SY_OK;
}

enum sy_err
ledger_cite_add(struct db *db, const struct sy_hash *release, const struct ledger_record *cited)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO cite (release, cited, id, type) VALUES ($1, $2, $3, $4)", &q));
	db_bind_blob(q, 1, sy_span(release->b, 32));
	db_bind_blob(q, 2, sy_span(cited->leaf.b, 32));
	db_bind_blob(q, 3, sy_span(cited->id, 16));
	db_bind_text(q, 4, cited->type);
	return db_run(q);
}

static enum sy_err
item_make(struct db *db, const struct ledger_item *item, uint8_t retkey[32])
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(sy_random(retkey, 32));
	SY_TRY(db_prepare(db, "INSERT INTO item (own, item, key, next) VALUES ($1, $2, $3, 0)", &q));
	db_bind_int(q, 1, item->own);
	db_bind_text(q, 2, item->item);
	db_bind_blob(q, 3, sy_span(retkey, 32));
	return db_run(q);
}

enum sy_err
ledger_item_get(struct db *db, const struct ledger_item *item, uint8_t retkey[32], int64_t *retnext)
{
	DB_AUTO_STMT *q = NULL;
	*retnext = 0;
	SY_TRY(db_prepare(db, "SELECT key, next FROM item WHERE own = $1 AND item = $2", &q));
	db_bind_int(q, 1, item->own);
	db_bind_text(q, 2, item->item);
	enum sy_err e = db_one(q);
	if (e == SY_ERR_NOT_FOUND)
		return item_make(db, item, retkey);
	SY_TRY(e);
	struct sy_span key = db_col_blob(q, 0);
	if (key.len != 32)
		return SY_ERR_DATA_DAMAGED;
	memcpy(retkey, key.data, 32);
	*retnext = db_col_int(q, 1);
	return SY_OK;
}

static enum sy_err
item_move(struct db *db, const struct ledger_item *item, int64_t next)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "UPDATE item SET next = $3 WHERE own = $1 AND item = $2 AND next <= $3", &q));
	db_bind_int(q, 1, item->own);
	db_bind_text(q, 2, item->item);
	db_bind_int(q, 3, next);
	SY_TRY(db_run(q));
	return db_changes(db) == 1 ? SY_OK : SY_ERR_DATA_DAMAGED;
}

static enum sy_err
release_allocate(struct db *db, const struct ledger_release *r, int64_t count)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "UPDATE release SET allocated = allocated + $2 WHERE leaf = $1", &q));
	db_bind_blob(q, 1, sy_span(r->leaf.b, 32));
	db_bind_int(q, 2, count);
	return db_run(q);
}

enum sy_err
ledger_allocation_add(struct db *db, const struct sy_hash *leaf, const struct ledger_release *r, int64_t first, int64_t count)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO allocation (leaf, release, first, count) VALUES ($1, $2, $3, $4)", &q));
	db_bind_blob(q, 1, sy_span(leaf->b, 32));
	db_bind_blob(q, 2, sy_span(r->leaf.b, 32));
	db_bind_int(q, 3, first);
	db_bind_int(q, 4, count);
	SY_TRY(db_run(q));
	SY_TRY(release_allocate(db, r, count));
	return item_move(db, &r->item, first + count);
}

enum sy_err
ledger_allocation_get(struct db *db, const struct sy_hash *leaf, struct sy_hash *retrelease, int64_t *retfirst, int64_t *retcount)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT release, first, count FROM allocation WHERE leaf = $1", &q));
	db_bind_blob(q, 1, sy_span(leaf->b, 32));
	SY_TRY(db_one(q));
	struct sy_span release = db_col_blob(q, 0);
	if (release.len != 32)
		return SY_ERR_DATA_DAMAGED;
	memcpy(retrelease->b, release.data, 32);
	*retfirst = db_col_int(q, 1);
	*retcount = db_col_int(q, 2);
	return SY_OK;
}

enum sy_err
ledger_allocation_covers(struct db *db, const struct sy_hash *release, int64_t first, int64_t count)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT 1 FROM allocation a WHERE a.release = $1 AND a.first <= $2 AND a.first + a.count >= $2 + $3", &q));
	db_bind_blob(q, 1, sy_span(release->b, 32));
	db_bind_int(q, 2, first);
	db_bind_int(q, 3, count);
	return db_one(q);
}

enum sy_err
ledger_journal_overlaps(struct db *db, const struct sy_hash *release, int64_t first, int64_t count, bool *ret)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT 1 FROM journal j WHERE j.release = $1 AND j.first < $2 + $3 AND j.first + j.count > $2", &q));
	db_bind_blob(q, 1, sy_span(release->b, 32));
	db_bind_int(q, 2, first);
	db_bind_int(q, 3, count);
	return db_step(q, ret);
}

enum sy_err
ledger_journal_add(struct db *db, const struct sy_hash *release, int64_t first, int64_t count, int64_t at)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO journal (release, first, count, at) VALUES ($1, $2, $3, $4)", &q));
	db_bind_blob(q, 1, sy_span(release->b, 32));
	db_bind_int(q, 2, first);
	db_bind_int(q, 3, count);
	db_bind_int(q, 4, at);
	return db_run(q);
}
