/* csr.c: a certificate request: proof that one holds a key. */
#include "certs/cmd/cmd.h"

static enum sy_err
run(const struct cmd_args *a, const char *path, const char *subject)
{
	SY_AUTO_KEY *key = NULL;
	SY_CLEANUP(sy_buf_done) struct sy_buf pem = { 0 };
	sy_buf_init(&pem, 8192);
	SY_TRY(cmd_read_key(a, path, &key));
	SY_TRY(sy_csr_print(key, subject, &pem));
	return cmd_write(cmd_get(a, "out"), sy_buf_span(&pem), false);
}

int
verb_csr(const struct cmd_args *a)
{
	const char *path, *subject;
	if (cmd_need(a, "key", &path) != SY_OK || cmd_need(a, "subject", &subject) != SY_OK)
		return 2;
	enum sy_err e = run(a, path, subject);
	return e == SY_OK ? 0 : cmd_fail(a, path, e, NULL);
}
