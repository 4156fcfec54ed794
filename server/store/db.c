/* db.c: SQLite behind db.h. The only file that knows sqlite3.h. */
#include "server/store/db.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CACHE_SLOTS 256 /* prepared statements a connection keeps; a power of two */

struct db_stmt {
	sqlite3_stmt *s;
	const char *sql;
	enum sy_err bind_err;
};

struct db {
	sqlite3 *c;
	enum db_mode mode;
	struct db_stmt cache[CACHE_SLOTS];
};

static enum sy_err
err_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return SY_OK;
	case SQLITE_NOMEM:
		return SY_ERR_NO_MEMORY;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return SY_ERR_UNAVAILABLE;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return SY_ERR_DATA_DAMAGED;
	default:
		return SY_ERR_STORE;
	}
}

enum sy_err
db_exec(struct db *db, const char *sql)
{
	return err_of(sqlite3_exec(db->c, sql, NULL, NULL, NULL));
}

enum sy_err
db_open(const char *path, enum db_mode mode, struct db **ret, struct sy_fault *reterr)
{
	*ret = NULL;
	struct db *db = calloc(1, sizeof *db);
	if (db == NULL)
		return SY_ERR_NO_MEMORY;
	db->mode = mode;
	int flags = SQLITE_OPEN_NOMUTEX | (mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
	int rc = sqlite3_open_v2(path, &db->c, flags, NULL);
	enum sy_err e = err_of(rc);
	if (e == SY_OK)
		e = db_exec(db, "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA cache_size=-2048;");
	if (e == SY_OK && mode == DB_WRITE)
		e = db_exec(db, "PRAGMA journal_mode=WAL;");
	if (e != SY_OK) {
		(void)sy_fault_say(reterr, e, path, "%s", "%s", db->c == NULL ? "?" : sqlite3_errmsg(db->c));
		db_close(db);
		return e;
	}
	*ret = db;
	return SY_OK;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (size_t i = 0; i < CACHE_SLOTS; i++)
		(void)sqlite3_finalize(db->cache[i].s);
	(void)sqlite3_close(db->c);
	free(db);
}

static enum sy_err
migrated(struct db *db, unsigned number, bool *ret)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "SELECT 1 FROM migration WHERE number = $1", &s));
	db_bind_int(s, 1, number);
	return db_step(s, ret);
}

static enum sy_err
migrate_one(struct db *db, const struct db_migration *m)
{
	SY_TRY(db_exec(db, m->sql));
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO migration (number, name) VALUES ($1, $2)", &s));
	db_bind_int(s, 1, m->number);
	db_bind_text(s, 2, m->name);
	return db_run(s);
}

enum sy_err
db_migrate(struct db *db, const struct db_migration *list, size_t n, struct sy_fault *reterr)
{
	SY_TRY(db_exec(db, "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"));
	for (size_t i = 0; i < n; i++) {
		bool done = false;
		SY_TRY(migrated(db, list[i].number, &done));
		if (done)
			continue;
		SY_TRY(db_begin(db));
		enum sy_err e = migrate_one(db, &list[i]);
		if (e != SY_OK) {
			(void)sy_fault_say(reterr, e, list[i].name, "%s", "%s", sqlite3_errmsg(db->c));
			db_rollback(db);
			return e;
		}
		SY_TRY(db_commit(db));
	}
	return SY_OK;
}

