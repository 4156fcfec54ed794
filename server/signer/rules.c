/* rules.c: which type asks for which seals, versions, and what all rules share, see rules.h. */
#include "server/signer/rules.h"

#include "certs/digest.h"
#include "schema/wire/canon.h"
#include "schema/wire/hex.h"

#include <stdio.h>
#include <string.h>

#define REPORT_ROLES (SY_ROLE_TESTER | SY_ROLE_REVIEWER | SY_ROLE_APPROVER)

struct row {
	const char *type;
	unsigned roles; /* any one of them; a report: all */
	bool corrects; /* may have a version 2 */
	bool other_issuer; /* a later version may be another party's */
	enum sy_err (*rule)(struct rule *r);
};

static const struct row rows[] = {
	{ "party", SY_ROLE_STATUS, true, false, NULL },
	{ "product", SY_ROLE_STATUS, true, false, rules_product },
	{ "lot", SY_ROLE_STATUS, true, false, rules_lot },
	{ "report", REPORT_ROLES, true, false, NULL }, /* what it says stays unsaid until a release cites it */
	{ "certificate", SY_ROLE_CERTIFIER | SY_ROLE_PRODUCER, true, false, rules_certificate },
	{ "release", SY_ROLE_OPERATOR, false, false, rules_release },
	{ "allocation", SY_ROLE_STATUS, false, false, rules_allocation },
	{ "hold", SY_ROLE_STATUS | SY_ROLE_OFFICER | SY_ROLE_OPERATOR | SY_ROLE_CERTIFIER, true, true, rules_hold },
	{ "void", SY_ROLE_OPERATOR | SY_ROLE_OFFICER | SY_ROLE_APPROVER | SY_ROLE_CERTIFIER | SY_ROLE_PRODUCER, false, false, rules_void },
	{ "recall", SY_ROLE_OFFICER | SY_ROLE_OPERATOR, true, true, rules_recall },
	{ "activation", SY_ROLE_STATUS, false, false, rules_activation },
	{ "trust", SY_ROLE_STATUS, true, false, rules_trust },
	{ "status", SY_ROLE_STATUS, true, false, rules_status },
};

static const struct row *
row_of(const char *type)
{
	for (size_t i = 0; i < SY_LEN(rows); i++)
		if (strcmp(rows[i].type, type) == 0)
			return &rows[i];
	return NULL;
}

bool
rules_role_may(const char *type, enum sy_role role)
{
	const struct row *row = row_of(type);
	return row != NULL && (row->roles & (unsigned)role) != 0;
}

enum sy_err
rules_fail(const struct rule *r, enum sy_err err, const char *field)
{
	return sy_fault_at(r->fault, err, field, 0, 0);
}

enum sy_err
rules_own(const struct rule *r, const char *party, const char *field)
{
	return party != NULL && strcmp(r->st->issuer, party) == 0 ? SY_OK : rules_fail(r, SY_ERR_WRONG_PARTY, field);
}

enum sy_err
rules_id(const struct sy_json *body, const char *name, uint8_t ret[16])
{
	const char *text = sy_json_get_str(body, name);
	return text == NULL ? SY_ERR_MISSING : sy_hex_parse(sy_span_str(text), ret, 16, NULL);
}

enum sy_err
rules_body(const struct rule *r, const char *sha256_hex, struct sy_span *rettext, struct sy_json **ret)
{
	uint8_t hash[SY_SHA256_SIZE];
	char hex[2 * sizeof hash + 1], field[80];
	(void)snprintf(field, sizeof field, "bodies.%s", sha256_hex);
	const char *text = sy_json_get_str(r->bodies, sha256_hex);
	if (text == NULL)
		return rules_fail(r, SY_ERR_MISSING, field);
	*rettext = sy_span_str(text);
	SY_TRY(sy_sha256(*rettext, hash));
	sy_hex_print(sy_span(hash, sizeof hash), hex);
	if (strcmp(hex, sha256_hex) != 0)
		return rules_fail(r, SY_ERR_BODY_MISMATCH, field);
	enum sy_err e = sy_canon_parse(*rettext, ret, NULL);
	return e == SY_OK ? SY_OK : rules_fail(r, e, field);
}

enum sy_err
rules_own_body(const struct rule *r, const struct sy_shape *shape, struct sy_span *rettext, struct sy_json **ret)
{
	SY_TRY(rules_body(r, r->st->public_sha256, rettext, ret));
	enum sy_err e = sy_shape_check_stored(shape, SY_PART_PUBLIC, *ret, r->fault);
	if (e != SY_OK)
		sy_fault_within(r->fault, "body");
	return e;
}

