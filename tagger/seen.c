/* seen.c: see seen.h. */
#include "tagger/seen.h"

#include "certs/digest.h"
#include "schema/wire/hex.h"

#include <inttypes.h>
#include <stdio.h>

#define HEAD "suyuan/trust-seen/v1"

/* Digits without a leading zero, as we print them. */
static bool
parse_version(struct sy_span s, uint64_t *ret)
{
	*ret = 0;
	if (s.len == 0 || s.data[0] == '0')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		uint64_t digit = (uint64_t)s.data[i] - '0';
		if (digit > 9 || *ret > (UINT64_MAX - digit) / 10)
			return false;
		*ret = *ret * 10 + digit;
	}
	return true;
}

static enum sy_err
damaged(size_t line, struct sy_fault *reterr)
{
	return sy_fault_say(reterr, SY_ERR_DATA_DAMAGED, "state", "已见版本的记录损坏（第 %zu 行）；确认后删除它，或用 --no-state",
	    "The record of versions seen is damaged (line %zu): remove it when you know why, or use --no-state", line);
}

static enum sy_err
check_line(struct sy_span line, size_t n, const char *anchor, const char *origin, uint64_t *retversion, struct sy_fault *reterr)
{
	struct sy_span rest = line, hex, number;
	uint64_t version = 0;
	uint8_t digest[SY_SHA256_SIZE];
	*retversion = 0;
	if (!sy_span_cut(&rest, ' ', &hex) || !sy_span_cut(&rest, ' ', &number) || rest.len == 0 || !parse_version(number, &version))
		return damaged(n, reterr);
	if (sy_hex_parse(hex, digest, sizeof digest, NULL) != SY_OK)
		return damaged(n, reterr);
	if (sy_span_eq_str(hex, anchor) && sy_span_eq_str(rest, origin))
		*retversion = version;
	return SY_OK;
}

enum sy_err
sy_seen_check(struct sy_span state, struct sy_span anchor, const char *origin, uint64_t version, struct sy_buf *ret, bool *retnews, struct sy_fault *reterr)
{
	uint8_t digest[SY_SHA256_SIZE];
	char hex[2 * SY_SHA256_SIZE + 1];
	SY_TRY(sy_sha256(anchor, digest));
	sy_hex_print(sy_span(digest, sizeof digest), hex);
	sy_buf_add_str(ret, HEAD "\n");
	struct sy_span rest = state, line;
	uint64_t seen = 0;
	size_t n = 1;
	if (state.len > 0 && state.data[state.len - 1] != '\n')
		return damaged(0, reterr);
	for (; sy_span_cut(&rest, '\n', &line) && rest.data != NULL; n++) {
		uint64_t here = 0;
		if (n == 1 && !sy_span_eq_str(line, HEAD))
			return damaged(n, reterr);
		if (n == 1)
			continue;
		SY_TRY(check_line(line, n, hex, origin, &here, reterr));
		if (here > seen)
			seen = here;
		if (here == 0) {
			sy_buf_add_span(ret, line);
			sy_buf_add_byte(ret, '\n');
		}
	}
	if (version < seen)
		return sy_fault_say(reterr, SY_ERR_TRUST_ROLLBACK, "trust", "%s 的信任名单是第 %" PRIu64 " 版，已见过第 %" PRIu64 " 版：请取新的离线资料",
		    "The trust list of %s is version %" PRIu64 ", and version %" PRIu64 " was seen before: get a new bundle", origin, version, seen);
	sy_buf_printf(ret, "%s %" PRIu64 " %s\n", hex, version, origin);
	*retnews = version > seen;
	return sy_buf_err(ret);
}
