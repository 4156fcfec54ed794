/* R: trust.md "Verdicts", offline: every verdict reached by real keys, entries, proofs and a bundle; a bundle with anything wrong is refused. */
#include "tagger/offline.h"

#include "certs/digest.h"
#include "schema/wire/b64.h"
#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "tagger/code/authority.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PARTY "00112233445566778899aabbccddeeff"
#define ROOT "ffeeddccbbaa99887766554433221100"
#define SALT "000102030405060708090a0b0c0d0e0f"
#define T0 INT64_C(1789000000) /* 2026-09-10 */
#define DAY INT64_C(86400)
#define ORIGIN "q.example.cn/suyuan"
#define PATH "/01/06901234567892/10/ZY260917A/21/K7Q2M9XW4T"
#define LEAVES 6

struct world {
	struct sy_key *note, *ca_root, *ca, *operator_key, *status, *label, *log;
	struct sy_cert *root_cert, *ca_cert, *operator_cert, *status_cert;
	char *entry[LEAVES];
	size_t n;
	struct sy_hash leaf[LEAVES];
	struct sy_json *bodies;
	char *anchor;
};
/* What a test may change. */
struct variant {
	const char *status; /* members of the status body after size and valid_until */
	int64_t valid_until, trust_expires;
	uint64_t label_lt;
	int64_t label_from;
	const char *host, *release_role;
	bool recall_after; /* a recall logged after the status list */
};
static const struct variant plain = { .status = "", .valid_until = T0 + 30 * DAY, .trust_expires = T0 + 90 * DAY, .label_lt = UINT64_MAX, .label_from = T0 - DAY,
	.host = "q.example.cn" };

static struct sy_key *
key(enum sy_alg alg)
{
	struct sy_key *k = NULL;
	assert_int_equal(sy_key_generate(alg, &k), SY_OK);
	return k;
}

static struct sy_cert *
cert(const char *party, const char *subject, unsigned roles, bool ca, const struct sy_key *k, const struct sy_cert *issuer, const struct sy_key *ik)
{
	const struct sy_cert_spec spec = { .party = party, .subject = subject, .roles = roles, .ca = ca, .not_before = T0 - 10 * DAY, .not_after = T0 + 900 * DAY };
	struct sy_cert *c = NULL;
	assert_int_equal(sy_cert_issue(&spec, k, issuer, ik, &c), SY_OK);
	return c;
}

static void
make(struct world *w)
{
	*w = (struct world){ .note = key(SY_ALG_ED25519), .ca_root = key(SY_ALG_P256), .ca = key(SY_ALG_P256), .operator_key = key(SY_ALG_P256),
		.status = key(SY_ALG_P256), .label = key(SY_ALG_P256), .log = key(SY_ALG_ED25519), .bodies = sy_json_object() };
	w->root_cert = cert(ROOT, "root", 0, true, w->ca_root, NULL, w->ca_root);
	w->ca_cert = cert(PARTY, "ca", SY_ROLE_OPERATOR, true, w->ca, w->root_cert, w->ca_root);
	w->operator_cert = cert(PARTY, "CZ-0001", SY_ROLE_OPERATOR, false, w->operator_key, w->ca_cert, w->ca);
	w->status_cert = cert(ROOT, "status", SY_ROLE_STATUS, false, w->status, w->root_cert, w->ca_root);
}

static void
unmake(struct world *w)
{
	struct sy_key *keys[] = { w->note, w->ca_root, w->ca, w->operator_key, w->status, w->label, w->log };
	struct sy_cert *certs[] = { w->root_cert, w->ca_cert, w->operator_cert, w->status_cert };
	for (size_t i = 0; i < SY_LEN(keys); i++)
		sy_key_free(keys[i]);
	for (size_t i = 0; i < SY_LEN(certs); i++)
		sy_cert_free(certs[i]);
	for (size_t i = 0; i < w->n; i++)
		free(w->entry[i]);
	sy_json_free(w->bodies);
	free(w->anchor);
}

