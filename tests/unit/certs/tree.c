/* Trees: roots and proofs of every tree up to 70 leaves against the recursion of RFC 6962 itself. */
#include "vectors.h"

#include "certs/digest.h"
#include "certs/tree.h"

#define LEAVES 70

static struct sy_hash leaf[LEAVES];

static struct sy_hash
node(struct sy_hash l, struct sy_hash r)
{
	struct sy_hash h;
	assert_int_equal(sy_node_hash(&l, &r, &h), SY_OK);
	return h;
}

static uint64_t
split(uint64_t n)
{
	uint64_t k = 1;
	while (2 * k < n)
		k *= 2;
	return k;
}

/* R: RFC 6962 2.1 MTH(D[at:at+n]) */
static struct sy_hash
mth(uint64_t at, uint64_t n)
{
	if (n == 1)
		return leaf[at];
	return node(mth(at, split(n)), mth(at + split(n), n - split(n)));
}

/* R: RFC 6962 2.1.1 PATH(m, D[at:at+n]) */
static size_t
path(uint64_t m, uint64_t at, uint64_t n, struct sy_hash *ret)
{
	if (n == 1)
		return 0;
	uint64_t k = split(n);
	size_t c = m < k ? path(m, at, k, ret) : path(m - k, at + k, n - k, ret);
	ret[c] = m < k ? mth(at + k, n - k) : mth(at, k);
	return c + 1;
}

/* R: RFC 6962 2.1.2 SUBPROOF(m, D[at:at+n], b) */
static size_t
subproof(uint64_t m, uint64_t at, uint64_t n, bool b, struct sy_hash *ret)
{
	if (m == n) {
		if (!b)
			ret[0] = mth(at, n);
		return b ? 0 : 1;
	}
	uint64_t k = split(n);
	size_t c = m <= k ? subproof(m, at, k, b, ret) : subproof(m - k, at + k, n - k, false, ret);
	ret[c] = m <= k ? mth(at + k, n - k) : mth(at, k);
	return c + 1;
}

/* arg: how many leaves there are; a node that is not complete must never be asked for. */
static enum sy_err
read_node(void *arg, unsigned level, uint64_t index, struct sy_hash *ret)
{
	const uint64_t *size = arg;
	assert_true(level < 7);
	assert_true((index + 1) << level <= *size);
	*ret = mth(index << level, UINT64_C(1) << level);
	return SY_OK;
}

static int
setup(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEAVES; i++) {
		char text[16];
		(void)snprintf(text, sizeof text, "leaf %zu", i);
		assert_int_equal(sy_leaf_hash(sy_span_str(text), &leaf[i]), SY_OK);
	}
	return 0;
}

