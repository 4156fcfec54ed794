/* log.c: a whole log (c2sp.org/tlog-tiles) recomputed from its entries: every leaf,
 * every tile, the root, and the signature on the checkpoint. */
#include "certs/cmd/cmd.h"

#include <stdio.h>
#include <string.h>

#define TILE_WIDTH 256
#define BUNDLE_MAX ((size_t)256 * (2 + 65535))
#define LEVELS 8

struct fsck {
	const char *dir;
	struct sy_checkpoint cp;
	struct sy_frontier frontier;
	struct sy_fault fault;
	/* the tile being filled at each level, and how many of that level are done */
	struct sy_hash tile[LEVELS][TILE_WIDTH];
	unsigned fill[LEVELS];
	uint64_t done[LEVELS];
};

/* "x001/x234/067", with ".p/<w>" where it is partial (tlog-tiles, "Merkle Tree") */
static void
add_index(struct sy_buf *b, uint64_t n, unsigned width)
{
	char text[64], part[16];
	text[0] = '\0';
	uint64_t rest = n;
	for (bool last = true; last || rest > 0; last = false, rest /= 1000) {
		char was[64];
		memcpy(was, text, sizeof was);
		(void)snprintf(part, sizeof part, "%s%03u%s", last ? "" : "x", (unsigned)(rest % 1000), last ? "" : "/");
		(void)snprintf(text, sizeof text, "%s%.48s", part, was);
	}
	sy_buf_add_str(b, text);
	if (width < TILE_WIDTH)
		sy_buf_printf(b, ".p/%u", width);
}

static enum sy_err
read_part(struct fsck *k, const char *kind, uint64_t n, unsigned width, size_t max, struct sy_buf *ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 };
	sy_buf_init(&path, 4096);
	sy_buf_init(ret, 0);
	sy_buf_printf(&path, "%s/tile/%s/", k->dir, kind);
	add_index(&path, n, width);
	(void)sy_buf_cstr(&path);
	SY_TRY(sy_buf_err(&path));
	enum sy_err e = cmd_read(sy_buf_cstr(&path), max, ret);
	return e == SY_OK ? SY_OK : sy_fault_at(&k->fault, e == SY_ERR_NOT_FOUND ? SY_ERR_DATA_DAMAGED : e, sy_buf_cstr(&path) + strlen(k->dir) + 1, 0, 0);
}

/* The tile that was filled at this level against the one that is stored. */
static enum sy_err
check_tile(struct fsck *k, unsigned level)
{
	char kind[8];
	unsigned width = k->fill[level];
	SY_CLEANUP(sy_buf_done) struct sy_buf stored = { 0 };
	(void)snprintf(kind, sizeof kind, "%u", level);
	SY_TRY(read_part(k, kind, k->done[level], width, sizeof k->tile[0], &stored));
	if (sy_span_eq(sy_buf_span(&stored), sy_span(k->tile[level], width * sizeof k->tile[0][0])))
		return SY_OK;
	return sy_fault_say(&k->fault, SY_ERR_DATA_DAMAGED, kind, "第 %u 层第 %llu 块与条目不符", "tile of level %u, number %llu does not follow from the entries", level,
	    (unsigned long long)k->done[level]);
}

static enum sy_err
tile_root(const struct sy_hash *leaf, struct sy_hash *ret)
{
	struct sy_frontier f;
	sy_frontier_init(&f);
	for (unsigned i = 0; i < TILE_WIDTH; i++)
		SY_TRY(sy_frontier_add(&f, &leaf[i]));
	return sy_frontier_root(&f, ret);
}

static enum sy_err
add_hash(struct fsck *k, struct sy_hash h)
{
	for (unsigned level = 0; level < LEVELS; level++) {
		k->tile[level][k->fill[level]++] = h;
		if (k->fill[level] < TILE_WIDTH)
			return SY_OK;
		SY_TRY(check_tile(k, level));
		SY_TRY(tile_root(k->tile[level], &h));
		k->fill[level] = 0;
		k->done[level]++;
	}
	return SY_ERR_OUT_OF_RANGE;
}

