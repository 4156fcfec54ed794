/* store/record.c: statements on tables record and report_lot. */
#include "server/store/record.h"

#include "server/store/col.h"

#define COLUMNS                                                                                                        \
	"r.id, r.version, r.type, r.issuer, r.statement, r.public_sha256, r.private_sha256, r.created_at, r.created_by, "  \
	"r.state, r.leaf, r.leaf_index"

void
record_row_init(struct record_row *r)
{
	memset(r, 0, sizeof *r);
	sy_buf_init(&r->statement, STORE_STATEMENT_MAX);
}

void
record_row_done(struct record_row *r)
{
	sy_buf_done(&r->statement);
}

static enum sy_err
read_row(struct db_stmt *s, struct record_row *ret)
{
	(void)col_bytes(s, 0, ret->id, 16);
	ret->version = db_col_int(s, 1);
	col_text(s, 2, ret->type, sizeof ret->type);
	(void)col_bytes(s, 3, ret->issuer, 16);
	sy_buf_reset(&ret->statement);
	sy_buf_add_span(&ret->statement, db_col_text(s, 4));
	(void)col_bytes(s, 5, ret->public_sha256, 32);
	ret->has_private = col_bytes(s, 6, ret->private_sha256, 32);
	ret->created_at = db_col_int(s, 7);
	ret->has_by = col_bytes(s, 8, ret->created_by, 16);
	col_text(s, 9, ret->state, sizeof ret->state);
	ret->logged = col_bytes(s, 10, ret->leaf, 32);
	ret->leaf_index = ret->logged ? db_col_int(s, 11) : -1;
	return sy_buf_err(&ret->statement);
}

enum sy_err
record_store_add(struct db *db, const struct record_row *r)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "INSERT INTO record (id, version, type, issuer, statement, public_sha256, private_sha256, created_at, created_by, state) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'sealing')",
	    &s));
	db_bind_blob(s, 1, sy_span(r->id, 16));
	db_bind_int(s, 2, r->version);
	db_bind_text(s, 3, r->type);
	db_bind_blob(s, 4, sy_span(r->issuer, 16));
	db_bind_text_span(s, 5, sy_buf_span(&r->statement));
	db_bind_blob(s, 6, sy_span(r->public_sha256, 32));
	db_bind_blob(s, 7, r->has_private ? sy_span(r->private_sha256, 32) : sy_span(NULL, 0));
	db_bind_int(s, 8, r->created_at);
	db_bind_blob(s, 9, r->has_by ? sy_span(r->created_by, 16) : sy_span(NULL, 0));
	return db_run(s);
}

enum sy_err
record_store_get(struct db *db, const uint8_t id[16], int64_t version, struct record_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT " COLUMNS " FROM record r WHERE r.id = $1 AND ($2 = 0 OR r.version = $2) ORDER BY r.version DESC LIMIT 1", &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	db_bind_int(s, 2, version);
	SY_TRY(db_one(s));
	return read_row(s, ret);
}

enum sy_err
record_store_newest_logged(struct db *db, const uint8_t id[16], struct record_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT " COLUMNS " FROM record r WHERE r.id = $1 AND r.state = 'logged' ORDER BY r.version DESC LIMIT 1", &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	SY_TRY(db_one(s));
	return read_row(s, ret);
}

enum sy_err
record_store_newest_of(struct db *db, const char *type, struct record_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT " COLUMNS " FROM record r WHERE r.type = $1 AND r.state = 'logged' ORDER BY r.leaf_index DESC LIMIT 1", &s));
	db_bind_text(s, 1, type);
	SY_TRY(db_one(s));
	return read_row(s, ret);
}

/* A body is canonical JSON and a code has letters and digits alone: the member has one spelling, and no text can hold it
 * (its quotes would be escaped). Parties are few. */
enum sy_err
record_store_party_of(struct db *db, const char *uscc, const uint8_t id[16], uint8_t retid[16])
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT r.id FROM record r JOIN body b ON b.sha256 = r.public_sha256 WHERE r.type = 'party' AND r.state = 'logged' AND r.id <> $2 "
	    "AND b.json LIKE '%\"uscc\":\"' || $1 || '\"%' "
	    "AND NOT EXISTS (SELECT 1 FROM record n WHERE n.id = r.id AND n.version > r.version AND n.state = 'logged') LIMIT 1",
	    &s));
	db_bind_text(s, 1, uscc);
	db_bind_blob(s, 2, sy_span(id, 16));
	SY_TRY(db_one(s));
	return col_bytes(s, 0, retid, 16) ? SY_OK : SY_ERR_DATA_DAMAGED;
}

enum sy_err
record_store_by_leaf(struct db *db, const uint8_t leaf[32], struct record_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT " COLUMNS " FROM record r WHERE r.leaf = $1", &s));
	db_bind_blob(s, 1, sy_span(leaf, 32));
	SY_TRY(db_one(s));
	return read_row(s, ret);
}

