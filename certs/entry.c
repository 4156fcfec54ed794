/* entry.c: see entry.h. One value has one spelling: whatever is not the canonical
 * form is refused, so that a leaf hash names one set of seals. */
#include "certs/entry.h"

#include "certs/line.h"
#include "certs/seal_head.h"
#include "schema/wire/b64.h"
#include "schema/wire/canon.h"

#include <stdio.h>
#include <string.h>

void
sy_entry_done(struct sy_entry *e)
{
	sy_buf_done(&e->statement);
	sy_buf_done(&e->arena);
	sy_json_free(e->json);
	*e = (struct sy_entry){ 0 };
}

static enum sy_err
parse_statement(const struct sy_json *payload, struct sy_entry *ret, struct sy_fault *reterr)
{
	const char *text = sy_json_str(payload);
	if (text == NULL)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "", 0, 0);
	SY_TRY(sy_b64url_parse(sy_span_str(text), &ret->statement, reterr));
	SY_TRY(sy_canon_parse(sy_buf_span(&ret->statement), &ret->json, reterr));
	if (sy_json_kind(ret->json) != SY_JSON_OBJECT)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "", 0, 0);
	const char *type = sy_json_get_str(ret->json, "type");
	if (type == NULL)
		return sy_fault_at(reterr, SY_ERR_MISSING, "type", 0, 0);
	if (!sy_entry_type_known(sy_span_str(type)))
		return sy_fault_at(reterr, SY_ERR_UNSUPPORTED, "type", 0, 0);
	return SY_OK;
}

static enum sy_err
parse_protected(const char *text, struct sy_entry *e, struct sy_entry_seal *seal, struct sy_fault *reterr)
{
	size_t from = e->arena.len;
	SY_TRY(sy_b64url_parse(sy_span_str(text), &e->arena, reterr));
	seal->protected_json = sy_span_sub(sy_buf_span(&e->arena), from, e->arena.len - from);
	return sy_seal_head_parse(seal->protected_json, &seal->head, reterr);
}

static enum sy_err
parse_seal(const struct sy_json *v, struct sy_entry *e, struct sy_entry_seal *seal, struct sy_fault *reterr)
{
	static const char *const names[] = { "protected", "signature" };
	SY_TRY(sy_members_exact(v, names, SY_LEN(names), reterr));
	const char *head = sy_json_get_str(v, "protected"), *sig = sy_json_get_str(v, "signature");
	if (head == NULL || sig == NULL)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, head == NULL ? "protected" : "signature", 0, 0);
	enum sy_err err = parse_protected(head, e, seal, reterr);
	if (err != SY_OK) {
		sy_fault_within(reterr, "protected");
		return err;
	}
	err = sy_b64url_parse_fixed(sy_span_str(sig), seal->sig, SY_SIG_SIZE, NULL);
	if (err != SY_OK)
		return sy_fault_at(reterr, err, "signature", 0, 0);
	char typ[48];
	SY_TRY(sy_seal_typ(sy_span_str(sy_json_get_str(e->json, "type")), typ));
	if (strcmp(typ, seal->head.typ) != 0)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "protected.typ", 0, 0);
	/* Ascending role bits: tester, reviewer, approver; and no role seals twice. */
	if (seal > e->seal && seal[-1].head.role >= seal->head.role)
		return sy_fault_at(reterr, SY_ERR_NOT_CANONICAL, "protected.role", 0, 0);
	return SY_OK;
}

static enum sy_err
parse_seals(const struct sy_json *v, struct sy_entry *e, struct sy_fault *reterr)
{
	size_t n = sy_json_len(v);
	if (sy_json_kind(v) != SY_JSON_ARRAY)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "", 0, 0);
	if (n == 0 || n > SY_ENTRY_SEALS_MAX)
		return sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "", 0, 0);
	for (size_t i = 0; i < n; i++) {
		enum sy_err err = parse_seal(sy_json_at(v, i), e, &e->seal[i], reterr);
		if (err != SY_OK) {
			char index[24];
			(void)snprintf(index, sizeof index, "%zu", i);
			sy_fault_within(reterr, index);
			return err;
		}
	}
	e->n = n;
	return SY_OK;
}

