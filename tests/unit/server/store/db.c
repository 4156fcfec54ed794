/* db.c: the driver keeps what db.h says of parameters, errors, transactions, snapshots and copies.
 * Each test has a file of its own. R: db.h; SQLite's documentation where a section is named. */
#include "server/store/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct world {
	char dir[128], path[160];
	struct db *db;
};

static int
setup(void **state)
{
	struct world *w = calloc(1, sizeof *w);
	assert_non_null(w);
	const char *tmp = getenv("TMPDIR");
	(void)snprintf(w->dir, sizeof w->dir, "%s/suyuan-db-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	assert_non_null(mkdtemp(w->dir));
	(void)snprintf(w->path, sizeof w->path, "%s/t.db", w->dir);
	assert_int_equal(db_open(w->path, DB_WRITE, &w->db, NULL), SY_OK);
	assert_int_equal(db_exec(w->db, "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, n INTEGER CHECK (n < 100), b BLOB) STRICT;"
					"CREATE TABLE child (t INTEGER NOT NULL REFERENCES t (id)) STRICT;"),
	    SY_OK);
	*state = w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;
	static const char *const files[] = { "t.db", "t.db-wal", "t.db-shm", "copy.db", "copy.db-wal", "copy.db-shm", "other" };
	db_close(w->db);
	for (size_t i = 0; i < SY_LEN(files); i++) {
		char path[192];
		(void)snprintf(path, sizeof path, "%s/%s", w->dir, files[i]);
		(void)unlink(path);
	}
	assert_int_equal(rmdir(w->dir), 0);
	free(w);
	return 0;
}

static enum sy_err
add(struct db *db, int64_t id, const char *name, int64_t n)
{
	DB_AUTO_STMT *s = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO t (n, name, id) VALUES ($3, $2, $1)", &s));
	db_bind_int(s, 1, id);
	db_bind_text(s, 2, name);
	db_bind_int(s, 3, n);
	return db_run(s);
}

static int64_t
count(struct db *db)
{
	DB_AUTO_STMT *s = NULL;
	assert_int_equal(db_prepare(db, "SELECT count(*) FROM t", &s), SY_OK);
	assert_int_equal(db_one(s), SY_OK);
	return db_col_int(s, 0);
}

static int64_t
pragma(struct db *db, const char *sql)
{
	DB_AUTO_STMT *s = NULL;
	assert_int_equal(db_prepare(db, sql, &s), SY_OK);
	assert_int_equal(db_one(s), SY_OK);
	return db_col_int(s, 0);
}

static void
opening(void **state)
{
	struct world *w = *state;
	struct db *db = w->db;
	struct sy_fault f = { 0 };
	char path[192];
	(void)snprintf(path, sizeof path, "%s/none", w->dir);
	assert_int_not_equal(db_open(path, DB_READ, &db, &f), SY_OK); /* a reader makes no file */
	assert_null(db);
	assert_string_equal(f.field, path);
	assert_int_not_equal(access(path, F_OK), 0);
	(void)snprintf(path, sizeof path, "%s/none/t.db", w->dir);
	assert_int_not_equal(db_open(path, DB_WRITE, &db, NULL), SY_OK);
	(void)snprintf(path, sizeof path, "%s/other", w->dir);
	FILE *other = fopen(path, "wb");
	assert_non_null(other);
	for (int i = 0; i < 100; i++)
		(void)fputs("not a database at all\n", other);
	assert_int_equal(fclose(other), 0);
	assert_int_equal(db_open(path, DB_WRITE, &db, NULL), SY_ERR_DATA_DAMAGED);
	assert_null(db);
	db_close(NULL);
	/* What makes a commit survive a power cut (sqlite.org/pragma.html#pragma_synchronous: 2 is FULL). */
	assert_int_equal(pragma(w->db, "PRAGMA synchronous"), 2);
	assert_int_equal(pragma(w->db, "PRAGMA foreign_keys"), 1);
	assert_int_equal(pragma(w->db, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
}

/* R: sqlite.org/lang_expr.html#varparam: "$1" is a name, and gets the next free number, not 1. */
static void
named_parameters(void **state)
{
	struct world *w = *state;
	DB_AUTO_STMT *s = NULL;
	assert_int_equal(db_prepare(w->db, "SELECT $2, $1, $2, $11", &s), SY_OK);
	db_bind_int(s, 1, 10);
	db_bind_int(s, 2, 20);
	db_bind_int(s, 11, 110);
	assert_int_equal(db_one(s), SY_OK);
	assert_int_equal(db_col_int(s, 0), 20);
	assert_int_equal(db_col_int(s, 1), 10);
	assert_int_equal(db_col_int(s, 2), 20);
	assert_int_equal(db_col_int(s, 3), 110);
	/* A parameter that the statement does not have: kept, told by the next step, forgotten by a reset. */
	db_reset(s);
	db_bind_int(s, 3, 1);
	db_bind_int(s, 1, 1);
	bool row = true;
	assert_int_equal(db_step(s, &row), SY_ERR_INTERNAL);
	assert_false(row);
	assert_int_equal(db_one(s), SY_ERR_INTERNAL);
	db_reset(s);
	assert_int_equal(db_one(s), SY_OK);
	assert_true(db_col_is_null(s, 0));
}

static void
values(void **state)
{
	struct world *w = *state;
	static const uint8_t bytes[] = { 0, 1, 0xff, 0, '\'', 0 };
	DB_AUTO_STMT *s = NULL;
	assert_int_equal(db_prepare(w->db, "SELECT $1, $2, $3, $4, $5, $6, $7, $8", &s), SY_OK);
	db_bind_int(s, 1, INT64_MIN);
	db_bind_text_span(s, 2, sy_span("正阳花生不要", 12)); /* ends where the span ends */
	db_bind_blob(s, 3, sy_span(bytes, sizeof bytes));
	db_bind_null(s, 4);
	db_bind_text(s, 5, NULL);
	db_bind_blob(s, 6, (struct sy_span){ 0 });
	db_bind_text(s, 7, "'; DROP TABLE t; --");
	db_bind_text(s, 8, "");
	assert_int_equal(db_one(s), SY_OK);
	assert_true(db_col_int(s, 0) == INT64_MIN);
	assert_string_equal(db_col_cstr(s, 1), "正阳花生");
	assert_int_equal(db_col_text(s, 1).len, 12);
	assert_true(sy_span_eq(db_col_blob(s, 2), sy_span(bytes, sizeof bytes)));
	for (unsigned i = 3; i < 6; i++) {
		assert_true(db_col_is_null(s, i));
		assert_null(db_col_cstr(s, i));
		assert_int_equal(db_col_text(s, i).len, 0);
		assert_int_equal(db_col_blob(s, i).len, 0);
	}
	assert_string_equal(db_col_cstr(s, 6), "'; DROP TABLE t; --");
	assert_false(db_col_is_null(s, 7));
	assert_int_equal(db_col_text(s, 7).len, 0);
	assert_int_equal(count(w->db), 0);
}

/* EXISTS for a unique key only; every other constraint is STORE. The statement serves again after each. */
static void
constraints(void **state)
{
	struct world *w = *state;
	assert_int_equal(add(w->db, 1, "a", 1), SY_OK);
	assert_int_equal(db_changes(w->db), 1);
	assert_int_equal(add(w->db, 1, "b", 1), SY_ERR_EXISTS); /* PRIMARY KEY */
	assert_int_equal(add(w->db, 2, "a", 1), SY_ERR_EXISTS); /* UNIQUE */
	assert_int_equal(add(w->db, 2, "b", 100), SY_ERR_STORE); /* CHECK */
	assert_non_null(strstr(db_message(w->db), "CHECK"));
	assert_int_equal(add(w->db, 2, NULL, 1), SY_ERR_STORE); /* NOT NULL */
	assert_int_equal(db_exec(w->db, "INSERT INTO child VALUES (7)"), SY_ERR_STORE); /* FOREIGN KEY */
	assert_int_equal(db_exec(w->db, "INSERT INTO t VALUES (2, 'b', 'many', NULL)"), SY_ERR_STORE); /* STRICT */
	assert_int_equal(count(w->db), 1);
	assert_int_equal(add(w->db, 2, "b", 1), SY_OK);
	assert_int_equal(count(w->db), 2);
}

static void
rows(void **state)
{
	struct world *w = *state;
	assert_int_equal(add(w->db, 1, "a", 1), SY_OK);
	assert_int_equal(add(w->db, 2, "b", 2), SY_OK);
	DB_AUTO_STMT *s = NULL;
	assert_int_equal(db_prepare(w->db, "SELECT id FROM t WHERE n >= $1 ORDER BY id", &s), SY_OK);
	db_bind_int(s, 1, 3);
	assert_int_equal(db_one(s), SY_ERR_NOT_FOUND);
	db_reset(s);
	db_bind_int(s, 1, 0);
	bool row = false;
	for (int64_t id = 1; id <= 2; id++) {
		assert_int_equal(db_step(s, &row), SY_OK);
		assert_true(row);
		assert_int_equal(db_col_int(s, 0), id);
	}
	assert_int_equal(db_step(s, &row), SY_OK);
	assert_false(row);
	db_reset(s);
	db_bind_int(s, 1, 0);
	assert_int_equal(db_run(s), SY_OK); /* rows that nobody asked for are dropped */
	assert_int_equal(db_exec(w->db, "DROP TABLE child"), SY_OK); /* nothing holds a lock any more */
	assert_int_equal(db_exec(w->db, "UPDATE t SET n = 5"), SY_OK);
	assert_int_equal(db_changes(w->db), 2);
}

static void
cached(void **state)
{
	struct world *w = *state;
	static const char sql[] = "SELECT $1";
	struct db_stmt *a = NULL, *b = NULL;
	assert_int_equal(db_prepare(w->db, sql, &a), SY_OK);
	db_bind_int(a, 1, 5);
	assert_int_equal(db_one(a), SY_OK);
	assert_int_equal(db_prepare(w->db, sql, &b), SY_OK);
	assert_ptr_equal(a, b);
	assert_int_equal(db_one(b), SY_OK);
	assert_true(db_col_is_null(b, 0)); /* reset and unbound when returned */
	db_reset(b);
	db_reset(NULL);
	SY_CLEANUP(db_closep) struct db *other = NULL;
	assert_int_equal(db_open(w->path, DB_READ, &other, NULL), SY_OK);
	assert_int_equal(db_prepare(other, sql, &b), SY_OK);
	assert_ptr_not_equal(a, b);
	db_reset(b);

	assert_int_equal(db_prepare(w->db, "SELECT FROM WHERE", &b), SY_ERR_STORE);
	assert_null(b);
	assert_non_null(strstr(db_message(w->db), "syntax"));
	/* More statements than a connection keeps are a mistake of ours, told as one. */
	static char many[300][16];
	size_t i = 0;
	enum sy_err e = SY_OK;
	for (; i < SY_LEN(many) && e == SY_OK; i++) {
		(void)snprintf(many[i], sizeof many[i], "SELECT %zu", i);
		e = db_prepare(other, many[i], &b);
	}
	assert_int_equal(e, SY_ERR_INTERNAL);
	assert_int_equal(i, 256); /* one slot held sql */
	assert_null(b);
	assert_int_equal(db_prepare(other, many[200], &b), SY_OK); /* those kept still serve */
	assert_int_equal(db_one(b), SY_OK);
	assert_int_equal(db_col_int(b, 0), 200);
}

static void
migrations(void **state)
{
	struct world *w = *state;
	struct db_migration list[] = {
		{ 1, "0001-a", "CREATE TABLE a (n INTEGER) STRICT; INSERT INTO a VALUES (1);" },
		{ 2, "0002-b", "CREATE TABLE b (n INTEGER) STRICT; INSERT INTO a VALUES (2); INSERT INTO nowhere VALUES (1);" },
		{ 3, "0003-c", "INSERT INTO a VALUES (3);" },
	};
	struct sy_fault f = { 0 };
	assert_int_equal(db_migrate(w->db, list, 3, &f), SY_ERR_STORE);
	assert_string_equal(f.field, "0002-b");
	assert_non_null(strstr(f.en, "nowhere"));
	/* The first stands, the second left nothing, the third did not run. */
	assert_int_equal(pragma(w->db, "SELECT group_concat(n) = '1' FROM a"), 1);
	assert_int_equal(pragma(w->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
	assert_int_equal(pragma(w->db, "SELECT group_concat(number) = '1' FROM migration"), 1);
	list[1].sql = "CREATE TABLE b (n INTEGER) STRICT; INSERT INTO a VALUES (2);";
	assert_int_equal(db_migrate(w->db, list, 2, NULL), SY_OK);
	assert_int_equal(db_migrate(w->db, list, 3, NULL), SY_OK);
	assert_int_equal(db_migrate(w->db, list, 3, NULL), SY_OK); /* each once */
	assert_int_equal(pragma(w->db, "SELECT group_concat(n) = '1,2,3' FROM a"), 1);
	assert_int_equal(pragma(w->db, "SELECT group_concat(name) = '0001-a,0002-b,0003-c' FROM migration"), 1);
	assert_int_equal(db_migrate(w->db, NULL, 0, NULL), SY_OK);
}

static void
transactions(void **state)
{
	struct world *w = *state;
	db_rollback(w->db); /* outside of one: nothing */
	assert_int_not_equal(db_commit(w->db), SY_OK);
	assert_int_equal(db_begin(w->db), SY_OK);
	assert_int_not_equal(db_begin(w->db), SY_OK); /* not nested */
	assert_int_equal(add(w->db, 1, "a", 1), SY_OK);
	assert_int_equal(add(w->db, 2, "a", 1), SY_ERR_EXISTS); /* harms no more than itself */
	assert_int_equal(add(w->db, 3, "c", 1), SY_OK);
	assert_int_equal(count(w->db), 2);
	db_rollback(w->db);
	assert_int_equal(count(w->db), 0);
	assert_int_equal(db_begin(w->db), SY_OK);
	assert_int_equal(add(w->db, 1, "a", 1), SY_OK);
	assert_int_equal(db_commit(w->db), SY_OK);
	db_rollback(w->db);
	assert_int_equal(count(w->db), 1);
	/* One writer at a time: the second is told to come again. */
	SY_CLEANUP(db_closep) struct db *second = NULL;
	assert_int_equal(db_open(w->path, DB_WRITE, &second, NULL), SY_OK);
	assert_int_equal(db_exec(second, "PRAGMA busy_timeout=0"), SY_OK); /* not five seconds of a test */
	assert_int_equal(db_begin(w->db), SY_OK);
	assert_int_equal(db_begin(second), SY_ERR_UNAVAILABLE);
	assert_int_equal(add(second, 9, "z", 1), SY_ERR_UNAVAILABLE);
	assert_int_equal(db_commit(w->db), SY_OK);
	assert_int_equal(db_begin(second), SY_OK);
	assert_int_equal(add(second, 9, "z", 1), SY_OK);
	assert_int_equal(db_commit(second), SY_OK);
	assert_int_equal(count(w->db), 2);
}

/* R: sqlite.org/isolation.html: a reader sees what was committed when its transaction began. */
static void
readers(void **state)
{
	struct world *w = *state;
	SY_CLEANUP(db_closep) struct db *r = NULL;
	assert_int_equal(db_open(w->path, DB_READ, &r, NULL), SY_OK);
	assert_int_equal(add(r, 1, "a", 1), SY_ERR_STORE); /* read only */
	assert_int_equal(db_exec(r, "DROP TABLE t"), SY_ERR_STORE);
	assert_int_equal(db_begin(w->db), SY_OK);
	assert_int_equal(add(w->db, 1, "a", 1), SY_OK);
	assert_int_equal(count(r), 0); /* not committed, and no waiting */
	assert_int_equal(db_commit(w->db), SY_OK);
	assert_int_equal(count(r), 1);
	assert_int_equal(db_begin(r), SY_OK);
	assert_int_equal(count(r), 1);
	assert_int_equal(add(w->db, 2, "b", 1), SY_OK); /* a standing reader does not hold the writer */
	assert_int_equal(count(r), 1); /* one picture until it ends */
	assert_int_equal(db_commit(r), SY_OK);
	assert_int_equal(count(r), 2);
}

static void
backup(void **state)
{
	struct world *w = *state;
	char path[192];
	struct sy_fault f = { 0 };
	(void)snprintf(path, sizeof path, "%s/none/copy.db", w->dir);
	assert_int_not_equal(db_backup(w->db, path, &f), SY_OK);
	assert_string_equal(f.field, path);
	for (int64_t i = 1; i <= 500; i++) {
		char name[16];
		(void)snprintf(name, sizeof name, "%lld", (long long)i);
		assert_int_equal(add(w->db, i, name, i % 100), SY_OK);
	}
	SY_CLEANUP(db_closep) struct db *r = NULL;
	SY_CLEANUP(db_closep) struct db *copy = NULL;
	assert_int_equal(db_open(w->path, DB_READ, &r, NULL), SY_OK);
	assert_int_equal(db_begin(w->db), SY_OK);
	assert_int_equal(add(w->db, 501, "late", 1), SY_OK);
	(void)snprintf(path, sizeof path, "%s/copy.db", w->dir);
	assert_int_equal(db_backup(r, path, NULL), SY_OK); /* while another writes: what was committed */
	assert_int_equal(db_commit(w->db), SY_OK);
	assert_int_equal(db_open(path, DB_READ, &copy, NULL), SY_OK);
	assert_int_equal(count(copy), 500);
	assert_int_equal(pragma(copy, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
	assert_int_equal(pragma(copy, "SELECT sum(id) FROM t"), 500 * 501 / 2);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(opening),
		T(named_parameters),
		T(values),
		T(constraints),
		T(rows),
		T(cached),
		T(migrations),
		T(transactions),
		T(readers),
		T(backup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
