/* draft_release.c: may this lot be put on the market, on that basis? Asked here
 * for early answers with figures; the signer asks all of it again by itself. */
#include "server/service/draft.h"
#include "server/service/fact.h"
#include "server/service/limit_words.h"

#include "schema/model/quantity.h"
#include "schema/reference/reference.h"
#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "certs/digest.h"
#include "server/store/derived.h"
#include "tagger/code/token.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct release {
	struct fact lot, product;
	int32_t produced;
	unsigned certified;
	bool declared, tested; /* by the lot's own declaration */
	struct sy_json *reports, *certificates; /* leaves */
};

static bool
lists(const struct sy_json *list, const char *text)
{
	for (size_t i = 0; i < sy_json_len(list); i++) {
		const char *s = sy_json_str(sy_json_at(list, i));
		if (s != NULL && strcmp(s, text) == 0)
			return true;
	}
	return false;
}

static const char *
text(const struct sy_json *v, const char *name)
{
	const char *s = sy_json_get_str(v, name);
	return s == NULL ? "" : s;
}

/* Both languages take the same texts, so each is made whole here. */
static enum sy_err
say_limit(const struct sy_json *it, const struct sy_json *limit, enum sy_err e, const char *field, struct sy_fault *reterr)
{
	struct sy_buf zh, en;
	struct sy_span clause = limit_words_clause(text(limit, "clause"));
	int n = (int)(clause.len > 120 ? 0 : clause.len);
	sy_buf_init(&zh, 1024);
	sy_buf_init(&en, 1024);
	limit_words_print(limit, true, &zh);
	limit_words_print(limit, false, &en);
	(void)sy_fault_say(reterr, e, field, "%s：%s %s，限量 %s（%s%s%.*s）", "%s: %s %s, limit %s (%s%s%.*s)", text(it, "analyte"), text(it, "value"),
	    text(it, "unit"), sy_buf_cstr(&zh), text(limit, "standard"), n > 0 ? " " : "", n, (const char *)clause.data);
	const struct sy_analyte *known = sy_reference_analyte(text(it, "analyte"));
	const char *name = known == NULL || known->analyte_en[0] == '\0' ? text(it, "analyte") : known->analyte_en;
	if (reterr != NULL)
		(void)snprintf(reterr->en, sizeof reterr->en, "%s: %s %s, limit: %s (%s%s%.*s)", name, text(it, "value"), text(it, "unit"),
		    sy_buf_cstr(&en), text(limit, "standard"), n > 0 ? " " : "", n, (const char *)clause.data);
	sy_buf_done(&zh);
	sy_buf_done(&en);
	return e;
}

/* The first item that stands in the way, with value, limit and clause. */
static enum sy_err
not_passed(const struct sy_json *report, const char *field, struct sy_fault *reterr)
{
	bool fail = sy_shape_is(report, "verdict", "fail");
	enum sy_err e = fail ? SY_ERR_NOT_CONFORMING : SY_ERR_VERDICT_PENDING;
	const struct sy_json *items = sy_json_get(report, "items");
	for (size_t i = 0; i < sy_json_len(items); i++) {
		const struct sy_json *it = sy_json_at(items, i), *limit = sy_json_get(it, "limit");
		if (!sy_shape_is(it, "verdict", fail ? "fail" : "pending"))
			continue;
		if (sy_json_kind(limit) != SY_JSON_OBJECT)
			return sy_fault_say(reterr, e, field, "%s：%s %s，没有可用的限量", "%s: %s %s, no limit to judge by", text(it, "analyte"),
			    text(it, "value"), text(it, "unit"));
		return say_limit(it, limit, e, field, reterr);
	}
	return sy_fault_at(reterr, e, field, 0, 0);
}

static enum sy_err
cite_report(struct db *db, struct release *r, const char *field, const char *id, struct sy_fault *reterr)
{
	FACT(f);
	SY_TRY(fact_get(db, field, id, "report", &f, reterr));
	SY_TRY(fact_unrestricted(db, field, &f, reterr));
	if (!lists(sy_json_get(f.body, "lots"), r->lot.id))
		return sy_fault_say(reterr, SY_ERR_NOT_COVERED, field, "报告没有写明批次 %s；请引用写明此批的报告", "the report does not name lot %s: cite one that does", r->lot.id);
	if (!sy_shape_is(f.body, "verdict", "pass"))
		return not_passed(f.body, field, reterr);
	return sy_json_append(r->reports, sy_json_from_str(f.leaf));
}

