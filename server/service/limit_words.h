/* service/limit_words.h: a limit in words, the same on a page and in a refusal. */
#ifndef SERVER_SERVICE_LIMIT_WORDS_H
#define SERVER_SERVICE_LIMIT_WORDS_H

#include "schema/wire/json.h"

/* The part of a clause that is for readers: notes on how the row was found (after a semicolon, or naming a bulletin
 * or a row of ours) are left out. Borrowed; may be empty. */
struct sy_span limit_words_clause(const char *clause);
/* "≤ 20 μg/kg"; for substances that may not be there: 不得检出, 不得使用. limit: as kept in a report's item. */
void limit_words_print(const struct sy_json *limit, bool zh, struct sy_buf *ret);

#endif
