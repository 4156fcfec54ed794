/* draft_label.c: allocations and activations: ranges of an item's counter. */
#include "server/service/draft.h"
#include "server/service/fact.h"

#include "schema/wire/hex.h"
#include "server/store/derived.h"

#include <inttypes.h>
#include <string.h>

enum sy_err
draft_allocation(struct app *app, struct db *db, struct draft *d, struct sy_fault *reterr)
{
	(void)app;
	FACT(release);
	struct release_row row;
	int64_t first = 0, used = 0, count = sy_json_get_int(d->flat, "count", 0);
	if (d->version != 1)
		return sy_fault_at(reterr, SY_ERR_WRONG_STATE, "", 0, 0); /* a range that may be printed cannot be corrected */
	SY_TRY(fact_get(db, "release", sy_json_get_str(d->flat, "release"), "release", &release, reterr));
	SY_TRY(draft_own(d->caller, release.issuer, "release", reterr));
	SY_TRY(fact_unrestricted(db, "release", &release, reterr));
	memcpy(d->issuer, release.issuer, sizeof d->issuer);
	SY_TRY(derived_release_get(db, release.row.leaf, &row));
	FACT(lot);
	char leaf[65];
	sy_hex_print(sy_span(row.lot_leaf, 32), leaf);
	SY_TRY(fact_by_leaf(db, leaf, &lot, reterr));
	SY_TRY(fact_unrestricted(db, "release", &lot, reterr));
	SY_TRY(derived_allocated(db, row.leaf, &used));
	if (count > row.units - used)
		return sy_fault_say(reterr, SY_ERR_OVER_QUANTITY, "count", "需要 %" PRId64 " 件，可用 %" PRId64 " 件",
		    "wanted %" PRId64 " units, available %" PRId64, count, row.units - used);
	SY_TRY(derived_next_counter(db, row.own, row.item, &first));
	if (first > SY_UNITS_MAX - count)
		return sy_fault_say(reterr, SY_ERR_EXHAUSTED, "count", "此货号已用 %" PRId64 " 个序号；请启用新货号", "%" PRId64 " serials of this item are used: begin a new item", first);
	SY_TRY(sy_json_set(d->flat, "first", sy_json_from_int(first)));
	SY_TRY(sy_json_pack(&d->subject, "{s:s}", "release", release.leaf));
	return sy_json_pack(&d->figures, "{s:I, s:I}", "first", first, "count", count);
}

enum sy_err
draft_activation(struct app *app, struct db *db, struct draft *d, struct sy_fault *reterr)
{
	(void)app;
	FACT(allocation);
	struct allocation_row row;
	int64_t first = sy_json_get_int(d->flat, "first", 0), count = sy_json_get_int(d->flat, "count", 0);
	SY_TRY(fact_get(db, "allocation", sy_json_get_str(d->flat, "allocation"), "allocation", &allocation, reterr));
	SY_TRY(draft_own(d->caller, allocation.issuer, "allocation", reterr));
	memcpy(d->issuer, allocation.issuer, sizeof d->issuer);
	SY_TRY(derived_allocation_get(db, allocation.row.id, &row));
	if (first < row.first || first + count > row.first + row.count)
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "first", "赋码为第 %" PRId64 " 至第 %" PRId64 " 号，请在其内", "allocated are %" PRId64 " to %" PRId64,
		    row.first, row.first + row.count - 1);
	SY_TRY(sy_json_pack(&d->subject, "{s:s}", "allocation", allocation.leaf));
	return sy_json_pack(&d->figures, "{s:I, s:I}", "first", first, "count", count);
}
