/* trust_text.c: the lines of a trust list, read and written. One value has one
 * spelling: what was read is printed again and compared with what was given. */
#include "certs/trust_text.h"

#include "certs/line.h"
#include "schema/wire/b64.h"
#include "schema/wire/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_LINE "suyuan/trust/v1"

static const struct {
	enum sy_key_role role;
	const char *name;
} roles[] = {
	{ SY_KEY_LABEL, "label" },
	{ SY_KEY_LOG, "log" },
	{ SY_KEY_STATUS, "status" },
	{ SY_KEY_WITNESS, "witness" },
	{ SY_KEY_TSA, "tsa" },
	{ SY_KEY_CA, "ca" },
};

const char *
sy_key_role_name(enum sy_key_role r)
{
	for (size_t i = 0; i < SY_LEN(roles); i++)
		if (roles[i].role == r)
			return roles[i].name;
	return "";
}

enum sy_err
sy_key_role_parse(struct sy_span name, enum sy_key_role *ret)
{
	for (size_t i = 0; i < SY_LEN(roles); i++) {
		if (sy_span_eq_str(name, roles[i].name)) {
			*ret = roles[i].role;
			return SY_OK;
		}
	}
	return SY_ERR_UNKNOWN_CODE;
}

static void
copy(char *ret, struct sy_span s)
{
	memcpy(ret, s.data, s.len);
	ret[s.len] = '\0';
}

/* "<word> " at the head of the next line. */
static enum sy_err
expect(struct sy_span *rest, const char *word, struct sy_span *ret, size_t *line)
{
	struct sy_span text;
	(*line)++;
	if (!sy_line_next(rest, &text))
		return SY_ERR_MISSING;
	return sy_line_after(text, word, ret) ? SY_OK : SY_ERR_MALFORMED;
}

static enum sy_err
parse_time(struct sy_span text, int64_t *ret)
{
	return sy_time_parse(text, ret, NULL);
}

static enum sy_err
parse_origin(struct sy_span text, char *ret)
{
	if (!sy_line_made_of(text, "!-*,-~", 1, SY_NOTE_NAME_MAX)) /* as a note's key name: no space, no plus */
		return SY_ERR_BAD_CHARACTER;
	copy(ret, text);
	return SY_OK;
}

static enum sy_err
parse_policy(struct sy_span text, struct sy_anchor *ret)
{
	struct sy_span word;
	uint64_t k;
	if (!sy_span_cut(&text, ' ', &word))
		return SY_ERR_MALFORMED;
	SY_TRY(sy_line_u64(word, SY_TRUST_ROOTS_MAX, &k));
	ret->k = (unsigned)k;
	while (sy_span_cut(&text, ' ', &word)) {
		if (ret->n == SY_TRUST_ROOTS_MAX)
			return SY_ERR_OUT_OF_RANGE;
		SY_TRY(sy_note_key_parse(word, &ret->root[ret->n], NULL));
		ret->n++;
	}
	return sy_anchor_check(ret);
}

static enum sy_err
parse_host(struct sy_span text, struct sy_trust *t)
{
	struct sy_span rest = text, host;
	(void)sy_span_cut(&rest, ':', &host);
	bool ok = sy_line_made_of(host, "a-z0-9.-", 1, 253) && host.data[0] != '.' && host.data[0] != '-';
	if (rest.data != NULL) {
		uint64_t port;
		ok = ok && sy_line_u64(rest, 65535, &port) == SY_OK && port > 0;
	}
	if (!ok)
		return SY_ERR_BAD_CHARACTER;
	for (size_t i = 0; i < t->nhosts; i++)
		if (sy_span_eq_str(text, t->hosts[i]))
			return SY_ERR_DUPLICATE_FIELD;
	if (t->nhosts == SY_TRUST_HOSTS_MAX)
		return SY_ERR_OUT_OF_RANGE;
	char *copied = malloc(text.len + 1);
	if (copied == NULL)
		return SY_ERR_NO_MEMORY;
	copy(copied, text);
	t->hosts[t->nhosts++] = copied;
	return SY_OK;
}

