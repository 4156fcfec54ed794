/* limit_words.c: see limit_words.h. */
#include "server/service/limit_words.h"

#include <string.h>

static bool
holds(struct sy_span s, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= s.len; i++)
		if (memcmp(s.data + i, word, n) == 0)
			return true;
	return false;
}

struct sy_span
limit_words_clause(const char *clause)
{
	const char *end = strstr(clause, "；");
	struct sy_span part = end == NULL ? sy_span_str(clause) : sy_span(clause, (size_t)(end - clause));
	return holds(part, "通告") || holds(part, "记录") ? sy_span(clause, 0) : part;
}

static const char *
str(const struct sy_json *o, const char *name)
{
	const char *s = sy_json_get_str(o, name);
	return s == NULL ? "" : s;
}

void
limit_words_print(const struct sy_json *limit, bool zh, struct sy_buf *ret)
{
	static const struct { const char *op, *zh, *en; bool value; } words[] = {{"not_detected", "不得检出", "must not be detected", false},
	    {"not_permitted", "不得使用", "must not be used", false}, {"<=", "≤ ", "≤ ", true}, {">=", "≥ ", "≥ ", true}, {"range", "", "", true},
	    {"sampling_plan", "采样方案 ", "sampling plan ", true}};
	for (size_t i = 0; i < SY_LEN(words); i++) {
		if (strcmp(words[i].op, str(limit, "operator")) != 0)
			continue;
		sy_buf_add_str(ret, zh ? words[i].zh : words[i].en);
		if (words[i].value)
			sy_buf_printf(ret, "%s %s", str(limit, "value"), str(limit, "unit"));
		return;
	}
}
