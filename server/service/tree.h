/* service/tree.h: the Merkle tree over the rows of the log: tiles above the
 * leaves are kept, everything else is computed from them. */
#ifndef SERVER_SERVICE_TREE_H
#define SERVER_SERVICE_TREE_H

#include "certs/tree.h"
#include "server/store/db.h"

/* A sy_node_reader; arg is a struct db *. */
sy_node_reader tree_read;
/* Tiles that leaves [from, to) complete. Inside the caller's transaction. */
enum sy_err tree_grow(struct db *db, uint64_t from, uint64_t to) SY_MUST;

#endif