/* Which algorithm may hold which role (suyuan-trust(5)). */
static bool
alg_fits(enum sy_alg alg, enum sy_key_role role)
{
	switch (role) {
	case SY_KEY_LABEL:
		return true;
	case SY_KEY_LOG:
	case SY_KEY_WITNESS:
		return alg == SY_ALG_ED25519;
	case SY_KEY_TSA:
		return alg == SY_ALG_P256;
	case SY_KEY_STATUS:
	case SY_KEY_CA:
		return alg != SY_ALG_ED25519;
	}
	return false;
}

static enum sy_err
parse_spki(struct sy_span text, struct sy_key **ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf der;
	sy_buf_init(&der, 512);
	SY_TRY(sy_b64_parse(text, &der, NULL));
	return sy_key_parse_spki(sy_buf_span(&der), ret);
}

static enum sy_err
parse_key_words(const struct sy_span w[9], struct sy_trust_key *ret)
{
	uint64_t kid;
	SY_TRY(sy_line_u64(w[0], SY_KID_MAX, &kid));
	ret->kid = (uint32_t)kid;
	SY_TRY(sy_alg_parse(w[1], &ret->alg));
	SY_TRY(sy_key_role_parse(w[3], &ret->role));
	if (kid == 0 || !alg_fits(ret->alg, ret->role))
		return SY_ERR_OUT_OF_RANGE;
	if (!sy_line_is_id(w[4]) && !sy_span_eq_str(w[4], "-"))
		return SY_ERR_MALFORMED;
	copy(ret->party, w[4]);
	SY_TRY(parse_time(w[5], &ret->not_before));
	ret->not_after = INT64_MAX;
	if (!sy_span_eq_str(w[6], "-"))
		SY_TRY(parse_time(w[6], &ret->not_after));
	if (ret->not_after < ret->not_before)
		return SY_ERR_OUT_OF_RANGE;
	ret->valid_if_leaf_lt = UINT64_MAX;
	if (!sy_span_eq_str(w[7], "-"))
		SY_TRY(sy_line_u64(w[7], (uint64_t)1 << 62, &ret->valid_if_leaf_lt));
	if (!sy_line_made_of(w[8], "a-z0-9-", 1, sizeof ret->reason - 1))
		return SY_ERR_MALFORMED;
	copy(ret->reason, w[8]);
	SY_TRY(parse_spki(w[2], &ret->key));
	return sy_key_alg(ret->key) == ret->alg ? SY_OK : SY_ERR_BAD_KEY;
}

static enum sy_err
parse_key(struct sy_span text, struct sy_trust *t)
{
	struct sy_span w[9];
	size_t n = 0;
	while (n < SY_LEN(w) && sy_span_cut(&text, ' ', &w[n]))
		n++;
	if (n != SY_LEN(w) || text.data != NULL)
		return SY_ERR_MALFORMED;
	if (t->nkeys == SY_TRUST_KEYS_MAX)
		return SY_ERR_OUT_OF_RANGE;
	struct sy_trust_key *k = &t->keys[t->nkeys++]; /* counted at once, so that it is freed whatever follows */
	SY_TRY(parse_key_words(w, k));
	/* A kid names one key for ever, and a key does one thing. */
	for (const struct sy_trust_key *other = t->keys; other < k; other++)
		if (other->kid == k->kid || sy_key_eq_public(other->key, k->key))
			return SY_ERR_DUPLICATE_FIELD;
	return SY_OK;
}

static enum sy_err
parse_head(struct sy_span *rest, struct sy_trust_facts *f, size_t *line)
{
	struct sy_span text;
	(*line)++;
	if (!sy_line_next(rest, &text))
		return SY_ERR_MISSING;
	if (!sy_span_eq_str(text, FIRST_LINE)) {
		bool ours = text.len > 14 && memcmp(text.data, "suyuan/trust/v", 14) == 0;
		return ours ? SY_ERR_UNSUPPORTED : SY_ERR_MALFORMED;
	}
	SY_TRY(expect(rest, "origin", &text, line));
	SY_TRY(parse_origin(text, f->origin));
	SY_TRY(expect(rest, "version", &text, line));
	SY_TRY(sy_line_u64(text, SY_NOT_LOGGED >> 2, &f->version));
	if (f->version == 0)
		return SY_ERR_OUT_OF_RANGE;
	SY_TRY(expect(rest, "issued", &text, line));
	SY_TRY(parse_time(text, &f->issued));
	SY_TRY(expect(rest, "expires", &text, line));
	SY_TRY(parse_time(text, &f->expires));
	if (f->expires <= f->issued)
		return SY_ERR_OUT_OF_RANGE;
	SY_TRY(expect(rest, "policy", &text, line));
	return parse_policy(text, &f->policy);
}

