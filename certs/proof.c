/* proof.c: see proof.h. */
#include "certs/proof.h"

#include "certs/line.h"
#include "schema/wire/b64.h"

#include <stdio.h>
#include <string.h>

#define FIRST_LINE "c2sp.org/tlog-proof@v1"

static enum sy_err
parse_extra(struct sy_span text)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf plain;
	sy_buf_init(&plain, SY_PROOF_MAX);
	return sy_b64_parse(text, &plain, NULL);
}

static enum sy_err
parse_hash(struct sy_span text, struct sy_hash *ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf plain;
	sy_buf_init(&plain, sizeof ret->b);
	SY_TRY(sy_b64_parse(text, &plain, NULL));
	if (plain.len != sizeof ret->b)
		return SY_ERR_MALFORMED;
	memcpy(ret->b, plain.data, sizeof ret->b);
	return SY_OK;
}

static enum sy_err
parse_lines(struct sy_span rest, struct sy_proof *ret, size_t *line)
{
	struct sy_span text, value;
	*line = 1;
	if (!sy_line_next(&rest, &text) || !sy_span_eq_str(text, FIRST_LINE))
		return SY_ERR_MALFORMED;
	++*line;
	if (!sy_line_next(&rest, &text))
		return SY_ERR_MALFORMED;
	if (sy_line_after(text, "extra", &value)) {
		SY_TRY(parse_extra(value));
		ret->extra = value;
		++*line;
		if (!sy_line_next(&rest, &text))
			return SY_ERR_MALFORMED;
	}
	if (!sy_line_after(text, "index", &value))
		return SY_ERR_MALFORMED;
	SY_TRY(sy_line_u64(value, (UINT64_C(1) << 62) - 1, &ret->index));
	for (;;) {
		++*line;
		if (!sy_line_next(&rest, &text))
			return SY_ERR_MALFORMED;
		if (text.len == 0)
			break;
		if (ret->n == SY_PROOF_HASHES_MAX)
			return SY_ERR_OUT_OF_RANGE;
		SY_TRY(parse_hash(text, &ret->hash[ret->n]));
		ret->n++;
	}
	ret->checkpoint = rest;
	return rest.len > 0 ? SY_OK : SY_ERR_MISSING;
}

enum sy_err
sy_proof_parse(struct sy_span text, struct sy_proof *ret, struct sy_fault *reterr)
{
	size_t line = 0;
	*ret = (struct sy_proof){ 0 };
	enum sy_err e = text.len > SY_PROOF_MAX ? SY_ERR_TOO_LONG : parse_lines(text, ret, &line);
	if (e == SY_OK)
		return SY_OK;
	char field[32];
	(void)snprintf(field, sizeof field, "line %zu", line);
	return sy_fault_at(reterr, e, field, 0, 0);
}

void
sy_proof_print(const struct sy_proof *p, struct sy_buf *ret)
{
	sy_buf_add_str(ret, FIRST_LINE "\n");
	if (p->extra.len > 0) {
		sy_buf_add_str(ret, "extra ");
		sy_buf_add_span(ret, p->extra);
		sy_buf_add_byte(ret, '\n');
	}
	sy_buf_printf(ret, "index %llu\n", (unsigned long long)p->index);
	for (size_t i = 0; i < p->n; i++) {
		sy_b64_add(ret, sy_span(p->hash[i].b, sizeof p->hash[i].b));
		sy_buf_add_byte(ret, '\n');
	}
	sy_buf_add_byte(ret, '\n');
	sy_buf_add_span(ret, p->checkpoint);
}

enum sy_err
sy_proof_verify(const struct sy_proof *p, const struct sy_hash *leaf, const struct sy_note_key *log, struct sy_checkpoint *ret, struct sy_fault *reterr)
{
	struct sy_note note;
	SY_TRY(sy_note_parse(p->checkpoint, &note, reterr));
	SY_TRY(sy_note_verify(&note, log));
	SY_TRY(sy_checkpoint_parse(note.text, ret, reterr));
	if (strcmp(ret->origin, log->name) != 0)
		return sy_fault_at(reterr, SY_ERR_WRONG_ORIGIN, "checkpoint", 0, 0);
	return sy_inclusion_verify(leaf, p->index, ret->size, p->hash, p->n, &ret->root);
}
