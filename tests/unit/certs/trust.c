/* trust.c: trust lists: who signed, and every line that can be wrong (trust.md, "Trust list"). */
#include <stdio.h>

#include "world.h"

#include "schema/wire/b64.h"

struct roots {
	struct sy_key *key[3];
	struct sy_anchor anchor; /* 2 of 3 */
	char vkeys[600];
	char spki[200], ed_spki[100];
};

static void
roots_init(struct roots *r)
{
	*r = (struct roots){ .anchor = { .k = 2, .n = 3 } };
	SY_CLEANUP(sy_buf_done) struct sy_buf b, spki, text;
	sy_buf_init(&b, sizeof r->vkeys - 1);
	for (unsigned i = 0; i < 3; i++) {
		char name[8];
		(void)snprintf(name, sizeof name, "root-%u", i);
		r->key[i] = new_key(SY_ALG_ED25519);
		assert_int_equal(sy_note_key_from(name, r->key[i], &r->anchor.root[i]), SY_OK);
		sy_buf_add_byte(&b, ' ');
		sy_note_key_print(&r->anchor.root[i], &b);
	}
	(void)snprintf(r->vkeys, sizeof r->vkeys, "%s", sy_buf_cstr(&b));
	SY_AUTO_KEY *k = new_key(SY_ALG_P256);
	sy_buf_init(&spki, 200);
	sy_buf_init(&text, 400);
	assert_int_equal(sy_key_print_spki(k, &spki), SY_OK);
	sy_b64_add(&text, sy_buf_span(&spki));
	(void)snprintf(r->spki, sizeof r->spki, "%s", sy_buf_cstr(&text));
	sy_buf_reset(&spki);
	sy_buf_reset(&text);
	assert_int_equal(sy_key_print_spki(r->key[0], &spki), SY_OK);
	sy_b64_add(&text, sy_buf_span(&spki));
	(void)snprintf(r->ed_spki, sizeof r->ed_spki, "%s", sy_buf_cstr(&text));
}

static void
roots_done(struct roots *r)
{
	for (unsigned i = 0; i < 3; i++)
		sy_key_free(r->key[i]);
}

#define HEAD "suyuan/trust/v1\norigin q.example.cn/suyuan\nversion 3\nissued 2026-01-01T00:00:00Z\nexpires 2027-01-01T00:00:00Z\n"
#define DATES "2026-01-01T00:00:00Z -"

/* %V the roots' vkeys, %P a P-256 SPKI, %E an Ed25519 SPKI. */
static void
expand(const struct roots *r, const char *text, struct sy_buf *b)
{
	for (; *text != '\0'; text++) {
		if (text[0] != '%') {
			sy_buf_add_byte(b, (uint8_t)*text);
			continue;
		}
		text++;
		sy_buf_add_str(b, *text == 'V' ? r->vkeys : *text == 'P' ? r->spki : r->ed_spki);
	}
}

static enum sy_err
parse(const struct roots *r, const char *text, struct sy_fault *f)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, SY_TRUST_MAX);
	expand(r, text, &b);
	struct sy_trust *t = NULL;
	enum sy_err e = sy_trust_parse_text(sy_buf_span(&b), &t, f);
	sy_trust_free(t);
	return e;
}

#define GOOD                                                                                                  \
	HEAD "policy 2%V\nhost q.example.cn\nhost 127.0.0.1:8080\n"                                              \
	     "key 1 p256 %P ca - " DATES " - -\nkey 7 ed25519 %E log - 2026-01-01T00:00:00Z 2026-06-01T00:00:00Z 500 key-lost\n"

