/* store/thing.c: statements on tables facility and sample. */
#include "server/store/thing.h"

#include "server/store/col.h"

void
thing_row_done(struct thing_row *r)
{
	sy_buf_done(&r->json);
}

/* Statements are literals: the same text for both tables, each with its own address. */
#define FOR(k, a) ((k) == THING_FACILITY ? a(facility) : a(sample))
#define ADD(t) "INSERT INTO " #t " (id, version, party, json, at) VALUES ($1, $2, $3, $4, $5)"
#define GET(t)                                                                                                         \
	"SELECT id, version, party, json, at FROM " #t " WHERE id = $1 AND ($2 = 0 OR version = $2) ORDER BY version DESC LIMIT 1"
#define BEFORE(t)                                                                                                      \
	"SELECT id, version, party, json, at FROM " #t " r WHERE (at, id) < ($1, $2) AND ($3 IS NULL OR party = $3) "      \
	"AND NOT EXISTS (SELECT 1 FROM " #t " n WHERE n.id = r.id AND n.version > r.version) ORDER BY at DESC, id DESC LIMIT 1"

enum sy_err
thing_store_add(struct db *db, enum thing_kind k, const struct thing_row *r)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, FOR(k, ADD), &s));
	db_bind_blob(s, 1, sy_span(r->id, 16));
	db_bind_int(s, 2, r->version);
	db_bind_blob(s, 3, sy_span(r->party, 16));
	db_bind_text_span(s, 4, sy_buf_span(&r->json));
	db_bind_int(s, 5, r->at);
	return db_run(s);
}

static enum sy_err
read_thing(struct db_stmt *s, struct thing_row *ret)
{
	(void)col_bytes(s, 0, ret->id, 16);
	ret->version = db_col_int(s, 1);
	(void)col_bytes(s, 2, ret->party, 16);
	sy_buf_reset(&ret->json);
	sy_buf_add_span(&ret->json, db_col_text(s, 3));
	ret->at = db_col_int(s, 4);
	return sy_buf_err(&ret->json);
}

enum sy_err
thing_store_get(struct db *db, enum thing_kind k, const uint8_t id[16], int64_t version, struct thing_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, FOR(k, GET), &s));
	db_bind_blob(s, 1, sy_span(id, 16));
	db_bind_int(s, 2, version);
	SY_TRY(db_one(s));
	return read_thing(s, ret);
}

enum sy_err
thing_store_before(struct db *db, enum thing_kind k, const uint8_t *party, int64_t at, const uint8_t id[16], struct thing_row *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, FOR(k, BEFORE), &s));
	db_bind_int(s, 1, at);
	db_bind_blob(s, 2, sy_span(id, 16));
	db_bind_blob(s, 3, party == NULL ? sy_span(NULL, 0) : sy_span(party, 16));
	SY_TRY(db_one(s));
	return read_thing(s, ret);
}
