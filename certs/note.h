/* note.h: signed notes (c2sp.org/signed-note) and checkpoints (c2sp.org/tlog-checkpoint). */
#ifndef SY_CERTS_NOTE_H
#define SY_CERTS_NOTE_H

#include "certs/seal.h"
#include "certs/tree.h"

#define SY_NOTE_NAME_MAX 255
#define SY_NOTE_SIGS_MAX 64

/* A note key, "<name>+<hash>+<base64(type || key)>"; type 0x01 Ed25519. */
struct sy_note_key {
	char name[SY_NOTE_NAME_MAX + 1]; /* no spaces, no plus */
	uint8_t id[4]; /* SHA-256(name || 0x0A || 0x01 || key)[:4] */
	uint8_t raw[32];
};
enum sy_err sy_note_key_from(const char *name, const struct sy_key *ed25519, struct sy_note_key *ret) SY_MUST;
enum sy_err sy_note_key_parse(struct sy_span vkey, struct sy_note_key *ret, struct sy_fault *reterr) SY_MUST;
void sy_note_key_print(const struct sy_note_key *k, struct sy_buf *ret);

/* A parsed note; spans borrow from the text given to parse. */
struct sy_note {
	struct sy_span text; /* with its final LF */
	size_t n;
	struct {
		struct sy_span name;
		uint8_t id[4];
		struct sy_span b64; /* of the signature after the 4 id bytes, as printed with them */
	} sig[SY_NOTE_SIGS_MAX];
};
enum sy_err sy_note_parse(struct sy_span whole, struct sy_note *ret, struct sy_fault *reterr) SY_MUST; /* BAD_NOTE with offset */
/* OK; UNKNOWN_KEY when that key did not sign; BAD_SIGNATURE when it is said to have and did not. */
enum sy_err sy_note_verify(const struct sy_note *n, const struct sy_note_key *k) SY_MUST;
/* Appends one signature line to ret, which holds text alone (the blank line is added) or a note. text ends with LF. */
enum sy_err sy_note_sign(struct sy_buf *ret, const char *name, const struct sy_key *ed25519) SY_MUST;

struct sy_checkpoint {
	char origin[SY_NOTE_NAME_MAX + 1];
	uint64_t size;
	struct sy_hash root;
};
enum sy_err sy_checkpoint_parse(struct sy_span note_text, struct sy_checkpoint *ret, struct sy_fault *reterr) SY_MUST; /* no extension lines */
void sy_checkpoint_print(const struct sy_checkpoint *c, struct sy_buf *ret);

#endif