static enum sy_err
add_bundle(struct fsck *k, struct sy_span s, unsigned width)
{
	for (unsigned i = 0; i < width; i++) {
		if (s.len < 2)
			return SY_ERR_DATA_DAMAGED;
		size_t len = (size_t)s.data[0] << 8 | s.data[1];
		if (s.len - 2 < len)
			return SY_ERR_DATA_DAMAGED;
		struct sy_hash leaf;
		SY_TRY(sy_leaf_hash(sy_span_sub(s, 2, len), &leaf));
		SY_TRY(sy_frontier_add(&k->frontier, &leaf));
		SY_TRY(add_hash(k, leaf));
		s = sy_span_sub(s, 2 + len, s.len);
	}
	return s.len == 0 ? SY_OK : SY_ERR_DATA_DAMAGED;
}

static enum sy_err
check_entries(struct fsck *k)
{
	for (uint64_t at = 0; at < k->cp.size; at += TILE_WIDTH) {
		SY_CLEANUP(sy_buf_done) struct sy_buf bundle = { 0 };
		uint64_t left = k->cp.size - at;
		unsigned width = left < TILE_WIDTH ? (unsigned)left : TILE_WIDTH;
		SY_TRY(read_part(k, "entries", at / TILE_WIDTH, width, BUNDLE_MAX, &bundle));
		enum sy_err e = add_bundle(k, sy_buf_span(&bundle), width);
		if (e != SY_OK)
			return sy_fault_say(&k->fault, e, "entries", "第 %llu 块", "bundle %llu", (unsigned long long)(at / TILE_WIDTH));
	}
	for (unsigned level = 0; level < LEVELS; level++)
		if (k->fill[level] > 0)
			SY_TRY(check_tile(k, level));
	struct sy_hash root;
	SY_TRY(sy_frontier_root(&k->frontier, &root));
	return memcmp(root.b, k->cp.root.b, sizeof root.b) == 0 ? SY_OK : sy_fault_at(&k->fault, SY_ERR_DATA_DAMAGED, "root", 0, 0);
}

static enum sy_err
check_checkpoint(const struct cmd_args *a, struct fsck *k)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf path = { 0 }, text = { 0 };
	struct cmd_log_keys keys;
	struct sy_note note;
	SY_TRY(cmd_join(&path, k->dir, "checkpoint"));
	SY_TRY(cmd_load_log_keys(a, cmd_now(), &keys, &k->fault));
	SY_TRY(cmd_read(sy_buf_cstr(&path), 65536, &text));
	SY_TRY(sy_note_parse(sy_buf_span(&text), &note, &k->fault));
	enum sy_err e = SY_ERR_UNKNOWN_KEY;
	size_t i = 0;
	for (; i < keys.n && e == SY_ERR_UNKNOWN_KEY; i++)
		e = sy_note_verify(&note, &keys.key[i]);
	SY_TRY(e);
	SY_TRY(sy_checkpoint_parse(note.text, &k->cp, &k->fault));
	return strcmp(k->cp.origin, keys.key[i - 1].name) == 0 ? SY_OK : SY_ERR_WRONG_ORIGIN;
}

static enum sy_err
run(const struct cmd_args *a, struct fsck *k)
{
	sy_frontier_init(&k->frontier);
	SY_TRY(check_checkpoint(a, k));
	SY_TRY(check_entries(k));
	SY_CLEANUP(cmd_facts_done) struct cmd_facts f;
	cmd_facts_init(&f);
	cmd_fact(&f, "origin", "日志", k->cp.origin);
	cmd_fact_int(&f, "size", "日志大小", (int64_t)k->cp.size);
	cmd_fact_hex(&f, "root", "根散列", k->cp.root.b, sizeof k->cp.root.b);
	return cmd_facts_show(&f, cmd_has(a, "json"));
}

int
verb_log_fsck(const struct cmd_args *a)
{
	struct fsck k = { 0 };
	if (cmd_need(a, "dir", &k.dir) != SY_OK)
		return 2;
	enum sy_err e = run(a, &k);
	return e == SY_OK ? 0 : cmd_fail(a, k.dir, e, &k.fault);
}
