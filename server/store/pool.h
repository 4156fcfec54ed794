/* store/pool.h: read connections, lent to one thread at a time, each inside a
 * standing read transaction that is renewed when something was committed since. */
#ifndef SERVER_STORE_POOL_H
#define SERVER_STORE_POOL_H

#include "server/store/db.h"

struct db_pool;
/* max: connections at most; who asks when all are out waits. */
enum sy_err db_pool_new(const char *path, unsigned max, struct db_pool **ret, struct sy_fault *reterr) SY_MUST;
void db_pool_free(struct db_pool *p); /* all must be back */
enum sy_err db_pool_take(struct db_pool *p, struct db **ret, struct sy_fault *reterr) SY_MUST;
void db_pool_give(struct db_pool *p, struct db *db); /* NULL is fine */
/* Something was committed: whoever takes a connection from now on sees it. */
void db_pool_renew(struct db_pool *p);
/* Ends read transactions that stand idle, so that the write-ahead log can be emptied. */
void db_pool_sweep(struct db_pool *p);

/* A loan that gives itself back at the end of the scope:
 *   DB_LOAN(app->reads, db); SY_TRY(db_loan_take(&db, reterr)); ... db.db */
struct db_loan {
	struct db_pool *pool;
	struct db *db;
};
void db_loan_give(struct db_loan *l);
enum sy_err db_loan_take(struct db_loan *l, struct sy_fault *reterr) SY_MUST;
#define DB_LOAN(p, name) SY_CLEANUP(db_loan_give) struct db_loan name = {(p), NULL}

#endif
