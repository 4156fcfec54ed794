/* pem.c: keys and certificates from files and back (RFC 7468). */
#include "certs/cmd/cmd.h"

#include "certs/line.h"
#include "schema/wire/b64.h"

#include <string.h>

#define FILE_MAX (1u << 20)
#define BEGIN_PUBLIC "-----BEGIN PUBLIC KEY-----"
#define END_PUBLIC "-----END PUBLIC KEY-----"
#define END_CERT "-----END CERTIFICATE-----"

enum sy_err
cmd_read_key_with(const char *path, const struct sy_secret *passphrase, struct sy_key **ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf pem = { 0 };
	SY_TRY(cmd_read(path, FILE_MAX, &pem));
	return sy_key_parse_pem(sy_buf_span(&pem), passphrase, ret);
}

enum sy_err
cmd_read_key(const struct cmd_args *a, const char *path, struct sy_key **ret)
{
	SY_AUTO_SECRET *passphrase = NULL;
	if (!cmd_exists(path))
		return SY_ERR_NOT_FOUND;
	SY_TRY(cmd_passphrase(a, false, &passphrase));
	return cmd_read_key_with(path, passphrase, ret);
}

enum sy_err
cmd_write_key(const char *path, const struct sy_key *k, const struct sy_secret *passphrase)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf pem = { 0 };
	sy_buf_init(&pem, 8192);
	SY_TRY(sy_key_print_pem(k, passphrase, &pem));
	return cmd_write(path, sy_buf_span(&pem), true);
}

enum sy_err
cmd_parse_spki(struct sy_span text, struct sy_key **ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf b64 = { 0 }, der = { 0 };
	sy_buf_init(&b64, 1024);
	sy_buf_init(&der, 1024);
	struct sy_span line, rest = text;
	while (sy_span_cut(&rest, '\n', &line)) {
		if (sy_span_eq_str(line, BEGIN_PUBLIC))
			continue;
		if (sy_span_eq_str(line, END_PUBLIC))
			break;
		sy_buf_add_span(&b64, line);
	}
	SY_TRY(sy_buf_err(&b64));
	if (sy_b64_parse(sy_buf_span(&b64), &der, NULL) != SY_OK)
		return SY_ERR_BAD_KEY;
	return sy_key_parse_spki(sy_buf_span(&der), ret);
}

enum sy_err
cmd_read_spki(const char *path, struct sy_key **ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
	SY_TRY(cmd_read(path, 4096, &text));
	return cmd_parse_spki(sy_buf_span(&text), ret);
}

enum sy_err
cmd_print_spki(const struct sy_key *k, bool pem, struct sy_buf *ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf der = { 0 }, b64 = { 0 };
	sy_buf_init(&der, 1024);
	sy_buf_init(&b64, 1024);
	SY_TRY(sy_key_print_spki(k, &der));
	sy_b64_add(&b64, sy_buf_span(&der));
	SY_TRY(sy_buf_err(&b64));
	if (!pem) {
		sy_buf_add_span(ret, sy_buf_span(&b64));
		sy_buf_add_byte(ret, '\n');
		return sy_buf_err(ret);
	}
	sy_buf_add_str(ret, BEGIN_PUBLIC "\n");
	for (size_t at = 0; at < b64.len; at += 64) {
		sy_buf_add_span(ret, sy_span_sub(sy_buf_span(&b64), at, 64));
		sy_buf_add_byte(ret, '\n');
	}
	sy_buf_add_str(ret, END_PUBLIC "\n");
	return sy_buf_err(ret);
}

enum sy_err
cmd_read_cert(const char *path, struct sy_cert **ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf pem = { 0 };
	SY_TRY(cmd_read(path, 16384, &pem));
	return sy_cert_parse_pem(sy_buf_span(&pem), ret);
}

void
cmd_certs_done(struct cmd_certs *c)
{
	for (size_t i = 0; i < c->n; i++)
		sy_cert_free(c->cert[i]);
	c->n = 0;
}

enum sy_err
cmd_read_certs(const char *path, struct cmd_certs *ret)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf text = { 0 };
	SY_TRY(cmd_read(path, FILE_MAX, &text));
	struct sy_span rest = sy_buf_span(&text), line;
	const uint8_t *from = rest.data;
	size_t before = ret->n;
	while (sy_line_next(&rest, &line)) {
		if (!sy_span_eq_str(line, END_CERT))
			continue;
		if (ret->n == CMD_CERTS_MAX)
			return SY_ERR_TOO_LONG;
		size_t len = (size_t)(line.data + line.len + 1 - from);
		SY_TRY(sy_cert_parse_pem(sy_span(from, len), &ret->cert[ret->n]));
		ret->n++;
		from += len;
	}
	return ret->n > before ? SY_OK : SY_ERR_BAD_CERTIFICATE;
}