/* body may be NULL; rest: further members of the statement, in canonical order before "time" comes "subject". */
static void
add(struct world *w, const char *type, const char *body, const char *figures, const char *subject, bool by_status)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf st;
	SY_CLEANUP(sy_buf_done) struct sy_buf head;
	SY_CLEANUP(sy_buf_done) struct sy_buf input;
	SY_CLEANUP(sy_buf_done) struct sy_buf out;
	char hex[65] = "", time[SY_TIME_SIZE];
	uint8_t hash[32], sig[SY_SIG_SIZE];
	sy_buf_init(&st, 8192);
	sy_buf_init(&head, 1024);
	sy_buf_init(&input, 16384);
	sy_buf_init(&out, 32768);
	sy_time_print(T0, time);
	assert_int_equal(sy_sha256(sy_span_str(body), hash), SY_OK);
	sy_hex_print(sy_span(hash, 32), hex);
	assert_int_equal(sy_json_set(w->bodies, hex, sy_json_from_str(body)), SY_OK);
	sy_buf_printf(&st, "{%s\"id\":\"%032zx\",\"issuer\":\"%s\",\"private_sha256\":null,\"public_sha256\":\"%s\",%s\"supersedes\":null,\"time\":\"%s\",\"type\":\"%s\",\"version\":1}",
	    figures, w->n + 1, by_status ? ROOT : PARTY, hex, subject, time, type);
	struct sy_seal_head h = { .alg = SY_ALG_P256, .iat = T0, .role = by_status ? SY_ROLE_STATUS : SY_ROLE_OPERATOR };
	const struct sy_key *k = by_status ? w->status : w->operator_key;
	if (by_status)
		(void)snprintf(h.kid, sizeof h.kid, "3");
	else
		assert_int_equal(sy_key_kid(k, h.kid), SY_OK);
	(void)snprintf(h.typ, sizeof h.typ, "suyuan-%s-v1+jws", type);
	memcpy(h.x5t, sy_cert_sha256(by_status ? w->status_cert : w->operator_cert), 32);
	sy_seal_head_print(&h, &head);
	sy_seal_input(sy_buf_span(&head), sy_buf_span(&st), &input);
	SY_AUTO_SEAL *seal = NULL;
	assert_int_equal(sy_seal_new(k, &seal), SY_OK);
	assert_int_equal(sy_seal_sign(seal, sy_buf_span(&input), sig), SY_OK);
	const struct sy_entry_part part = { .protected_json = sy_buf_span(&head), .sig = sig };
	assert_int_equal(sy_entry_print(sy_buf_span(&st), &part, 1, &out), SY_OK);
	assert_int_equal(sy_leaf_hash(sy_buf_span(&out), &w->leaf[w->n]), SY_OK);
	w->entry[w->n++] = sy_buf_take(&out, NULL);
}

static const char *
leaf_hex(const struct world *w, size_t i, char ret[65])
{
	sy_hex_print(sy_span(w->leaf[i].b, 32), ret);
	return ret;
}

static enum sy_err
node(void *arg, unsigned level, uint64_t index, struct sy_hash *ret)
{
	const struct world *w = arg;
	if (level == 0) {
		*ret = w->leaf[index];
		return SY_OK;
	}
	struct sy_hash l, r;
	SY_TRY(node(arg, level - 1, index * 2, &l));
	SY_TRY(node(arg, level - 1, index * 2 + 1, &r));
	return sy_node_hash(&l, &r, ret);
}

static struct sy_json *
note_json(struct sy_buf *b, const char *name, const struct sy_key *k)
{
	assert_int_equal(sy_note_sign(b, name, k), SY_OK);
	return sy_json_from_span(sy_buf_span(b));
}

static struct sy_json *
trust_note(struct world *w, const struct variant *v)
{
	const struct sy_trust_key base = { .party = "-", .not_before = T0 - DAY, .not_after = INT64_MAX, .valid_if_leaf_lt = UINT64_MAX, .reason = "-" };
	struct sy_trust_key keys[4] = { base, base, base, base };
	keys[0].kid = 1, keys[0].alg = SY_ALG_P256, keys[0].role = SY_KEY_CA, keys[0].key = w->ca_root, keys[0].not_before = T0 - 20 * DAY;
	keys[1].kid = 3, keys[1].alg = SY_ALG_P256, keys[1].role = SY_KEY_STATUS, keys[1].key = w->status;
	keys[2].kid = 5, keys[2].alg = SY_ALG_ED25519, keys[2].role = SY_KEY_LOG, keys[2].key = w->log;
	keys[3].kid = 7, keys[3].alg = SY_ALG_P256, keys[3].role = SY_KEY_LABEL, keys[3].key = w->label;
	keys[3].valid_if_leaf_lt = v->label_lt, keys[3].not_before = v->label_from;
	if (v->label_lt != UINT64_MAX)
		(void)snprintf(keys[3].reason, sizeof keys[3].reason, "stolen");
	const char *const hosts[] = { v->host };
	struct sy_trust_facts f = { .origin = ORIGIN, .version = 1, .issued = T0 - 5 * DAY, .expires = v->trust_expires, .policy = { .k = 1, .n = 1 }, .nhosts = 1, .hosts = hosts,
		.nkeys = 4, .keys = keys };
	assert_int_equal(sy_note_key_from("root", w->note, &f.policy.root[0]), SY_OK);
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	SY_CLEANUP(sy_buf_done) struct sy_buf a;
	sy_buf_init(&b, 65536);
	sy_buf_init(&a, 4096);
	sy_anchor_print(&f.policy, &a);
	w->anchor = sy_buf_take(&a, NULL);
	assert_int_equal(sy_trust_print(&f, &b), SY_OK);
	return note_json(&b, "root", w->note);
}

