/* client.h: the signer, seen from the server: typed requests over a UNIX socket.
 * The protocol is suyuan-signer(8): frames of u32 length (big-endian, at most
 * 16 MiB) and a body; bodies are canonical JSON but for label records. */
#ifndef SERVER_SIGNER_CLIENT_H
#define SERVER_SIGNER_CLIENT_H

#include "schema/wire/json.h"

struct signer_client; /* one connection, mended when it breaks; any thread, one request at a time */

/* Connects on first use. path: the socket. */
enum sy_err signer_client_new(const char *path, struct signer_client **ret) SY_MUST;
void signer_client_free(struct signer_client *c);
/* Asks and waits. A refusal comes back as its own error with *reterr filled by the signer;
 * UNAVAILABLE when it cannot be reached (and then nothing is known of whether it acted). Takes over nothing. */
enum sy_err signer_client_call(struct signer_client *c, const struct sy_json *request, struct sy_json **ret, struct sy_fault *reterr) SY_MUST;

#define SIGNER_LABEL_SIZE 106 /* 10 serial symbols and 96 token bytes; a lot code: 10 NULs and the token */

/* Labels [first, first + count) of a release, on a connection of its own. The signer has
 * written the range to its journal before the first record comes; a range is given once. */
struct signer_stream;
enum sy_err signer_stream_open(const char *path, const char *release_leaf_hex, uint32_t first, uint32_t count, struct signer_stream **ret, struct sy_fault *reterr) SY_MUST;
/* Up to max records of SIGNER_LABEL_SIZE bytes in order; *retn 0 at the end. */
enum sy_err signer_stream_next(struct signer_stream *s, uint8_t *ret, size_t max, size_t *retn, struct sy_fault *reterr) SY_MUST;
void signer_stream_free(struct signer_stream *s);

#endif