static enum sy_err
parse_entry(struct sy_span entry, struct sy_entry *ret, struct sy_fault *reterr)
{
	static const char *const names[] = { "payload", "signatures" };
	SY_AUTO_JSON *v = NULL;
	if (entry.len > SY_ENTRY_MAX)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "", SY_ENTRY_MAX, 0);
	sy_buf_init(&ret->statement, SY_ENTRY_MAX);
	sy_buf_init(&ret->arena, SY_ENTRY_MAX);
	/* Room for all of it at once: headers are lent out of the arena, so it must not move. */
	if (sy_buf_room(&ret->arena, entry.len) == NULL)
		return sy_buf_err(&ret->arena);
	SY_TRY(sy_canon_parse(entry, &v, reterr));
	SY_TRY(sy_members_exact(v, names, SY_LEN(names), reterr));
	enum sy_err e = parse_statement(sy_json_get(v, "payload"), ret, reterr);
	if (e != SY_OK) {
		sy_fault_within(reterr, "payload");
		return e;
	}
	e = parse_seals(sy_json_get(v, "signatures"), ret, reterr);
	if (e != SY_OK)
		sy_fault_within(reterr, "signatures");
	return e;
}

enum sy_err
sy_entry_parse(struct sy_span entry, struct sy_entry *ret, struct sy_fault *reterr)
{
	*ret = (struct sy_entry){ 0 };
	enum sy_err e = parse_entry(entry, ret, reterr);
	if (e != SY_OK)
		sy_entry_done(ret);
	return e;
}

enum sy_err
sy_entry_print(struct sy_span statement, const struct sy_entry_part *parts, size_t n, struct sy_buf *ret)
{
	if (n == 0 || n > SY_ENTRY_SEALS_MAX)
		return SY_ERR_OUT_OF_RANGE;
	size_t from = ret->len;
	sy_buf_add_str(ret, "{\"payload\":\"");
	sy_b64url_add(ret, statement);
	sy_buf_add_str(ret, "\",\"signatures\":[");
	for (size_t i = 0; i < n; i++) {
		sy_buf_add_str(ret, i == 0 ? "{\"protected\":\"" : ",{\"protected\":\"");
		sy_b64url_add(ret, parts[i].protected_json);
		sy_buf_add_str(ret, "\",\"signature\":\"");
		sy_b64url_add(ret, sy_span(parts[i].sig, SY_SIG_SIZE));
		sy_buf_add_str(ret, "\"}");
	}
	sy_buf_add_str(ret, "]}");
	SY_TRY(sy_buf_err(ret));
	/* Nobody prints what nobody will read. */
	struct sy_entry e;
	SY_TRY(sy_entry_parse(sy_span_sub(sy_buf_span(ret), from, ret->len - from), &e, NULL));
	sy_entry_done(&e);
	return SY_OK;
}

/* A person's kid comes from the key; the status key's is a number of the trust list. */
static enum sy_err
check_kid(const struct sy_seal_head *h, const struct sy_key *key)
{
	char kid[17];
	if (h->role == SY_ROLE_STATUS) {
		uint64_t number;
		return sy_line_u64(sy_span_str(h->kid), SY_KID_MAX, &number) == SY_OK ? SY_OK : SY_ERR_UNKNOWN_KEY;
	}
	SY_TRY(sy_key_kid(key, kid));
	return strcmp(kid, h->kid) == 0 ? SY_OK : SY_ERR_UNKNOWN_KEY;
}

enum sy_err
sy_entry_seal_verify(const struct sy_entry *e, size_t i, const struct sy_cert *cert)
{
	if (i >= e->n)
		return SY_ERR_OUT_OF_RANGE;
	const struct sy_entry_seal *s = &e->seal[i];
	if (memcmp(s->head.x5t, sy_cert_sha256(cert), sizeof s->head.x5t) != 0)
		return SY_ERR_UNKNOWN_KEY;
	SY_AUTO_KEY *key = NULL;
	SY_TRY(sy_cert_key(cert, &key));
	if (sy_key_alg(key) != s->head.alg)
		return SY_ERR_BAD_SIGNATURE;
	SY_TRY(check_kid(&s->head, key));
	SY_CLEANUP(sy_buf_done) struct sy_buf input;
	sy_buf_init(&input, (size_t)2 * SY_ENTRY_MAX);
	sy_seal_input(s->protected_json, sy_buf_span(&e->statement), &input);
	SY_TRY(sy_buf_err(&input));
	SY_AUTO_SEAL *seal = NULL;
	SY_TRY(sy_seal_new(key, &seal));
	return sy_seal_verify(seal, sy_buf_span(&input), s->sig);
}
