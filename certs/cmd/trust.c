/* trust.c: trust lists made, renewed, signed and verified. A list is edited as facts
 * and printed by certs/trust.c, which refuses what its reader would refuse. */
#include "certs/cmd/cmd.h"

#include "certs/line.h"
#include "schema/wire/time.h"

#include <stdlib.h>
#include <string.h>

#define DAY INT64_C(86400)
#define CA_KID 1 /* the root CA of a root directory */

struct edit {
	struct sy_trust *base; /* owns the keys and hosts it brought */
	struct sy_trust_facts facts;
	const char *hosts[SY_TRUST_HOSTS_MAX];
	struct sy_trust_key *keys; /* SY_TRUST_KEYS_MAX */
	size_t borrowed; /* keys before this one are base's */
	struct sy_fault fault;
};

static void
edit_done(struct edit *e)
{
	for (size_t i = e->borrowed; e->keys != NULL && i < e->facts.nkeys; i++)
		sy_key_free(e->keys[i].key);
	free(e->keys);
	sy_trust_free(e->base);
}

static enum sy_err
edit_init(struct edit *e)
{
	e->keys = calloc(SY_TRUST_KEYS_MAX, sizeof *e->keys);
	if (e->keys == NULL)
		return SY_ERR_NO_MEMORY;
	if (e->base != NULL) {
		e->facts = *sy_trust_facts(e->base);
		for (size_t i = 0; i < e->facts.nkeys; i++)
			e->keys[i] = e->facts.keys[i];
		for (size_t i = 0; i < e->facts.nhosts; i++)
			e->hosts[i] = e->facts.hosts[i];
	}
	e->borrowed = e->facts.nkeys;
	e->facts.hosts = e->hosts;
	e->facts.keys = e->keys;
	return SY_OK;
}

static enum sy_err
add_key(struct edit *e, struct sy_trust_key k)
{
	if (e->facts.nkeys == SY_TRUST_KEYS_MAX) {
		sy_key_free(k.key);
		return SY_ERR_OUT_OF_RANGE;
	}
	k.alg = sy_key_alg(k.key);
	k.valid_if_leaf_lt = UINT64_MAX;
	memcpy(k.reason, "-", 2);
	e->keys[e->facts.nkeys++] = k;
	return SY_OK;
}

static struct sy_trust_key *
find(struct edit *e, struct sy_span kid)
{
	uint64_t n;
	if (sy_line_u64(kid, SY_KID_MAX, &n) != SY_OK)
		return NULL;
	for (size_t i = 0; i < e->facts.nkeys; i++)
		if (e->keys[i].kid == n)
			return &e->keys[i];
	return NULL;
}

/* KID:ROLE:PARTY:FILE */
static enum sy_err
apply_key(struct edit *e, const char *text, int64_t not_before)
{
	struct sy_span rest = sy_span_str(text), kid, role, party;
	uint64_t number;
	struct sy_trust_key k = { .not_before = not_before, .not_after = INT64_MAX };
	if (!sy_span_cut(&rest, ':', &kid) || !sy_span_cut(&rest, ':', &role) || !sy_span_cut(&rest, ':', &party) || rest.data == NULL || party.len > 32)
		return SY_ERR_BAD_ARGUMENT;
	SY_TRY(sy_line_u64(kid, SY_KID_MAX, &number));
	SY_TRY(sy_key_role_parse(role, &k.role));
	k.kid = (uint32_t)number;
	memcpy(k.party, party.data, party.len);
	SY_TRY(cmd_read_spki((const char *)rest.data, &k.key));
	return add_key(e, k);
}

static enum sy_err
apply_changes(const struct cmd_args *a, struct edit *e)
{
	const char *text;
	struct sy_span rest, kid, leaf;
	for (size_t i = 0; (text = cmd_nth(a, "compromised", i)) != NULL; i++) {
		rest = sy_span_str(text);
		struct sy_trust_key *k = sy_span_cut(&rest, ':', &kid) ? find(e, kid) : NULL;
		if (k == NULL || !sy_span_cut(&rest, ':', &leaf) || rest.len == 0 || rest.len >= sizeof k->reason)
			return SY_ERR_BAD_ARGUMENT;
		SY_TRY(sy_line_u64(leaf, UINT64_C(1) << 62, &k->valid_if_leaf_lt));
		memcpy(k->reason, rest.data, rest.len);
		k->reason[rest.len] = '\0';
	}
	for (size_t i = 0; (text = cmd_nth(a, "end", i)) != NULL; i++) {
		rest = sy_span_str(text);
		struct sy_trust_key *k = sy_span_cut(&rest, ':', &kid) ? find(e, kid) : NULL;
		if (k == NULL)
			return SY_ERR_BAD_ARGUMENT;
		SY_TRY(sy_time_parse(rest, &k->not_after, NULL));
	}
	return SY_OK;
}

