/* bundle.c: see bundle.h. */
#include "tagger/bundle.h"

#include "certs/digest.h"
#include "schema/wire/b64.h"
#include "schema/wire/hex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROOF_MAX 63
#define CERT_MAX 16384

void
sy_bundle_free(struct sy_bundle *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < b->nentries; i++)
		sy_entry_done(&b->entries[i].entry);
	for (size_t i = 0; i < b->ncerts; i++)
		sy_cert_free(b->certs[i]);
	free(b->entries);
	free(b->certs);
	sy_trust_free(b->trust);
	sy_json_free(b->bodies);
	sy_json_free(b->root);
	free(b);
}

static enum sy_err
need_str(const struct sy_json *object, const char *name, struct sy_span *ret, struct sy_fault *reterr)
{
	const char *s = sy_json_get_str(object, name);
	if (s == NULL)
		return sy_fault_at(reterr, SY_ERR_MISSING, name, 0, 0);
	*ret = sy_span_str(s);
	return SY_OK;
}

static enum sy_err
read_trust(struct sy_bundle *b, struct sy_span anchor_text, struct sy_fault *reterr)
{
	struct sy_anchor anchor;
	struct sy_span note = { NULL, 0 };
	struct sy_fault inner = { .err = SY_OK };
	enum sy_err err = sy_anchor_parse(anchor_text, &anchor, &inner);
	if (err != SY_OK)
		return sy_fault_at(reterr, err, "anchor", inner.offset, inner.length);
	SY_TRY(need_str(b->root, "trust", &note, reterr));
	err = sy_trust_parse(note, &anchor, &b->trust, &inner);
	return err == SY_OK ? SY_OK : sy_fault_at(reterr, err, "trust", inner.offset, inner.length);
}

/* Signed by a log key of the list, which must not be known as compromised: it could show any tree. */
static enum sy_err
signed_by_log(const struct sy_bundle *b, const struct sy_note *note)
{
	const struct sy_trust_facts *f = sy_trust_facts(b->trust);
	for (size_t i = 0; i < f->nkeys; i++) {
		struct sy_note_key key;
		if (f->keys[i].role != SY_KEY_LOG || f->keys[i].valid_if_leaf_lt != UINT64_MAX)
			continue;
		SY_TRY(sy_note_key_from(f->origin, f->keys[i].key, &key));
		enum sy_err err = sy_note_verify(note, &key);
		if (err != SY_ERR_UNKNOWN_KEY)
			return err;
	}
	return SY_ERR_UNKNOWN_KEY;
}

static enum sy_err
read_checkpoint(struct sy_bundle *b, struct sy_fault *reterr)
{
	struct sy_span text = { NULL, 0 };
	struct sy_note note;
	SY_TRY(need_str(b->root, "checkpoint", &text, reterr));
	enum sy_err err = sy_note_parse(text, &note, NULL);
	if (err == SY_OK)
		err = sy_checkpoint_parse(note.text, &b->checkpoint, NULL);
	if (err == SY_OK && strcmp(b->checkpoint.origin, sy_trust_facts(b->trust)->origin) != 0)
		err = SY_ERR_WRONG_ORIGIN;
	if (err == SY_OK)
		err = signed_by_log(b, &note);
	return err == SY_OK ? SY_OK : sy_fault_at(reterr, err, "checkpoint", 0, 0);
}

static enum sy_err
at_index(struct sy_fault *f, enum sy_err err, const char *list, size_t i)
{
	char where[48];
	(void)snprintf(where, sizeof where, "%s.%zu", list, i);
	if (f != NULL && f->err != SY_OK) {
		sy_fault_within(f, where);
		return err;
	}
	return sy_fault_at(f, err, where, 0, 0);
}

static enum sy_err
read_certs(struct sy_bundle *b, struct sy_fault *reterr)
{
	const struct sy_json *list = sy_json_get(b->root, "certs");
	size_t n = sy_json_len(list);
	if (sy_json_kind(list) != SY_JSON_ARRAY)
		return sy_fault_at(reterr, SY_ERR_MISSING, "certs", 0, 0);
	b->certs = calloc(n + 1, sizeof *b->certs); /* NOLINT(bugprone-sizeof-expression): a list of pointers */
	if (b->certs == NULL)
		return SY_ERR_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		SY_CLEANUP(sy_buf_done) struct sy_buf der;
		sy_buf_init(&der, CERT_MAX);
		enum sy_err err = sy_b64_parse(sy_span_str(sy_json_str(sy_json_at(list, i))), &der, NULL);
		if (err == SY_OK)
			err = sy_buf_err(&der);
		if (err == SY_OK)
			err = sy_cert_parse(sy_buf_span(&der), &b->certs[i]);
		if (err != SY_OK)
			return at_index(reterr, err, "certs", i);
		b->ncerts = i + 1;
	}
	return SY_OK;
}

