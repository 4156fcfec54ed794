/* db.h: the small driver between statements and a database engine.
 *
 * A statement is one SQL text with $1, $2.. (SQLite takes $1 as a named
 * parameter: bound by sqlite3_bind_parameter_index). Texts are string literals:
 * their address is the key under which a connection keeps the prepared form.
 * One connection belongs to one thread at a time. Columns are borrowed until
 * the next step or reset of that statement. No statement outside store/<table>.c. */
#ifndef SERVER_STORE_DB_H
#define SERVER_STORE_DB_H

#include "schema/bytes.h"

struct db;
struct db_stmt;

enum db_mode {
	DB_READ = 0,
	DB_WRITE = 1, /* also creates */
};

/* WAL, synchronous=FULL, foreign keys, busy timeout 5 s. STORE or IO; the engine's words go to *reterr. */
enum sy_err db_open(const char *path, enum db_mode mode, struct db **ret, struct sy_fault *reterr) SY_MUST;
void db_close(struct db *db);
SY_DEFINE_CLEANUP(struct db, db_close)

/* Several statements without parameters or rows: DDL, PRAGMA. */
enum sy_err db_exec(struct db *db, const char *sql) SY_MUST;
/* Numbered migrations: each not yet in table migration is run, in order, in one transaction each. */
struct db_migration {
	unsigned number;
	const char *name;
	const char *sql;
};
enum sy_err db_migrate(struct db *db, const struct db_migration *list, size_t n, struct sy_fault *reterr) SY_MUST;

/* sql: a string literal. Reset and unbound when returned. */
enum sy_err db_prepare(struct db *db, const char *sql, struct db_stmt **ret) SY_MUST;
/* Binding cannot fail in a way worth asking at each call: a failure is kept and returned by the next step. */
void db_bind_int(struct db_stmt *s, unsigned n, int64_t v);
void db_bind_text(struct db_stmt *s, unsigned n, const char *v); /* NULL binds NULL; borrowed until reset */
void db_bind_text_span(struct db_stmt *s, unsigned n, struct sy_span v);
void db_bind_blob(struct db_stmt *s, unsigned n, struct sy_span v); /* data NULL binds NULL; borrowed until reset */
void db_bind_null(struct db_stmt *s, unsigned n);
/* OK with *retrow true for a row, false at the end (then reset already). EXISTS for a violated unique key, STORE else (CHECKs too). */
enum sy_err db_step(struct db_stmt *s, bool *retrow) SY_MUST;
/* A statement without rows, or whose first row is enough: NOT_FOUND when there is none. Columns stay valid until db_reset. */
enum sy_err db_run(struct db_stmt *s) SY_MUST;
enum sy_err db_one(struct db_stmt *s) SY_MUST;
void db_reset(struct db_stmt *s);
SY_DEFINE_CLEANUP(struct db_stmt, db_reset)
#define DB_AUTO_STMT SY_CLEANUP(db_resetp) struct db_stmt
int64_t db_col_int(struct db_stmt *s, unsigned col); /* col from 0 */
struct sy_span db_col_text(struct db_stmt *s, unsigned col);
const char *db_col_cstr(struct db_stmt *s, unsigned col); /* NULL for NULL */
struct sy_span db_col_blob(struct db_stmt *s, unsigned col);
bool db_col_is_null(struct db_stmt *s, unsigned col);
int64_t db_changes(struct db *db); /* rows the last statement changed */

enum sy_err db_begin(struct db *db) SY_MUST; /* BEGIN IMMEDIATE for a writer, BEGIN for a reader */
enum sy_err db_commit(struct db *db) SY_MUST;
void db_rollback(struct db *db); /* no-op outside a transaction */
const char *db_message(struct db *db); /* the engine's last words, for the operator's log */
/* Moves the write-ahead log into the database and begins it anew, if no reader holds it up for
 * more than a moment; else nothing is lost and it only grows on. SQLite's own checkpoints never
 * begin anew while reader follows reader. */
void db_restart_log(struct db *db);
/* A consistent copy while others write. */
enum sy_err db_backup(struct db *db, const char *path, struct sy_fault *reterr) SY_MUST;

#endif
