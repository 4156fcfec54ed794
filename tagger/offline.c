/* offline.c: see offline.h. trust.md "Verdicts": every step that can still be taken is taken, so that all reasons
 * are found; what rests on an unproven signature is not looked at. */
#include "tagger/offline.h"

#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "tagger/code/authority.h"

#include <string.h>

/* A day of issue counts as long as the key was valid at any moment of it. */
static bool
valid_on(const struct sy_trust_key *k, int32_t day)
{
	return k->not_before < sy_time_of_date(day + 1) && k->not_after >= sy_time_of_date(day);
}

static enum sy_err
check_signature(const struct sy_bundle *b, struct sy_answer *a, bool *retgood)
{
	const struct sy_trust_facts *facts = sy_trust_facts(b->trust);
	const struct sy_trust_key *k = sy_trust_find(b->trust, SY_KEY_LABEL, a->token.kid);
	*retgood = false;
	a->found[SY_REASON_HOST] = !sy_trust_has_host(b->trust, sy_span_str(a->link.host));
	a->found[SY_REASON_NOT_HTTPS] = !a->link.tls && !sy_authority_is_loopback(a->link.host);
	a->found[SY_REASON_KID] = k == NULL;
	if (k == NULL)
		return SY_OK;
	a->found[SY_REASON_KEY_DATES] = !valid_on(k, a->token.day_issued);
	a->found[SY_REASON_COMPROMISED] = k->valid_if_leaf_lt != UINT64_MAX;
	if (!sy_seal_is_low_s(k->alg, a->token.sig)) {
		a->found[SY_REASON_SIGNATURE_FORM] = true;
		return SY_OK;
	}
	SY_CLEANUP(sy_buf_done) struct sy_buf message;
	sy_buf_init(&message, 1024);
	sy_token_message(sy_span_str(facts->origin), sy_span_str(a->link.path), a->link.token, &message);
	SY_TRY(sy_buf_err(&message));
	SY_AUTO_SEAL *seal = NULL;
	SY_TRY(sy_seal_new(k->key, &seal));
	enum sy_err err = sy_seal_verify(seal, sy_buf_span(&message), a->token.sig);
	a->found[SY_REASON_SIGNATURE] = err == SY_ERR_BAD_SIGNATURE;
	*retgood = err == SY_OK;
	return err == SY_ERR_BAD_SIGNATURE ? SY_OK : err;
}

static const struct sy_bundle_entry *
cited(const struct sy_bundle *b, const struct sy_json *subject, const char *name, const char *type)
{
	const struct sy_bundle_entry *e = sy_bundle_find_hex(b, sy_json_get_str(subject, name));
	return e != NULL && strcmp(sy_bundle_type(e), type) == 0 ? e : NULL;
}

/* The release that the token names, and that it is of the product and lot of the path. */
static void
check_release(const struct sy_bundle *b, struct sy_answer *a)
{
	const struct sy_bundle_entry *e = sy_bundle_find(b, a->token.release, sizeof a->token.release);
	if (e == NULL || strcmp(sy_bundle_type(e), "release") != 0) {
		a->found[SY_REASON_NO_RELEASE] = true;
		return;
	}
	a->release = e;
	const struct sy_json *subject = sy_json_get(e->entry.json, "subject");
	a->lot = cited(b, subject, "lot", "lot");
	a->product = cited(b, subject, "product", "product");
	if (a->lot == NULL || a->product == NULL || a->lot->body == NULL || a->product->body == NULL) {
		a->found[SY_REASON_NO_RELEASE] = true;
		return;
	}
	const char *lot = sy_json_get_str(a->lot->body, "lot"), *item = sy_json_get_str(a->product->body, a->link.own ? "own_item" : "gtin");
	a->found[SY_REASON_OTHER_LOT] = lot == NULL || item == NULL || strcmp(lot, a->link.lot) != 0 || strcmp(item, a->link.item) != 0;
}

/* Is this leaf in a list of leaves, or of objects that have it under `name`? *cursor: where to go on. */
static const struct sy_json *
listed(const struct sy_json *list, const char *name, const char *leaf, size_t *cursor)
{
	while (*cursor < sy_json_len(list)) {
		const struct sy_json *v = sy_json_at(list, (*cursor)++);
		const char *s = name == NULL ? sy_json_str(v) : sy_json_get_str(v, name);
		if (s != NULL && strcmp(s, leaf) == 0)
			return v;
	}
	return NULL;
}