static struct sy_json *
checkpoint(struct world *w)
{
	struct sy_checkpoint c = { .origin = ORIGIN, .size = w->n };
	assert_int_equal(sy_tree_root(node, w, w->n, &c.root), SY_OK);
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, 4096);
	sy_checkpoint_print(&c, &b);
	return note_json(&b, ORIGIN, w->log);
}

static struct sy_json *
b64(struct sy_span s)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, 65536);
	sy_b64_add(&b, s);
	return sy_json_from_span(sy_buf_span(&b));
}

static struct sy_json *
entry_json(struct world *w, size_t i)
{
	struct sy_hash proof[64];
	size_t n = 0;
	struct sy_json *o = sy_json_object(), *list = sy_json_array();
	assert_int_equal(sy_tree_inclusion(node, w, i, w->n, proof, &n), SY_OK);
	for (size_t j = 0; j < n; j++)
		assert_int_equal(sy_json_append(list, b64(sy_span(proof[j].b, 32))), SY_OK);
	assert_int_equal(sy_json_set(o, "index", sy_json_from_int((int64_t)i)), SY_OK);
	assert_int_equal(sy_json_set(o, "entry", sy_json_from_str(w->entry[i])), SY_OK);
	assert_int_equal(sy_json_set(o, "proof", list), SY_OK);
	return o;
}

/* The whole bundle; skip: an entry to leave out, or SIZE_MAX. */
static struct sy_json *
bundle(struct world *w, const struct variant *v, size_t skip)
{
	char body[4096], until[SY_TIME_SIZE], leaf[65], lot[65], product[65], subject[400];
	add(w, "product", "{\"gtin\":\"06901234567892\",\"name\":\"正阳花生\",\"salt\":\"" SALT "\"}", "", "", true);
	add(w, "lot", "{\"lot\":\"ZY260917A\",\"produced\":\"2026-09-17\",\"salt\":\"" SALT "\"}", "", "", true);
	(void)snprintf(subject, sizeof subject, "\"subject\":{\"certificates\":[],\"lot\":\"%s\",\"product\":\"%s\",\"reports\":[]},", leaf_hex(w, 1, lot), leaf_hex(w, 0, product));
	add(w, "release", "{\"salt\":\"" SALT "\"}", "\"figures\":{\"basis\":1},", subject, false);
	sy_time_print(v->valid_until, until);
	char members[3000];
	size_t at = 0;
	for (const char *p = v->status; *p != '\0' && at < sizeof members - 70; p++) {
		if (*p == '@') /* this release */
			at += (size_t)snprintf(members + at, sizeof members - at, "%s", leaf_hex(w, 2, leaf));
		else
			members[at++] = *p;
	}
	members[at] = '\0';
	(void)snprintf(body, sizeof body, "{%s\"released\":[{\"leaf\":\"%s\",\"status_index\":9}],\"salt\":\"" SALT "\",\"size\":3,\"valid_until\":\"%s\"}", members, leaf_hex(w, 2, leaf), until);
	add(w, "status", body, "", "", true);
	if (v->recall_after) {
		(void)snprintf(subject, sizeof subject, "\"subject\":{\"lots\":[\"%s\"]},", leaf_hex(w, 1, lot));
		add(w, "recall", "{\"reason\":\"x\",\"salt\":\"" SALT "\"}", "\"figures\":{\"open\":true},", subject, false);
	}
	struct sy_json *o = sy_json_object(), *certs = sy_json_array(), *entries = sy_json_array();
	const struct sy_cert *all[] = { w->root_cert, w->ca_cert, w->operator_cert, w->status_cert };
	for (size_t i = 0; i < SY_LEN(all); i++)
		assert_int_equal(sy_json_append(certs, b64(sy_cert_der(all[i]))), SY_OK);
	for (size_t i = 0; i < w->n; i++)
		if (i != skip)
			assert_int_equal(sy_json_append(entries, entry_json(w, i)), SY_OK);
	assert_int_equal(sy_json_set(o, "v", sy_json_from_str("suyuan/bundle/v1")), SY_OK);
	assert_int_equal(sy_json_set(o, "trust", trust_note(w, v)), SY_OK);
	assert_int_equal(sy_json_set(o, "checkpoint", checkpoint(w)), SY_OK);
	assert_int_equal(sy_json_set(o, "entries", entries), SY_OK);
	assert_int_equal(sy_json_set(o, "certs", certs), SY_OK);
	assert_int_equal(sy_json_set(o, "bodies", sy_json_copy(w->bodies)), SY_OK);
	return o;
}

