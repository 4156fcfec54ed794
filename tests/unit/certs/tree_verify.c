/* Proofs: each right one of every tree up to 70 leaves holds, and no other one does. */
#include "vectors.h"

#include "certs/tree.h"

#define LEAVES 70

static struct sy_hash leaf[LEAVES];
static struct sy_hash root_of[LEAVES + 1];

/* Level 0 is enough: higher nodes are computed from it. */
static enum sy_err
read_node(void *arg, unsigned level, uint64_t index, struct sy_hash *ret)
{
	if (level == 0) {
		*ret = leaf[index];
		return SY_OK;
	}
	struct sy_hash l, r;
	SY_TRY(read_node(arg, level - 1, 2 * index, &l));
	SY_TRY(read_node(arg, level - 1, 2 * index + 1, &r));
	return sy_node_hash(&l, &r, ret);
}

static int
setup(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEAVES; i++)
		assert_int_equal(sy_leaf_hash(sy_span(&i, sizeof i), &leaf[i]), SY_OK);
	for (uint64_t n = 0; n <= LEAVES; n++)
		assert_int_equal(sy_tree_root(read_node, NULL, n, &root_of[n]), SY_OK);
	return 0;
}

static void
inclusion_all(void **state)
{
	(void)state;
	struct sy_hash p[65];
	for (uint64_t n = 1; n <= LEAVES; n++)
		for (uint64_t i = 0; i < n; i++) {
			size_t c = 0;
			assert_int_equal(sy_tree_inclusion(read_node, NULL, i, n, p, &c), SY_OK);
			assert_int_equal(sy_inclusion_verify(&leaf[i], i, n, p, c, &root_of[n]), SY_OK);
			/* another place, another leaf, another tree, a proof too long or too short */
			for (uint64_t j = 0; j < n + 2; j++)
				if (j != i)
					assert_int_equal(sy_inclusion_verify(&leaf[i], j, n, p, c, &root_of[n]), SY_ERR_BAD_PROOF);
			assert_int_equal(sy_inclusion_verify(&leaf[(i + 1) % LEAVES], i, n, p, c, &root_of[n]), SY_ERR_BAD_PROOF);
			assert_int_equal(sy_inclusion_verify(&leaf[i], i, n, p, c, &root_of[n - 1]), SY_ERR_BAD_PROOF);
			p[c] = leaf[0];
			assert_int_equal(sy_inclusion_verify(&leaf[i], i, n, p, c + 1, &root_of[n]), SY_ERR_BAD_PROOF);
			if (c > 0)
				assert_int_equal(sy_inclusion_verify(&leaf[i], i, n, p, c - 1, &root_of[n]), SY_ERR_BAD_PROOF);
			for (size_t k = 0; k < c; k++) {
				p[k].b[k % 32] ^= 1;
				assert_int_equal(sy_inclusion_verify(&leaf[i], i, n, p, c, &root_of[n]), SY_ERR_BAD_PROOF);
				p[k].b[k % 32] ^= 1;
			}
		}
}

static void
consistency_all(void **state)
{
	(void)state;
	struct sy_hash p[65];
	for (uint64_t n = 0; n <= LEAVES; n++)
		for (uint64_t m = 0; m <= n; m++) {
			size_t c = 0;
			assert_int_equal(sy_tree_consistency(read_node, NULL, m, n, p, &c), SY_OK);
			assert_int_equal(sy_consistency_verify(m, &root_of[m], n, &root_of[n], p, c), SY_OK);
			/* what is not a prefix: another old root, another old size */
			for (uint64_t o = 0; o <= LEAVES; o++)
				if (o != m && m != 0)
					assert_int_equal(sy_consistency_verify(m, &root_of[o], n, &root_of[n], p, c), SY_ERR_BAD_PROOF);
			assert_int_equal(sy_consistency_verify(m, &leaf[3], n, &root_of[n], p, c), SY_ERR_BAD_PROOF);
			if (m > 0)
				assert_int_equal(sy_consistency_verify(m, &root_of[m], n, &leaf[3], p, c), SY_ERR_BAD_PROOF);
			p[c] = leaf[0];
			assert_int_equal(sy_consistency_verify(m, &root_of[m], n, &root_of[n], p, c + 1), SY_ERR_BAD_PROOF);
			if (c > 0)
				assert_int_equal(sy_consistency_verify(m, &root_of[m], n, &root_of[n], p, c - 1), SY_ERR_BAD_PROOF);
			for (size_t k = 0; k < c; k++) {
				p[k].b[k % 32] ^= 1;
				assert_int_equal(sy_consistency_verify(m, &root_of[m], n, &root_of[n], p, c), SY_ERR_BAD_PROOF);
				p[k].b[k % 32] ^= 1;
			}
		}
	assert_int_equal(sy_consistency_verify(5, &root_of[5], 4, &root_of[4], p, 0), SY_ERR_BAD_PROOF);
	assert_int_equal(sy_consistency_verify(1, &root_of[1], UINT64_MAX, &root_of[4], p, 0), SY_ERR_BAD_PROOF);
	assert_int_equal(sy_inclusion_verify(&leaf[0], 0, UINT64_MAX, p, 0, &leaf[0]), SY_ERR_BAD_PROOF);
}

