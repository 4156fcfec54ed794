/* fact.c: see fact.h. */
#include "server/service/fact.h"

#include "schema/wire/canon.h"
#include "schema/wire/hex.h"
#include "server/store/body.h"
#include "server/store/derived.h"

#include <string.h>

void
fact_done(struct fact *f)
{
	record_row_done(&f->row);
	sy_json_free(f->body);
	f->body = NULL;
}

static enum sy_err
load_body(struct db *db, struct fact *f, struct sy_fault *reterr)
{
	sy_hex_print(sy_span(f->row.id, 16), f->id);
	sy_hex_print(sy_span(f->row.leaf, 32), f->leaf);
	sy_hex_print(sy_span(f->row.issuer, 16), f->issuer);
	struct sy_buf text;
	sy_buf_init(&text, STORE_BODY_MAX);
	sy_json_free(f->body);
	f->body = NULL;
	enum sy_err e = body_store_get(db, f->row.public_sha256, NULL, &text);
	if (e == SY_OK)
		e = sy_canon_parse(sy_buf_span(&text), &f->body, NULL);
	sy_buf_done(&text);
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, SY_ERR_DATA_DAMAGED, f->row.type, 0, 0);
}

enum sy_err
fact_get(struct db *db, const char *field, const char *id, const char *type, struct fact *ret, struct sy_fault *reterr)
{
	uint8_t raw[16];
	if (id == NULL || sy_hex_parse(sy_span_str(id), raw, sizeof raw, NULL) != SY_OK)
		return sy_fault_at(reterr, SY_ERR_MALFORMED, field, 0, 0);
	enum sy_err e = record_store_newest_logged(db, raw, &ret->row);
	if (e == SY_ERR_NOT_FOUND) {
		e = record_store_get(db, raw, 0, &ret->row);
		if (e == SY_OK && strcmp(ret->row.type, type) == 0)
			return sy_fault_at(reterr, SY_ERR_NOT_LOGGED, field, 0, 0);
		if (e == SY_OK)
			e = SY_ERR_NOT_FOUND;
	}
	if (e == SY_OK && strcmp(ret->row.type, type) != 0)
		e = SY_ERR_NOT_FOUND;
	/* Not a 404 of the address: what the request cites is not there. */
	if (e == SY_ERR_NOT_FOUND)
		return sy_fault_say(reterr, SY_ERR_UNKNOWN_CODE, field, "没有这个记录（%s）；请核对编号，或先录入", "no such %s record: compare the id, or enter it first", type);
	SY_TRY(e);
	return load_body(db, ret, reterr);
}

enum sy_err
fact_by_leaf(struct db *db, const char *leaf_hex, struct fact *ret, struct sy_fault *reterr)
{
	uint8_t raw[32];
	if (leaf_hex == NULL || sy_hex_parse(sy_span_str(leaf_hex), raw, sizeof raw, NULL) != SY_OK)
		return SY_ERR_DATA_DAMAGED;
	SY_TRY(record_store_by_leaf(db, raw, &ret->row));
	return load_body(db, ret, reterr);
}

enum sy_err
fact_unrestricted(struct db *db, const char *field, const struct fact *f, struct sy_fault *reterr)
{
	static const struct { const char *kind; enum sy_err err; } list[] = {
	    {"void", SY_ERR_WITHDRAWN}, {"recall", SY_ERR_RECALLED}, {"hold", SY_ERR_ON_HOLD}};
	for (size_t i = 0; i < SY_LEN(list); i++) {
		bool found = false;
		uint8_t by[16];
		char hex[33];
		SY_TRY(derived_restricted(db, f->row.id, list[i].kind, &found, by));
		if (!found)
			continue;
		sy_hex_print(sy_span(by, 16), hex);
		return sy_fault_say(reterr, list[i].err, field, "见记录 %s", "by record %s", hex);
	}
	return SY_OK;
}