static enum sy_err
cite_declaration(struct release *r, const struct fact *f, const char *field, struct sy_fault *reterr)
{
	const struct sy_json *grounds = sy_json_get(f->body, "grounds");
	if (!sy_shape_is(f->body, "lot", r->lot.id))
		return sy_fault_say(reterr, SY_ERR_NOT_COVERED, field, "合格证不是批次 %s 的；请引用此批的合格证", "not a declaration of lot %s: cite the one of this lot", r->lot.id);
	r->declared = true;
	r->tested = r->tested || lists(grounds, "self_test") || lists(grounds, "commissioned_test");
	r->certified |= SY_CERTIFIED_COMMITMENT;
	return SY_OK;
}

static enum sy_err
cite_certificate(struct db *db, struct release *r, const char *field, const char *id, struct sy_fault *reterr)
{
	static const struct { const char *kind; unsigned bit; } kinds[] = {
	    {"green", SY_CERTIFIED_GREEN}, {"organic", SY_CERTIFIED_ORGANIC}, {"gi", SY_CERTIFIED_GI}};
	FACT(f);
	char day[SY_DATE_SIZE];
	SY_TRY(fact_get(db, field, id, "certificate", &f, reterr));
	SY_TRY(fact_unrestricted(db, field, &f, reterr));
	if (!sy_shape_is(f.body, "holder", r->lot.issuer))
		return sy_fault_say(reterr, SY_ERR_WRONG_PARTY, field, "证书的持有单位不是批次的单位 %s", "the holder is not %s, whose lot it is", r->lot.issuer);
	SY_TRY(sy_json_append(r->certificates, sy_json_from_str(f.leaf)));
	if (sy_shape_is(f.body, "kind", "commitment"))
		return cite_declaration(r, &f, field, reterr);
	if (!lists(sy_json_get(f.body, "products"), r->product.id))
		return sy_fault_say(reterr, SY_ERR_NOT_COVERED, field, "证书没有写明产品 %s；请去掉此证书，或引用写明该产品的", "the certificate does not name product %s: leave it out, or cite one that does", r->product.id);
	sy_date_print(r->produced, day);
	/* Dates in this form compare as text. */
	const char *from = sy_json_get_str(f.body, "valid_from"), *to = sy_json_get_str(f.body, "valid_to");
	if ((from != NULL && strcmp(day, from) < 0) || (to != NULL && strcmp(day, to) > 0))
		return sy_fault_say(reterr, SY_ERR_CERT_NOT_VALID, field, "生产日期 %s 不在证书有效期 %s 至 %s 内", "produced %s, and the certificate is valid %s to %s", day,
		    from == NULL ? "-" : from, to == NULL ? "-" : to);
	for (size_t i = 0; i < SY_LEN(kinds); i++)
		if (sy_shape_is(f.body, "kind", kinds[i].kind))
			r->certified |= kinds[i].bit;
	return SY_OK;
}

static enum sy_err
cite_all(struct db *db, struct draft *d, struct release *r, struct sy_fault *reterr)
{
	char field[48];
	const struct sy_json *list = sy_json_get(d->flat, "reports");
	r->reports = sy_json_array();
	r->certificates = sy_json_array();
	for (size_t i = 0; i < sy_json_len(list); i++) {
		(void)snprintf(field, sizeof field, "reports.%zu", i);
		SY_TRY(cite_report(db, r, field, sy_json_str(sy_json_at(list, i)), reterr));
	}
	list = sy_json_get(d->flat, "certificates");
	for (size_t i = 0; i < sy_json_len(list); i++) {
		(void)snprintf(field, sizeof field, "certificates.%zu", i);
		SY_TRY(cite_certificate(db, r, field, sy_json_str(sy_json_at(list, i)), reterr));
	}
	if (sy_shape_is(d->flat, "basis", "self_tested") && !r->tested)
		return sy_fault_say(reterr, SY_ERR_NO_BASIS, "basis", "合格证的承诺依据应含自检或委托检测", "the declaration must rest on a self test or a commissioned test");
	if (sy_shape_is(d->flat, "basis", "declared") && !r->declared)
		return sy_fault_say(reterr, SY_ERR_NO_BASIS, "basis", "应引用此批的承诺达标合格证", "cite the lot's declaration");
	return SY_OK;
}

