/* labels_sign.c: serial, path, message, signature: the labels of one thread. */
#include "server/signer/labels.h"

#include "certs/seal.h"
#include "certs/serial.h"

#include <stdlib.h>
#include <string.h>

struct label_signer {
	const struct label_run *run;
	struct sy_seal *seal;
	struct sy_serial *serial; /* NULL for a lot code */
	struct sy_buf message;
	uint8_t token[SY_TOKEN_SIZE];
	char path[SY_LINK_PATH_MAX + 1];
	size_t path_len;
};

void
label_run_done(struct label_run *run)
{
	sy_wipe(run->serial_key, sizeof run->serial_key);
}

void
label_signer_free(struct label_signer *l)
{
	if (l == NULL)
		return;
	sy_seal_free(l->seal);
	sy_serial_free(l->serial);
	sy_buf_done(&l->message);
	free(l);
}

enum sy_err
label_signer_new(const struct label_run *run, struct label_signer **ret)
{
	SY_CLEANUP(label_signer_freep) struct label_signer *l = calloc(1, sizeof *l);
	if (l == NULL)
		return SY_ERR_NO_MEMORY;
	l->run = run;
	sy_buf_init(&l->message, 1024);
	memcpy(l->path, run->path, sizeof l->path);
	l->path_len = strlen(l->path);
	sy_token_print(&run->token, l->token);
	SY_TRY(sy_seal_new(run->key, &l->seal));
	if (!run->lot_code)
		SY_TRY(sy_serial_new(run->serial_key, sy_span_str(run->item), &l->serial));
	*ret = l;
	l = NULL;
	return SY_OK;
}

static enum sy_err
sign_one(struct label_signer *l, uint32_t counter, uint8_t *ret)
{
	char serial[SY_SERIAL_LEN + 1] = { 0 };
	if (l->serial != NULL) {
		SY_TRY(sy_serial_print(l->serial, counter, serial));
		memcpy(l->path + l->path_len - SY_SERIAL_LEN, serial, SY_SERIAL_LEN);
	}
	sy_buf_reset(&l->message);
	sy_token_message(sy_span_str(l->run->origin), sy_span(l->path, l->path_len), l->token, &l->message);
	SY_TRY(sy_buf_err(&l->message));
	memcpy(ret, serial, SY_SERIAL_LEN);
	memcpy(ret + SY_SERIAL_LEN, l->token, SY_TOKEN_BODY);
	return sy_seal_sign(l->seal, sy_buf_span(&l->message), ret + SY_SERIAL_LEN + SY_TOKEN_BODY);
}

enum sy_err
label_signer_run(struct label_signer *l, uint32_t from, uint32_t n, uint8_t *ret)
{
	for (uint32_t i = 0; i < n; i++)
		SY_TRY(sign_one(l, l->run->first + from + i, ret + (size_t)i * LABEL_SIZE));
	return SY_OK;
}
