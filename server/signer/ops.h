/* ops.h: the requests of suyuan-signer(8), one file each. */
#ifndef SERVER_SIGNER_OPS_H
#define SERVER_SIGNER_OPS_H

#include "server/signer/state.h"

#include "schema/wire/json.h"

/* Answers one request. *ret is the answer on SY_OK, else *reterr says what is refused. Takes the lock itself. */
enum sy_err ops_answer(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;

/* All below are called under the lock, but for person_new and person_seal, which take it
 * around the tables only: opening a passphrase takes a tenth of a second. */
enum sy_err op_hello(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;
enum sy_err op_trust(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;
enum sy_err op_person_new(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;
enum sy_err op_person_seal(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;
enum sy_err op_status_seal(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;
enum sy_err op_append(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;
enum sy_err op_serial_key(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;
enum sy_err op_journal(struct signer *s, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;

/* The one request that answers in records: on fd itself. An error is the connection's, refusals were sent. */
enum sy_err op_labels(struct signer *s, const struct sy_json *request, int fd) SY_MUST;

/* A text member of a request. MISSING or WRONG_TYPE. */
enum sy_err ops_text(const struct sy_json *request, const char *name, const char **ret, struct sy_fault *reterr) SY_MUST;
/* One seal on a statement, by key, now. */
struct sy_seal_head;
enum sy_err ops_seal(const struct sy_key *key, struct sy_seal_head *head, const char *type, struct sy_span statement, struct sy_json **ret) SY_MUST;

#endif