/* Proof hashes between commas. False: some hash has not 32 bytes, which our types cannot hold. */
static bool
hashes(char *word, size_t max, struct sy_hash *ret, size_t *retn)
{
	*retn = 0;
	if (strcmp(word, "-") == 0)
		return true;
	for (char *p = word; p != NULL;) {
		char *comma = strchr(p, ',');
		if (comma != NULL)
			*comma++ = '\0';
		struct sy_span s = vectors_hex(p);
		if (s.len != 32 || *retn == max)
			return false;
		memcpy(ret[(*retn)++].b, s.data, 32);
		p = comma;
	}
	return true;
}

/* Some roots there are words; filled up with zeros they are as unlike any hash as before. */
static void
word_root(char *word, struct sy_hash *ret)
{
	struct sy_span s = vectors_hex(word);
	*ret = (struct sy_hash){ 0 };
	assert_true(s.len <= 32);
	memcpy(ret->b, s.data, s.len);
}

static void
check(const char *word, enum sy_err err, size_t line)
{
	enum sy_err want = strcmp(word, "ok") == 0 ? SY_OK : SY_ERR_BAD_PROOF;
	if (err != want)
		fail_msg("case %zu: %s", line, sy_err_slug(err));
}

/* R: transparency-dev/merkle testdata/inclusion */
static void
inclusion_vectors(void **state)
{
	(void)state;
	char *text = vectors_read("rfc6962/inclusion.txt", NULL), *at = text, *w[WORDS_MAX];
	size_t n, count = 0, good = 0;
	while (vectors_line(&at, w, &n)) {
		assert_int_equal(n, 6);
		struct sy_hash l, root, p[64];
		size_t c = 0;
		bool fits = hashes(w[3], 1, &l, &c) && c == 1 && hashes(w[4], 1, &root, &c) && c == 1 && hashes(w[5], 64, p, &c);
		enum sy_err err = fits ? sy_inclusion_verify(&l, strtoull(w[1], NULL, 10), strtoull(w[2], NULL, 10), p, c, &root) :
					 SY_ERR_BAD_PROOF;
		check(w[0], err, ++count);
		good += err == SY_OK ? 1 : 0;
	}
	assert_int_equal(count, 98);
	assert_true(good >= 5);
	free(text);
}

/* R: transparency-dev/merkle testdata/consistency. One case differs on purpose (tree.h): that
 * library calls a proof from the empty tree meaningless, and here every tree extends it. */
static void
consistency_vectors(void **state)
{
	(void)state;
	char *text = vectors_read("rfc6962/consistency.txt", NULL), *at = text, *w[WORDS_MAX];
	size_t n, count = 0, good = 0, from_empty = 0;
	while (vectors_line(&at, w, &n)) {
		assert_int_equal(n, 6);
		struct sy_hash a, b, p[64];
		size_t c = 0;
		word_root(w[3], &a);
		word_root(w[4], &b);
		bool fits = hashes(w[5], 64, p, &c);
		enum sy_err err = fits ? sy_consistency_verify(strtoull(w[1], NULL, 10), &a, strtoull(w[2], NULL, 10), &b, p, c) :
					 SY_ERR_BAD_PROOF;
		if (strcmp(w[1], "0") == 0 && c == 0 && memcmp(a.b, root_of[0].b, 32) == 0 && strcmp(w[2], "1") == 0) {
			assert_int_equal(err, SY_OK);
			from_empty++;
			count++;
			continue;
		}
		check(w[0], err, ++count);
		good += err == SY_OK ? 1 : 0;
	}
	assert_int_equal(count, 98);
	assert_int_equal(from_empty, 1);
	assert_true(good >= 5);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inclusion_all),
		cmocka_unit_test(consistency_all),
		cmocka_unit_test(inclusion_vectors),
		cmocka_unit_test(consistency_vectors),
	};
	return cmocka_run_group_tests(tests, setup, NULL);
}