/* Symbols of the units that the codes name (UN/ECE rec 20). */
static const char *
unit_of(const struct sy_quantity *q)
{
	static const char *const symbols[][2] = {{"GRM", "g"}, {"KGM", "kg"}, {"TNE", "t"}, {"MLT", "mL"}, {"LTR", "L"}};
	for (size_t i = 0; i < SY_LEN(symbols); i++)
		if (strcmp(q->uom, symbols[i][0]) == 0)
			return symbols[i][1];
	return q->uom;
}

static enum sy_err
too_much(const struct sy_quantity *wanted, const struct sy_quantity *there, const char *field, struct sy_fault *reterr)
{
	return sy_fault_say(reterr, SY_ERR_OVER_QUANTITY, field, "需要 %" PRId64 " %s，可用 %" PRId64 " %s",
	    "wanted %" PRId64 " %s, available %" PRId64 " %s", wanted->value, unit_of(wanted), there->value, unit_of(there));
}

/* What is left of the lot after the releases that were not voided. */
static enum sy_err
left_of_lot(struct db *db, const struct release *r, struct sy_quantity *ret, struct sy_fault *reterr)
{
	struct release_row row = {.leaf_index = -1};
	SY_TRY(sy_quantity_parse(sy_json_get(r->lot.body, "quantity"), ret, reterr));
	for (;;) {
		enum sy_err e = derived_release_after(db, r->lot.row.id, row.leaf_index, &row);
		if (e == SY_ERR_NOT_FOUND)
			return SY_OK;
		SY_TRY(e);
		bool voided = false;
		SY_TRY(derived_restricted(db, row.id, "void", &voided, NULL));
		if (voided)
			continue;
		FACT(f);
		char leaf[65];
		struct sy_quantity q;
		sy_hex_print(sy_span(row.leaf, 32), leaf);
		SY_TRY(fact_by_leaf(db, leaf, &f, reterr));
		SY_TRY(sy_quantity_parse(sy_json_get(f.body, "quantity"), &q, NULL));
		e = sy_quantity_subtract(ret, &q, ret);
		if (e != SY_OK)
			ret->value = 0;
	}
}

static enum sy_err
check_quantity(struct db *db, struct draft *d, struct release *r, struct sy_fault *reterr)
{
	struct sy_quantity wanted, left, net, packed;
	int order = 0;
	int64_t units = sy_json_get_int(d->flat, "units", 0);
	SY_TRY(sy_quantity_parse(sy_json_get(d->flat, "quantity"), &wanted, reterr));
	SY_TRY(left_of_lot(db, r, &left, reterr));
	if (sy_quantity_compare(&wanted, &left, &order) != SY_OK)
		return sy_fault_say(reterr, SY_ERR_UNIT_MISMATCH, "quantity", "这里是 %s，批次是 %s；请用同类单位", "%s here, %s in the lot: use a unit of the same kind", wanted.uom, left.uom);
	if (order > 0)
		return too_much(&wanted, &left, "quantity", reterr);
	const struct sy_json *content = sy_json_get(r->product.body, "net_content");
	if (units == 0)
		return SY_OK;
	if (content == NULL)
		return sy_fault_say(reterr, SY_ERR_OUT_OF_RANGE, "units", "称重销售的产品只有整批一码，件数应为 0", "sold by weight: one code for the lot, units is 0");
	SY_TRY(sy_quantity_parse(content, &net, reterr));
	enum sy_err e = sy_quantity_multiply(&net, units, &packed);
	if (e == SY_OK)
		e = sy_quantity_compare(&packed, &wanted, &order);
	if (e == SY_ERR_UNIT_MISMATCH)
		return sy_fault_say(reterr, e, "quantity", "这里是 %s，产品净含量是 %s；请用同类单位", "%s here, %s in the product's net content: use a unit of the same kind", wanted.uom, net.uom);
	if (e != SY_OK)
		return sy_fault_at(reterr, e, "units", 0, 0);
	return order > 0 ? too_much(&packed, &wanted, "units", reterr) : SY_OK;
}

static enum sy_err
free_status_index(struct db *db, int64_t *ret)
{
	for (unsigned i = 0; i < 64; i++) {
		uint8_t b[3];
		bool taken = false;
		SY_TRY(sy_random(b, sizeof b));
		*ret = (int64_t)b[0] << 16 | (int64_t)b[1] << 8 | b[2];
		SY_TRY(derived_status_index_taken(db, *ret, &taken));
		if (!taken)
			return SY_OK;
	}
	return SY_ERR_EXHAUSTED;
}

