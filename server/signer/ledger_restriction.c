/* ledger_restriction.c: holds, voids and recalls, see ledger.h. */
#include "server/signer/ledger.h"

#include <string.h>

enum sy_err
ledger_restriction_put(struct db *db, const struct ledger_restriction *r)
{
	DB_AUTO_STMT *q = NULL;
	/* Who opened it first is kept: that decides who may lift it. */
	SY_TRY(db_prepare(db, "INSERT INTO restriction (id, target, kind, class, first, count, open, opener) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
			      " ON CONFLICT (id, target) DO UPDATE SET open = excluded.open, opener = CASE WHEN restriction.open = 0 THEN excluded.opener ELSE restriction.opener END", &q));
	db_bind_blob(q, 1, sy_span(r->id, 16));
	db_bind_blob(q, 2, r->target);
	db_bind_text(q, 3, r->kind);
	db_bind_text(q, 4, r->klass);
	if (r->ranged) {
		db_bind_int(q, 5, r->first);
		db_bind_int(q, 6, r->count);
	} else {
		db_bind_null(q, 5);
		db_bind_null(q, 6);
	}
	db_bind_int(q, 7, r->open);
	db_bind_int(q, 8, r->opener);
	return db_run(q);
}

enum sy_err
ledger_restriction_opener(struct db *db, const uint8_t id[16], enum sy_role *ret, bool *retopen)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT opener, open FROM restriction WHERE id = $1", &q));
	db_bind_blob(q, 1, sy_span(id, 16));
	SY_TRY(db_one(q));
	*ret = (enum sy_role)db_col_int(q, 0);
	*retopen = db_col_int(q, 1) != 0;
	return SY_OK;
}

enum sy_err
ledger_restriction_has(struct db *db, const uint8_t id[16], struct sy_span target, bool *ret)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT 1 FROM restriction WHERE id = $1 AND target = $2", &q));
	db_bind_blob(q, 1, sy_span(id, 16));
	db_bind_blob(q, 2, target);
	return db_step(q, ret);
}

enum sy_err
ledger_restriction_count(struct db *db, const uint8_t id[16], size_t *ret)
{
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "SELECT count(*) FROM restriction WHERE id = $1", &q));
	db_bind_blob(q, 1, sy_span(id, 16));
	SY_TRY(db_one(q));
	*ret = (size_t)db_col_int(q, 0);
	return SY_OK;
}

static enum sy_err
err_of_kind(struct sy_span kind)
{
	if (sy_span_eq_str(kind, "recall"))
		return SY_ERR_RECALLED;
	return sy_span_eq_str(kind, "void") ? SY_ERR_WITHDRAWN : SY_ERR_ON_HOLD;
}

enum sy_err
ledger_restricted(struct db *db, struct sy_span target)
{
	DB_AUTO_STMT *q = NULL;
	bool row = false;
	SY_TRY(db_prepare(db, "SELECT kind FROM restriction WHERE target = $1 AND open = 1 AND first IS NULL"
			      " ORDER BY CASE kind WHEN 'recall' THEN 0 WHEN 'void' THEN 1 ELSE 2 END LIMIT 1", &q));
	db_bind_blob(q, 1, target);
	SY_TRY(db_step(q, &row));
	return row ? err_of_kind(db_col_text(q, 0)) : SY_OK;
}

static enum sy_err
cited_restricted(struct db *db, const struct sy_hash *release)
{
	DB_AUTO_STMT *q = NULL;
	bool row = false;
	SY_TRY(db_prepare(db, "SELECT x.kind FROM cite c JOIN restriction x ON x.target = c.id WHERE c.release = $1 AND x.open = 1"
			      " ORDER BY CASE x.kind WHEN 'void' THEN 1 ELSE 2 END LIMIT 1", &q));
	db_bind_blob(q, 1, sy_span(release->b, 32));
	SY_TRY(db_step(q, &row));
	return row ? err_of_kind(db_col_text(q, 0)) : SY_OK;
}

enum sy_err
ledger_release_restricted(struct db *db, const struct ledger_release *r)
{
	SY_TRY(ledger_restricted(db, sy_span(r->leaf.b, 32)));
	SY_TRY(ledger_restricted(db, sy_span(r->lot, 16)));
	return cited_restricted(db, &r->leaf);
}

enum sy_err
ledger_labels_void(struct db *db, const struct sy_hash *release, int64_t first, int64_t count)
{
	DB_AUTO_STMT *q = NULL;
	bool row = false;
	SY_TRY(db_prepare(db, "SELECT 1 FROM restriction v WHERE v.target = $1 AND v.open = 1 AND v.first < $2 + $3 AND v.first + v.count > $2", &q));
	db_bind_blob(q, 1, sy_span(release->b, 32));
	db_bind_int(q, 2, first);
	db_bind_int(q, 3, count);
	SY_TRY(db_step(q, &row));
	return row ? SY_ERR_WITHDRAWN : SY_OK;
}