static enum sy_err
apply(const struct cmd_args *a, struct edit *e)
{
	const char *text;
	int64_t not_before;
	SY_TRY(cmd_time(a, "not-before", cmd_now(), &not_before));
	for (size_t i = 0; (text = cmd_nth(a, "host", i)) != NULL; i++) {
		if (e->facts.nhosts == SY_TRUST_HOSTS_MAX)
			return SY_ERR_OUT_OF_RANGE;
		e->hosts[e->facts.nhosts++] = text;
	}
	for (size_t i = 0; (text = cmd_nth(a, "key", i)) != NULL; i++) {
		enum sy_err err = apply_key(e, text, not_before);
		if (err != SY_OK)
			return sy_fault_at(&e->fault, err, text, 0, 0);
	}
	return apply_changes(a, e);
}

static enum sy_err
set_dates(const struct cmd_args *a, struct edit *e)
{
	uint64_t days;
	SY_TRY(cmd_u64(a, "days", 90, 3650, &days));
	e->facts.issued = cmd_now();
	e->facts.expires = e->facts.issued + (int64_t)days * DAY;
	return SY_OK;
}

static enum sy_err
finish(const struct cmd_args *a, struct edit *e)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
	sy_buf_init(&text, SY_TRUST_MAX);
	SY_TRY(sy_trust_print(&e->facts, &text));
	const char *dir = cmd_get(a, "root");
	if (dir != NULL)
		SY_TRY(cmd_root_sign(a, dir, &text));
	return cmd_write(cmd_get(a, "out"), sy_buf_span(&text), false);
}

/* The CA of a root directory stands on its list from the first day on. */
static enum sy_err
add_ca(struct edit *e, const char *dir)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
	SY_AUTO_CERT *cert = NULL;
	struct sy_trust_key k = { .kid = CA_KID, .role = SY_KEY_CA, .party = "-", .not_after = INT64_MAX };
	SY_TRY(cmd_join(&path, dir, "ca.pem"));
	SY_TRY(cmd_read_cert(sy_buf_cstr(&path), &cert));
	k.not_before = sy_cert_not_before(cert);
	SY_TRY(sy_cert_key(cert, &k.key));
	return add_key(e, k);
}

static enum sy_err
set_origin(const struct cmd_args *a, const char *dir, struct edit *e)
{
	const char *origin = cmd_get(a, "origin");
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 }, text = { 0 };
	if (origin == NULL && dir != NULL) {
		SY_TRY(cmd_join(&path, dir, "origin"));
		SY_TRY(cmd_read(sy_buf_cstr(&path), SY_NOTE_NAME_MAX + 1, &text));
		origin = sy_buf_cstr(&text);
	}
	size_t len = origin == NULL ? 0 : strcspn(origin, "\n");
	if (len == 0 || len > SY_NOTE_NAME_MAX)
		return SY_ERR_BAD_ARGUMENT;
	memcpy(e->facts.origin, origin, len);
	return SY_OK;
}

static enum sy_err
fresh(const struct cmd_args *a, struct edit *e)
{
	const char *dir = cmd_get(a, "root"), *anchor = cmd_get(a, "anchor");
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
	SY_TRY(edit_init(e));
	SY_TRY(set_origin(a, dir, e));
	e->facts.version = 1;
	if (anchor == NULL && dir == NULL)
		return SY_ERR_BAD_ARGUMENT;
	if (anchor == NULL) {
		SY_TRY(cmd_join(&path, dir, "anchor"));
		anchor = sy_buf_cstr(&path);
	}
	SY_TRY(cmd_load_anchor(anchor, &e->facts.policy, &e->fault));
	SY_TRY(set_dates(a, e));
	return dir == NULL ? SY_OK : add_ca(e, dir);
}

static enum sy_err
make(const struct cmd_args *a, struct edit *e)
{
	const char *facts = cmd_get(a, "facts");
	if (facts == NULL) {
		SY_TRY(fresh(a, e));
	} else {
		SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
		SY_TRY(cmd_read(facts, SY_TRUST_MAX, &text));
		SY_TRY(sy_trust_parse_text(sy_buf_span(&text), &e->base, &e->fault));
		SY_TRY(edit_init(e));
	}
	SY_TRY(apply(a, e));
	return finish(a, e);
}

