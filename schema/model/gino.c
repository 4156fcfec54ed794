/* gino.c: see gino.h. */
#include "schema/model/gino.h"

#include "schema/model/pattern.h"
#include "schema/wire/utf8.h"

#include <string.h>

#define ANNOUNCEMENT_MAX 60

static bool
has_word(struct sy_span text, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= text.len; i++)
		if (memcmp(text.data + i, word, n) == 0)
			return true;
	return false;
}

static enum sy_err
check_announcement(struct sy_span text, struct sy_fault *reterr)
{
	SY_TRY(sy_utf8_check(text, false, reterr));
	if (sy_utf8_len(text) > ANNOUNCEMENT_MAX)
		return sy_pattern_fault(reterr, SY_ERR_TOO_LONG, 0, text.len, "公告文字不超过 60 个字", "At most 60 characters for an announcement");
	if (!has_word(text, "公告"))
		return sy_pattern_fault(reterr, SY_ERR_MALFORMED, 0, text.len, "应为 AGI2012-02-869 这样的登记编号，或含“公告”二字的公告文号",
		    "Should be a registration such as AGI2012-02-869, or an announcement with the word 公告");
	return SY_OK;
}

enum sy_err
sy_gino_check(struct sy_span text, struct sy_fault *reterr)
{
	if (text.len == 0 || !sy_span_eq_str(sy_span_sub(text, 0, 3), "AGI"))
		return check_announcement(text, reterr);
	if (text.len <= 14)
		return sy_pattern_check(text, "AGI9999-99-999", reterr);
	return sy_pattern_check(text, text.len == 15 ? "AGI9999-99-9999" : "AGI9999-99-99999", reterr);
}
