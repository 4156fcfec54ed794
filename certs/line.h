/* line.h: the pieces that our line formats are made of (internal to certs). */
#ifndef SY_CERTS_LINE_H
#define SY_CERTS_LINE_H

#include "schema/bytes.h"

/* Plain decimal, no sign, no leading zero, at most max. MALFORMED or OUT_OF_RANGE. */
enum sy_err sy_line_u64(struct sy_span text, uint64_t max, uint64_t *ret) SY_MUST;
/* The next LF-ended line without its LF; false at the end of text, also when the last line has no LF. */
bool sy_line_next(struct sy_span *rest, struct sy_span *ret);
/* If text begins with "<word> ", *ret is what follows. */
bool sy_line_after(struct sy_span text, const char *word, struct sy_span *ret);
/* Every byte is in set, where "a-z" is a range; from..to bytes long. */
bool sy_line_made_of(struct sy_span text, const char *set, size_t from, size_t to);
/* 32 lower-case hex digits: a party's id. */
bool sy_line_is_id(struct sy_span text);

#endif
