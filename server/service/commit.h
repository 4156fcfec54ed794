/* service/commit.h: the one writer. A thread owns the only write connection;
 * work is queued and committed in groups: one transaction, one fsync for all
 * that was waiting, a savepoint around each so that one failure harms no other. */
#ifndef SERVER_SERVICE_COMMIT_H
#define SERVER_SERVICE_COMMIT_H

#include "server/store/db.h"
#include "server/store/pool.h"

struct writer;
struct commit_ticket; /* a place in the queue; counted references */

/* Runs on the writer's thread inside a transaction. Slow work (signer, scrypt) does not belong here. */
typedef enum sy_err commit_fn(struct db *db, void *arg, struct sy_fault *reterr);

enum commit_kind {
	COMMIT_LOUD = 0, /* readers must see it at once: standing read transactions are renewed */
	COMMIT_QUIET = 1, /* changes only table scan: readers may see it late (the job itself tells the new count) */
};

/* Takes over db. pool: told of each loud commit. */
enum sy_err writer_start(struct db *db, struct db_pool *pool, struct writer **ret) SY_MUST;
void writer_stop(struct writer *w); /* what is queued is done first; NULL is fine */

/* free_arg (may be NULL) is called with the last reference of the ticket. */
enum sy_err commit_submit(struct writer *w, enum commit_kind kind, commit_fn *run, void *arg, void (*free_arg)(void *), struct commit_ticket **ret) SY_MUST;
/* Waits; gives how the job or its commit ended. */
enum sy_err commit_wait(struct commit_ticket *t, struct sy_fault *reterr) SY_MUST;
/* True: fn(arg) will be called once, from the writer's thread, when done. False: it is done already, fn is not called. */
bool commit_then(struct commit_ticket *t, void (*fn)(void *), void *arg);
void commit_ticket_free(struct commit_ticket *t); /* NULL is fine */
SY_DEFINE_CLEANUP(struct commit_ticket, commit_ticket_free)
/* Submit, wait, free. */
enum sy_err commit_now(struct writer *w, commit_fn *run, void *arg, struct sy_fault *reterr) SY_MUST;

#endif
