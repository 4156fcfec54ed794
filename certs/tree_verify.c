/* tree_verify.c: proofs checked without a tree, RFC 9162 2.1.3.2 and 2.1.4.2
 * (the same trees and proofs as RFC 6962, with the verification written out). */
#include "certs/digest.h"
#include "certs/tree.h"

#include <string.h>

#define SIZE_LIMIT (UINT64_C(1) << 62)

static bool
same(const struct sy_hash *a, const struct sy_hash *b)
{
	return memcmp(a->b, b->b, sizeof a->b) == 0;
}

enum sy_err
sy_inclusion_verify(const struct sy_hash *leaf, uint64_t index, uint64_t size, const struct sy_hash *proof, size_t n, const struct sy_hash *root)
{
	if (size > SIZE_LIMIT || index >= size)
		return SY_ERR_BAD_PROOF;
	uint64_t fn = index, sn = size - 1;
	struct sy_hash r = *leaf;
	for (size_t i = 0; i < n; i++) {
		if (sn == 0)
			return SY_ERR_BAD_PROOF;
		if ((fn & 1) != 0 || fn == sn) {
			SY_TRY(sy_node_hash(&proof[i], &r, &r));
			/* Levels at which the path is the right edge have no sibling. */
			while ((fn & 1) == 0 && fn != 0) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			SY_TRY(sy_node_hash(&r, &proof[i], &r));
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && same(&r, root) ? SY_OK : SY_ERR_BAD_PROOF;
}

/* Cases with nothing to hash: an empty old tree, or the same tree. */
static enum sy_err
trivial_verify(uint64_t old_size, const struct sy_hash *old_root, const struct sy_hash *root, size_t n)
{
	if (n != 0)
		return SY_ERR_BAD_PROOF;
	if (old_size != 0)
		return same(old_root, root) ? SY_OK : SY_ERR_BAD_PROOF;
	struct sy_hash empty = { 0 };
	SY_TRY(sy_sha256(sy_span(NULL, 0), empty.b));
	return same(old_root, &empty) ? SY_OK : SY_ERR_BAD_PROOF;
}

enum sy_err
sy_consistency_verify(uint64_t old_size, const struct sy_hash *old_root, uint64_t size, const struct sy_hash *root, const struct sy_hash *proof, size_t n)
{
	if (size > SIZE_LIMIT || old_size > size)
		return SY_ERR_BAD_PROOF;
	if (old_size == size) {
		SY_TRY(trivial_verify(old_size, old_root, root, n));
		return same(old_root, root) ? SY_OK : SY_ERR_BAD_PROOF;
	}
	if (old_size == 0)
		return trivial_verify(0, old_root, root, n);
	uint64_t fn = old_size - 1, sn = size - 1;
	while ((fn & 1) != 0) {
		fn >>= 1;
		sn >>= 1;
	}
	/* An old tree that is a complete subtree stands first, unsaid. */
	size_t i = 0;
	const struct sy_hash *first = old_root;
	if (fn != 0) {
		if (n == 0)
			return SY_ERR_BAD_PROOF;
		first = &proof[i++];
	}
	struct sy_hash fr = *first, sr = *first;
	for (; i < n; i++) {
		if (sn == 0)
			return SY_ERR_BAD_PROOF;
		if ((fn & 1) != 0 || fn == sn) {
			SY_TRY(sy_node_hash(&proof[i], &fr, &fr));
			SY_TRY(sy_node_hash(&proof[i], &sr, &sr));
			while ((fn & 1) == 0 && fn != 0) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			SY_TRY(sy_node_hash(&sr, &proof[i], &sr));
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && same(&fr, old_root) && same(&sr, root) ? SY_OK : SY_ERR_BAD_PROOF;
}