enum sy_err
rules_cited(const struct rule *r, const char *leaf_hex, const char *type, bool newest, const char *field, struct ledger_record *ret)
{
	struct sy_hash leaf;
	if (leaf_hex == NULL || sy_hex_parse(sy_span_str(leaf_hex), leaf.b, sizeof leaf.b, NULL) != SY_OK)
		return rules_fail(r, SY_ERR_MALFORMED, field);
	enum sy_err e = ledger_record_get(r->db, &leaf, ret);
	if (e != SY_OK)
		return rules_fail(r, e == SY_ERR_NOT_FOUND ? SY_ERR_NOT_LOGGED : e, field);
	if (strcmp(ret->type, type) != 0)
		return sy_fault_say(r->fault, SY_ERR_WRONG_TYPE, field, "应引用 %s，所引的是 %s", "a %s is to be cited, this is a %s", type, ret->type);
	if (!newest)
		return SY_OK;
	struct ledger_record last;
	SY_TRY(ledger_record_last(r->db, ret->id, &last));
	if (last.version != ret->version)
		return sy_fault_say(r->fault, SY_ERR_VERSION_CONFLICT, field, "第 %lld 版已被第 %lld 版取代，请引用新版", "version %lld was replaced by version %lld: cite that one",
		    (long long)ret->version, (long long)last.version);
	return SY_OK;
}

static unsigned
count_bits(unsigned v)
{
	unsigned n = 0;
	for (; v != 0; v &= v - 1)
		n++;
	return n;
}

static enum sy_err
check_seals(const struct rule *r, const struct row *row)
{
	if ((r->roles & ~row->roles) != 0)
		return rules_fail(r, SY_ERR_WRONG_ROLE, "signatures");
	if (row->roles == REPORT_ROLES)
		return r->roles == REPORT_ROLES ? SY_OK : rules_fail(r, SY_ERR_NOT_SEALED, "signatures");
	return count_bits(r->roles) == 1 ? SY_OK : rules_fail(r, SY_ERR_MALFORMED, "signatures");
}

static enum sy_err
check_version(const struct rule *r, const struct row *row)
{
	struct ledger_record last;
	char leaf[65];
	enum sy_err e = ledger_record_last(r->db, r->id, &last);
	if (e != SY_OK && e != SY_ERR_NOT_FOUND)
		return e;
	if (e == SY_ERR_NOT_FOUND)
		return r->st->version == 1 ? SY_OK : rules_fail(r, SY_ERR_VERSION_CONFLICT, "version");
	if (strcmp(last.type, r->st->type) != 0)
		return rules_fail(r, SY_ERR_EXISTS, "id");
	if (!row->corrects)
		return rules_fail(r, SY_ERR_EXISTS, "version");
	sy_hex_print(sy_span(last.leaf.b, sizeof last.leaf.b), leaf);
	if (r->st->version != last.version + 1 || strcmp(r->st->supersedes, leaf) != 0)
		return sy_fault_say(r->fault, SY_ERR_VERSION_CONFLICT, "version", "现有第 %lld 版", "version %lld is the present one", (long long)last.version);
	return row->other_issuer ? SY_OK : rules_own(r, last.issuer, "issuer");
}

static enum sy_err
add_record(const struct rule *r)
{
	struct ledger_record n = { .leaf = r->leaf, .index = (int64_t)r->index, .version = r->st->version };
	memcpy(n.id, r->id, sizeof n.id);
	(void)snprintf(n.type, sizeof n.type, "%s", r->st->type);
	(void)snprintf(n.issuer, sizeof n.issuer, "%s", r->st->issuer);
	(void)snprintf(n.public_sha256, sizeof n.public_sha256, "%s", r->st->public_sha256);
	return ledger_record_add(r->db, &n);
}

enum sy_err
rules_admit(struct rule *r)
{
	const struct row *row = row_of(r->st->type);
	if (row == NULL)
		return rules_fail(r, SY_ERR_UNSUPPORTED, "type");
	SY_TRY(sy_hex_parse(sy_span_str(r->st->id), r->id, sizeof r->id, NULL));
	SY_TRY(check_seals(r, row));
	SY_TRY(check_version(r, row));
	SY_TRY(add_record(r));
	return row->rule == NULL ? SY_OK : row->rule(r);
}
