/* load.c: trust lists, anchors and log keys as the options name them. */
#include "certs/cmd/cmd.h"

#include <string.h>
#include <time.h>

int64_t
cmd_now(void)
{
	return (int64_t)time(NULL);
}

enum sy_err
cmd_load_anchor(const char *path, struct sy_anchor *ret, struct sy_fault *reterr)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
	enum sy_err e = cmd_read(path, 65536, &text);
	if (e != SY_OK)
		return sy_fault_at(reterr, e, path, 0, 0);
	return sy_anchor_parse(sy_buf_span(&text), ret, reterr);
}

enum sy_err
cmd_load_trust(const struct cmd_args *a, int64_t now, struct sy_trust **ret, struct sy_fault *reterr)
{
	const char *trust, *anchor;
	SY_TRY(cmd_need(a, "trust", &trust));
	SY_TRY(cmd_need(a, "anchor", &anchor));
	struct sy_anchor roots;
	SY_TRY(cmd_load_anchor(anchor, &roots, reterr));
	SY_CLEANUP(sy_buf_done) struct sy_buf note = { 0 };
	enum sy_err e = cmd_read(trust, SY_TRUST_MAX, &note);
	if (e != SY_OK)
		return sy_fault_at(reterr, e, trust, 0, 0);
	SY_TRY(sy_trust_parse(sy_buf_span(&note), &roots, ret, reterr));
	if (now <= sy_trust_facts(*ret)->expires || cmd_has(a, "allow-stale"))
		return SY_OK;
	sy_trust_free(*ret);
	*ret = NULL;
	return SY_ERR_TRUST_EXPIRED;
}

enum sy_err
cmd_load_log_keys(const struct cmd_args *a, int64_t now, struct cmd_log_keys *ret, struct sy_fault *reterr)
{
	*ret = (struct cmd_log_keys){ 0 };
	const char *vkey = cmd_get(a, "log-key");
	if (vkey != NULL) {
		ret->n = 1;
		return sy_note_key_parse(sy_span_str(vkey), &ret->key[0], reterr);
	}
	SY_AUTO_TRUST *trust = NULL;
	SY_TRY(cmd_load_trust(a, now, &trust, reterr));
	const struct sy_trust_facts *f = sy_trust_facts(trust);
	for (size_t i = 0; i < f->nkeys && ret->n < SY_LEN(ret->key); i++) {
		if (f->keys[i].role != SY_KEY_LOG)
			continue;
		SY_TRY(sy_note_key_from(f->origin, f->keys[i].key, &ret->key[ret->n]));
		ret->n++;
	}
	return ret->n > 0 ? SY_OK : SY_ERR_UNKNOWN_KEY;
}