static enum sy_err
open_json(const struct world *w, const struct sy_json *o, struct sy_bundle **ret, struct sy_fault *f)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, (size_t)1 << 20);
	sy_json_print(o, &b);
	return sy_bundle_open(sy_buf_span(&b), sy_span_str(w->anchor), ret, f);
}

static struct sy_token
token_of(const struct world *w)
{
	struct sy_token t = { .kid = 7, .day_issued = (uint16_t)sy_date_of_time(T0), .best_before = (uint16_t)(sy_date_of_time(T0) + 20), .certified = 1, .basis = SY_BASIS_REPORT,
		.county = 411724, .status_index = 9 };
	memcpy(t.release, w->leaf[2].b, 16);
	return t;
}

/* base + path + the token signed over `signed_path`. */
static void
url_of(const struct world *w, const struct sy_token *token, const char *base, const char *signed_path, const char *path, struct sy_buf *ret)
{
	struct sy_token t = *token;
	uint8_t bytes[SY_TOKEN_SIZE];
	char digits[SY_TOKEN_DIGITS + 1];
	SY_CLEANUP(sy_buf_done) struct sy_buf m;
	SY_AUTO_SEAL *seal = NULL;
	sy_buf_init(&m, 1024);
	sy_token_print(&t, bytes);
	sy_token_message(sy_span_str(ORIGIN), sy_span_str(signed_path), bytes, &m);
	assert_int_equal(sy_seal_new(w->label, &seal), SY_OK);
	assert_int_equal(sy_seal_sign(seal, sy_buf_span(&m), t.sig), SY_OK);
	sy_token_print(&t, bytes);
	sy_token_digits(bytes, digits);
	sy_buf_reset(ret);
	sy_link_print(base, path, digits, ret);
}

static void
expect(const struct sy_bundle *b, struct sy_span url, int64_t now, const char *verdict)
{
	struct sy_answer a;
	assert_int_equal(sy_offline_verify(b, url, now, &a), SY_OK);
	assert_string_equal(sy_verdict_name(a.verdict), verdict);
}

