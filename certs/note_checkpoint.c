/* note_checkpoint.c: the text of a checkpoint (c2sp.org/tlog-checkpoint): origin,
 * size, root, three lines and no extension lines. */
#include "certs/note.h"
#include "schema/wire/b64.h"

#include <inttypes.h>
#include <string.h>

#define SIZE_LIMIT (UINT64_C(1) << 62) /* of tree.h */

/* Canonical decimal: digits, no sign, no leading zero. */
static bool
size_parse(struct sy_span s, uint64_t *ret)
{
	if (s.len == 0 || s.len > 19 || (s.len > 1 && s.data[0] == '0'))
		return false;
	uint64_t v = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] < '0' || s.data[i] > '9')
			return false;
		v = v * 10 + (uint64_t)(s.data[i] - '0');
	}
	*ret = v;
	return v <= SIZE_LIMIT;
}

static bool
root_parse(struct sy_span s, struct sy_hash *ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, sizeof ret->b);
	if (sy_b64_parse(s, &b, NULL) != SY_OK || b.len != sizeof ret->b)
		return false;
	memcpy(ret->b, b.data, sizeof ret->b);
	return true;
}

enum sy_err
sy_checkpoint_parse(struct sy_span note_text, struct sy_checkpoint *ret, struct sy_fault *reterr)
{
	struct sy_span rest = note_text, origin, size, root;
	struct sy_checkpoint c = { 0 };
	if (!sy_span_cut(&rest, '\n', &origin) || origin.len == 0 || origin.len > SY_NOTE_NAME_MAX ||
	    memchr(origin.data, '\0', origin.len) != NULL)
		return sy_fault_at(reterr, SY_ERR_BAD_NOTE, "origin", 0, 0);
	if (!sy_span_cut(&rest, '\n', &size) || !size_parse(size, &c.size))
		return sy_fault_at(reterr, SY_ERR_BAD_NOTE, "size", origin.len + 1, 0);
	size_t at = origin.len + size.len + 2;
	if (!sy_span_cut(&rest, '\n', &root) || rest.data == NULL || !root_parse(root, &c.root))
		return sy_fault_at(reterr, SY_ERR_BAD_NOTE, "root", at, 0);
	if (rest.len != 0)
		return sy_fault_at(reterr, SY_ERR_BAD_NOTE, "", at + root.len + 1, rest.len);
	memcpy(c.origin, origin.data, origin.len);
	*ret = c;
	return SY_OK;
}

void
sy_checkpoint_print(const struct sy_checkpoint *c, struct sy_buf *ret)
{
	sy_buf_printf(ret, "%s\n%" PRIu64 "\n", c->origin, c->size);
	sy_b64_add(ret, sy_span(c->root.b, sizeof c->root.b));
	sy_buf_add_byte(ret, '\n');
}
