/* note.c: the form of signed notes, their keys, signing and verifying.
 *
 * Stricter than the Go reader: base64 has one spelling, and a line that claims to
 * be by a key and does not verify makes the note bad even when another one does. */
#include "certs/note.h"
#include "certs/digest.h"
#include "schema/wire/b64.h"
#include "schema/wire/hex.h"
#include "schema/wire/utf8.h"

#include <string.h>

#define KEY_TYPE_ED25519 0x01
#define ID_SIZE 4
#define SIG_BYTES_MAX 4096
#define DASH "\xe2\x80\x94 " /* em dash, space */
#define DASH_LEN 4

/* c2sp.org/signed-note: not empty, no Unicode spaces, no plus. */
static bool
name_ok(struct sy_span name)
{
	if (name.len == 0 || name.len > SY_NOTE_NAME_MAX)
		return false;
	size_t at = 0;
	while (at < name.len) {
		int32_t c = sy_utf8_next(name, &at);
		if (c <= 0x20 || c == '+' || c == 0x7f || c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
		    c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000)
			return false;
	}
	return true;
}

static enum sy_err
key_make(struct sy_span name, const uint8_t raw[32], struct sy_note_key *ret)
{
	static const uint8_t tag[] = { '\n', KEY_TYPE_ED25519 };
	const struct sy_span parts[] = { name, sy_span(tag, sizeof tag), sy_span(raw, 32) };
	uint8_t hash[SY_SHA256_SIZE];
	SY_TRY(sy_sha256_parts(parts, SY_LEN(parts), hash));
	*ret = (struct sy_note_key){ 0 };
	memcpy(ret->name, name.data, name.len);
	memcpy(ret->id, hash, ID_SIZE);
	memcpy(ret->raw, raw, 32);
	return SY_OK;
}

enum sy_err
sy_note_key_from(const char *name, const struct sy_key *ed25519, struct sy_note_key *ret)
{
	uint8_t raw[32];
	SY_TRY(sy_key_raw_ed25519(ed25519, raw));
	if (!name_ok(sy_span_str(name)))
		return SY_ERR_MALFORMED;
	return key_make(sy_span_str(name), raw, ret);
}

enum sy_err
sy_note_key_parse(struct sy_span vkey, struct sy_note_key *ret, struct sy_fault *reterr)
{
	struct sy_span rest = vkey, name, hex;
	if (!sy_span_cut(&rest, '+', &name) || !name_ok(name))
		return sy_fault_at(reterr, SY_ERR_BAD_KEY, "", 0, vkey.len);
	if (!sy_span_cut(&rest, '+', &hex) || rest.data == NULL)
		return sy_fault_at(reterr, SY_ERR_BAD_KEY, "", name.len, vkey.len - name.len);
	size_t hex_at = name.len + 1, b64_at = hex_at + hex.len + 1;
	uint8_t id[ID_SIZE];
	if (sy_hex_parse(hex, id, sizeof id, NULL) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_BAD_KEY, "", hex_at, hex.len);
	SY_CLEANUP(sy_buf_done) struct sy_buf key;
	sy_buf_init(&key, 64);
	enum sy_err err = sy_b64_parse(rest, &key, NULL);
	if (err == SY_ERR_NO_MEMORY)
		return err;
	if (err != SY_OK || key.len != 33 || key.data[0] != KEY_TYPE_ED25519)
		return sy_fault_at(reterr, SY_ERR_BAD_KEY, "", b64_at, rest.len);
	struct sy_note_key k;
	SY_TRY(key_make(name, key.data + 1, &k));
	if (memcmp(k.id, id, sizeof id) != 0)
		return sy_fault_at(reterr, SY_ERR_BAD_KEY, "", hex_at, hex.len);
	*ret = k;
	return SY_OK;
}

void
sy_note_key_print(const struct sy_note_key *k, struct sy_buf *ret)
{
	uint8_t typed[33];
	typed[0] = KEY_TYPE_ED25519;
	memcpy(typed + 1, k->raw, 32);
	sy_buf_add_str(ret, k->name);
	sy_buf_add_byte(ret, '+');
	sy_hex_add(ret, sy_span(k->id, sizeof k->id));
	sy_buf_add_byte(ret, '+');
	sy_b64_add(ret, sy_span(typed, sizeof typed));
}

/* Valid UTF-8, no control below U+0020 but LF, ends with LF. ret_offset: where not. */
static bool
text_ok(struct sy_span text, size_t *ret_offset)
{
	size_t at = 0;
	*ret_offset = 0;
	while (at < text.len) {
		*ret_offset = at;
		int32_t c = sy_utf8_next(text, &at);
		if (c < 0 || (c < 0x20 && c != '\n'))
			return false;
	}
	return text.len > 0 && text.data[text.len - 1] == '\n';
}

/* The text's length, its final LF counted: the last blank line ends it. 0: none. */
static size_t
text_len(struct sy_span whole)
{
	for (size_t i = whole.len; i >= 2; i--)
		if (whole.data[i - 1] == '\n' && whole.data[i - 2] == '\n')
			return i - 1;
	return 0;
}

