/* chain.c: see chain.h. OpenSSL builds the path and checks signatures, dates, path
 * lengths, key usages and name constraints (RFC 5280 section 6); what it does not
 * know (our roles, our shape, who is an anchor) is checked here. */
#include "certs/line.h"
#include "certs/x509.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <string.h>

#define PATH_MAX_CERTS 3 /* person, party CA, root */

SY_DEFINE_CLEANUP(X509_STORE, X509_STORE_free)
SY_DEFINE_CLEANUP(X509_STORE_CTX, X509_STORE_CTX_free)

static void
stack_freep(STACK_OF(X509) **p)
{
	sk_X509_free(*p);
}

static const char *const role_names[] = { "tester", "reviewer", "approver", "operator", "certifier", "officer", "producer", "status" };

const char *
sy_role_name(enum sy_role r)
{
	for (size_t i = 0; i < SY_LEN(role_names); i++)
		if ((unsigned)r == 1u << i)
			return role_names[i];
	return "";
}

enum sy_err
sy_role_parse(struct sy_span name, enum sy_role *ret)
{
	for (size_t i = 0; i < SY_LEN(role_names); i++) {
		if (sy_span_eq_str(name, role_names[i])) {
			*ret = (enum sy_role)(1u << i);
			return SY_OK;
		}
	}
	return SY_ERR_UNKNOWN_CODE;
}

enum sy_err
sy_roles_parse(struct sy_span names, unsigned *ret)
{
	struct sy_span word;
	*ret = 0;
	while (sy_span_cut(&names, ',', &word)) {
		enum sy_role role;
		SY_TRY(sy_role_parse(word, &role));
		if ((*ret & (unsigned)role) != 0)
			return SY_ERR_DUPLICATE_FIELD;
		*ret |= (unsigned)role;
	}
	return *ret == 0 ? SY_ERR_MISSING : SY_OK;
}

void
sy_roles_print(unsigned roles, struct sy_buf *ret)
{
	bool first = true;
	for (size_t i = 0; i < SY_LEN(role_names); i++) {
		if ((roles >> i & 1) == 0)
			continue;
		if (!first)
			sy_buf_add_byte(ret, ',');
		sy_buf_add_str(ret, role_names[i]);
		first = false;
	}
}

struct question {
	const struct sy_cert *leaf;
	const struct sy_cert *const *inter;
	size_t n;
	const struct sy_trust *trust;
	int64_t t;
	uint64_t logged_at;
};

static const struct sy_trust_key *
ca_key(const struct sy_trust_facts *f, const struct sy_cert *c)
{
	for (size_t i = 0; i < f->nkeys; i++)
		if (f->keys[i].role == SY_KEY_CA && sy_key_eq_public(f->keys[i].key, c->key))
			return &f->keys[i];
	return NULL;
}

/* A root: names itself, its key stands on the list for that party, and it signed itself,
 * since the list vouches for the key and only the key for the rest. */
static enum sy_err
check_anchor(const struct question *q, const struct sy_cert *c)
{
	const struct sy_trust_key *k = c->root ? ca_key(sy_trust_facts(q->trust), c) : NULL;
	if (k == NULL || !sy_trust_key_valid_for(k, q->logged_at))
		return SY_ERR_BAD_CHAIN;
	if (strcmp(k->party, "-") != 0 && strcmp(k->party, c->party) != 0)
		return SY_ERR_BAD_CHAIN;
	if (X509_verify(c->x, sy_key_pkey(c->key)) != 1)
		return SY_ERR_BAD_CHAIN;
	return sy_trust_key_valid_at(k, q->t) ? SY_OK : SY_ERR_CERT_EXPIRED;
}

static enum sy_err
gather(const struct question *q, X509_STORE *store, STACK_OF(X509) *others)
{
	enum sy_err why = SY_ERR_BAD_CHAIN;
	size_t anchors = 0;
	for (size_t i = 0; i < q->n; i++) {
		const struct sy_cert *c = q->inter[i];
		enum sy_err e = check_anchor(q, c);
		if (e == SY_ERR_CERT_EXPIRED)
			why = e;
		if (e == SY_OK)
			anchors++;
		if (e == SY_OK ? X509_STORE_add_cert(store, c->x) != 1 : sk_X509_push(others, c->x) == 0)
			return SY_ERR_NO_MEMORY;
	}
	return anchors > 0 ? SY_OK : why;
}

