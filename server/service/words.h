/* service/words.h: the words of the public pages in zh and en: tables
 * (words.def) and the sentences of the verdicts. */
#ifndef SERVER_SERVICE_WORDS_H
#define SERVER_SERVICE_WORDS_H

#include "server/service/verify.h"

enum lang { LANG_ZH = 0, LANG_EN = 1 };

enum word {
#define WORD(name, zh, en) W_##name,
#include "server/service/words.def"
#undef WORD
	WORDS
};
const char *word(enum lang lang, enum word w);
const char *lang_tag(enum lang lang); /* "zh-CN", "en" */

const char *county_name(uint32_t code, enum lang lang); /* Zhumadian's counties; NULL elsewhere */

/* A verdict with its class: what headline, sign and colour depend on. */
enum verdict_face {
	FACE_VALID,
	FACE_SELF_TESTED,
	FACE_DECLARED,
	FACE_SUSPICIOUS,
	FACE_EXPIRED,
	FACE_SUSPENDED_SAFETY,
	FACE_SUSPENDED_CERTIFICATE,
	FACE_REVOKED,
	FACE_RECALLED,
	FACE_NOT_ISSUED,
	FACE_VOIDED,
	FACE_BAD_SIGNATURE,
	FACE_UNKNOWN_KEY,
	FACE_UNSIGNED,
	FACE_UNSUPPORTED,
	FACE_MALFORMED,
	FACES
};
enum verdict_face verdict_face(const struct verification *v);
const char *words_headline(enum verdict_face f, enum lang lang);
/* The sentence under the headline, with the figures of that reason (i: reason's place, 0 the verdict). */
void words_reason(const struct verification *v, size_t i, enum lang lang, struct sy_buf *ret);
/* What to do; "" where the sentence says it. */
void words_action(const struct verification *v, enum lang lang, struct sy_buf *ret);
/* "0.5 kg" of {"value","uom"}. */
void words_quantity(const struct sy_json *q, enum lang lang, struct sy_buf *ret);

#endif
