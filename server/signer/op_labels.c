/* op_labels.c: may these labels be signed? The answer is on disk, in the journal,
 * before the first of them is. A range is signed once: ECDSA is random, and a
 * second print would be a second label with the same serial. */
#include "server/signer/ops.h"

#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "server/signer/labels.h"
#include "server/signer/ledger.h"
#include "server/signer/wire.h"

#include <stdio.h>
#include <string.h>

#define SEND_SECONDS 600 /* a reader that writes to a slow printer */

struct ask {
	struct sy_hash leaf;
	struct ledger_release release;
	int64_t first, count;
};

static enum sy_err
read_ask(struct signer *s, const struct sy_json *request, struct ask *a, struct sy_fault *reterr)
{
	const char *leaf = NULL;
	SY_TRY(ops_text(request, "release", &leaf, reterr));
	if (sy_hex_parse(sy_span_str(leaf), a->leaf.b, sizeof a->leaf.b, NULL) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "release", 0, 0);
	a->first = sy_json_get_int(request, "first", -1);
	a->count = sy_json_get_int(request, "count", -1);
	if (a->first < 0 || a->first >= (INT64_C(1) << 30))
		return sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "first", 0, 0);
	if (a->count < 1 || a->count > (INT64_C(1) << 30) - a->first)
		return sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, "count", 0, 0);
	/* What the ledger knows stands in a checkpoint: both are written in one transaction. */
	enum sy_err e = ledger_release_get(s->db, &a->leaf, &a->release);
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e == SY_ERR_NOT_FOUND ? SY_ERR_NOT_LOGGED : e, "release", 0, 0);
}

static enum sy_err
check_key(const struct signer *s, int64_t now, struct sy_fault *reterr)
{
	SY_TRY(state_ready(s, now, reterr));
	const struct sy_trust_key *k = s->label_entry;
	if (k == NULL || !sy_trust_key_valid_at(k, now) || !sy_trust_key_valid_for(k, SY_NOT_LOGGED))
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_KEY, "label", 0, 0);
	return SY_OK;
}

static enum sy_err
check_range(struct signer *s, const struct ask *a, struct sy_fault *reterr)
{
	bool taken = false;
	if (a->release.units == 0)
		return a->first == 0 && a->count == 1 ? SY_OK : sy_fault_at(reterr, SY_ERR_NOT_ISSUED, "count", 0, 0);
	enum sy_err e = ledger_allocation_covers(s->db, &a->leaf, a->first, a->count);
	if (e != SY_OK)
		return sy_fault_at(reterr, e == SY_ERR_NOT_FOUND ? SY_ERR_NOT_ISSUED : e, "first", 0, 0);
	e = ledger_labels_void(s->db, &a->leaf, a->first, a->count);
	if (e != SY_OK)
		return sy_fault_at(reterr, e, "first", 0, 0);
	SY_TRY(ledger_journal_overlaps(s->db, &a->leaf, a->first, a->count, &taken));
	return taken ? sy_fault_at(reterr, SY_ERR_RANGE_TAKEN, "first", 0, 0) : SY_OK;
}

static enum sy_err
prepare(struct signer *s, const struct ask *a, int64_t now, struct label_run *run)
{
	const struct ledger_release *r = &a->release;
	int64_t next = 0;
	uint32_t kid = s->label_entry->kid;
	*run = (struct label_run){ .key = s->label, .origin = s->origin, .lot_code = r->units == 0, .first = (uint32_t)a->first, .count = (uint32_t)a->count };
	run->token = (struct sy_token){ .kid = kid, .day_issued = (uint16_t)sy_date_of_time(now), .certified = (uint8_t)r->certified, .basis = (uint8_t)r->basis,
		.grade = (uint8_t)r->grade, .county = (uint32_t)r->county, .status_index = (uint32_t)r->status_index };
	run->token.best_before = r->has_best_before ? (uint16_t)r->best_before : SY_BEST_BEFORE_NONE;
	memcpy(run->token.release, a->leaf.b, sizeof run->token.release);
	(void)snprintf(run->item, sizeof run->item, "%s", r->item.item);
	SY_TRY(ledger_item_get(s->db, &r->item, run->serial_key, &next));
	return sy_link_path(r->item.own, r->item.item, r->lot_text, run->lot_code ? "" : "0000000000", run->path);
}

static enum sy_err
allow(struct signer *s, const struct sy_json *request, struct label_run *run, struct sy_fault *reterr)
{
	struct ask a = { 0 };
	int64_t now = state_now();
	SY_TRY(check_key(s, now, reterr));
	SY_TRY(read_ask(s, request, &a, reterr));
	enum sy_err e = ledger_release_restricted(s->db, &a.release);
	if (e != SY_OK)
		return sy_fault_at(reterr, e, "release", 0, 0);
	SY_TRY(check_range(s, &a, reterr));
	SY_TRY(prepare(s, &a, now, run));
	/* A lot code is the same on every pack: no serial, nothing to use up, but written down all the same. */
	return ledger_journal_add(s->db, &a.leaf, a.first, run->lot_code ? 0 : a.count, now);
}

static enum sy_err
begin(struct signer *s, const struct sy_json *request, struct label_run *run, struct sy_fault *reterr)
{
	if (pthread_mutex_lock(&s->lock) != 0)
		return SY_ERR_INTERNAL;
	enum sy_err e = db_begin(s->db);
	if (e == SY_OK)
		e = allow(s, request, run, reterr);
	if (e == SY_OK)
		e = db_commit(s->db);
	db_rollback(s->db);
	(void)pthread_mutex_unlock(&s->lock);
	return e;
}

static enum sy_err
send_error(int fd, enum sy_err err, const struct sy_fault *f)
{
	SY_AUTO_JSON *v = NULL;
	SY_TRY(wire_error_json(err, f, &v));
	return wire_send_json(fd, v, SEND_SECONDS);
}

static enum sy_err
send_ok(int fd, const char *name, uint32_t count)
{
	SY_AUTO_JSON *v = NULL;
	SY_TRY(sy_json_pack(&v, "{s:b, s:I}", "ok", 1, name, (long long)count));
	return wire_send_json(fd, v, SEND_SECONDS);
}

static enum sy_err
sink(void *arg, struct sy_span records)
{
	const int *fd = arg;
	return wire_send(*fd, records, SEND_SECONDS);
}

enum sy_err
op_labels(struct signer *s, const struct sy_json *request, int fd)
{
	struct sy_fault f = { 0 };
	SY_CLEANUP(label_run_done) struct label_run run = { 0 };
	enum sy_err e = begin(s, request, &run, &f);
	if (e != SY_OK)
		return send_error(fd, e, &f);
	SY_TRY(send_ok(fd, "count", run.count));
	e = labels_make(&run, sink, &fd);
	if (e == SY_ERR_IO)
		return e;
	return e == SY_OK ? send_ok(fd, "end", run.count) : send_error(fd, e, NULL);
}
