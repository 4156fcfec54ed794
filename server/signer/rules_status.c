/* rules_status.c: the status list speaks for what is not in a bundle, so it is believed of the server no more than
 * anything else: each of its lists is made again out of this process's own ledger, and must be the same, and it
 * speaks for a few days only, so that a list kept back from before a recall ends by itself. */
#include "server/signer/rules.h"

#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "server/signer/state.h"

#include <stdio.h>
#include <string.h>

#define DAYS_MAX 8 /* of validity, from now */

static const char *const lists[] = { "held", "recalled", "released", "revoked", "voided" };

/* The order of rows is the order of the lists: by place in the log, then by range and class. */
static enum sy_err
rows(const struct rule *r, int64_t size, struct db_stmt **ret)
{
	SY_TRY(db_prepare(r->db,
	    "WITH known AS (SELECT l.leaf, l.lot, l.status_index, e.leaf_index FROM release l JOIN record e ON e.leaf = l.leaf WHERE e.leaf_index < $1) "
	    "SELECT 'released', leaf, status_index, '', NULL, 0, leaf_index FROM known "
	    "UNION SELECT 'held', k.leaf, 0, x.class, NULL, 0, k.leaf_index FROM restriction x JOIN known k ON k.lot = x.target WHERE x.kind = 'hold' AND x.open = 1 "
	    "UNION SELECT 'held', k.leaf, 0, x.class, NULL, 0, k.leaf_index FROM restriction x JOIN cite c ON c.id = x.target JOIN known k ON k.leaf = c.release "
	    "WHERE x.kind = 'hold' AND x.open = 1 "
	    "UNION SELECT 'recalled', k.leaf, 0, '', NULL, 0, k.leaf_index FROM restriction x JOIN known k ON k.lot = x.target WHERE x.kind = 'recall' AND x.open = 1 "
	    "UNION SELECT 'revoked', k.leaf, 0, '', NULL, 0, k.leaf_index FROM restriction x JOIN cite c ON c.id = x.target JOIN known k ON k.leaf = c.release "
	    "WHERE x.kind = 'void' AND x.open = 1 "
	    "UNION SELECT 'voided', k.leaf, 0, '', x.first, coalesce(x.count, 0), k.leaf_index FROM restriction x JOIN known k ON k.leaf = x.target "
	    "WHERE x.kind = 'void' AND x.open = 1 "
	    "ORDER BY 1, 7, 5, 6, 4",
	    ret));
	db_bind_int(*ret, 1, size);
	return SY_OK;
}

/* One row as the list has it (suyuan-label(5), "Bundle"). */
static enum sy_err
row_json(struct db_stmt *q, const char *list, struct sy_json **ret)
{
	char leaf[65];
	struct sy_span raw = db_col_blob(q, 1);
	*ret = NULL;
	if (raw.len != 32)
		return SY_ERR_DATA_DAMAGED;
	sy_hex_print(raw, leaf);
	if (strcmp(list, "released") == 0)
		return sy_json_pack(ret, "{s:s, s:I}", "leaf", leaf, "status_index", (long long)db_col_int(q, 2));
	if (strcmp(list, "held") == 0)
		return sy_json_pack(ret, "{s:s, s:s}", "release", leaf, "class", db_col_cstr(q, 3));
	if (strcmp(list, "voided") == 0 && db_col_is_null(q, 4))
		return sy_json_pack(ret, "{s:s}", "release", leaf);
	if (strcmp(list, "voided") == 0)
		return sy_json_pack(ret, "{s:s, s:I, s:I}", "release", leaf, "first", (long long)db_col_int(q, 4), "count", (long long)db_col_int(q, 5));
	*ret = sy_json_from_str(leaf);
	return *ret == NULL ? SY_ERR_NO_MEMORY : SY_OK;
}

/* How many rows each list must have, and that each is the one that stands there. */
static enum sy_err
same_rows(const struct rule *r, const struct sy_json *body, int64_t size)
{
	DB_AUTO_STMT *q = NULL;
	size_t at[SY_LEN(lists)] = { 0 };
	char field[48];
	bool more = false;
	SY_TRY(rows(r, size, &q));
	SY_TRY(db_step(q, &more));
	while (more) {
		size_t i = 0;
		while (i + 1 < SY_LEN(lists) && !sy_span_eq_str(db_col_text(q, 0), lists[i]))
			i++;
		SY_AUTO_JSON *want = NULL;
		SY_TRY(row_json(q, lists[i], &want));
		(void)snprintf(field, sizeof field, "body.%s.%zu", lists[i], at[i]);
		if (!sy_json_eq(sy_json_at(sy_json_get(body, lists[i]), at[i]++), want))
			return rules_fail(r, SY_ERR_CONFLICT, field);
		SY_TRY(db_step(q, &more));
	}
	for (size_t i = 0; i < SY_LEN(lists); i++) {
		const struct sy_json *list = sy_json_get(body, lists[i]);
		(void)snprintf(field, sizeof field, "body.%s", lists[i]);
		if (sy_json_kind(list) != SY_JSON_ARRAY || sy_json_len(list) != at[i])
			return rules_fail(r, SY_ERR_CONFLICT, field);
	}
	return SY_OK;
}

static enum sy_err
check_time(const struct rule *r, const struct sy_json *body)
{
	int64_t until = 0;
	const char *text = sy_json_get_str(body, "valid_until");
	if (text == NULL || sy_time_parse(sy_span_str(text), &until, NULL) != SY_OK)
		return rules_fail(r, SY_ERR_BAD_TIME, "body.valid_until");
	if (until <= state_now() + (int64_t)DAYS_MAX * 86400)
		return SY_OK;
	return sy_fault_say(r->fault, SY_ERR_OUT_OF_RANGE, "body.valid_until", "状态清单至多有效 %d 天", "a status list speaks for at most %d days", DAYS_MAX);
}

enum sy_err
rules_status(struct rule *r)
{
	SY_AUTO_JSON *body = NULL;
	struct sy_span text;
	SY_TRY(rules_body(r, r->st->public_sha256, &text, &body));
	if (sy_json_kind(body) != SY_JSON_OBJECT || sy_json_len(body) != SY_LEN(lists) + 3 || sy_json_get_str(body, "salt") == NULL)
		return rules_fail(r, SY_ERR_MALFORMED, "body");
	const int64_t size = sy_json_get_int(body, "size", -1);
	if (size < 0 || size > (int64_t)r->index)
		return rules_fail(r, SY_ERR_OUT_OF_RANGE, "body.size");
	SY_TRY(check_time(r, body));
	return same_rows(r, body, size);
}
