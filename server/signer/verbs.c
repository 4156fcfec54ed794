/* verbs.c: see verbs.h. Facts go to standard output as one JSON object. */
#include "server/signer/verbs.h"

#include "schema/wire/b64.h"
#include "schema/wire/canon.h"
#include "server/signer/loop.h"
#include "server/signer/ops.h"
#include "server/signer/peer.h"

#include <stdio.h>
#include <unistd.h>

static enum sy_err
print_json(const struct sy_json *v)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf text;
	sy_buf_init(&text, 1u << 20);
	sy_canon_print(v, &text);
	sy_buf_add_byte(&text, '\n');
	SY_TRY(sy_buf_err(&text));
	return fwrite(text.data, 1, text.len, stdout) == text.len && fflush(stdout) == 0 ? SY_OK : SY_ERR_IO;
}

static enum sy_err
key_json(const struct sy_key *key, struct sy_json **ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf spki, b64;
	sy_buf_init(&spki, 1024);
	sy_buf_init(&b64, 2048);
	SY_TRY(sy_key_print_spki(key, &spki));
	sy_b64_add(&b64, sy_buf_span(&spki));
	SY_TRY(sy_buf_err(&b64));
	return sy_json_pack(ret, "{s:s, s:s}", "alg", sy_alg_name(sy_key_alg(key)), "spki", sy_buf_cstr(&b64));
}

/* What a trust list needs to know of this signer. Its kids are given there, not here. */
static enum sy_err
keys_json(const struct signer *s, struct sy_json **ret)
{
	struct sy_json *label = NULL, *log = NULL, *status = NULL;
	struct sy_note_key note;
	SY_CLEANUP(sy_buf_done) struct sy_buf vkey, csr;
	sy_buf_init(&vkey, 1024);
	sy_buf_init(&csr, 8192);
	SY_TRY(sy_note_key_from(s->origin, s->log, &note));
	sy_note_key_print(&note, &vkey);
	SY_TRY(sy_csr_print(s->status, "status", &csr));
	SY_AUTO_JSON *v = sy_json_object();
	SY_TRY(sy_json_set(v, "origin", sy_json_from_str(s->origin)));
	SY_TRY(key_json(s->label, &label));
	SY_TRY(sy_json_set(v, "label", label));
	SY_TRY(key_json(s->log, &log));
	SY_TRY(sy_json_set(log, "vkey", sy_json_from_str(sy_buf_cstr(&vkey))));
	SY_TRY(sy_json_set(v, "log", log));
	SY_TRY(key_json(s->status, &status));
	SY_TRY(sy_json_set(status, "csr", sy_json_from_str(sy_buf_cstr(&csr))));
	SY_TRY(sy_json_set(v, "status", status));
	*ret = v;
	v = NULL;
	return SY_OK;
}

enum sy_err
verb_init(const struct verb_options *o, struct sy_fault *reterr)
{
	enum sy_alg alg = SY_ALG_P256;
	if (o->label_alg != NULL && sy_alg_parse(sy_span_str(o->label_alg), &alg) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_CODE, "--label-alg", 0, 0);
	SY_TRY(state_init(o->state, o->origin, alg, reterr));
	SY_CLEANUP(state_closep) struct signer *s = NULL;
	SY_AUTO_JSON *v = NULL;
	SY_TRY(state_open(o->state, &s, reterr));
	SY_TRY(keys_json(s, &v));
	return print_json(v);
}

enum sy_err
verb_adopt(const struct verb_options *o, struct sy_fault *reterr)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf anchor, trust, status, root;
	sy_buf_init(&anchor, 65536);
	sy_buf_init(&trust, SY_TRUST_MAX);
	sy_buf_init(&status, 65536);
	sy_buf_init(&root, 65536);
	SY_TRY(state_file_read(o->anchor, 65536, &anchor, reterr));
	SY_TRY(state_file_read(o->trust, SY_TRUST_MAX, &trust, reterr));
	SY_TRY(state_file_read(o->status_cert, 65536, &status, reterr));
	SY_TRY(state_file_read(o->root_cert, 65536, &root, reterr));
	SY_CLEANUP(state_closep) struct signer *s = NULL;
	SY_AUTO_JSON *v = NULL;
	SY_TRY(state_dir_check(o->state, reterr));
	int lock = -1; /* kept until the process ends */
	SY_TRY(state_lock(o->state, &lock, reterr));
	SY_TRY(state_open(o->state, &s, reterr));
	SY_TRY(state_adopt(s, sy_buf_span(&anchor), sy_buf_span(&trust), sy_buf_span(&status), sy_buf_span(&root), reterr));
	SY_TRY(op_hello(s, NULL, &v, reterr));
	return print_json(v);
}

enum sy_err
verb_serve(const struct verb_options *o, struct sy_fault *reterr)
{
	char path[1024];
	/* First, so that no key is ever in a process that may be dumped. */
	enum sy_err e = peer_harden();
	if (e != SY_OK)
		return sy_fault_at(reterr, e, "prctl", 0, 0);
	if (o->parent_death)
		SY_TRY(peer_follow_parent());
	int stop = peer_signals(), lock = -1;
	if (stop < 0)
		return SY_ERR_INTERNAL;
	SY_CLEANUP(state_closep) struct signer *s = NULL;
	e = state_dir_check(o->state, reterr);
	if (e == SY_OK)
		e = state_lock(o->state, &lock, reterr);
	if (e == SY_OK)
		e = state_open(o->state, &s, reterr);
	if (e == SY_OK && o->socket == NULL && snprintf(path, sizeof path, "%s/signer.sock", o->state) >= (int)sizeof path)
		e = SY_ERR_TOO_LONG;
	if (e == SY_OK)
		e = loop_run(s, o->socket == NULL ? path : o->socket, o->socket != NULL, stop, reterr);
	(void)close(stop);
	return e; /* the lock goes with the process */
}

/* Ranges are printed page by page. */
enum sy_err
verb_journal(const struct verb_options *o, struct sy_fault *reterr)
{
	SY_CLEANUP(state_closep) struct signer *s = NULL;
	SY_TRY(state_open(o->state, &s, reterr));
	int64_t after = 0;
	for (;;) {
		SY_AUTO_JSON *request = NULL, *page = NULL;
		SY_TRY(sy_json_pack(&request, "{s:I}", "after", (long long)after));
		SY_TRY(op_journal(s, request, &page, reterr));
		const struct sy_json *ranges = sy_json_get(page, "ranges");
		if (sy_json_len(ranges) == 0)
			return SY_OK;
		for (size_t i = 0; i < sy_json_len(ranges); i++) {
			SY_TRY(print_json(sy_json_at(ranges, i)));
			after = sy_json_get_int(sy_json_at(ranges, i), "n", after);
		}
	}
}
