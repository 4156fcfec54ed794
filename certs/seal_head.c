/* seal_head.c: the protected header of one seal (RFC 7515 section 4), see entry.h.
 * Exactly six members, canonical: what is not written here cannot be said by a header. */
#include "certs/seal_head.h"

#include "certs/line.h"
#include "schema/wire/b64.h"
#include "schema/wire/canon.h"

#include <stdio.h>
#include <string.h>

#define TYP_HEAD "suyuan-"
#define TYP_TAIL "-v1+jws"

static const char *const types[] = {
	"party", "product", "lot", "report", "certificate", "release", "allocation", "hold", "void", "recall", "activation", "trust", "status",
};

bool
sy_entry_type_known(struct sy_span type)
{
	for (size_t i = 0; i < SY_LEN(types); i++)
		if (sy_span_eq_str(type, types[i]))
			return true;
	return false;
}

enum sy_err
sy_seal_typ(struct sy_span type, char ret[48])
{
	if (!sy_entry_type_known(type))
		return SY_ERR_UNSUPPORTED;
	(void)snprintf(ret, 48, TYP_HEAD "%.*s" TYP_TAIL, (int)type.len, (const char *)type.data);
	return SY_OK;
}

/* JOSE names ES256 (RFC 7518 3.4); it has none for SM2 with SM3, so that one is our own. */
static const char *
jose_name(enum sy_alg a)
{
	if (a == SY_ALG_P256)
		return "ES256";
	return a == SY_ALG_SM2 ? "SUYUAN-SM2-SM3" : "";
}

/* All strings are plain ASCII without quotes, so that they stand as they are (RFC 8785 3.2.2.2). */
void
sy_seal_head_print(const struct sy_seal_head *h, struct sy_buf *ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf x5t;
	sy_buf_init(&x5t, 64);
	sy_b64url_add(&x5t, sy_span(h->x5t, sizeof h->x5t));
	sy_buf_printf(ret, "{\"alg\":\"%s\",\"iat\":%lld,\"kid\":\"%s\",\"role\":\"%s\",\"typ\":\"%s\",\"x5t#S256\":\"%s\"}", jose_name(h->alg), (long long)h->iat, h->kid,
	    sy_role_name(h->role), h->typ, sy_buf_cstr(&x5t));
	if (ret->err == SY_OK)
		ret->err = x5t.err;
}

static enum sy_err
parse_alg(const char *s, enum sy_alg *ret)
{
	if (strcmp(s, jose_name(SY_ALG_P256)) == 0)
		*ret = SY_ALG_P256;
	else if (strcmp(s, jose_name(SY_ALG_SM2)) == 0)
		*ret = SY_ALG_SM2;
	else
		return SY_ERR_UNSUPPORTED;
	return SY_OK;
}

static enum sy_err
parse_typ(const char *s, char ret[48])
{
	struct sy_span typ = sy_span_str(s);
	size_t fixed = strlen(TYP_HEAD) + strlen(TYP_TAIL);
	if (typ.len <= fixed || typ.len >= 48)
		return SY_ERR_UNSUPPORTED;
	struct sy_span type = sy_span_sub(typ, strlen(TYP_HEAD), typ.len - fixed);
	SY_TRY(sy_seal_typ(type, ret));
	return strcmp(s, ret) == 0 ? SY_OK : SY_ERR_UNSUPPORTED;
}

static enum sy_err
parse_kid(const char *s, char ret[17])
{
	struct sy_span kid = sy_span_str(s);
	if (!sy_line_made_of(kid, "A-Za-z0-9_-", 1, 16))
		return SY_ERR_BAD_CHARACTER;
	memcpy(ret, s, kid.len + 1);
	return SY_OK;
}

static enum sy_err
parse_member(const char *name, const struct sy_json *v, struct sy_seal_head *h)
{
	if (strcmp(name, "iat") == 0) {
		if (sy_json_kind(v) != SY_JSON_INT)
			return SY_ERR_WRONG_TYPE;
		h->iat = sy_json_int(v, 0);
		return h->iat >= 0 ? SY_OK : SY_ERR_OUT_OF_RANGE;
	}
	const char *s = sy_json_str(v);
	if (s == NULL)
		return SY_ERR_WRONG_TYPE;
	if (strcmp(name, "alg") == 0)
		return parse_alg(s, &h->alg);
	if (strcmp(name, "kid") == 0)
		return parse_kid(s, h->kid);
	if (strcmp(name, "role") == 0)
		return sy_role_parse(sy_span_str(s), &h->role);
	if (strcmp(name, "typ") == 0)
		return parse_typ(s, h->typ);
	return sy_b64url_parse_fixed(sy_span_str(s), h->x5t, sizeof h->x5t, NULL);
}

enum sy_err
sy_members_exact(const struct sy_json *object, const char *const *names, size_t n, struct sy_fault *reterr)
{
	if (sy_json_kind(object) != SY_JSON_OBJECT)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "", 0, 0);
	for (size_t i = 0; i < n; i++)
		if (sy_json_get(object, names[i]) == NULL)
			return sy_fault_at(reterr, SY_ERR_MISSING, names[i], 0, 0);
	void *cursor = NULL;
	const char *name;
	const struct sy_json *value;
	while (sy_json_next(object, &cursor, &name, &value)) {
		size_t i = 0;
		while (i < n && strcmp(name, names[i]) != 0)
			i++;
		if (i == n)
			return sy_fault_at(reterr, SY_ERR_UNKNOWN_FIELD, name, 0, 0);
	}
	return SY_OK;
}

enum sy_err
sy_seal_head_parse(struct sy_span json, struct sy_seal_head *ret, struct sy_fault *reterr)
{
	static const char *const names[] = { "alg", "iat", "kid", "role", "typ", "x5t#S256" };
	*ret = (struct sy_seal_head){ 0 };
	SY_AUTO_JSON *v = NULL;
	SY_TRY(sy_canon_parse(json, &v, reterr));
	SY_TRY(sy_members_exact(v, names, SY_LEN(names), reterr));
	for (size_t i = 0; i < SY_LEN(names); i++) {
		enum sy_err e = parse_member(names[i], sy_json_get(v, names[i]), ret);
		if (e != SY_OK)
			return sy_fault_at(reterr, e, names[i], 0, 0);
	}
	return SY_OK;
}

void
sy_seal_input(struct sy_span protected_json, struct sy_span statement, struct sy_buf *ret)
{
	sy_b64url_add(ret, protected_json);
	sy_buf_add_byte(ret, '.');
	sy_b64url_add(ret, statement);
}
