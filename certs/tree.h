/* tree.h: Merkle trees (RFC 6962 section 2.1) and their proofs. Indexes and sizes up to 2^62. */
#ifndef SY_CERTS_TREE_H
#define SY_CERTS_TREE_H

#include "schema/bytes.h"

struct sy_hash {
	uint8_t b[32];
};
enum sy_err sy_leaf_hash(struct sy_span entry, struct sy_hash *ret) SY_MUST; /* SHA-256(0x00 || entry) */
enum sy_err sy_node_hash(const struct sy_hash *l, const struct sy_hash *r, struct sy_hash *ret) SY_MUST;

/* The right edge of a tree: enough to append and to know the root, log2(size) hashes. */
struct sy_frontier {
	uint64_t size;
	unsigned n; /* hashes in use: one for each bit set in size, largest subtree first */
	struct sy_hash node[64];
};
void sy_frontier_init(struct sy_frontier *f);
enum sy_err sy_frontier_add(struct sy_frontier *f, const struct sy_hash *leaf) SY_MUST;
enum sy_err sy_frontier_root(const struct sy_frontier *f, struct sy_hash *ret) SY_MUST; /* SHA-256("") when empty */

/* Reads complete-subtree hashes: level 0 are leaf hashes, node (level, i) covers leaves [i << level, (i+1) << level). */
typedef enum sy_err sy_node_reader(void *arg, unsigned level, uint64_t index, struct sy_hash *ret);
enum sy_err sy_tree_root(sy_node_reader *read, void *arg, uint64_t size, struct sy_hash *ret) SY_MUST;
/* RFC 6962 2.1.1 and 2.1.2. ret has room for 64; *retn is how many. OUT_OF_RANGE. */
enum sy_err sy_tree_inclusion(sy_node_reader *read, void *arg, uint64_t index, uint64_t size, struct sy_hash *ret, size_t *retn) SY_MUST;
enum sy_err sy_tree_consistency(sy_node_reader *read, void *arg, uint64_t old_size, uint64_t size, struct sy_hash *ret, size_t *retn) SY_MUST;
/* OK or BAD_PROOF. Every tree extends the empty one: old_size 0 holds with the empty tree's root and no proof. */
enum sy_err sy_inclusion_verify(const struct sy_hash *leaf, uint64_t index, uint64_t size, const struct sy_hash *proof, size_t n, const struct sy_hash *root) SY_MUST;
enum sy_err sy_consistency_verify(uint64_t old_size, const struct sy_hash *old_root, uint64_t size, const struct sy_hash *root, const struct sy_hash *proof, size_t n) SY_MUST;

#endif