static size_t
slot_of(const char *sql)
{
	return (size_t)(((uintptr_t)sql >> 3) * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (CACHE_SLOTS - 1);
}

enum sy_err
db_prepare(struct db *db, const char *sql, struct db_stmt **ret)
{
	size_t at = slot_of(sql);
	*ret = NULL;
	for (size_t i = 0; i < CACHE_SLOTS; i++, at = (at + 1) & (CACHE_SLOTS - 1)) {
		struct db_stmt *s = &db->cache[at];
		if (s->sql == sql) {
			db_reset(s);
			*ret = s;
			return SY_OK;
		}
		if (s->sql != NULL)
			continue;
		SY_TRY(err_of(sqlite3_prepare_v3(db->c, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->s, NULL)));
		s->sql = sql;
		*ret = s;
		return SY_OK;
	}
	return SY_ERR_INTERNAL; /* more statements than slots: raise CACHE_SLOTS */
}

/* $1 is a named parameter to SQLite; the names are short enough to build here. */
static int
index_of(struct db_stmt *s, unsigned n)
{
	char name[12];
	(void)snprintf(name, sizeof name, "$%u", n);
	int i = sqlite3_bind_parameter_index(s->s, name);
	if (i == 0)
		s->bind_err = SY_ERR_INTERNAL;
	return i;
}

static void
bound(struct db_stmt *s, int rc)
{
	if (rc != SQLITE_OK && s->bind_err == SY_OK)
		s->bind_err = err_of(rc);
}

void
db_bind_int(struct db_stmt *s, unsigned n, int64_t v)
{
	bound(s, sqlite3_bind_int64(s->s, index_of(s, n), v));
}

void
db_bind_text_span(struct db_stmt *s, unsigned n, struct sy_span v)
{
	bound(s, sqlite3_bind_text64(s->s, index_of(s, n), (const char *)v.data, v.len, SQLITE_STATIC, SQLITE_UTF8));
}

void
db_bind_text(struct db_stmt *s, unsigned n, const char *v)
{
	db_bind_text_span(s, n, sy_span_str(v));
}

void
db_bind_blob(struct db_stmt *s, unsigned n, struct sy_span v)
{
	bound(s, sqlite3_bind_blob64(s->s, index_of(s, n), v.data, v.len, SQLITE_STATIC));
}

void
db_bind_null(struct db_stmt *s, unsigned n)
{
	bound(s, sqlite3_bind_null(s->s, index_of(s, n)));
}

static enum sy_err
step_err(struct db_stmt *s, int rc)
{
	int more = sqlite3_extended_errcode(sqlite3_db_handle(s->s));
	enum sy_err e = err_of(rc);
	if (more == SQLITE_CONSTRAINT_UNIQUE || more == SQLITE_CONSTRAINT_PRIMARYKEY)
		e = SY_ERR_EXISTS;
	(void)sqlite3_reset(s->s);
	return e;
}

enum sy_err
db_step(struct db_stmt *s, bool *retrow)
{
	*retrow = false;
	if (s->bind_err != SY_OK)
		return s->bind_err;
	int rc = sqlite3_step(s->s);
	if (rc == SQLITE_ROW) {
		*retrow = true;
		return SY_OK;
	}
	if (rc != SQLITE_DONE)
		return step_err(s, rc);
	(void)sqlite3_reset(s->s);
	return SY_OK;
}

enum sy_err
db_run(struct db_stmt *s)
{
	bool row = false;
	SY_TRY(db_step(s, &row));
	if (row)
		(void)sqlite3_reset(s->s);
	return SY_OK;
}

enum sy_err
db_one(struct db_stmt *s)
{
	bool row = false;
	SY_TRY(db_step(s, &row));
	return row ? SY_OK : SY_ERR_NOT_FOUND;
}

void
db_reset(struct db_stmt *s)
{
	if (s == NULL)
		return;
	(void)sqlite3_reset(s->s);
	(void)sqlite3_clear_bindings(s->s);
	s->bind_err = SY_OK;
}

int64_t
db_col_int(struct db_stmt *s, unsigned col)
{
	return sqlite3_column_int64(s->s, (int)col);
}

struct sy_span
db_col_text(struct db_stmt *s, unsigned col)
{
	const unsigned char *t = sqlite3_column_text(s->s, (int)col);
	return sy_span(t, (size_t)sqlite3_column_bytes(s->s, (int)col));
}

const char *
db_col_cstr(struct db_stmt *s, unsigned col)
{
	return (const char *)sqlite3_column_text(s->s, (int)col);
}

struct sy_span
db_col_blob(struct db_stmt *s, unsigned col)
{
	const void *b = sqlite3_column_blob(s->s, (int)col);
	return sy_span(b, (size_t)sqlite3_column_bytes(s->s, (int)col));
}

bool
db_col_is_null(struct db_stmt *s, unsigned col)
{
	return sqlite3_column_type(s->s, (int)col) == SQLITE_NULL;
}

int64_t
db_changes(struct db *db)
{
	return sqlite3_changes64(db->c);
}

enum sy_err
db_begin(struct db *db)
{
	static const char write_sql[] = "BEGIN IMMEDIATE";
	static const char read_sql[] = "BEGIN";
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, db->mode == DB_WRITE ? write_sql : read_sql, &s));
	return db_run(s);
}

enum sy_err
db_commit(struct db *db)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "COMMIT", &s));
	return db_run(s);
}

void
db_rollback(struct db *db)
{
	if (sqlite3_get_autocommit(db->c) == 0)
		(void)sqlite3_exec(db->c, "ROLLBACK", NULL, NULL, NULL);
}

const char *
db_message(struct db *db)
{
	return sqlite3_errmsg(db->c);
}

void
db_restart_log(struct db *db)
{
	(void)sqlite3_busy_timeout(db->c, 20);
	(void)sqlite3_wal_checkpoint_v2(db->c, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
	(void)sqlite3_busy_timeout(db->c, 5000);
}

enum sy_err
db_backup(struct db *db, const char *path, struct sy_fault *reterr)
{
	sqlite3 *to = NULL;
	int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_backup *b = sqlite3_backup_init(to, "main", db->c, "main");
		if (b != NULL) {
			(void)sqlite3_backup_step(b, -1);
			(void)sqlite3_backup_finish(b);
		}
		rc = sqlite3_errcode(to);
	}
	enum sy_err e = err_of(rc);
	if (e != SY_OK)
		(void)sy_fault_say(reterr, e, path, "%s", "%s", to == NULL ? "?" : sqlite3_errmsg(to));
	(void)sqlite3_close(to);
	return e;
}
