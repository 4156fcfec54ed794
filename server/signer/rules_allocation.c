/* rules_allocation.c: a range of an item's counter for one release, and its activation. */
#include "server/signer/rules.h"

#include "certs/serial.h"
#include "certs/secret.h"

#include <string.h>

static enum sy_err
find_release(const struct rule *r, const char *leaf, struct ledger_release *ret)
{
	struct ledger_record record;
	SY_TRY(rules_cited(r, leaf, "release", false, "subject.release", &record));
	SY_TRY(rules_own(r, record.issuer, "issuer"));
	SY_TRY(ledger_release_get(r->db, &record.leaf, ret));
	enum sy_err e = ledger_release_restricted(r->db, ret);
	return e == SY_OK ? SY_OK : rules_fail(r, e, "subject.release");
}

enum sy_err
rules_allocation(struct rule *r)
{
	struct ledger_release release;
	uint8_t key[32];
	int64_t next = 0, first = sy_json_get_int(r->st->figures, "first", -1), count = sy_json_get_int(r->st->figures, "count", -1);
	SY_TRY(find_release(r, sy_json_get_str(r->st->subject, "release"), &release));
	if (count > release.units - release.allocated)
		return sy_fault_say(r->fault, SY_ERR_OVER_QUANTITY, "figures.count", "放行 %lld 件，已赋码 %lld 件", "%lld units released, %lld already allocated",
		    (long long)release.units, (long long)release.allocated);
	SY_TRY(ledger_item_get(r->db, &release.item, key, &next));
	sy_wipe(key, sizeof key);
	if (first != next)
		return sy_fault_say(r->fault, SY_ERR_CONFLICT, "figures.first", "应从 %lld 开始，请重新录入", "it begins at %lld: enter it again", (long long)next);
	if (count < 1 || count > (int64_t)SY_SERIAL_COUNT - next)
		return rules_fail(r, SY_ERR_EXHAUSTED, "figures.count");
	return ledger_allocation_add(r->db, &r->leaf, &release, first, count);
}

enum sy_err
rules_activation(struct rule *r)
{
	struct ledger_record record;
	struct sy_hash release;
	int64_t from = 0, n = 0, first = sy_json_get_int(r->st->figures, "first", -1), count = sy_json_get_int(r->st->figures, "count", -1);
	SY_TRY(rules_cited(r, sy_json_get_str(r->st->subject, "allocation"), "allocation", false, "subject.allocation", &record));
	SY_TRY(rules_own(r, record.issuer, "issuer"));
	SY_TRY(ledger_allocation_get(r->db, &record.leaf, &release, &from, &n));
	if (first < from || count < 1 || first + count > from + n)
		return rules_fail(r, SY_ERR_NOT_ISSUED, "figures.first");
	return SY_OK;
}
