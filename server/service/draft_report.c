/* draft_report.c: inspection reports (the verdict is computed here, never
 * typed), certificates and declarations. */
#include "server/service/draft.h"
#include "server/service/fact.h"

#include "schema/judge/judge.h"
#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "server/store/thing.h"

#include <stdio.h>
#include <string.h>

/* The sample's id becomes the part of it that the public reads. */
static enum sy_err
embed_sample(struct db *db, struct draft *d, struct sy_fault *reterr)
{
	uint8_t raw[16], centre[16];
	THING_ROW(row);
	SY_TRY(sy_hex_parse(sy_span_str(sy_json_get_str(d->flat, "sample")), raw, sizeof raw, reterr));
	SY_TRY(sy_hex_parse(sy_span_str(d->issuer), centre, sizeof centre, NULL));
	enum sy_err e = thing_store_get(db, THING_SAMPLE, raw, 0, &row);
	if (e == SY_OK && memcmp(centre, row.party, sizeof centre) != 0)
		e = SY_ERR_NOT_FOUND;
	if (e == SY_ERR_NOT_FOUND)
		return sy_fault_say(reterr, SY_ERR_UNKNOWN_CODE, "sample", "没有这份样品（%s）的记录；请先录入", "no such %s record: enter it first", "sample");
	SY_TRY(e);
	SY_AUTO_JSON *sample = NULL;
	SY_TRY(sy_json_parse(sy_buf_span(&row.json), &sample, NULL));
	const struct sy_json *lots = sy_json_get(d->flat, "lots");
	bool covers = false;
	for (size_t i = 0; i < sy_json_len(lots); i++)
		covers = covers || sy_json_eq(sy_json_at(lots, i), sy_json_get(sample, "lot"));
	if (!covers)
		return sy_fault_say(reterr, SY_ERR_NOT_COVERED, "sample", "样品不是从所列批次抽取的；请核对样品或批次", "the sample was not taken of a lot named here: compare sample and lots");
	struct sy_json *part = sy_json_object();
	e = part == NULL ? SY_ERR_NO_MEMORY : SY_OK;
	for (size_t i = 0; e == SY_OK && i < sy_shape_report_sample.n; i++) {
		const char *name = sy_shape_report_sample.field[i].name;
		if (sy_json_get(sample, name) != NULL)
			e = sy_json_set(part, name, sy_json_copy(sy_json_get(sample, name)));
	}
	if (e != SY_OK) {
		sy_json_free(part);
		return e;
	}
	return sy_json_set(d->flat, "sample", part);
}

/* The earliest production day of the lots, which are all of one product. */
static enum sy_err
lots_of(struct db *db, struct draft *d, int32_t *retday, struct fact *retproduct, struct sy_fault *reterr)
{
	const struct sy_json *lots = sy_json_get(d->flat, "lots");
	char product[33] = "", field[48];
	*retday = INT32_MAX;
	for (size_t i = 0; i < sy_json_len(lots); i++) {
		FACT(lot);
		(void)snprintf(field, sizeof field, "lots.%zu", i);
		SY_TRY(fact_get(db, field, sy_json_str(sy_json_at(lots, i)), "lot", &lot, reterr));
		const char *of = sy_json_get_str(lot.body, "product"), *produced = sy_json_get_str(lot.body, "produced");
		int32_t day = 0;
		if (of == NULL || produced == NULL)
			return SY_ERR_DATA_DAMAGED;
		SY_TRY(sy_date_parse(sy_span_str(produced), &day, NULL));
		*retday = day < *retday ? day : *retday;
		if (product[0] != '\0' && strcmp(product, of) != 0)
			return sy_fault_say(reterr, SY_ERR_CONFLICT, field, "一份报告的批次应属同一产品；其他产品请另出报告", "the lots of a report are of one product: make another report for the others");
		(void)snprintf(product, sizeof product, "%s", of);
	}
	return fact_get(db, "lots", product, "product", retproduct, reterr);
}

enum sy_err
draft_report(struct app *app, struct db *db, struct draft *d, struct sy_fault *reterr)
{
	(void)app;
	const char *centre = sy_json_get_str(d->flat, "centre");
	if (!d->caller->has_party)
		return sy_fault_at(reterr, SY_ERR_WRONG_PARTY, "centre", 0, 0);
	SY_TRY(draft_own(d->caller, centre, "centre", reterr));
	memcpy(d->issuer, d->caller->party_hex, sizeof d->issuer);
	SY_TRY(draft_date_not_after(d->flat, "tested_to", d->today, reterr));
	SY_TRY(embed_sample(db, d, reterr));
	int32_t day = 0;
	FACT(product);
	SY_TRY(lots_of(db, d, &day, &product, reterr));
	struct sy_json *judged = NULL;
	SY_TRY(sy_judge_report(d->flat, product.body, day, &judged, reterr));
	sy_json_free(d->flat);
	d->flat = judged;
	return SY_OK;
}

static enum sy_err
products_of(struct db *db, struct draft *d, const char *holder, struct sy_fault *reterr)
{
	const struct sy_json *list = sy_json_get(d->flat, "products");
	char field[48];
	for (size_t i = 0; i < sy_json_len(list); i++) {
		FACT(product);
		(void)snprintf(field, sizeof field, "products.%zu", i);
		SY_TRY(fact_get(db, field, sy_json_str(sy_json_at(list, i)), "product", &product, reterr));
		if (strcmp(product.issuer, holder) != 0)
			return sy_fault_say(reterr, SY_ERR_WRONG_PARTY, field, "产品不属于持有单位 %s", "not a product of the holder %s", holder);
	}
	return SY_OK;
}

enum sy_err
draft_certificate(struct app *app, struct db *db, struct draft *d, struct sy_fault *reterr)
{
	(void)app;
	const char *holder = sy_json_get_str(d->flat, "holder"), *body = sy_json_get_str(d->flat, "body");
	FACT(party);
	SY_TRY(fact_get(db, "holder", holder, "party", &party, reterr));
	SY_TRY(products_of(db, d, party.id, reterr));
	if (sy_shape_is(d->flat, "kind", "commitment")) {
		SY_TRY(draft_own(d->caller, holder, "holder", reterr));
		FACT(lot);
		SY_TRY(fact_get(db, "lot", sy_json_get_str(d->flat, "lot"), "lot", &lot, reterr));
		if (strcmp(lot.issuer, party.id) != 0)
			return sy_fault_say(reterr, SY_ERR_WRONG_PARTY, "lot", "批次属于单位 %s，合格证由该单位出具", "the lot is of party %s, which makes its declaration itself", lot.issuer);
		SY_TRY(draft_date_not_after(d->flat, "issued_on", d->today, reterr));
		memcpy(d->issuer, party.id, sizeof d->issuer);
		return SY_OK;
	}
	if (d->caller->role != ROLE_CERTIFIER || !d->caller->has_party)
		return sy_fault_say(reterr, SY_ERR_FORBIDDEN, "kind", "只有认证机构可以录入此类证书", "only a certifier enters certificates of this kind");
	if (body != NULL)
		SY_TRY(draft_own(d->caller, body, "body", reterr));
	memcpy(d->issuer, d->caller->party_hex, sizeof d->issuer);
	return SY_OK;
}