enum sy_err
record_store_set_logged(struct db *db, const uint8_t id[16], int64_t version, const uint8_t leaf[32], int64_t leaf_index)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "UPDATE record SET state = 'logged', leaf = $3, leaf_index = $4 WHERE id = $1 AND version = $2", &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	db_bind_int(s, 2, version);
	db_bind_blob(s, 3, sy_span(leaf, 32));
	db_bind_int(s, 4, leaf_index);
	SY_TRY(db_run(s));
	return db_changes(db) == 1 ? SY_OK : SY_ERR_DATA_DAMAGED;
}

enum sy_err
record_store_remove(struct db *db, const uint8_t id[16], int64_t version)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "DELETE FROM record WHERE id = $1 AND version = $2 AND state <> 'logged'", &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	db_bind_int(s, 2, version);
	return db_run(s);
}

enum sy_err
record_store_give_up(struct db *db, const uint8_t id[16], int64_t version)
{
	DB_AUTO_STMT *entry = NULL;
	DB_AUTO_STMT *s = NULL;
	bool row = false;
	SY_TRY(db_prepare(db, "SELECT 1 FROM entry WHERE id = $1 AND version = $2", &entry));
	db_bind_blob(entry, 1, sy_span(id, 16));
	db_bind_int(entry, 2, version);
	SY_TRY(db_step(entry, &row));
	if (row)
		return SY_ERR_WRONG_STATE;
	SY_TRY(db_prepare(db, "DELETE FROM seal WHERE id = $1 AND version = $2", &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	db_bind_int(s, 2, version);
	SY_TRY(db_run(s));
	return record_store_remove(db, id, version);
}

enum sy_err
record_store_list(struct db *db, const struct record_filter *f, struct db_stmt **ret)
{
	SY_TRY(db_prepare(db,
	    "SELECT " COLUMNS " FROM record r WHERE r.type = $1 AND (r.created_at, r.id) < ($2, $3) "
	    "AND NOT EXISTS (SELECT 1 FROM record n WHERE n.id = r.id AND n.version > r.version) "
	    "AND ($4 <> 0 OR r.issuer = $5 OR ($6 <> 0 AND r.state = 'logged') "
	    "     OR (r.type = 'report' AND r.state = 'logged' AND EXISTS (SELECT 1 FROM report_lot c JOIN record l ON l.id = c.lot "
	    "         WHERE c.report = r.id AND l.issuer = $5))) "
	    "AND ($7 IS NULL OR r.id IN (SELECT id FROM lot WHERE item = $7) OR r.id IN (SELECT id FROM product WHERE item = $7)) "
	    "AND ($8 IS NULL OR r.state = $8) "
	    "ORDER BY r.created_at DESC, r.id DESC LIMIT $9",
	    ret));
	struct db_stmt *s = *ret;
	db_bind_text(s, 1, f->type);
	db_bind_int(s, 2, f->before_at);
	db_bind_blob(s, 3, sy_span(f->before_id, 16));
	db_bind_int(s, 4, f->all ? 1 : 0);
	db_bind_blob(s, 5, sy_span(f->party, 16));
	db_bind_int(s, 6, f->open_type ? 1 : 0);
	db_bind_text(s, 7, f->item);
	db_bind_text(s, 8, f->state);
	db_bind_int(s, 9, f->limit);
	return SY_OK;
}

enum sy_err
record_store_list_next(struct db_stmt *s, struct record_row *ret, bool *retmore)
{
	SY_TRY(db_step(s, retmore));
	return *retmore ? read_row(s, ret) : SY_OK;
}

enum sy_err
record_store_body_is_public(struct db *db, const uint8_t sha256[32], bool *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT 1 FROM record r WHERE r.public_sha256 = $1 AND r.state = 'logged' "
	    "AND (r.type <> 'report' OR EXISTS (SELECT 1 FROM cite WHERE cite.cited = r.leaf)) LIMIT 1",
	    &s));
	db_bind_blob(s, 1, sy_span(sha256, 32));
	return db_step(s, ret);
}

enum sy_err
record_store_cover(struct db *db, const uint8_t report[16], const uint8_t lot[16])
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO report_lot (report, lot) VALUES ($1, $2) ON CONFLICT DO NOTHING", &s));
	db_bind_blob(s, 1, sy_span(report, 16));
	db_bind_blob(s, 2, sy_span(lot, 16));
	return db_run(s);
}

enum sy_err
record_store_covers_party(struct db *db, const uint8_t report[16], const uint8_t party[16], bool *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db,
	    "SELECT 1 FROM report_lot c JOIN record l ON l.id = c.lot WHERE c.report = $1 AND l.issuer = $2 LIMIT 1", &s));
	db_bind_blob(s, 1, sy_span(report, 16));
	db_bind_blob(s, 2, sy_span(party, 16));
	return db_step(s, ret);
}