static void
labels(void **state)
{
	(void)state;
	struct world w;
	make(&w);
	SY_AUTO_JSON *o = bundle(&w, &plain, SIZE_MAX);
	SY_CLEANUP(sy_bundle_freep) struct sy_bundle *b = NULL;
	struct sy_fault f = { .err = SY_OK };
	enum sy_err err = open_json(&w, o, &b, &f);
	if (err != SY_OK)
		fail_msg("%s at %s", sy_err_slug(err), f.field);
	SY_CLEANUP(sy_buf_done) struct sy_buf url;
	sy_buf_init(&url, 4096);
	struct sy_token t = token_of(&w);
	url_of(&w, &t, "HTTPS://Q.EXAMPLE.CN", PATH, PATH, &url);
	expect(b, sy_buf_span(&url), T0, "valid");
	expect(b, sy_buf_span(&url), T0 + 200 * DAY, "stale-trust");
	/* Day 20 still good, day 21 not: expired from 00:00 of the day after, in Shanghai. */
	int64_t last = sy_time_of_date(t.best_before + 1);
	expect(b, sy_buf_span(&url), last - 1, "valid");
	expect(b, sy_buf_span(&url), last, "expired");
	static const char *const others[] = { "/01/06901234567892/10/ZY260917A/21/K7Q2M9XW4V", "/01/06901234567892/10/ZY260917A", "/01/06901234567892/10/ZY260917B/21/K7Q2M9XW4T" };
	for (size_t i = 0; i < SY_LEN(others); i++) {
		url_of(&w, &t, "HTTPS://Q.EXAMPLE.CN", PATH, others[i], &url);
		expect(b, sy_buf_span(&url), T0, "bad-signature");
	}
	/* A signature over another lot than the release's is the signer's fault, and no good label. */
	url_of(&w, &t, "HTTPS://Q.EXAMPLE.CN", others[2], others[2], &url);
	expect(b, sy_buf_span(&url), T0, "bad-signature");
	static const struct { const char *base, *verdict; } bases[] = {
		{ "https://q.example.cn:443", "valid" }, { "https://q.example.cn:8443", "unknown-key" }, { "https://q.examp1e.cn", "unknown-key" },
		{ "http://q.example.cn", "unknown-key" }, { "https://q.example.cn@evil.cn", "malformed" }, { "HttpS://q.example.cn", "malformed" },
		{ "https://q.example.cn.evil.cn", "unknown-key" }, { "https://q.ex\xD0\xB0mple.cn", "malformed" },
	};
	for (size_t i = 0; i < SY_LEN(bases); i++) {
		url_of(&w, &t, bases[i].base, PATH, PATH, &url);
		expect(b, sy_buf_span(&url), T0, bases[i].verdict);
	}
	struct sy_token x = t;
	x.kid = 8;
	url_of(&w, &x, "HTTPS://Q.EXAMPLE.CN", PATH, PATH, &url);
	expect(b, sy_buf_span(&url), T0, "unknown-key");
	x = t, x.day_issued = (uint16_t)(t.day_issued - 100);
	url_of(&w, &x, "HTTPS://Q.EXAMPLE.CN", PATH, PATH, &url);
	expect(b, sy_buf_span(&url), T0, "unknown-key");
	x = t, x.release[15] ^= 1;
	url_of(&w, &x, "HTTPS://Q.EXAMPLE.CN", PATH, PATH, &url);
	expect(b, sy_buf_span(&url), T0, "needs-online");
	x = t, memcpy(x.release, w.leaf[1].b, 16); /* an entry, but no release */
	url_of(&w, &x, "HTTPS://Q.EXAMPLE.CN", PATH, PATH, &url);
	expect(b, sy_buf_span(&url), T0, "needs-online");
	expect(b, sy_span_str("HTTPS://Q.EXAMPLE.CN" PATH), T0, "unsigned");
	expect(b, sy_span_str("hello"), T0, "malformed");
	unmake(&w);
}

/* The status list, each way; and two at once: the first of the order is the verdict, both are reasons. */
static void
statuses(void **state)
{
	(void)state;
	static const struct { const char *status, *verdict; } cases[] = {
		{ "\"recalled\":[\"@\"],", "recalled" }, { "\"revoked\":[\"@\"],", "revoked" }, { "\"held\":[{\"class\":\"safety\",\"release\":\"@\"}],", "suspended" },
		{ "\"held\":[{\"class\":\"certificate\",\"release\":\"@\"}],", "suspended" }, { "\"voided\":[{\"release\":\"@\"}],", "voided" },
		{ "\"voided\":[{\"count\":5,\"first\":0,\"release\":\"@\"}],", "needs-online" }, { "\"recalled\":[\"" ROOT ROOT "\"],", "valid" },
		{ "\"held\":[{\"class\":\"safety\",\"release\":\"@\"}],\"recalled\":[\"@\"],", "recalled" },
		{ "\"recalled\":[\"@\"],\"voided\":[{\"release\":\"@\"}],", "voided" },
	};
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		struct world w;
		struct variant v = plain;
		v.status = cases[i].status;
		make(&w);
		SY_AUTO_JSON *o = bundle(&w, &v, SIZE_MAX);
		SY_CLEANUP(sy_bundle_freep) struct sy_bundle *b = NULL;
		assert_int_equal(open_json(&w, o, &b, NULL), SY_OK);
		SY_CLEANUP(sy_buf_done) struct sy_buf url;
		sy_buf_init(&url, 4096);
		struct sy_token t = token_of(&w);
		url_of(&w, &t, "HTTPS://Q.EXAMPLE.CN", PATH, PATH, &url);
		expect(b, sy_buf_span(&url), T0, cases[i].verdict);
		unmake(&w);
	}
}

