/* service/verify_face.c: what the answering threads share and borrow. Serial keys
 * are asked from the signer once and are kept in locked memory, never on disk. */
#include "server/service/verify_face.h"

#include "schema/wire/hex.h"
#include "schema/wire/json.h"
#include "server/app.h"
#include "server/service/page.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define KEYS_MAX 4096

struct serial_key {
	bool own;
	char item[15];
	struct sy_secret *key;
};

struct face {
	struct face_options options;
	struct views *views;
	struct sy_gzip_piece head[2], tail[2];
	char policy[256];
	pthread_mutex_t lock;
	struct verify_context *idle;
	size_t nkeys;
	struct serial_key *key;
};

static enum sy_err
make_head(struct face *f, unsigned lang)
{
	struct sy_buf html;
	sy_buf_init(&html, 65536);
	page_head(lang == 1 ? LANG_EN : LANG_ZH, &html);
	enum sy_err err = sy_buf_err(&html);
	if (err == SY_OK)
		err = sy_gzip_piece_init(&f->head[lang], sy_buf_span(&html), 9);
	sy_buf_reset(&html);
	page_tail(lang == 1 ? LANG_EN : LANG_ZH, &html);
	if (err == SY_OK)
		err = sy_buf_err(&html);
	if (err == SY_OK)
		err = sy_gzip_piece_init(&f->tail[lang], sy_buf_span(&html), 9);
	sy_buf_done(&html);
	return err;
}

static enum sy_err
make_policy(struct face *f)
{
	struct sy_buf text;
	sy_buf_init(&text, sizeof f->policy - 1);
	enum sy_err err = page_policy(&text);
	if (err == SY_OK)
		memcpy(f->policy, text.data, text.len);
	sy_buf_done(&text);
	return err;
}

enum sy_err
face_new(const struct face_options *options, struct face **ret)
{
	struct face *f = calloc(1, sizeof *f);
	if (f == NULL)
		return SY_ERR_NO_MEMORY;
	f->options = *options;
	if (pthread_mutex_init(&f->lock, NULL) != 0) {
		free(f);
		return SY_ERR_NO_MEMORY;
	}
	enum sy_err err = views_new(&f->views);
	for (unsigned lang = 0; lang < 2 && err == SY_OK; lang++)
		err = make_head(f, lang);
	if (err == SY_OK)
		err = make_policy(f);
	if (err != SY_OK) {
		face_free(f);
		return err;
	}
	*ret = f;
	return SY_OK;
}

static void
context_free(struct verify_context *c)
{
	for (size_t i = 0; i < c->nseals; i++)
		sy_seal_free(c->seal[i].seal);
	for (size_t i = 0; i < c->nserials; i++)
		sy_serial_free(c->serial[i].serial);
	sy_buf_done(&c->message);
	free(c);
}

void
face_free(struct face *f)
{
	if (f == NULL)
		return;
	while (f->idle != NULL) {
		struct verify_context *c = f->idle;
		f->idle = c->next;
		context_free(c);
	}
	for (size_t i = 0; i < f->nkeys; i++)
		sy_secret_free(f->key[i].key);
	free(f->key);
	for (size_t i = 0; i < 2; i++) {
		sy_gzip_piece_done(&f->head[i]);
		sy_gzip_piece_done(&f->tail[i]);
	}
	views_free(f->views);
	(void)pthread_mutex_destroy(&f->lock);
	free(f);
}

struct views *
face_views(struct face *f)
{
	return f->views;
}

const struct sy_gzip_piece *
face_head(const struct face *f, unsigned lang)
{
	return &f->head[lang];
}

const struct sy_gzip_piece *
face_tail(const struct face *f, unsigned lang)
{
	return &f->tail[lang];
}

const char *
face_policy(const struct face *f)
{
	return f->policy;
}

const struct face_options *
face_options_of(const struct face *f)
{
	return &f->options;
}

enum sy_err
face_take(struct face *f, struct verify_context **ret)
{
	(void)pthread_mutex_lock(&f->lock);
	struct verify_context *c = f->idle;
	if (c != NULL)
		f->idle = c->next;
	(void)pthread_mutex_unlock(&f->lock);
	if (c == NULL) {
		c = calloc(1, sizeof *c);
		if (c == NULL)
			return SY_ERR_NO_MEMORY;
		sy_buf_init(&c->message, 1024);
	}
	*ret = c;
	return SY_OK;
}

void
face_give(struct face *f, struct verify_context *c)
{
	if (c == NULL)
		return;
	(void)pthread_mutex_lock(&f->lock);
	c->next = f->idle;
	f->idle = c;
	(void)pthread_mutex_unlock(&f->lock);
}