static void
good_list(void **state)
{
	(void)state;
	struct roots r;
	roots_init(&r);
	SY_CLEANUP(sy_buf_done) struct sy_buf b, again;
	sy_buf_init(&b, SY_TRUST_MAX);
	sy_buf_init(&again, SY_TRUST_MAX);
	expand(&r, GOOD, &b);
	struct sy_trust *t = NULL;
	assert_int_equal(sy_trust_parse_text(sy_buf_span(&b), &t, NULL), SY_OK);
	const struct sy_trust_facts *f = sy_trust_facts(t);
	assert_string_equal(f->origin, "q.example.cn/suyuan");
	assert_int_equal(f->version, 3);
	assert_int_equal(f->policy.k, 2);
	assert_int_equal(f->policy.n, 3);
	assert_true(sy_trust_has_host(t, sy_span_str("Q.EXAMPLE.CN")));
	assert_true(sy_trust_has_host(t, sy_span_str("127.0.0.1:8080")));
	assert_false(sy_trust_has_host(t, sy_span_str("127.0.0.1")));
	assert_false(sy_trust_has_host(t, sy_span_str("q.example.cn.evil.example")));
	assert_false(sy_trust_has_host(t, sy_span_str("q.example.cn:8443")));
	const struct sy_trust_key *k = sy_trust_find(t, SY_KEY_LOG, 7);
	assert_non_null(k);
	assert_null(sy_trust_find(t, SY_KEY_LABEL, 7)); /* the number alone is not enough */
	assert_null(sy_trust_find(t, SY_KEY_LOG, 8));
	assert_string_equal(k->reason, "key-lost");
	assert_true(sy_trust_key_valid_at(k, k->not_before));
	assert_false(sy_trust_key_valid_at(k, k->not_before - 1));
	assert_true(sy_trust_key_valid_at(k, k->not_after));
	assert_false(sy_trust_key_valid_at(k, k->not_after + 1));
	assert_true(sy_trust_key_valid_for(k, 499));
	assert_false(sy_trust_key_valid_for(k, 500));
	assert_false(sy_trust_key_valid_for(k, SY_NOT_LOGGED));
	assert_true(sy_trust_key_valid_for(sy_trust_find(t, SY_KEY_CA, 1), SY_NOT_LOGGED));
	assert_int_equal(sy_trust_print(f, &again), SY_OK);
	assert_true(sy_span_eq(sy_buf_span(&b), sy_buf_span(&again)));
	sy_trust_free(t);
	roots_done(&r);
}