/* One signature line without its LF: dash, name, space, base64 of id and signature. */
static bool
line_parse(struct sy_span line, struct sy_span *ret_name, uint8_t ret_id[ID_SIZE], struct sy_span *ret_b64)
{
	if (!sy_span_eq_str(sy_span_sub(line, 0, DASH_LEN), DASH))
		return false;
	struct sy_span rest = sy_span_sub(line, DASH_LEN, line.len), name;
	if (!sy_span_cut(&rest, ' ', &name) || rest.data == NULL || !name_ok(name))
		return false;
	SY_CLEANUP(sy_buf_done) struct sy_buf sig;
	sy_buf_init(&sig, SIG_BYTES_MAX);
	if (sy_b64_parse(rest, &sig, NULL) != SY_OK || sig.len <= ID_SIZE)
		return false;
	memcpy(ret_id, sig.data, ID_SIZE);
	*ret_name = name;
	*ret_b64 = rest;
	return true;
}

enum sy_err
sy_note_parse(struct sy_span whole, struct sy_note *ret, struct sy_fault *reterr)
{
	size_t at = 0;
	*ret = (struct sy_note){ 0 };
	if (!text_ok(whole, &at))
		return sy_fault_at(reterr, SY_ERR_BAD_NOTE, "", at, 1);
	size_t len = text_len(whole);
	if (len == 0)
		return sy_fault_at(reterr, SY_ERR_BAD_NOTE, "", whole.len, 0);
	ret->text = sy_span_sub(whole, 0, len);
	at = len + 1; /* behind the blank line */
	if (at == whole.len)
		return sy_fault_at(reterr, SY_ERR_BAD_NOTE, "", at, 0);
	while (at < whole.len) {
		struct sy_span rest = sy_span_sub(whole, at, whole.len), line;
		if (!sy_span_cut(&rest, '\n', &line) || ret->n == SY_NOTE_SIGS_MAX ||
		    !line_parse(line, &ret->sig[ret->n].name, ret->sig[ret->n].id, &ret->sig[ret->n].b64))
			return sy_fault_at(reterr, SY_ERR_BAD_NOTE, "", at, line.len);
		ret->n++;
		at += line.len + 1;
	}
	return SY_OK;
}

static enum sy_err
line_verify(struct sy_seal *seal, struct sy_span text, struct sy_span b64)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf sig;
	sy_buf_init(&sig, SIG_BYTES_MAX);
	SY_TRY(sy_b64_parse(b64, &sig, NULL));
	if (sig.len != ID_SIZE + SY_SIG_SIZE)
		return SY_ERR_BAD_SIGNATURE;
	return sy_seal_verify(seal, text, sig.data + ID_SIZE);
}

enum sy_err
sy_note_verify(const struct sy_note *n, const struct sy_note_key *k)
{
	SY_AUTO_KEY *key = NULL;
	SY_AUTO_SEAL *seal = NULL;
	bool found = false;
	for (size_t i = 0; i < n->n; i++) {
		if (!sy_span_eq_str(n->sig[i].name, k->name) || memcmp(n->sig[i].id, k->id, ID_SIZE) != 0)
			continue;
		if (!found) {
			SY_TRY(sy_key_from_raw_ed25519(k->raw, &key));
			SY_TRY(sy_seal_new(key, &seal));
		}
		found = true;
		SY_TRY(line_verify(seal, n->text, n->sig[i].b64));
	}
	return found ? SY_OK : SY_ERR_UNKNOWN_KEY;
}

enum sy_err
sy_note_sign(struct sy_buf *ret, const char *name, const struct sy_key *ed25519)
{
	struct sy_note_key k;
	struct sy_note note;
	size_t bad = 0;
	uint8_t sig[ID_SIZE + SY_SIG_SIZE];
	SY_TRY(sy_buf_err(ret));
	SY_TRY(sy_note_key_from(name, ed25519, &k));
	if (!text_ok(sy_buf_span(ret), &bad))
		return SY_ERR_BAD_NOTE;
	bool is_note = sy_note_parse(sy_buf_span(ret), &note, NULL) == SY_OK;
	if (is_note && note.n == SY_NOTE_SIGS_MAX)
		return SY_ERR_TOO_MANY;
	SY_AUTO_SEAL *seal = NULL;
	SY_TRY(sy_seal_new(ed25519, &seal));
	SY_TRY(sy_seal_sign(seal, is_note ? note.text : sy_buf_span(ret), sig + ID_SIZE));
	memcpy(sig, k.id, ID_SIZE);
	if (!is_note)
		sy_buf_add_byte(ret, '\n');
	sy_buf_add_str(ret, DASH);
	sy_buf_add_str(ret, name);
	sy_buf_add_byte(ret, ' ');
	sy_b64_add(ret, sy_span(sig, sizeof sig));
	sy_buf_add_byte(ret, '\n');
	return sy_buf_err(ret);
}
