/* tree.c: hashing, the right edge and the building of proofs; verifying is in
 * tree_verify.c. Notation as in RFC 6962 2.1: MTH, PATH, PROOF. */
#include "certs/tree.h"
#include "certs/digest.h"

#include <string.h>

#define SIZE_LIMIT (UINT64_C(1) << 62)
#define PROOF_MAX 64

enum sy_err
sy_leaf_hash(struct sy_span entry, struct sy_hash *ret)
{
	const struct sy_span parts[] = { sy_span("\0", 1), entry };
	return sy_sha256_parts(parts, 2, ret->b);
}

enum sy_err
sy_node_hash(const struct sy_hash *l, const struct sy_hash *r, struct sy_hash *ret)
{
	uint8_t both[65];
	both[0] = 0x01;
	memcpy(both + 1, l->b, 32);
	memcpy(both + 33, r->b, 32);
	return sy_sha256(sy_span(both, sizeof both), ret->b);
}

void
sy_frontier_init(struct sy_frontier *f)
{
	*f = (struct sy_frontier){ 0 };
}

enum sy_err
sy_frontier_add(struct sy_frontier *f, const struct sy_hash *leaf)
{
	if (f->size >= SIZE_LIMIT)
		return SY_ERR_OUT_OF_RANGE;
	struct sy_hash h = *leaf;
	unsigned n = f->n;
	/* As in binary counting: each trailing one carries. */
	for (uint64_t bits = f->size; (bits & 1) != 0; bits >>= 1)
		SY_TRY(sy_node_hash(&f->node[--n], &h, &h));
	f->node[n] = h;
	f->n = n + 1;
	f->size++;
	return SY_OK;
}

enum sy_err
sy_frontier_root(const struct sy_frontier *f, struct sy_hash *ret)
{
	if (f->n == 0)
		return sy_sha256(sy_span(NULL, 0), ret->b);
	struct sy_hash h = f->node[f->n - 1];
	for (unsigned i = f->n - 1; i-- > 0;)
		SY_TRY(sy_node_hash(&f->node[i], &h, &h));
	*ret = h;
	return SY_OK;
}

/* The largest power of two below n, as an exponent; n >= 2. */
static unsigned
split_level(uint64_t n)
{
	unsigned level = 0;
	while ((UINT64_C(2) << level) < n)
		level++;
	return level;
}

/* MTH of leaves [at, at + n), n >= 1. at is a multiple of the largest power of two in n,
 * as every right-hand part of a split is: so each piece is a complete subtree. */
static enum sy_err
range_root(sy_node_reader *read, void *arg, uint64_t at, uint64_t n, struct sy_hash *ret)
{
	bool have = false;
	struct sy_hash h, piece;
	for (unsigned level = 0; level < 63; level++) {
		/* From the right end: the smallest piece first. */
		uint64_t width = UINT64_C(1) << level;
		if ((n & width) == 0)
			continue;
		n -= width;
		SY_TRY(read(arg, level, (at + n) >> level, &piece));
		if (have)
			SY_TRY(sy_node_hash(&piece, &h, &h));
		else
			h = piece;
		have = true;
	}
	*ret = h;
	return SY_OK;
}

enum sy_err
sy_tree_root(sy_node_reader *read, void *arg, uint64_t size, struct sy_hash *ret)
{
	if (size > SIZE_LIMIT)
		return SY_ERR_OUT_OF_RANGE;
	if (size == 0)
		return sy_sha256(sy_span(NULL, 0), ret->b);
	return range_root(read, arg, 0, size, ret);
}

/* Proofs are built from the root down and read from the leaf up. */
static void
reverse(struct sy_hash *h, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct sy_hash t = h[i];
		h[i] = h[n - 1 - i];
		h[n - 1 - i] = t;
	}
}

enum sy_err
sy_tree_inclusion(sy_node_reader *read, void *arg, uint64_t index, uint64_t size, struct sy_hash *ret, size_t *retn)
{
	if (size > SIZE_LIMIT || index >= size)
		return SY_ERR_OUT_OF_RANGE;
	uint64_t at = 0, n = size, m = index;
	size_t count = 0;
	while (n > 1 && count < PROOF_MAX) {
		uint64_t k = UINT64_C(1) << split_level(n);
		if (m < k) {
			SY_TRY(range_root(read, arg, at + k, n - k, &ret[count++]));
			n = k;
		} else {
			SY_TRY(range_root(read, arg, at, k, &ret[count++]));
			at += k;
			m -= k;
			n -= k;
		}
	}
	reverse(ret, count);
	*retn = count;
	return SY_OK;
}

enum sy_err
sy_tree_consistency(sy_node_reader *read, void *arg, uint64_t old_size, uint64_t size, struct sy_hash *ret, size_t *retn)
{
	if (size > SIZE_LIMIT || old_size > size)
		return SY_ERR_OUT_OF_RANGE;
	uint64_t at = 0, n = size, m = old_size;
	size_t count = 0;
	bool whole = true; /* b of SUBPROOF: the old tree is a complete subtree that the verifier has */
	while (m != 0 && m != n && count < PROOF_MAX - 1) {
		uint64_t k = UINT64_C(1) << split_level(n);
		if (m <= k) {
			SY_TRY(range_root(read, arg, at + k, n - k, &ret[count++]));
			n = k;
		} else {
			SY_TRY(range_root(read, arg, at, k, &ret[count++]));
			at += k;
			m -= k;
			n -= k;
			whole = false;
		}
	}
	if (m != 0 && !whole)
		SY_TRY(range_root(read, arg, at, n, &ret[count++]));
	reverse(ret, count);
	*retn = count;
	return SY_OK;
}
