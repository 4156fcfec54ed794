/* commit: groups commit together, one failure harms no other, readers see what
 * was committed, and a waiter that is no thread is called once. */
#include "server/service/commit.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	char dir[32], path[64];
	struct db_pool *pool;
	struct writer *writer;
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct db *db = NULL;
	assert_non_null(f);
	memcpy(f->dir, "/tmp/commit-XXXXXX", 19);
	assert_non_null(mkdtemp(f->dir));
	(void)snprintf(f->path, sizeof f->path, "%s/t.db", f->dir);
	assert_int_equal(db_open(f->path, DB_WRITE, &db, NULL), SY_OK);
	assert_int_equal(db_exec(db, "CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT;"), SY_OK);
	assert_int_equal(db_pool_new(f->path, 2, &f->pool, NULL), SY_OK);
	assert_int_equal(writer_start(db, f->pool, &f->writer), SY_OK);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;
	char name[80];
	static const char *const ends[] = {"", "-wal", "-shm"};
	writer_stop(f->writer);
	db_pool_free(f->pool);
	for (size_t i = 0; i < SY_LEN(ends); i++) {
		(void)snprintf(name, sizeof name, "%s%s", f->path, ends[i]);
		(void)unlink(name);
	}
	(void)rmdir(f->dir);
	free(f);
	return 0;
}

static enum sy_err
insert(struct db *db, void *arg, struct sy_fault *reterr)
{
	DB_AUTO_STMT *s = NULL;
	const int64_t *n = arg;
	SY_TRY(db_prepare(db, "INSERT INTO t (n) VALUES ($1)", &s));
	db_bind_int(s, 1, *n);
	enum sy_err e = db_run(s);
	return e == SY_OK && *n < 0 ? sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "n", 0, 0) : e;
}

static int64_t
count(struct fixture *f)
{
	DB_LOAN(f->pool, loan);
	assert_int_equal(db_loan_take(&loan, NULL), SY_OK);
	DB_AUTO_STMT *s = NULL;
	assert_int_equal(db_prepare(loan.db, "SELECT count(*) FROM t", &s), SY_OK);
	assert_int_equal(db_one(s), SY_OK);
	return db_col_int(s, 0);
}

static void
one_failure_harms_no_other(void **state)
{
	struct fixture *f = *state;
	int64_t n[] = {1, 2, -3, 2, 5};
	const enum sy_err want[] = {SY_OK, SY_OK, SY_ERR_OUT_OF_RANGE, SY_ERR_EXISTS, SY_OK};
	struct commit_ticket *t[5];
	for (size_t i = 0; i < SY_LEN(n); i++)
		assert_int_equal(commit_submit(f->writer, COMMIT_LOUD, insert, &n[i], NULL, &t[i]), SY_OK);
	for (size_t i = 0; i < SY_LEN(n); i++) {
		struct sy_fault fault = {0};
		assert_int_equal(commit_wait(t[i], &fault), want[i]);
		if (want[i] == SY_ERR_OUT_OF_RANGE)
			assert_string_equal(fault.field, "n"); /* and its row is gone again */
		commit_ticket_free(t[i]);
	}
	assert_int_equal(count(f), 3);
}

static void *
many(void *arg)
{
	static atomic_int next = 100;
	struct fixture *f = arg;
	for (int i = 0; i < 200; i++) {
		int64_t n = atomic_fetch_add(&next, 1);
		if (commit_now(f->writer, insert, &n, NULL) != SY_OK)
			return arg;
	}
	return NULL;
}

static void
many_threads(void **state)
{
	struct fixture *f = *state;
	pthread_t th[4];
	for (size_t i = 0; i < SY_LEN(th); i++)
		assert_int_equal(pthread_create(&th[i], NULL, many, f), 0);
	for (size_t i = 0; i < SY_LEN(th); i++) {
		void *failed = NULL;
		assert_int_equal(pthread_join(th[i], &failed), 0);
		assert_null(failed);
	}
	assert_int_equal(count(f), 800);
}

static void
readers_see_it(void **state)
{
	struct fixture *f = *state;
	for (int64_t n = 0; n < 20; n++) {
		assert_int_equal(commit_now(f->writer, insert, &n, NULL), SY_OK);
		assert_int_equal(count(f), n + 1);
	}
}

static void
called(void *arg)
{
	(void)atomic_fetch_add((atomic_int *)arg, 1);
}

static void
told_once(void **state)
{
	struct fixture *f = *state;
	atomic_int calls = 0;
	int later = 0;
	for (int64_t n = 0; n < 50; n++) {
		struct commit_ticket *t = NULL;
		int64_t *own = malloc(sizeof *own);
		assert_non_null(own);
		*own = n;
		assert_int_equal(commit_submit(f->writer, COMMIT_QUIET, insert, own, free, &t), SY_OK);
		later += commit_then(t, called, &calls) ? 1 : 0;
		assert_int_equal(commit_wait(t, NULL), SY_OK);
		commit_ticket_free(t);
	}
	/* The callbacks run on the writer's thread, shortly after the waiters wake. */
	for (int i = 0; i < 1000 && atomic_load(&calls) < later; i++)
		(void)nanosleep(&(const struct timespec){0, 1000000}, NULL);
	assert_int_equal(atomic_load(&calls), later);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(one_failure_harms_no_other, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(many_threads, set_up, tear_down), cmocka_unit_test_setup_teardown(readers_see_it, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(told_once, set_up, tear_down)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