enum sy_err
face_seal(struct verify_context *c, const struct sy_trust_key *key, struct sy_seal **ret)
{
	for (size_t i = 0; i < c->nseals; i++)
		if (c->seal[i].key == key) {
			*ret = c->seal[i].seal;
			return SY_OK;
		}
	struct sy_seal *made = NULL;
	SY_TRY(sy_seal_new(key->key, &made));
	size_t at = c->nseals < FACE_SEALS ? c->nseals++ : c->hand++ % FACE_SEALS;
	sy_seal_free(c->seal[at].seal);
	c->seal[at].seal = made;
	c->seal[at].key = key;
	*ret = made;
	return SY_OK;
}

/* SHA-256("suyuan/serial-key/v1\n" || tweak || key) as the release promised it. */
static enum sy_err
check_commitment(const uint8_t key[32], const char *item, const char *commitment)
{
	uint8_t got[32];
	char hex[65];
	if (commitment == NULL)
		return SY_OK;
	SY_TRY(sy_serial_commit(key, sy_span_str(item), got));
	sy_hex_print(sy_span(got, 32), hex);
	return strcmp(hex, commitment) == 0 ? SY_OK : SY_ERR_DATA_DAMAGED;
}

static enum sy_err
ask_signer(struct app *app, bool own, const char *item, const char *commitment, struct sy_secret **ret)
{
	SY_AUTO_JSON *request = NULL;
	SY_AUTO_JSON *answer = NULL;
	uint8_t key[32];
	SY_TRY(sy_json_pack(&request, "{s:s, s:o, s:s}", "op", "serial_key", "own", sy_json_from_bool(own), "item", item));
	SY_TRY(signer_client_call(app->signer, request, &answer, NULL));
	const char *hex = sy_json_get_str(answer, "key");
	if (hex == NULL || sy_hex_parse(sy_span_str(hex), key, 32, NULL) != SY_OK)
		return SY_ERR_UNAVAILABLE;
	enum sy_err err = check_commitment(key, item, commitment);
	if (err == SY_OK)
		err = sy_secret_new(sy_span(key, 32), ret);
	sy_wipe(key, sizeof key);
	return err;
}

/* Takes key over. */
static enum sy_err
keep_key(struct face *f, bool own, const char *item, struct sy_secret *key, struct sy_span *ret)
{
	(void)pthread_mutex_lock(&f->lock);
	struct serial_key *p = f->nkeys >= KEYS_MAX ? NULL : realloc(f->key, (f->nkeys + 1) * sizeof *p);
	if (p != NULL) {
		f->key = p;
		p[f->nkeys].own = own;
		(void)memcpy(p[f->nkeys].item, item, strnlen(item, 14) + 1);
		p[f->nkeys++].key = key;
		*ret = sy_secret_span(key);
	}
	(void)pthread_mutex_unlock(&f->lock);
	if (p == NULL) {
		sy_secret_free(key);
		return SY_ERR_NO_MEMORY;
	}
	return SY_OK;
}

/* Borrowed for as long as the face lives: keys are never taken out again. */
static enum sy_err
shared_key(struct app *app, struct face *f, bool own, const char *item, const char *commitment, struct sy_span *ret)
{
	(void)pthread_mutex_lock(&f->lock);
	for (size_t i = 0; i < f->nkeys; i++)
		if (f->key[i].own == own && strcmp(f->key[i].item, item) == 0) {
			*ret = sy_secret_span(f->key[i].key);
			(void)pthread_mutex_unlock(&f->lock);
			return SY_OK;
		}
	(void)pthread_mutex_unlock(&f->lock);
	struct sy_secret *key = NULL;
	SY_TRY(ask_signer(app, own, item, commitment, &key));
	return keep_key(f, own, item, key, ret);
}

enum sy_err
face_know_serial(struct face *f, bool own, const char *item, const uint8_t key[32])
{
	struct sy_secret *secret = NULL;
	struct sy_span unused;
	SY_TRY(sy_secret_new(sy_span(key, 32), &secret));
	return keep_key(f, own, item, secret, &unused);
}
enum sy_err
face_serial(struct app *app, struct face *f, struct verify_context *c, bool own, const char *item, const char *commitment, struct sy_serial **ret)
{
	for (size_t i = 0; i < c->nserials; i++)
		if (c->serial[i].own == own && strcmp(c->serial[i].item, item) == 0) {
			*ret = c->serial[i].serial;
			return SY_OK;
		}
	struct sy_span key;
	struct sy_serial *made = NULL;
	SY_TRY(shared_key(app, f, own, item, commitment, &key));
	SY_TRY(sy_serial_new(key.data, sy_span_str(item), &made));
	size_t at = c->nserials < FACE_SERIALS ? c->nserials++ : c->hand++ % FACE_SERIALS;
	sy_serial_free(c->serial[at].serial);
	c->serial[at].serial = made;
	c->serial[at].own = own;
	(void)memcpy(c->serial[at].item, item, strnlen(item, 14) + 1);
	*ret = made;
	return SY_OK;
}
