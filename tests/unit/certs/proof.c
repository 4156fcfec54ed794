/* proof.c: c2sp.org/tlog-proof@v1 there and back, and proofs that do not hold. */
#include "world.h"

#include "certs/proof.h"

static enum sy_err
one_leaf(void *arg, unsigned level, uint64_t index, struct sy_hash *ret)
{
	const struct sy_hash *leaves = arg;
	if (level == 0) {
		*ret = leaves[index];
		return SY_OK;
	}
	struct sy_hash l, r;
	SY_TRY(one_leaf(arg, level - 1, 2 * index, &l));
	SY_TRY(one_leaf(arg, level - 1, 2 * index + 1, &r));
	return sy_node_hash(&l, &r, ret);
}

static void
holds(void **state)
{
	(void)state;
	struct sy_hash leaves[5];
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(sy_leaf_hash(sy_span(&i, 1), &leaves[i]), SY_OK);
	SY_AUTO_KEY *key = new_key(SY_ALG_ED25519);
	struct sy_note_key log;
	assert_int_equal(sy_note_key_from("q.example.cn/suyuan", key, &log), SY_OK);
	struct sy_checkpoint cp = { .origin = "q.example.cn/suyuan", .size = 5 }, got;
	assert_int_equal(sy_tree_root(one_leaf, leaves, 5, &cp.root), SY_OK);
	SY_CLEANUP(sy_buf_done) struct sy_buf note, text, again;
	sy_buf_init(&note, 4096);
	sy_buf_init(&text, SY_PROOF_MAX);
	sy_buf_init(&again, SY_PROOF_MAX);
	sy_checkpoint_print(&cp, &note);
	assert_int_equal(sy_note_sign(&note, cp.origin, key), SY_OK);
	struct sy_hash hashes[64];
	struct sy_proof p = { .index = 3, .checkpoint = sy_buf_span(&note), .extra = sy_span_str("aGVsbG8=") }, q;
	assert_int_equal(sy_tree_inclusion(one_leaf, leaves, 3, 5, hashes, &p.n), SY_OK);
	memcpy(p.hash, hashes, p.n * sizeof hashes[0]);
	sy_proof_print(&p, &text);
	assert_int_equal(sy_proof_parse(sy_buf_span(&text), &q, NULL), SY_OK);
	sy_proof_print(&q, &again);
	assert_true(sy_span_eq(sy_buf_span(&text), sy_buf_span(&again)));
	assert_int_equal(sy_proof_verify(&q, &leaves[3], &log, &got, NULL), SY_OK);
	assert_int_equal(got.size, 5);
	assert_int_equal(sy_proof_verify(&q, &leaves[2], &log, &got, NULL), SY_ERR_BAD_PROOF);
	q.index = 2;
	assert_int_equal(sy_proof_verify(&q, &leaves[3], &log, &got, NULL), SY_ERR_BAD_PROOF);
	q.index = 5;
	assert_int_equal(sy_proof_verify(&q, &leaves[3], &log, &got, NULL), SY_ERR_BAD_PROOF);
	q.index = 3;
	q.n--;
	assert_int_equal(sy_proof_verify(&q, &leaves[3], &log, &got, NULL), SY_ERR_BAD_PROOF);
	/* another log's key */
	SY_AUTO_KEY *stranger = new_key(SY_ALG_ED25519);
	struct sy_note_key other;
	assert_int_equal(sy_note_key_from("q.example.cn/suyuan", stranger, &other), SY_OK);
	assert_int_equal(sy_proof_verify(&p, &leaves[3], &other, &got, NULL), SY_ERR_UNKNOWN_KEY);
}

static void
malformed(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"", "c2sp.org/tlog-proof@v2\nindex 1\n\nx\n", "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v1\nindex 01\n\nx\n", "c2sp.org/tlog-proof@v1\nindex -1\n\nx\n",
		"c2sp.org/tlog-proof@v1\nindex 1\n\n", "c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx\n", "c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\nx\n",
		"c2sp.org/tlog-proof@v1\nindex 1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n\nx\n", "c2sp.org/tlog-proof@v1\nindex 1\nx\n",
	};
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		struct sy_proof p;
		assert_int_not_equal(sy_proof_parse(sy_span_str(bad[i]), &p, NULL), SY_OK);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holds),
		cmocka_unit_test(malformed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