static void
bad_lines(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum sy_err err;
		const char *field;
	} bad[] = {
		{ "", SY_ERR_MISSING, "line 1" },
		{ "suyuan/trust/v2\n", SY_ERR_UNSUPPORTED, "line 1" },
		{ "hello\n", SY_ERR_MALFORMED, "line 1" },
		{ "suyuan/trust/v1\nversion 1\n", SY_ERR_MALFORMED, "line 2" },
		{ "suyuan/trust/v1\norigin a b\n", SY_ERR_BAD_CHARACTER, "line 2" },
		{ "suyuan/trust/v1\norigin a+b\n", SY_ERR_BAD_CHARACTER, "line 2" },
		{ "suyuan/trust/v1\norigin a\nversion 0\n", SY_ERR_OUT_OF_RANGE, "line 3" },
		{ "suyuan/trust/v1\norigin a\nversion 01\n", SY_ERR_MALFORMED, "line 3" },
		{ "suyuan/trust/v1\norigin a\nversion -1\n", SY_ERR_MALFORMED, "line 3" },
		{ "suyuan/trust/v1\norigin a\nversion 1\nissued 2026-02-30T00:00:00Z\n", SY_ERR_BAD_TIME, "line 4" },
		{ "suyuan/trust/v1\norigin a\nversion 1\nissued 2026-02-03T00:00:00Z\nexpires 2026-02-03T00:00:00Z\n", SY_ERR_OUT_OF_RANGE, "line 5" },
		{ HEAD, SY_ERR_MISSING, "line 6" },
		{ HEAD "policy 4%V\n", SY_ERR_OUT_OF_RANGE, "line 6" },
		{ HEAD "policy 0%V\n", SY_ERR_OUT_OF_RANGE, "line 6" },
		{ HEAD "policy 2%V%V\n", SY_ERR_DUPLICATE_FIELD, "line 6" },
		{ HEAD "policy 1 nonsense\n", SY_ERR_BAD_KEY, "line 6" },
		{ HEAD "policy 2%V\nhosts a\n", SY_ERR_UNKNOWN_FIELD, "line 7" },
		{ HEAD "policy 2%V\n\n", SY_ERR_UNKNOWN_FIELD, "line 7" },
		{ HEAD "policy 2%V\nhost Q.example\n", SY_ERR_BAD_CHARACTER, "line 7" },
		{ HEAD "policy 2%V\nhost a/b\n", SY_ERR_BAD_CHARACTER, "line 7" },
		{ HEAD "policy 2%V\nhost u@a\n", SY_ERR_BAD_CHARACTER, "line 7" },
		{ HEAD "policy 2%V\nhost a:0\n", SY_ERR_BAD_CHARACTER, "line 7" },
		{ HEAD "policy 2%V\nhost a:65536\n", SY_ERR_BAD_CHARACTER, "line 7" },
		{ HEAD "policy 2%V\nhost a\nhost a\n", SY_ERR_DUPLICATE_FIELD, "line 8" },
		{ HEAD "policy 2%V\nkey 1 p256 %P ca - " DATES " - -\nhost a\n", SY_ERR_UNKNOWN_FIELD, "line 8" },
		{ HEAD "policy 2%V\nkey 1 p256 %P ca - " DATES " - -\nkey 1 ed25519 %E log - " DATES " - -\n", SY_ERR_DUPLICATE_FIELD, "line 8" }, /* kid */
		{ HEAD "policy 2%V\nkey 1 p256 %P ca - " DATES " - -\nkey 2 p256 %P label - " DATES " - -\n", SY_ERR_DUPLICATE_FIELD, "line 8" }, /* key */
		{ HEAD "policy 2%V\nkey 0 p256 %P ca - " DATES " - -\n", SY_ERR_OUT_OF_RANGE, "line 7" },
		{ HEAD "policy 2%V\nkey 16777216 p256 %P ca - " DATES " - -\n", SY_ERR_OUT_OF_RANGE, "line 7" },
		{ HEAD "policy 2%V\nkey 1 rsa %P ca - " DATES " - -\n", SY_ERR_UNKNOWN_CODE, "line 7" },
		{ HEAD "policy 2%V\nkey 1 sm2 %P ca - " DATES " - -\n", SY_ERR_BAD_KEY, "line 7" },
		{ HEAD "policy 2%V\nkey 1 p256 %P log - " DATES " - -\n", SY_ERR_OUT_OF_RANGE, "line 7" },
		{ HEAD "policy 2%V\nkey 1 ed25519 %E ca - " DATES " - -\n", SY_ERR_OUT_OF_RANGE, "line 7" },
		{ HEAD "policy 2%V\nkey 1 p256 %P person - " DATES " - -\n", SY_ERR_UNKNOWN_CODE, "line 7" },
		{ HEAD "policy 2%V\nkey 1 p256 %P ca zz " DATES " - -\n", SY_ERR_MALFORMED, "line 7" },
		{ HEAD "policy 2%V\nkey 1 p256 %P ca - 2026-01-01T00:00:00Z 2025-01-01T00:00:00Z - -\n", SY_ERR_OUT_OF_RANGE, "line 7" },
		{ HEAD "policy 2%V\nkey 1 p256 %P ca - " DATES " - Bad\n", SY_ERR_MALFORMED, "line 7" },
		{ HEAD "policy 2%V\nkey 1 p256 %P ca - " DATES " -\n", SY_ERR_MALFORMED, "line 7" },
		{ HEAD "policy 2%V\nkey 1 p256 %P ca - " DATES " - - x\n", SY_ERR_MALFORMED, "line 7" },
		{ HEAD "policy 2%V\nhost a\nhost b", SY_ERR_MALFORMED, "line 7" },
	};
	struct roots r;
	roots_init(&r);
	for (size_t i = 0; i < SY_LEN(bad); i++) {
		struct sy_fault f = { 0 };
		enum sy_err e = parse(&r, bad[i].text, &f);
		if (e != bad[i].err)
			print_error("case %zu: %s", i, bad[i].text);
		assert_int_equal(e, bad[i].err);
		assert_string_equal(f.field, bad[i].field);
	}
	roots_done(&r);
}

/* Signs the good list with these roots, by index, and parses it against the anchor. */
static enum sy_err
signed_by(const struct roots *r, const unsigned *who, size_t n, const struct sy_anchor *anchor)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, SY_TRUST_MAX);
	expand(r, GOOD, &b);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(sy_note_sign(&b, r->anchor.root[who[i]].name, r->key[who[i]]), SY_OK);
	struct sy_trust *t = NULL;
	enum sy_err e = sy_trust_parse(sy_buf_span(&b), anchor, &t, NULL);
	sy_trust_free(t);
	return e;
}

