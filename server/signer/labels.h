/* labels.h: producing the labels of one range. */
#ifndef SERVER_SIGNER_LABELS_H
#define SERVER_SIGNER_LABELS_H

#include "server/signer/state.h"
#include "tagger/code/link.h"
#include "tagger/code/token.h"

#define LABEL_SIZE 106 /* 10 serial symbols and the token */
#define LABEL_CHUNK 512 /* labels a frame */

/* What all labels of a range have in common. */
struct label_run {
	const struct sy_key *key;
	const char *origin;
	uint8_t serial_key[32];
	struct sy_token token; /* without signature */
	char item[15]; /* tweak of the serial */
	char path[SY_LINK_PATH_MAX + 1]; /* with a place for the serial at the end */
	bool lot_code; /* no serial */
	uint32_t first, count;
};
void label_run_done(struct label_run *run);

/* Takes chunks in order; an error of its ends the run. */
typedef enum sy_err label_sink(void *arg, struct sy_span records);
/* Signs with as many threads as are worth it; gives the records to sink in order. */
enum sy_err labels_make(const struct label_run *run, label_sink *sink, void *arg) SY_MUST;

/* labels_sign.c: one thread's contexts. */
struct label_signer;
enum sy_err label_signer_new(const struct label_run *run, struct label_signer **ret) SY_MUST;
void label_signer_free(struct label_signer *l);
SY_DEFINE_CLEANUP(struct label_signer, label_signer_free)
/* Labels [run->first + from, + n) into ret, n * LABEL_SIZE bytes. */
enum sy_err label_signer_run(struct label_signer *l, uint32_t from, uint32_t n, uint8_t *ret) SY_MUST;

#endif
