/* trust.c: see trust.h. Who signed a list, and what stands on it; the lines are in trust_text.c. */
#include "certs/trust_text.h"

#include "certs/line.h"

#include <stdlib.h>
#include <string.h>

enum sy_err
sy_anchor_check(const struct sy_anchor *a)
{
	if (a->n == 0 || a->n > SY_TRUST_ROOTS_MAX || a->k == 0 || a->k > a->n)
		return SY_ERR_OUT_OF_RANGE;
	for (unsigned i = 0; i < a->n; i++)
		for (unsigned j = 0; j < i; j++)
			if (memcmp(a->root[i].raw, a->root[j].raw, sizeof a->root[i].raw) == 0)
				return SY_ERR_DUPLICATE_FIELD;
	return SY_OK;
}

static enum sy_err
parse_anchor(struct sy_span text, struct sy_anchor *ret)
{
	struct sy_span line, value;
	uint64_t k;
	if (!sy_line_next(&text, &line) || !sy_line_after(line, "threshold", &value))
		return SY_ERR_MALFORMED;
	SY_TRY(sy_line_u64(value, SY_TRUST_ROOTS_MAX, &k));
	ret->k = (unsigned)k;
	while (sy_line_next(&text, &line)) {
		if (ret->n == SY_TRUST_ROOTS_MAX)
			return SY_ERR_OUT_OF_RANGE;
		if (!sy_line_after(line, "root", &value))
			return SY_ERR_MALFORMED;
		SY_TRY(sy_note_key_parse(value, &ret->root[ret->n], NULL));
		ret->n++;
	}
	return text.len == 0 ? sy_anchor_check(ret) : SY_ERR_MALFORMED;
}

enum sy_err
sy_anchor_parse(struct sy_span text, struct sy_anchor *ret, struct sy_fault *reterr)
{
	*ret = (struct sy_anchor){ 0 };
	enum sy_err e = parse_anchor(text, ret);
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e, "anchor", 0, 0);
}

void
sy_anchor_print(const struct sy_anchor *a, struct sy_buf *ret)
{
	sy_buf_printf(ret, "threshold %u\n", a->k);
	for (unsigned i = 0; i < a->n; i++) {
		sy_buf_add_str(ret, "root ");
		sy_note_key_print(&a->root[i], ret);
		sy_buf_add_byte(ret, '\n');
	}
}

void
sy_trust_free(struct sy_trust *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->nhosts; i++)
		free(t->hosts[i]);
	for (size_t i = 0; i < t->nkeys; i++)
		sy_key_free(t->keys[i].key);
	free(t);
}

enum sy_err
sy_trust_parse_text(struct sy_span text, struct sy_trust **ret, struct sy_fault *reterr)
{
	*ret = NULL;
	struct sy_trust *t = calloc(1, sizeof *t);
	if (t == NULL)
		return SY_ERR_NO_MEMORY;
	SY_CLEANUP(sy_buf_done) struct sy_buf again;
	sy_buf_init(&again, SY_TRUST_MAX);
	enum sy_err e = sy_trust_text_parse(text, t, reterr);
	if (e == SY_OK)
		e = sy_trust_text_print(&t->facts, &again);
	if (e == SY_OK && !sy_span_eq(sy_buf_span(&again), text))
		e = sy_fault_at(reterr, SY_ERR_NOT_CANONICAL, "", 0, 0);
	if (e != SY_OK) {
		sy_trust_free(t);
		return e;
	}
	*ret = t;
	return SY_OK;
}

enum sy_err
sy_trust_print(const struct sy_trust_facts *facts, struct sy_buf *ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf text;
	sy_buf_init(&text, SY_TRUST_MAX);
	SY_TRY(sy_trust_text_print(facts, &text));
	struct sy_trust *t;
	SY_TRY(sy_trust_parse_text(sy_buf_span(&text), &t, NULL));
	sy_trust_free(t);
	sy_buf_add_span(ret, sy_buf_span(&text));
	return sy_buf_err(ret);
}

/* Every root is asked once, so that a key that signed twice counts once. */
static enum sy_err
check_quorum(const struct sy_note *note, const struct sy_anchor *anchor, struct sy_fault *reterr)
{
	unsigned good = 0;
	SY_TRY(sy_anchor_check(anchor));
	for (unsigned i = 0; i < anchor->n; i++) {
		enum sy_err e = sy_note_verify(note, &anchor->root[i]);
		if (e == SY_OK)
			good++;
		else if (e != SY_ERR_UNKNOWN_KEY)
			return sy_fault_say(reterr, e, "signature", "%s 的签名不符", "the signature of %s does not fit", anchor->root[i].name);
	}
	if (good >= anchor->k)
		return SY_OK;
	return sy_fault_say(reterr, SY_ERR_QUORUM, "signature", "需要 %u 个根签名，只有 %u 个", "%u root signatures are needed, %u are there", anchor->k, good);
}

enum sy_err
sy_trust_parse(struct sy_span note, const struct sy_anchor *anchor, struct sy_trust **ret, struct sy_fault *reterr)
{
	*ret = NULL;
	if (note.len > SY_TRUST_MAX)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "", SY_TRUST_MAX, 0);
	struct sy_note parsed;
	SY_TRY(sy_note_parse(note, &parsed, reterr));
	SY_TRY(check_quorum(&parsed, anchor, reterr));
	return sy_trust_parse_text(parsed.text, ret, reterr);
}

const struct sy_trust_facts *
sy_trust_facts(const struct sy_trust *t)
{
	return &t->facts;
}

const struct sy_trust_key *
sy_trust_find(const struct sy_trust *t, enum sy_key_role role, uint32_t kid)
{
	for (size_t i = 0; i < t->nkeys; i++)
		if (t->keys[i].kid == kid)
			return t->keys[i].role == role ? &t->keys[i] : NULL;
	return NULL;
}

static bool
same_host(struct sy_span a, const char *host)
{
	if (a.len != strlen(host))
		return false;
	for (size_t i = 0; i < a.len; i++) {
		uint8_t c = a.data[i];
		if (c >= 'A' && c <= 'Z')
			c = (uint8_t)(c - 'A' + 'a');
		if (c != (uint8_t)host[i])
			return false;
	}
	return true;
}

bool
sy_trust_has_host(const struct sy_trust *t, struct sy_span authority)
{
	for (size_t i = 0; i < t->nhosts; i++)
		if (same_host(authority, t->hosts[i]))
			return true;
	return false;
}

bool
sy_trust_key_valid_at(const struct sy_trust_key *k, int64_t t)
{
	return t >= k->not_before && t <= k->not_after;
}

bool
sy_trust_key_valid_for(const struct sy_trust_key *k, uint64_t leaf)
{
	return k->valid_if_leaf_lt == UINT64_MAX || leaf < k->valid_if_leaf_lt;
}
