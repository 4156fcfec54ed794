/* pub.c: the public half of a key. */
#include "certs/cmd/cmd.h"

static enum sy_err
run(const struct cmd_args *a, const char *path)
{
	SY_AUTO_KEY *key = NULL;
	SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
	sy_buf_init(&text, 1024);
	SY_TRY(cmd_read_key(a, path, &key));
	const char *name = cmd_get(a, "note-name");
	if (name != NULL) {
		struct sy_note_key vkey;
		SY_TRY(sy_note_key_from(name, key, &vkey));
		sy_note_key_print(&vkey, &text);
		sy_buf_add_byte(&text, '\n');
		SY_TRY(sy_buf_err(&text));
	} else {
		SY_TRY(cmd_print_spki(key, !cmd_has(a, "base64"), &text));
	}
	return cmd_write(cmd_get(a, "out"), sy_buf_span(&text), false);
}

int
verb_pub(const struct cmd_args *a)
{
	const char *path;
	if (cmd_need(a, "key", &path) != SY_OK)
		return 2;
	enum sy_err e = run(a, path);
	return e == SY_OK ? 0 : cmd_fail(a, path, e, NULL);
}
