/* err.h: every error of Suyuan, and where in an input it was found.
 *
 * err.def is the one list: number (never reused), name, slug for clients,
 * sentence for people in zh and en. "Forged" is an answer of a verifier, not an
 * error: an error means that something could not be done or told. */
#ifndef SY_SCHEMA_ERR_H
#define SY_SCHEMA_ERR_H

#include "schema/attr.h"

#include <stddef.h>

enum sy_err {
	SY_OK = 0,
#define SY_ERR(number, name, slug, zh, en) SY_ERR_##name = (number),
#include "schema/err.def"
#undef SY_ERR
};

const char *sy_err_slug(enum sy_err e); /* "ok", "check-digit", ... */
const char *sy_err_zh(enum sy_err e);
const char *sy_err_en(enum sy_err e);

/* Where and why. field: dotted path into the input ("items.3.value"), or a
 * column or option name, "" for the whole. offset, length: bytes in that
 * field's value. zh, en: the figures that explain it, "" when the error's own
 * sentence says all. Zero-initialise; the first fault set is kept. */
struct sy_fault {
	enum sy_err err;
	char field[128];
	size_t offset;
	size_t length;
	char zh[240];
	char en[240];
};

/* All take f == NULL and all return err, so that a parser can end with them. */
enum sy_err sy_fault_at(struct sy_fault *f, enum sy_err err, const char *field, size_t offset, size_t length);
/* fmt_zh and fmt_en take the same arguments in the same order. */
enum sy_err sy_fault_say(struct sy_fault *f, enum sy_err err, const char *field, const char *fmt_zh, const char *fmt_en, ...)
    SY_PRINTF(4, 6) SY_PRINTF(5, 6);
/* Puts "prefix." before the field, on the way up out of a nested value. */
void sy_fault_within(struct sy_fault *f, const char *prefix);

#endif