/* Every body by its hash, once; kept parsed. */
static enum sy_err
read_bodies(struct sy_bundle *b, struct sy_fault *reterr)
{
	const struct sy_json *list = sy_json_get(b->root, "bodies");
	void *cursor = NULL;
	const char *name;
	const struct sy_json *v;
	if (sy_json_kind(list) != SY_JSON_OBJECT)
		return sy_fault_at(reterr, SY_ERR_MISSING, "bodies", 0, 0);
	b->bodies = sy_json_object();
	while (sy_json_next(list, &cursor, &name, &v)) {
		uint8_t hash[SY_SHA256_SIZE];
		char hex[65], where[80];
		(void)snprintf(where, sizeof where, "bodies.%.64s", name);
		if (sy_json_str(v) == NULL)
			return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, where, 0, 0);
		struct sy_span text = sy_span_str(sy_json_str(v));
		SY_TRY(sy_sha256(text, hash));
		sy_hex_print(sy_span(hash, sizeof hash), hex);
		if (strcmp(hex, name) != 0)
			return sy_fault_at(reterr, SY_ERR_BODY_MISMATCH, where, 0, 0);
		struct sy_json *body = NULL;
		enum sy_err err = sy_json_parse(text, &body, NULL);
		if (err != SY_OK)
			return sy_fault_at(reterr, err, where, 0, 0);
		SY_TRY(sy_json_set(b->bodies, name, body));
	}
	return SY_OK;
}

/* Which roles may seal a type, as bits; three seals for a report, one for all others. */
static unsigned
roles_of(const char *type)
{
	static const struct { const char *type; unsigned roles; } rows[] = {
		{ "release", SY_ROLE_OPERATOR }, { "certificate", SY_ROLE_CERTIFIER | SY_ROLE_PRODUCER },
		{ "hold", SY_ROLE_OFFICER | SY_ROLE_OPERATOR | SY_ROLE_CERTIFIER | SY_ROLE_STATUS },
		{ "void", SY_ROLE_OFFICER | SY_ROLE_OPERATOR | SY_ROLE_APPROVER | SY_ROLE_CERTIFIER | SY_ROLE_PRODUCER },
		{ "recall", SY_ROLE_OFFICER | SY_ROLE_OPERATOR },
	};
	for (size_t i = 0; i < SY_LEN(rows); i++)
		if (strcmp(type, rows[i].type) == 0)
			return rows[i].roles;
	return SY_ROLE_STATUS;
}

static enum sy_err
check_roles(const struct sy_entry *e)
{
	static const enum sy_role three[] = { SY_ROLE_TESTER, SY_ROLE_REVIEWER, SY_ROLE_APPROVER };
	const char *type = sy_json_get_str(e->json, "type");
	if (type == NULL)
		return SY_ERR_MALFORMED;
	if (strcmp(type, "report") != 0)
		return e->n == 1 && (roles_of(type) & (unsigned)e->seal[0].head.role) != 0 ? SY_OK : SY_ERR_WRONG_ROLE;
	if (e->n != SY_LEN(three))
		return SY_ERR_NOT_SEALED;
	for (size_t i = 0; i < SY_LEN(three); i++)
		if (e->seal[i].head.role != three[i])
			return SY_ERR_WRONG_ROLE;
	return SY_OK;
}

static enum sy_err
check_proof(const struct sy_bundle *b, const struct sy_json *list, const struct sy_bundle_entry *e)
{
	struct sy_hash proof[PROOF_MAX];
	size_t n = sy_json_len(list);
	if (sy_json_kind(list) != SY_JSON_ARRAY || n > PROOF_MAX)
		return SY_ERR_BAD_PROOF;
	for (size_t i = 0; i < n; i++) {
		SY_CLEANUP(sy_buf_done) struct sy_buf h;
		sy_buf_init(&h, sizeof proof[i].b);
		if (sy_b64_parse(sy_span_str(sy_json_str(sy_json_at(list, i))), &h, NULL) != SY_OK || h.len != sizeof proof[i].b)
			return SY_ERR_BAD_PROOF;
		memcpy(proof[i].b, h.data, h.len);
	}
	return sy_inclusion_verify(&e->leaf, e->index, b->checkpoint.size, proof, n, &b->checkpoint.root);
}