static enum sy_err
parse_lines(struct sy_span rest, struct sy_trust *t, size_t *line)
{
	SY_TRY(parse_head(&rest, &t->facts, line));
	struct sy_span text, value;
	while (sy_line_next(&rest, &text)) {
		(*line)++;
		if (sy_line_after(text, "key", &value))
			SY_TRY(parse_key(value, t));
		else if (sy_line_after(text, "host", &value) && t->nkeys == 0)
			SY_TRY(parse_host(value, t));
		else
			return SY_ERR_UNKNOWN_FIELD;
	}
	return rest.len == 0 ? SY_OK : SY_ERR_MALFORMED; /* the last line needs its LF too */
}

enum sy_err
sy_trust_text_parse(struct sy_span text, struct sy_trust *t, struct sy_fault *reterr)
{
	size_t line = 0;
	enum sy_err e = text.len > SY_TRUST_MAX ? SY_ERR_TOO_LONG : parse_lines(text, t, &line);
	if (e == SY_OK) {
		t->facts.nhosts = t->nhosts;
		t->facts.hosts = (const char *const *)t->hosts;
		t->facts.nkeys = t->nkeys;
		t->facts.keys = t->keys;
		return SY_OK;
	}
	char field[32];
	(void)snprintf(field, sizeof field, "line %zu", line);
	return sy_fault_at(reterr, e, field, 0, 0);
}

static void
print_time(int64_t t, struct sy_buf *ret)
{
	char s[SY_TIME_SIZE];
	sy_time_print(t, s);
	sy_buf_add_str(ret, s);
}

static enum sy_err
print_key(const struct sy_trust_key *k, struct sy_buf *ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf spki;
	sy_buf_init(&spki, 512);
	SY_TRY(sy_key_print_spki(k->key, &spki));
	sy_buf_printf(ret, "key %u %s ", (unsigned)k->kid, sy_alg_name(k->alg));
	sy_b64_add(ret, sy_buf_span(&spki));
	sy_buf_printf(ret, " %s %s ", sy_key_role_name(k->role), k->party);
	print_time(k->not_before, ret);
	sy_buf_add_byte(ret, ' ');
	if (k->not_after == INT64_MAX)
		sy_buf_add_byte(ret, '-');
	else
		print_time(k->not_after, ret);
	if (k->valid_if_leaf_lt == UINT64_MAX)
		sy_buf_add_str(ret, " -");
	else
		sy_buf_printf(ret, " %llu", (unsigned long long)k->valid_if_leaf_lt);
	sy_buf_printf(ret, " %s\n", k->reason);
	return SY_OK;
}

enum sy_err
sy_trust_text_print(const struct sy_trust_facts *f, struct sy_buf *ret)
{
	sy_buf_printf(ret, FIRST_LINE "\norigin %s\nversion %llu\nissued ", f->origin, (unsigned long long)f->version);
	print_time(f->issued, ret);
	sy_buf_add_str(ret, "\nexpires ");
	print_time(f->expires, ret);
	sy_buf_printf(ret, "\npolicy %u", f->policy.k);
	for (unsigned i = 0; i < f->policy.n; i++) {
		sy_buf_add_byte(ret, ' ');
		sy_note_key_print(&f->policy.root[i], ret);
	}
	sy_buf_add_byte(ret, '\n');
	for (size_t i = 0; i < f->nhosts; i++)
		sy_buf_printf(ret, "host %s\n", f->hosts[i]);
	for (size_t i = 0; i < f->nkeys; i++)
		SY_TRY(print_key(&f->keys[i], ret));
	return sy_buf_err(ret);
}