static void
variants(void **state)
{
	(void)state;
	struct { struct variant v; size_t skip; const char *base, *verdict; } cases[] = {
		{ plain, 3, "https://q.example.cn", "needs-online" }, { plain, 2, "https://q.example.cn", "needs-online" }, { plain, 1, "https://q.example.cn", "needs-online" },
		{ plain, SIZE_MAX, "https://q.example.cn", "stale-trust" }, { plain, SIZE_MAX, "https://q.example.cn", "stale-trust" },
		{ plain, SIZE_MAX, "https://q.example.cn", "needs-online" }, { plain, SIZE_MAX, "http://127.0.0.1:8080", "valid" },
		{ plain, SIZE_MAX, "https://q.example.cn", "needs-online" },
	};
	cases[3].v.valid_until = T0 - 1;
	cases[4].v.trust_expires = T0 - 1;
	cases[5].v.label_lt = 100;
	cases[6].v.host = "127.0.0.1:8080";
	cases[7].v.recall_after = true;
	for (size_t i = 0; i < SY_LEN(cases); i++) {
		struct world w;
		make(&w);
		SY_AUTO_JSON *o = bundle(&w, &cases[i].v, cases[i].skip);
		SY_CLEANUP(sy_bundle_freep) struct sy_bundle *b = NULL;
		struct sy_fault f = { .err = SY_OK };
		enum sy_err err = open_json(&w, o, &b, &f);
		if (err != SY_OK)
			fail_msg("%zu: %s at %s", i, sy_err_slug(err), f.field);
		SY_CLEANUP(sy_buf_done) struct sy_buf url;
		sy_buf_init(&url, 4096);
		struct sy_token t = token_of(&w);
		url_of(&w, &t, cases[i].base, PATH, PATH, &url);
		expect(b, sy_buf_span(&url), T0, cases[i].verdict);
		unmake(&w);
	}
}

/* A bundle that was tampered with anywhere tells nothing. */
static void
bad_bundles(void **state)
{
	(void)state;
	struct world w, other;
	make(&w);
	make(&other);
	SY_AUTO_JSON *o = bundle(&w, &plain, SIZE_MAX);
	SY_AUTO_JSON *p = bundle(&other, &plain, SIZE_MAX);
	SY_CLEANUP(sy_bundle_freep) struct sy_bundle *b = NULL;
	static const char *const members[] = { "trust", "checkpoint", "entries", "certs", "bodies" };
	for (size_t i = 0; i < SY_LEN(members); i++) {
		SY_AUTO_JSON *mixed = sy_json_copy(o);
		assert_int_equal(sy_json_set(mixed, members[i], sy_json_copy(sy_json_get(p, members[i]))), SY_OK);
		enum sy_err err = open_json(&w, mixed, &b, NULL);
		/* Bodies are the same in both worlds but for the leaves in the status body: another body is one that nobody cites. */
		if (strcmp(members[i], "bodies") == 0) {
			assert_int_equal(err, SY_OK);
			assert_null(b->status->body);
			sy_bundle_free(b);
			b = NULL;
			continue;
		}
		assert_int_not_equal(err, SY_OK);
		sy_json_remove(mixed, members[i]);
		assert_int_not_equal(open_json(&w, mixed, &b, NULL), SY_OK);
	}
	SY_AUTO_JSON *body = sy_json_copy(o);
	SY_AUTO_JSON *bodies = sy_json_copy(sy_json_get(o, "bodies"));
	void *cursor = NULL;
	const char *name;
	const struct sy_json *v;
	assert_true(sy_json_next(sy_json_get(o, "bodies"), &cursor, &name, &v));
	assert_int_equal(sy_json_set(bodies, name, sy_json_from_str("{}")), SY_OK);
	assert_int_equal(sy_json_set(body, "bodies", sy_json_copy(bodies)), SY_OK);
	assert_int_equal(open_json(&w, body, &b, NULL), SY_ERR_BODY_MISMATCH);
	assert_int_equal(sy_json_set(body, "v", sy_json_from_str("suyuan/bundle/v2")), SY_OK);
	assert_int_equal(open_json(&w, body, &b, NULL), SY_ERR_UNSUPPORTED);
	assert_int_equal(open_json(&other, o, &b, NULL), SY_ERR_QUORUM);
	unmake(&w);
	unmake(&other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(labels), cmocka_unit_test(statuses), cmocka_unit_test(variants), cmocka_unit_test(bad_bundles) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
