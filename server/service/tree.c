/* tree.c: nodes out of tiles (c2sp.org/tlog-tiles, height 8). Level 0 tiles are
 * the leaf column of table entry; a node between two tile levels is folded from
 * the at most 128 hashes below it. */
#include "server/service/tree.h"

#include "server/store/log.h"

#include <string.h>

#define WIDTH 256u
#define HEIGHT 8u

/* n hashes of a tile level, first .. first + n - 1, which lie in one tile. */
static enum sy_err
read_row(struct db *db, unsigned level, uint64_t first, uint64_t n, struct sy_hash *ret)
{
	struct sy_buf b;
	sy_buf_init(&b, WIDTH * sizeof(struct sy_hash));
	enum sy_err e = level == 0 ? entry_store_leaves(db, (int64_t)first, (int64_t)n, &b)
	                           : tile_store_get(db, level, (int64_t)(first / WIDTH), &b);
	size_t skip = level == 0 ? 0 : (size_t)(first % WIDTH) * sizeof(struct sy_hash);
	size_t len = (size_t)n * sizeof(struct sy_hash);
	if (e == SY_OK && b.len < skip + len)
		e = SY_ERR_DATA_DAMAGED;
	if (e == SY_OK)
		memcpy(ret, b.data + skip, len);
	sy_buf_done(&b);
	return e;
}

static enum sy_err
fold(struct sy_hash *h, size_t n)
{
	for (; n > 1; n /= 2)
		for (size_t i = 0; i < n / 2; i++)
			SY_TRY(sy_node_hash(&h[2 * i], &h[2 * i + 1], &h[i]));
	return SY_OK;
}

enum sy_err
tree_read(void *arg, unsigned level, uint64_t index, struct sy_hash *ret)
{
	struct sy_hash h[WIDTH / 2];
	unsigned below = level % HEIGHT;
	uint64_t n = UINT64_C(1) << below;
	SY_TRY(read_row(arg, level / HEIGHT, index << below, n, h));
	SY_TRY(fold(h, (size_t)n));
	*ret = h[0];
	return SY_OK;
}

/* The hash of a full tile, put behind those already at the level above. */
static enum sy_err
complete(struct db *db, unsigned level, uint64_t tile)
{
	struct sy_hash h[WIDTH];
	SY_TRY(read_row(db, level, tile * WIDTH, WIDTH, h));
	SY_TRY(fold(h, WIDTH));
	struct sy_buf b;
	sy_buf_init(&b, sizeof h);
	enum sy_err e = tile_store_get(db, level + 1, (int64_t)(tile / WIDTH), &b);
	if (e == SY_OK && b.len != (tile % WIDTH) * sizeof h[0])
		e = SY_ERR_DATA_DAMAGED;
	if (e == SY_OK) {
		sy_buf_add(&b, &h[0], sizeof h[0]);
		e = sy_buf_err(&b);
	}
	if (e == SY_OK)
		e = tile_store_put(db, level + 1, (int64_t)(tile / WIDTH), sy_buf_span(&b));
	sy_buf_done(&b);
	return e;
}

enum sy_err
tree_grow(struct db *db, uint64_t from, uint64_t to)
{
	for (unsigned level = 0; level < 7 && from / WIDTH < to / WIDTH; level++) {
		for (uint64_t tile = from / WIDTH; tile < to / WIDTH; tile++)
			SY_TRY(complete(db, level, tile));
		from /= WIDTH;
		to /= WIDTH;
	}
	return SY_OK;
}
