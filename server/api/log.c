/* log.c: the log as static files would be (c2sp.org/tlog-tiles): checkpoint,
 * tiles, entry bundles; and a proof by index (c2sp.org/tlog-proof). Nothing
 * beyond the newest stored checkpoint is served. */
#include "server/api/api.h"

#include "certs/proof.h"
#include "server/service/tree.h"
#include "server/store/log.h"

#include <stdlib.h>
#include <string.h>

#define TILE 256
#define NOTE_MAX 16384

static void
immutable(struct reply *ret)
{
	reply_header(ret, "Cache-Control", "%s", "public, max-age=31536000, immutable");
	reply_header(ret, "Access-Control-Allow-Origin", "%s", "*");
}

enum sy_err
api_log_checkpoint(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	int64_t size = 0;
	(void)req;
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(checkpoint_store_newest(loan.db, &size, &ret->body));
	if (size == 0)
		return SY_ERR_NOT_FOUND;
	ret->type = "text/plain; charset=utf-8";
	reply_header(ret, "Cache-Control", "%s", "no-cache");
	reply_header(ret, "Access-Control-Allow-Origin", "%s", "*");
	return SY_OK;
}

static bool
digits(struct sy_span s, size_t from, size_t to, int64_t *ret)
{
	*ret = 0;
	if (s.len < from || s.len > to)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] < '0' || s.data[i] > '9')
			return false;
		*ret = *ret * 10 + (s.data[i] - '0');
	}
	return true;
}

/* "x001/x234/067" or "x001/x234/067.p/12": groups of three, all but the last with an x. */
static bool
tile_path(struct sy_span path, int64_t *retn, int64_t *retwidth)
{
	struct sy_span part = {NULL, 0};
	int64_t group = 0;
	bool more = true;
	*retn = 0;
	*retwidth = TILE;
	for (unsigned i = 0; more && i < 6; i++) {
		if (!sy_span_cut(&path, '/', &part) || part.len == 0)
			return false;
		more = part.data[0] == 'x';
		if (more)
			part = sy_span_sub(part, 1, part.len);
		bool partial = !more && part.len == 5 && part.data[3] == '.' && part.data[4] == 'p';
		if (!digits(partial ? sy_span_sub(part, 0, 3) : part, 3, 3, &group) || (i == 0 && more && group == 0))
			return false;
		*retn = *retn * 1000 + group;
		if (partial)
			return digits(path, 1, 3, retwidth) && *retwidth > 0 && *retwidth < TILE && path.data[0] != '0';
	}
	return !more && path.len == 0;
}

/* How many hashes tile n of that level has in a tree of that size. */
static int64_t
available(int64_t size, int64_t level, int64_t n)
{
	int64_t hashes = size;
	for (int64_t i = 0; i < level; i++)
		hashes /= TILE;
	int64_t left = hashes - n * TILE;
	return left < 0 ? 0 : left > TILE ? TILE : left;
}

enum sy_err
api_log_tile(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	int64_t level = 0, n = 0, width = 0, size = 0;
	if (!digits(req->capture[0], 1, 1, &level) || level > 7 || !tile_path(req->capture[1], &n, &width))
		return SY_ERR_NOT_FOUND;
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(checkpoint_store_newest(loan.db, &size, NULL));
	if (available(size, level, n) < width)
		return SY_ERR_NOT_FOUND;
	if (level == 0) {
		SY_TRY(entry_store_leaves(loan.db, n * TILE, width, &ret->body));
	} else {
		SY_TRY(tile_store_get(loan.db, (unsigned)level, n, &ret->body));
		if (ret->body.len < (size_t)width * 32)
			return SY_ERR_DATA_DAMAGED;
		ret->body.len = (size_t)width * 32;
	}
	ret->type = "application/octet-stream";
	immutable(ret);
	return SY_OK;
}

enum sy_err
api_log_entries(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	int64_t n = 0, width = 0, size = 0;
	if (!tile_path(req->capture[0], &n, &width))
		return SY_ERR_NOT_FOUND;
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	SY_TRY(checkpoint_store_newest(loan.db, &size, NULL));
	if (available(size, 0, n) < width)
		return SY_ERR_NOT_FOUND;
	SY_TRY(entry_store_bundle(loan.db, n * TILE, width, &ret->body));
	ret->type = "application/octet-stream";
	immutable(ret);
	return SY_OK;
}

enum sy_err
api_log_proof(struct app *app, const struct request *req, struct reply *ret, struct sy_fault *reterr)
{
	int64_t index = 0, size = 0;
	struct sy_proof p;
	struct sy_buf note;
	struct sy_hash hash[64];
	memset(&p, 0, sizeof p);
	if (!digits(req->capture[0], 1, 16, &index))
		return SY_ERR_NOT_FOUND;
	DB_LOAN(app->reads, loan);
	SY_TRY(db_loan_take(&loan, reterr));
	sy_buf_init(&note, NOTE_MAX);
	enum sy_err e = checkpoint_store_newest(loan.db, &size, &note);
	if (e == SY_OK && index >= size)
		e = SY_ERR_NOT_FOUND;
	if (e == SY_OK)
		e = sy_tree_inclusion(tree_read, loan.db, (uint64_t)index, (uint64_t)size, hash, &p.n);
	if (e == SY_OK && p.n > SY_LEN(p.hash))
		e = SY_ERR_INTERNAL;
	if (e == SY_OK) {
		memcpy(p.hash, hash, p.n * sizeof hash[0]);
		p.index = (uint64_t)index;
		p.checkpoint = sy_buf_span(&note);
		sy_proof_print(&p, &ret->body);
		e = sy_buf_err(&ret->body);
	}
	sy_buf_done(&note);
	ret->type = "text/plain; charset=utf-8";
	reply_header(ret, "Cache-Control", "%s", "no-cache");
	reply_header(ret, "Access-Control-Allow-Origin", "%s", "*");
	return e;
}
