/* facts.c: see facts.h. */
#include "tagger/facts.h"

#include "schema/wire/json.h"
#include "schema/wire/utf8.h"
#include "tagger/code/token.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *name;
	size_t offset, size;
	bool required;
} strings[] = {
#define ROW(member, required) { #member, offsetof(struct sy_label_facts, member), sizeof((struct sy_label_facts *)NULL)->member, required }
	ROW(product, true), ROW(lot, true), ROW(produced, false), ROW(best_before, false), ROW(net_content, false), ROW(origin, false),
	ROW(host, true), ROW(gtin, false), ROW(release, false),
#undef ROW
};

static const struct {
	const char *name;
	unsigned bit;
} marks[] = {
	{ "green", SY_CERTIFIED_GREEN }, { "organic", SY_CERTIFIED_ORGANIC }, { "gi", SY_CERTIFIED_GI }, { "commitment", SY_CERTIFIED_COMMITMENT },
};

static enum sy_err
set_string(size_t row, const struct sy_json *v, struct sy_label_facts *f, struct sy_fault *reterr)
{
	if (sy_json_kind(v) == SY_JSON_NULL)
		return SY_OK;
	const char *s = sy_json_str(v);
	if (s == NULL)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, strings[row].name, 0, 0);
	if (strlen(s) >= strings[row].size)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, strings[row].name, strings[row].size - 1, strlen(s) - strings[row].size + 1);
	struct sy_fault inner = { .err = SY_OK };
	enum sy_err err = sy_utf8_check(sy_span_str(s), false, &inner);
	if (err != SY_OK)
		return sy_fault_at(reterr, err, strings[row].name, inner.offset, inner.length);
	memcpy((char *)f + strings[row].offset, s, strlen(s) + 1);
	return SY_OK;
}

static enum sy_err
set_marks(const struct sy_json *list, unsigned *ret, struct sy_fault *reterr)
{
	if (sy_json_kind(list) != SY_JSON_ARRAY)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "certified", 0, 0);
	for (size_t i = 0; i < sy_json_len(list); i++) {
		const char *s = sy_json_str(sy_json_at(list, i));
		size_t m = 0;
		while (s != NULL && m < SY_LEN(marks) && strcmp(s, marks[m].name) != 0)
			m++;
		if (s == NULL || m == SY_LEN(marks))
			return sy_fault_at(reterr, SY_ERR_UNKNOWN_CODE, "certified", i, 1);
		*ret |= marks[m].bit;
	}
	return SY_OK;
}

static enum sy_err
set_member(const char *name, const struct sy_json *v, struct sy_label_facts *f, struct sy_fault *reterr)
{
	for (size_t i = 0; i < SY_LEN(strings); i++)
		if (strcmp(name, strings[i].name) == 0)
			return set_string(i, v, f, reterr);
	if (strcmp(name, "certified") == 0)
		return set_marks(v, &f->certified, reterr);
	if (strcmp(name, "demonstration") == 0) {
		f->demonstration = sy_json_bool(v);
		return sy_json_kind(v) == SY_JSON_BOOL ? SY_OK : sy_fault_at(reterr, SY_ERR_WRONG_TYPE, name, 0, 0);
	}
	int64_t *number = strcmp(name, "first") == 0 ? &f->first : strcmp(name, "count") == 0 ? &f->count : NULL;
	if (number == NULL)
		return sy_fault_at(reterr, SY_ERR_UNKNOWN_FIELD, name, 0, 0);
	if (sy_json_kind(v) != SY_JSON_INT)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, name, 0, 0);
	*number = sy_json_int(v, -1);
	return *number >= 0 ? SY_OK : sy_fault_at(reterr, SY_ERR_OUT_OF_RANGE, name, 0, 0);
}

enum sy_err
sy_label_facts_parse(struct sy_span json, struct sy_label_facts *ret, struct sy_fault *reterr)
{
	SY_AUTO_JSON *root = NULL;
	SY_TRY(sy_json_parse(json, &root, reterr));
	if (sy_json_kind(root) != SY_JSON_OBJECT)
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, "", 0, 0);
	struct sy_label_facts f = { .first = -1, .count = -1 };
	void *cursor = NULL;
	const char *name;
	const struct sy_json *v;
	while (sy_json_next(root, &cursor, &name, &v))
		SY_TRY(set_member(name, v, &f, reterr));
	for (size_t i = 0; i < SY_LEN(strings); i++)
		if (strings[i].required && ((const char *)&f)[strings[i].offset] == '\0')
			return sy_fault_at(reterr, SY_ERR_MISSING, strings[i].name, 0, 0);
	*ret = f;
	return SY_OK;
}

bool
sy_label_facts_same(const struct sy_label_facts *a, const struct sy_label_facts *b)
{
	for (size_t i = 0; i < SY_LEN(strings); i++)
		if (strcmp((const char *)a + strings[i].offset, (const char *)b + strings[i].offset) != 0)
			return false;
	return a->certified == b->certified && a->demonstration == b->demonstration;
}