/* R: RFC 6962 2.1, 2.1.3: the empty tree, and the eight leaves of certificate-transparency's own tests */
static void
known_roots(void **state)
{
	(void)state;
	static const char *const in[] = { "-", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" };
	static const char *const want[] = { "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" };
	struct sy_frontier f;
	sy_frontier_init(&f);
	for (size_t i = 0; i <= SY_LEN(in); i++) {
		struct sy_hash root, h;
		char hex[65], data[65];
		(void)snprintf(hex, sizeof hex, "%s", want[i]);
		assert_int_equal(sy_frontier_root(&f, &root), SY_OK);
		assert_memory_equal(root.b, vectors_hex(hex).data, 32);
		if (i == SY_LEN(in))
			break;
		(void)snprintf(data, sizeof data, "%s", in[i]);
		assert_int_equal(sy_leaf_hash(vectors_hex(data), &h), SY_OK);
		assert_int_equal(sy_frontier_add(&f, &h), SY_OK);
	}
}

static void
roots(void **state)
{
	(void)state;
	struct sy_frontier f;
	sy_frontier_init(&f);
	for (uint64_t n = 1; n <= LEAVES; n++) {
		struct sy_hash want = mth(0, n), root;
		assert_int_equal(sy_frontier_add(&f, &leaf[n - 1]), SY_OK);
		assert_int_equal(f.size, n);
		assert_int_equal(f.n, (unsigned)__builtin_popcountll(n));
		assert_int_equal(sy_frontier_root(&f, &root), SY_OK);
		assert_memory_equal(root.b, want.b, 32);
		assert_int_equal(sy_tree_root(read_node, &n, n, &root), SY_OK);
		assert_memory_equal(root.b, want.b, 32);
	}
}

static void
inclusion(void **state)
{
	(void)state;
	struct sy_hash want[64], got[64];
	for (uint64_t n = 1; n <= LEAVES; n++)
		for (uint64_t i = 0; i < n; i++) {
			size_t wn = path(i, 0, n, want), gn = 99;
			assert_int_equal(sy_tree_inclusion(read_node, &n, i, n, got, &gn), SY_OK);
			assert_int_equal(gn, wn);
			if (gn > 0)
				assert_memory_equal(got, want, gn * sizeof got[0]);
		}
}

static void
consistency(void **state)
{
	(void)state;
	struct sy_hash want[64], got[64];
	for (uint64_t n = 1; n <= LEAVES; n++)
		for (uint64_t m = 0; m <= n; m++) {
			size_t wn = m == 0 ? 0 : subproof(m, 0, n, true, want), gn = 99;
			assert_int_equal(sy_tree_consistency(read_node, &n, m, n, got, &gn), SY_OK);
			assert_int_equal(gn, wn);
			if (gn > 0)
				assert_memory_equal(got, want, gn * sizeof got[0]);
		}
}

static enum sy_err
fail_node(void *arg, unsigned level, uint64_t index, struct sy_hash *ret)
{
	(void)arg, (void)level, (void)index, (void)ret;
	return SY_ERR_DATA_DAMAGED;
}

/* A tree as large as allowed: reads only nodes, all of them alike. */
static enum sy_err
any_node(void *arg, unsigned level, uint64_t index, struct sy_hash *ret)
{
	(void)arg, (void)index;
	assert_true(level <= 62);
	memset(ret->b, (int)level, 32);
	return SY_OK;
}

static void
limits(void **state)
{
	(void)state;
	const uint64_t max = UINT64_C(1) << 62;
	struct sy_hash got[64], root;
	size_t n = 0;
	assert_int_equal(sy_tree_inclusion(fail_node, NULL, 5, 5, got, &n), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_tree_inclusion(fail_node, NULL, 0, 0, got, &n), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_tree_inclusion(fail_node, NULL, 0, max + 1, got, &n), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_tree_consistency(fail_node, NULL, 6, 5, got, &n), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_tree_consistency(fail_node, NULL, 6, UINT64_MAX, got, &n), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_tree_root(fail_node, NULL, max + 1, &root), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_tree_root(fail_node, NULL, 3, &root), SY_ERR_DATA_DAMAGED);
	assert_int_equal(sy_tree_inclusion(fail_node, NULL, 0, 2, got, &n), SY_ERR_DATA_DAMAGED);
	assert_int_equal(sy_tree_consistency(fail_node, NULL, 1, 2, got, &n), SY_ERR_DATA_DAMAGED);
	assert_int_equal(sy_tree_inclusion(any_node, NULL, max - 1, max, got, &n), SY_OK);
	assert_int_equal(n, 62);
	assert_int_equal(sy_tree_consistency(any_node, NULL, max - 1, max, got, &n), SY_OK);
	assert_true(n <= 64);
	assert_int_equal(sy_tree_root(any_node, NULL, max - 1, &root), SY_OK);
	struct sy_frontier f = { .size = max };
	assert_int_equal(sy_frontier_add(&f, &leaf[0]), SY_ERR_OUT_OF_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_roots),
		cmocka_unit_test(roots),
		cmocka_unit_test(inclusion),
		cmocka_unit_test(consistency),
		cmocka_unit_test(limits),
	};
	return cmocka_run_group_tests(tests, setup, NULL);
}
