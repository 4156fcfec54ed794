/* seal_head.h: between entry.c and seal_head.c (internal to certs). */
#ifndef SY_CERTS_SEAL_HEAD_H
#define SY_CERTS_SEAL_HEAD_H

#include "certs/entry.h"

/* An object with these members and no other: WRONG_TYPE, MISSING, UNKNOWN_FIELD. */
enum sy_err sy_members_exact(const struct sy_json *object, const char *const *names, size_t n, struct sy_fault *reterr) SY_MUST;

#endif