/* The commitment to the item's serial key; JSON null for a lot code. */
static enum sy_err
serial_commitment(struct app *app, const struct sy_json *product, int64_t units, struct sy_json **ret, struct sy_fault *reterr)
{
	*ret = sy_json_null();
	if (units == 0)
		return SY_OK;
	const char *gtin = sy_json_get_str(product, "gtin");
	SY_AUTO_JSON *ask = NULL;
	SY_AUTO_JSON *answer = NULL;
	SY_TRY(sy_json_pack(&ask, "{s:s, s:o, s:s}", "op", "serial_key", "own", sy_json_from_bool(gtin == NULL), "item",
	    gtin != NULL ? gtin : text(product, "own_item")));
	SY_TRY(signer_client_call(app->signer, ask, &answer, reterr));
	sy_json_free(*ret);
	*ret = sy_json_from_str(text(answer, "sha256"));
	return SY_OK;
}

static enum sy_err
complete(struct app *app, struct db *db, struct draft *d, struct release *r, struct sy_fault *reterr)
{
	static const char *const bases[] = {"report", "self_tested", "declared"};
	int64_t index = 0, basis = 0, units = sy_json_get_int(d->flat, "units", 0);
	for (size_t i = 0; i < SY_LEN(bases); i++)
		if (sy_shape_is(d->flat, "basis", bases[i]))
			basis = (int64_t)i + 1;
	SY_TRY(free_status_index(db, &index));
	const char *county = text(sy_json_get(r->lot.body, "origin"), "county");
	const struct sy_json *best = sy_json_get(r->lot.body, "best_before"), *net = sy_json_get(r->product.body, "net_content");
	SY_TRY(sy_json_set(d->flat, "product", sy_json_from_str(r->product.id)));
	SY_TRY(sy_json_set(d->flat, "certified", sy_json_from_int((int64_t)r->certified)));
	SY_TRY(sy_json_set(d->flat, "county", sy_json_from_str(county)));
	SY_TRY(sy_json_set(d->flat, "status_index", sy_json_from_int(index)));
	SY_TRY(sy_json_set(d->flat, "best_before", best == NULL ? sy_json_null() : sy_json_copy(best)));
	SY_TRY(sy_json_set(d->flat, "net_content", net == NULL ? sy_json_null() : sy_json_copy(net)));
	struct sy_json *key = NULL;
	enum sy_err e = serial_commitment(app, r->product.body, units, &key, reterr);
	if (e != SY_OK) {
		sy_json_free(key);
		return e;
	}
	SY_TRY(sy_json_pack(&d->subject, "{s:s, s:s, s:O, s:O}", "lot", r->lot.leaf, "product", r->product.leaf, "reports", r->reports,
	    "certificates", r->certificates));
	return sy_json_pack(&d->figures, "{s:I, s:I, s:O, s:I, s:o, s:I, s:s, s:I, s:o}", "basis", basis, "grade",
	    sy_json_get_int(d->flat, "grade", 0), "quantity", sy_json_get(d->flat, "quantity"), "units", units, "best_before",
	    best == NULL ? sy_json_null() : sy_json_copy(best), "certified", (int64_t)r->certified, "county", county, "status_index",
	    index, "serial_key_sha256", key);
}

static enum sy_err
make(struct app *app, struct db *db, struct draft *d, struct release *r, struct sy_fault *reterr)
{
	SY_TRY(fact_get(db, "lot", sy_json_get_str(d->flat, "lot"), "lot", &r->lot, reterr));
	SY_TRY(draft_own(d->caller, r->lot.issuer, "lot", reterr));
	SY_TRY(fact_unrestricted(db, "lot", &r->lot, reterr));
	SY_TRY(fact_get(db, "lot", text(r->lot.body, "product"), "product", &r->product, reterr));
	SY_TRY(sy_date_parse(sy_span_str(text(r->lot.body, "produced")), &r->produced, NULL));
	memcpy(d->issuer, r->lot.issuer, sizeof d->issuer);
	/* A date that has passed is no reason to refuse: the label carries it, and every verifier says it. */
	SY_TRY(cite_all(db, d, r, reterr));
	SY_TRY(check_quantity(db, d, r, reterr));
	return complete(app, db, d, r, reterr);
}

enum sy_err
draft_release(struct app *app, struct db *db, struct draft *d, struct sy_fault *reterr)
{
	struct release r;
	memset(&r, 0, sizeof r);
	record_row_init(&r.lot.row);
	record_row_init(&r.product.row);
	enum sy_err e = make(app, db, d, &r, reterr);
	fact_done(&r.lot);
	fact_done(&r.product);
	sy_json_free(r.reports);
	sy_json_free(r.certificates);
	return e;
}