static enum sy_err
err_of(int v)
{
	switch (v) {
	case X509_V_ERR_CERT_NOT_YET_VALID:
	case X509_V_ERR_CERT_HAS_EXPIRED:
		return SY_ERR_CERT_EXPIRED;
	case X509_V_ERR_PERMITTED_VIOLATION:
	case X509_V_ERR_EXCLUDED_VIOLATION:
		return SY_ERR_WRONG_PARTY;
	case X509_V_ERR_OUT_OF_MEM:
		return SY_ERR_NO_MEMORY;
	default:
		return SY_ERR_BAD_CHAIN;
	}
}

static const struct sy_cert *
ours(const struct question *q, const X509 *x)
{
	if (X509_cmp(q->leaf->x, x) == 0)
		return q->leaf;
	for (size_t i = 0; i < q->n; i++)
		if (X509_cmp(q->inter[i]->x, x) == 0)
			return q->inter[i];
	return NULL;
}

static enum sy_err
build_path(const struct question *q, const struct sy_cert *ret[PATH_MAX_CERTS], size_t *retn)
{
	SY_CLEANUP(X509_STORE_freep) X509_STORE *store = X509_STORE_new();
	SY_CLEANUP(stack_freep) STACK_OF(X509) *others = sk_X509_new_null();
	SY_CLEANUP(X509_STORE_CTX_freep) X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	if (store == NULL || others == NULL || ctx == NULL)
		return SY_ERR_NO_MEMORY;
	SY_TRY(gather(q, store, others));
	if (X509_STORE_CTX_init(ctx, store, q->leaf->x, others) != 1)
		return SY_ERR_CRYPTO;
	X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(ctx);
	X509_VERIFY_PARAM_set_time(param, (time_t)q->t);
	X509_VERIFY_PARAM_set_depth(param, PATH_MAX_CERTS - 2);
	X509_VERIFY_PARAM_set_auth_level(param, 2); /* 112 bits: P-256 and SM2 with their hashes, no SHA-1 */
	if (X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_X509_STRICT | X509_V_FLAG_CHECK_SS_SIGNATURE) != 1)
		return SY_ERR_CRYPTO;
	if (X509_verify_cert(ctx) != 1)
		return err_of(X509_STORE_CTX_get_error(ctx));
	STACK_OF(X509) *chain = X509_STORE_CTX_get0_chain(ctx);
	int n = sk_X509_num(chain);
	if (n < 2 || n > PATH_MAX_CERTS)
		return SY_ERR_BAD_CHAIN;
	for (int i = 0; i < n; i++) {
		ret[i] = ours(q, sk_X509_value(chain, i));
		if (ret[i] == NULL)
			return SY_ERR_BAD_CHAIN;
	}
	*retn = (size_t)n;
	return SY_OK;
}

/* A party CA bounds its people by name and by role; the root bounds nobody. */
static enum sy_err
check_party_ca(const struct sy_cert *ca, const struct sy_cert *leaf)
{
	if (!ca->constrained || strcmp(ca->party, leaf->party) != 0)
		return SY_ERR_WRONG_PARTY;
	if (!ca->has_eku || (leaf->roles & ~ca->roles) != 0)
		return SY_ERR_WRONG_ROLE;
	return SY_OK;
}

static enum sy_err
check_shape(const struct sy_cert *const path[PATH_MAX_CERTS], size_t n, enum sy_role role)
{
	const struct sy_cert *leaf = path[0];
	if (leaf->ca || !leaf->may_sign)
		return SY_ERR_BAD_CHAIN;
	if ((leaf->roles & (unsigned)role) == 0)
		return SY_ERR_WRONG_ROLE;
	if (n == 2) /* directly below a root there is status and nothing else */
		return role == SY_ROLE_STATUS && leaf->roles == SY_ROLE_STATUS ? SY_OK : SY_ERR_WRONG_ROLE;
	if (role == SY_ROLE_STATUS)
		return SY_ERR_WRONG_ROLE;
	return check_party_ca(path[1], leaf);
}

enum sy_err
sy_chain_check_logged(const struct sy_cert *leaf, const struct sy_cert *const *inter, size_t n, const struct sy_trust *trust, enum sy_role role, int64_t t, uint64_t logged_at)
{
	const struct question q = { .leaf = leaf, .inter = inter, .n = n, .trust = trust, .t = t, .logged_at = logged_at };
	const struct sy_cert *path[PATH_MAX_CERTS] = { NULL };
	size_t length = 0;
	enum sy_err e = build_path(&q, path, &length);
	ERR_clear_error();
	return e == SY_OK ? check_shape(path, length, role) : e;
}

enum sy_err
sy_chain_check(const struct sy_cert *leaf, const struct sy_cert *const *inter, size_t n, const struct sy_trust *trust, enum sy_role role, int64_t t)
{
	return sy_chain_check_logged(leaf, inter, n, trust, role, t, SY_NOT_LOGGED);
}
