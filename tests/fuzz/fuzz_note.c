/* Any bytes as a note, a checkpoint, a note key and a DER signature: what is accepted prints back byte for byte. */
#include "certs/ecsig.h"
#include "certs/note.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
note(struct sy_span in)
{
	static const struct sy_note_key key = { .name = "a.example", .id = { 1, 2, 3, 4 } };
	struct sy_note n;
	struct sy_fault fault = { 0 };
	if (sy_note_parse(in, &n, &fault) != SY_OK) {
		if (fault.offset > in.len)
			abort();
		return;
	}
	(void)!sy_note_verify(&n, &key);
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, in.len + 1);
	sy_buf_add_span(&b, n.text);
	sy_buf_add_byte(&b, '\n');
	for (size_t i = 0; i < n.n; i++) {
		sy_buf_add_str(&b, "\xe2\x80\x94 ");
		sy_buf_add_span(&b, n.sig[i].name);
		sy_buf_add_byte(&b, ' ');
		sy_buf_add_span(&b, n.sig[i].b64);
		sy_buf_add_byte(&b, '\n');
	}
	if (!sy_span_eq(sy_buf_span(&b), in))
		abort();
}

static void
checkpoint(struct sy_span in)
{
	struct sy_checkpoint c;
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, in.len);
	if (sy_checkpoint_parse(in, &c, NULL) != SY_OK)
		return;
	sy_checkpoint_print(&c, &b);
	if (!sy_span_eq(sy_buf_span(&b), in))
		abort();
}

static void
vkey(struct sy_span in)
{
	struct sy_note_key k;
	SY_CLEANUP(sy_buf_done) struct sy_buf b;
	sy_buf_init(&b, in.len);
	if (sy_note_key_parse(in, &k, NULL) != SY_OK)
		return;
	sy_note_key_print(&k, &b);
	if (!sy_span_eq(sy_buf_span(&b), in))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct sy_span in = sy_span(data, size);
	uint8_t sig[SY_SIG_SIZE], der[SY_ECSIG_DER_MAX];
	note(in);
	checkpoint(in);
	vkey(in);
	if (sy_sig_from_der(in, sig) == SY_OK && (sy_ecsig_print(sig, der) != size || memcmp(der, data, size) != 0))
		abort();
	return 0;
}
