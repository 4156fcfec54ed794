/* wire.h: frames on the signer's socket: u32 length (big-endian), then the body. suyuan-signer(8), "PROTOCOL". */
#ifndef SERVER_SIGNER_WIRE_H
#define SERVER_SIGNER_WIRE_H

#include "schema/wire/json.h"

#define WIRE_FRAME_MAX (16u << 20)

/* Both ends in one deadline of seconds; 0 waits for ever. IO when the other side is
 * gone or too slow, TOO_LARGE for a length above the limit. */
enum sy_err wire_send(int fd, struct sy_span body, unsigned seconds) SY_MUST;
/* ret is reset first. NOT_FOUND: the other side closed before the first byte. idle_seconds bounds the wait for the
 * first byte, seconds the rest. */
enum sy_err wire_recv(int fd, struct sy_buf *ret, unsigned idle_seconds, unsigned seconds) SY_MUST;

/* Canonical JSON in a frame. */
enum sy_err wire_send_json(int fd, const struct sy_json *v, unsigned seconds) SY_MUST;
/* {"error":{"slug","field","offset","length","zh","en"}} */
enum sy_err wire_error_json(enum sy_err err, const struct sy_fault *f, struct sy_json **ret) SY_MUST;
/* The other way: OK when v is no refusal. An unknown slug is INTERNAL. */
enum sy_err wire_error_of(const struct sy_json *v, struct sy_fault *reterr) SY_MUST;

#endif