static enum sy_err
read_entry(const struct sy_bundle *b, const struct sy_json *v, struct sy_bundle_entry *ret, struct sy_fault *reterr)
{
	struct sy_span text = { NULL, 0 };
	int64_t index = sy_json_get_int(v, "index", -1);
	SY_TRY(need_str(v, "entry", &text, reterr));
	if (index < 0)
		return sy_fault_at(reterr, SY_ERR_MISSING, "index", 0, 0);
	ret->index = (uint64_t)index;
	SY_TRY(sy_leaf_hash(text, &ret->leaf));
	SY_TRY(check_proof(b, sy_json_get(v, "proof"), ret));
	SY_TRY(sy_entry_parse(text, &ret->entry, reterr));
	const struct sy_entry_context context = {
		.certs = (const struct sy_cert *const *)b->certs, .n = b->ncerts, .trust = b->trust, .leaf = ret->index,
	};
	SY_TRY(sy_entry_check(&ret->entry, &context, reterr));
	SY_TRY(check_roles(&ret->entry));
	const char *hash = sy_json_get_str(ret->entry.json, "public_sha256");
	ret->body = hash == NULL ? NULL : sy_json_get(b->bodies, hash);
	return SY_OK;
}

static enum sy_err
read_entries(struct sy_bundle *b, struct sy_fault *reterr)
{
	const struct sy_json *list = sy_json_get(b->root, "entries");
	size_t n = sy_json_len(list);
	if (sy_json_kind(list) != SY_JSON_ARRAY)
		return sy_fault_at(reterr, SY_ERR_MISSING, "entries", 0, 0);
	b->entries = calloc(n + 1, sizeof *b->entries);
	if (b->entries == NULL)
		return SY_ERR_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		b->nentries = i + 1;
		enum sy_err err = read_entry(b, sy_json_at(list, i), &b->entries[i], reterr);
		if (err != SY_OK)
			return at_index(reterr, err, "entries", i);
		const struct sy_bundle_entry *e = &b->entries[i];
		if (strcmp(sy_bundle_type(e), "status") == 0 && (b->status == NULL || e->index > b->status->index))
			b->status = e;
	}
	return SY_OK;
}

enum sy_err
sy_bundle_open(struct sy_span json, struct sy_span anchor, struct sy_bundle **ret, struct sy_fault *reterr)
{
	SY_CLEANUP(sy_bundle_freep) struct sy_bundle *b = calloc(1, sizeof *b);
	if (b == NULL)
		return SY_ERR_NO_MEMORY;
	SY_TRY(sy_json_parse(json, &b->root, reterr));
	const char *v = sy_json_get_str(b->root, "v");
	if (v == NULL || strcmp(v, "suyuan/bundle/v1") != 0)
		return sy_fault_at(reterr, v == NULL ? SY_ERR_MALFORMED : SY_ERR_UNSUPPORTED, "v", 0, 0);
	SY_TRY(read_trust(b, anchor, reterr));
	SY_TRY(read_checkpoint(b, reterr));
	SY_TRY(read_certs(b, reterr));
	SY_TRY(read_bodies(b, reterr));
	SY_TRY(read_entries(b, reterr));
	*ret = b;
	b = NULL;
	return SY_OK;
}

const struct sy_bundle_entry *
sy_bundle_find(const struct sy_bundle *b, const uint8_t *leaf, size_t len)
{
	for (size_t i = 0; i < b->nentries; i++)
		if (memcmp(b->entries[i].leaf.b, leaf, len) == 0)
			return &b->entries[i];
	return NULL;
}

const struct sy_bundle_entry *
sy_bundle_find_hex(const struct sy_bundle *b, const char *hex)
{
	struct sy_hash leaf;
	if (hex == NULL || sy_hex_parse(sy_span_str(hex), leaf.b, sizeof leaf.b, NULL) != SY_OK)
		return NULL;
	return sy_bundle_find(b, leaf.b, sizeof leaf.b);
}

const char *
sy_bundle_type(const struct sy_bundle_entry *e)
{
	const char *type = sy_json_get_str(e->entry.json, "type");
	return type == NULL ? "" : type;
}
