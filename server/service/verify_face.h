/* service/verify_face.h: between verify_*.c: contexts that one thread at a time
 * uses, so that a scan makes no key, no digest context and no cipher anew. */
#ifndef SERVER_SERVICE_VERIFY_FACE_H
#define SERVER_SERVICE_VERIFY_FACE_H

#include "certs/serial.h"
#include "server/service/verify.h"

#define FACE_SEALS 16 /* label keys in use at a time */
#define FACE_SERIALS 64 /* products scanned at a time */

struct verify_context {
	struct verify_context *next;
	struct sy_buf message;
	size_t nseals, nserials, hand;
	struct {
		const struct sy_trust_key *key; /* of a list that stays in memory */
		struct sy_seal *seal;
	} seal[FACE_SEALS];
	struct {
		bool own;
		char item[15];
		struct sy_serial *serial;
	} serial[FACE_SERIALS];
};

enum sy_err face_take(struct face *f, struct verify_context **ret) SY_MUST;
void face_give(struct face *f, struct verify_context *c);
const struct face_options *face_options_of(const struct face *f);
/* Borrowed from the context; made with the trust list's parsed key when first asked. */
enum sy_err face_seal(struct verify_context *c, const struct sy_trust_key *key, struct sy_seal **ret) SY_MUST;
/* The serial cipher of an item; its key comes from the signer once and stays in memory only.
 * commitment: serial_key_sha256 of the release; the signer's key must be that one (DATA_DAMAGED). */
enum sy_err face_serial(struct app *app, struct face *f, struct verify_context *c, bool own, const char *item, const char *commitment, struct sy_serial **ret) SY_MUST;

#endif