int
verb_trust_make(const struct cmd_args *a)
{
	SY_CLEANUP(edit_done) struct edit e = { 0 };
	enum sy_err err = make(a, &e);
	return err == SY_OK ? 0 : cmd_fail(a, "trust", err, &e.fault);
}

static enum sy_err
renew(const struct cmd_args *a, struct edit *e)
{
	const char *trust, *dir = cmd_get(a, "root"), *anchor_file = cmd_get(a, "anchor");
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 }, note = { 0 };
	struct sy_anchor anchor;
	SY_TRY(cmd_need(a, "trust", &trust));
	if (anchor_file == NULL) {
		SY_TRY(dir == NULL ? SY_ERR_BAD_ARGUMENT : cmd_join(&path, dir, "anchor"));
		anchor_file = sy_buf_cstr(&path);
	}
	SY_TRY(cmd_load_anchor(anchor_file, &anchor, &e->fault));
	SY_TRY(cmd_read(trust, SY_TRUST_MAX, &note));
	SY_TRY(sy_trust_parse(sy_buf_span(&note), &anchor, &e->base, &e->fault));
	SY_TRY(edit_init(e));
	e->facts.version++;
	SY_TRY(set_dates(a, e));
	SY_TRY(apply(a, e));
	return finish(a, e);
}

int
verb_trust_renew(const struct cmd_args *a)
{
	SY_CLEANUP(edit_done) struct edit e = { 0 };
	enum sy_err err = renew(a, &e);
	return err == SY_OK ? 0 : cmd_fail(a, "trust", err, &e.fault);
}

static enum sy_err
sign(const struct cmd_args *a, const char *trust, struct sy_fault *fault)
{
	const char *key_path, *name;
	SY_CLEANUP(sy_buf_done) struct sy_buf note = { 0 };
	SY_AUTO_KEY *key = NULL;
	SY_AUTO_TRUST *list = NULL;
	struct sy_note parsed;
	SY_TRY(cmd_need(a, "key", &key_path));
	SY_TRY(cmd_need(a, "name", &name));
	SY_TRY(cmd_read(trust, SY_TRUST_MAX, &note));
	/* Text alone, or text with signatures: nothing else gets a root's name under it. */
	struct sy_span text = sy_note_parse(sy_buf_span(&note), &parsed, NULL) == SY_OK ? parsed.text : sy_buf_span(&note);
	SY_TRY(sy_trust_parse_text(text, &list, fault));
	SY_TRY(cmd_read_key(a, key_path, &key));
	SY_TRY(sy_note_sign(&note, name, key));
	return cmd_write(cmd_get(a, "out"), sy_buf_span(&note), false);
}

int
verb_trust_sign(const struct cmd_args *a)
{
	const char *trust;
	struct sy_fault fault = { 0 };
	if (cmd_need(a, "trust", &trust) != SY_OK)
		return 2;
	enum sy_err e = sign(a, trust, &fault);
	return e == SY_OK ? 0 : cmd_fail(a, trust, e, &fault);
}

static enum sy_err
verify(const struct cmd_args *a, struct sy_fault *fault)
{
	SY_AUTO_TRUST *t = NULL;
	uint64_t seen;
	SY_TRY(cmd_u64(a, "seen", 0, UINT64_C(1) << 62, &seen));
	SY_TRY(cmd_load_trust(a, cmd_now(), &t, fault));
	const struct sy_trust_facts *facts = sy_trust_facts(t);
	if (facts->version < seen)
		return SY_ERR_TRUST_ROLLBACK;
	const char *out = cmd_get(a, "anchor-out");
	if (out != NULL) {
		SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
		sy_buf_init(&text, 65536);
		sy_anchor_print(&facts->policy, &text);
		SY_TRY(sy_buf_err(&text));
		SY_TRY(cmd_write(out, sy_buf_span(&text), false));
	}
	SY_CLEANUP(cmd_facts_done) struct cmd_facts f;
	cmd_facts_init(&f);
	cmd_fact(&f, "origin", "日志", facts->origin);
	cmd_fact_int(&f, "version", "版本", (int64_t)facts->version);
	cmd_fact_time(&f, "issued", "签发", facts->issued);
	cmd_fact_time(&f, "expires", "到期", facts->expires);
	cmd_fact_int(&f, "hosts", "主机数", (int64_t)facts->nhosts);
	cmd_fact_int(&f, "keys", "密钥数", (int64_t)facts->nkeys);
	return cmd_facts_show(&f, cmd_has(a, "json"));
}

int
verb_trust_verify(const struct cmd_args *a)
{
	struct sy_fault fault = { 0 };
	enum sy_err e = verify(a, &fault);
	return e == SY_OK ? 0 : cmd_fail(a, "trust", e, &fault);
}
