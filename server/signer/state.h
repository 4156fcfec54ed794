/* state.h: the signer's state directory: keys, signer.db, and what is kept of them
 * in memory. Everything behind `lock`; the label keys themselves are only read.
 *
 *   DIR/            0700
 *   DIR/passphrase  0600, opens the three keys
 *   DIR/{label,log,status}.pem
 *   DIR/lock        held by the process that serves
 *   DIR/signer.db   schema/sql/sqlite/signer
 *   DIR/signer.sock while it runs */
#ifndef SERVER_SIGNER_STATE_H
#define SERVER_SIGNER_STATE_H

#include "certs/chain.h"
#include "server/store/db.h"

#include <pthread.h>

struct signer {
	pthread_mutex_t lock;
	struct db *db;
	char origin[SY_NOTE_NAME_MAX + 1];
	struct sy_key *label, *log, *status;
	struct sy_frontier frontier;
	struct sy_trust *trust; /* NULL before adoption */
	struct sy_anchor anchor;
	struct sy_cert *status_cert, *root_cert; /* NULL before adoption */
	const struct sy_trust_key *label_entry, *status_entry; /* own keys on the list; NULL: not there */
};

/* Makes DIR with new keys. EXISTS when it holds a state already. */
enum sy_err state_init(const char *dir, const char *origin, enum sy_alg label_alg, struct sy_fault *reterr) SY_MUST;
/* Refuses a directory that group or others can enter. */
enum sy_err state_open(const char *dir, struct signer **ret, struct sy_fault *reterr) SY_MUST;
/* One process at a time may move a state on: two would sign two logs. EXISTS while another holds it. The lock goes
 * with the process, or with close(*ret). */
enum sy_err state_lock(const char *dir, int *ret, struct sy_fault *reterr) SY_MUST;
void state_close(struct signer *s);
SY_DEFINE_CLEANUP(struct signer, state_close)

/* First trust list, with the roots it is believed by and the certificates of the status key; later, with the roots
 * of the list in force, new certificates and a newer list. After a failure s is of no more use. */
enum sy_err state_adopt(struct signer *s, struct sy_span anchor, struct sy_span trust, struct sy_span status_cert_pem, struct sy_span root_cert_pem, struct sy_fault *reterr) SY_MUST;
/* A newer list, signed by the roots of the one in force. */
enum sy_err state_trust(struct signer *s, struct sy_span note, struct sy_fault *reterr) SY_MUST;
/* UNAVAILABLE before adoption, TRUST_EXPIRED. */
enum sy_err state_ready(const struct signer *s, int64_t now, struct sy_fault *reterr) SY_MUST;
/* Writes size, frontier and a signed checkpoint for f, inside a transaction that the caller commits. */
enum sy_err state_advance(struct signer *s, const struct sy_frontier *f, struct sy_buf *retcheckpoint) SY_MUST;

int64_t state_now(void); /* the signer's clock */

/* state_file.c */
enum sy_err state_file_read(const char *path, size_t max, struct sy_buf *ret, struct sy_fault *reterr) SY_MUST;
/* Creates path (0600) with these bytes, on disk before it returns. EXISTS. */
enum sy_err state_file_write(const char *path, struct sy_span s, struct sy_fault *reterr) SY_MUST;
/* Owned by us, nobody else may enter. */
enum sy_err state_dir_check(const char *dir, struct sy_fault *reterr) SY_MUST;

#endif