static void
quorum(void **state)
{
	(void)state;
	struct roots r;
	roots_init(&r);
	assert_int_equal(signed_by(&r, (unsigned[]){ 0, 2 }, 2, &r.anchor), SY_OK);
	assert_int_equal(signed_by(&r, (unsigned[]){ 2, 1, 0 }, 3, &r.anchor), SY_OK);
	assert_int_equal(signed_by(&r, (unsigned[]){ 0 }, 1, &r.anchor), SY_ERR_QUORUM);
	enum sy_err twice = signed_by(&r, (unsigned[]){ 0, 0 }, 2, &r.anchor); /* one signer counts once */
	assert_true(twice == SY_ERR_QUORUM || twice == SY_ERR_BAD_NOTE);
	/* An anchor that knows other roots, whatever the list says of itself. */
	struct sy_anchor other = { .k = 1, .n = 1 };
	SY_AUTO_KEY *k = new_key(SY_ALG_ED25519);
	assert_int_equal(sy_note_key_from("root-0", k, &other.root[0]), SY_OK);
	assert_int_equal(signed_by(&r, (unsigned[]){ 0, 1, 2 }, 3, &other), SY_ERR_QUORUM);
	/* An anchor without sense is no anchor. */
	struct sy_anchor none = r.anchor;
	none.k = 0;
	assert_int_equal(signed_by(&r, (unsigned[]){ 0, 1 }, 2, &none), SY_ERR_OUT_OF_RANGE);
	roots_done(&r);
}

static void
tampered(void **state)
{
	(void)state;
	struct roots r;
	roots_init(&r);
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, SY_TRUST_MAX);
	expand(&r, GOOD, &b);
	assert_int_equal(sy_note_sign(&b, "root-0", r.key[0]), SY_OK);
	assert_int_equal(sy_note_sign(&b, "root-1", r.key[1]), SY_OK);
	struct sy_trust *t = NULL;
	size_t at = strlen("suyuan/trust/v1\norigin q");
	b.data[at] = '_';
	assert_int_equal(sy_trust_parse(sy_buf_span(&b), &r.anchor, &t, NULL), SY_ERR_BAD_SIGNATURE);
	assert_null(t);
	assert_int_equal(sy_trust_parse(sy_span(b.data, at), &r.anchor, &t, NULL), SY_ERR_BAD_NOTE);
	roots_done(&r);
}

static void
anchors(void **state)
{
	(void)state;
	struct roots r;
	roots_init(&r);
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, 4096);
	sy_anchor_print(&r.anchor, &b);
	struct sy_anchor a;
	assert_int_equal(sy_anchor_parse(sy_buf_span(&b), &a, NULL), SY_OK);
	assert_memory_equal(&a, &r.anchor, sizeof a);
	/* the same key under two names is one root */
	struct sy_anchor twice = { .k = 2, .n = 2 };
	assert_int_equal(sy_note_key_from("a", r.key[0], &twice.root[0]), SY_OK);
	assert_int_equal(sy_note_key_from("b", r.key[0], &twice.root[1]), SY_OK);
	sy_buf_reset(&b);
	sy_anchor_print(&twice, &b);
	assert_int_equal(sy_anchor_parse(sy_buf_span(&b), &a, NULL), SY_ERR_DUPLICATE_FIELD);
	assert_int_equal(sy_anchor_parse(sy_span_str(""), &a, NULL), SY_ERR_MALFORMED);
	assert_int_equal(sy_anchor_parse(sy_span_str("threshold 1\n"), &a, NULL), SY_ERR_OUT_OF_RANGE);
	assert_int_equal(sy_anchor_parse(sy_span_str("threshold x\n"), &a, NULL), SY_ERR_MALFORMED);
	assert_int_equal(sy_anchor_parse(sy_span_str("threshold 1\nroot x\n"), &a, NULL), SY_ERR_BAD_KEY);
	roots_done(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_list),
		cmocka_unit_test(bad_lines),
		cmocka_unit_test(quorum),
		cmocka_unit_test(tampered),
		cmocka_unit_test(anchors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