static bool
has(const struct sy_json *body, const char *list, const char *name, const char *leaf)
{
	size_t cursor = 0;
	return listed(sy_json_get(body, list), name, leaf, &cursor) != NULL;
}

static void
check_lists(const struct sy_json *body, const char *leaf, struct sy_answer *a)
{
	const struct sy_json *v;
	size_t cursor = 0;
	a->found[SY_REASON_RECALLED] = has(body, "recalled", NULL, leaf);
	a->found[SY_REASON_REVOKED] = has(body, "revoked", NULL, leaf);
	while ((v = listed(sy_json_get(body, "held"), "release", leaf, &cursor)) != NULL) {
		const char *class = sy_json_get_str(v, "class");
		/* A class that is not known is taken as the graver one. */
		a->found[class != NULL && strcmp(class, "certificate") == 0 ? SY_REASON_HELD_CERTIFICATE : SY_REASON_HELD_SAFETY] = true;
	}
	cursor = 0;
	while ((v = listed(sy_json_get(body, "voided"), "release", leaf, &cursor)) != NULL) {
		if (sy_json_get(v, "first") == NULL)
			a->found[SY_REASON_VOIDED] = true;
		else if (a->link.serial[0] != '\0') /* which serials these are only the holder of the serial key can tell */
			a->found[SY_REASON_RANGE_VOIDED] = true;
	}
}

/* A hold, void or recall logged after the list was made: what it says of this release the list does not know. */
static bool
restricted_since(const struct sy_bundle *b, uint64_t size)
{
	static const char *const types[] = { "hold", "void", "recall" };
	for (size_t i = 0; i < b->nentries; i++)
		for (size_t t = 0; b->entries[i].index >= size && t < SY_LEN(types); t++)
			if (strcmp(sy_bundle_type(&b->entries[i]), types[t]) == 0)
				return true;
	return false;
}

static void
check_status(const struct sy_bundle *b, int64_t now, struct sy_answer *a)
{
	const struct sy_json *body = b->status == NULL ? NULL : b->status->body;
	int64_t until = 0;
	const char *text = sy_json_get_str(body, "valid_until");
	if (text == NULL || sy_time_parse(sy_span_str(text), &until, NULL) != SY_OK) {
		a->found[SY_REASON_NO_STATUS] = true;
		return;
	}
	a->found[SY_REASON_STATUS_EXPIRED] = now > until;
	if (a->release == NULL)
		return;
	char leaf[65];
	sy_hex_print(sy_span(a->release->leaf.b, sizeof a->release->leaf.b), leaf);
	int64_t size = sy_json_get_int(body, "size", 0);
	if (size < 0 || a->release->index >= (uint64_t)size || !has(body, "released", "leaf", leaf) || restricted_since(b, (uint64_t)size))
		a->found[SY_REASON_STATUS_BEHIND] = true;
	check_lists(body, leaf, a);
}

static void
conclude(struct sy_answer *a)
{
	a->verdict = SY_VERDICT_VALID;
	for (unsigned r = 0; r < SY_REASONS; r++)
		if (a->found[r] && sy_reason_row((enum sy_reason)r)->verdict < a->verdict)
			a->verdict = sy_reason_row((enum sy_reason)r)->verdict;
}

enum sy_err
sy_offline_verify(const struct sy_bundle *b, struct sy_span url, int64_t now, struct sy_answer *ret)
{
	*ret = (struct sy_answer){ .verdict = SY_VERDICT_MALFORMED };
	bool good = false;
	enum sy_err err = sy_link_parse(url, &ret->link, &ret->fault);
	ret->has_link = err == SY_OK;
	if (err != SY_OK) {
		ret->found[SY_REASON_FORM] = true;
	} else if (!ret->link.has_token) {
		ret->found[SY_REASON_UNSIGNED] = true;
	} else {
		err = sy_token_parse(ret->link.token, &ret->token, &ret->fault);
		ret->has_token = err == SY_OK;
		if (err != SY_OK)
			ret->found[err == SY_ERR_UNSUPPORTED ? SY_REASON_VERSION : SY_REASON_FORM] = true;
	}
	if (ret->has_token)
		SY_TRY(check_signature(b, ret, &good));
	if (good) {
		check_release(b, ret);
		check_status(b, now, ret);
		ret->found[SY_REASON_TRUST_EXPIRED] = now > sy_trust_facts(b->trust)->expires;
		ret->found[SY_REASON_EXPIRED] = ret->token.best_before != SY_BEST_BEFORE_NONE && sy_date_of_time(now) > (int32_t)ret->token.best_before;
	}
	conclude(ret);
	return SY_OK;
}
