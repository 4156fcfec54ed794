/* secret.h: bytes that must not leak: locked in memory where the system allows, wiped when freed. */
#ifndef SY_CERTS_SECRET_H
#define SY_CERTS_SECRET_H

#include "schema/bytes.h"

struct sy_secret; /* opaque, so that it is never copied by accident */

enum sy_err sy_secret_new(struct sy_span s, struct sy_secret **ret) SY_MUST; /* copies; the caller wipes its own */
enum sy_err sy_secret_random(size_t len, struct sy_secret **ret) SY_MUST;
/* A file's first line (up to 1024 bytes, LF removed). Refuses a file that group or others can read. */
enum sy_err sy_secret_read(const char *path, struct sy_secret **ret, struct sy_fault *reterr) SY_MUST;
void sy_secret_free(struct sy_secret *s);
SY_DEFINE_CLEANUP(struct sy_secret, sy_secret_free)
#define SY_AUTO_SECRET SY_CLEANUP(sy_secret_freep) struct sy_secret
struct sy_span sy_secret_span(const struct sy_secret *s);
void sy_wipe(void *p, size_t len); /* that the compiler may not remove */

#endif
