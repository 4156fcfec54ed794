/* rules_basis.c: what a release rests on. Reports are judged again here, with this
 * process's own table (schema/judge): a verdict that the server wrote is not believed. */
#include "server/signer/rules.h"

#include "schema/judge/judge.h"
#include "schema/wire/hex.h"
#include "schema/wire/time.h"
#include "tagger/code/token.h"

#include <stdio.h>
#include <string.h>

static bool
lists(const struct sy_json *list, const char *value)
{
	for (size_t i = 0; i < sy_json_len(list); i++) {
		const char *s = sy_json_str(sy_json_at(list, i));
		if (s != NULL && strcmp(s, value) == 0)
			return true;
	}
	return false;
}

static void
field_of(char ret[48], const char *list, size_t i)
{
	(void)snprintf(ret, 48, "subject.%s.%zu", list, i);
}

/* Production date of a lot's newest version; *ret stays as it is when the lot is not known. */
static enum sy_err
lot_day(const struct rule *r, const char *text, int32_t *ret)
{
	uint8_t id[16];
	struct ledger_record last;
	struct ledger_lot lot;
	SY_AUTO_JSON *body = NULL;
	if (text == NULL || sy_hex_parse(sy_span_str(text), id, sizeof id, NULL) != SY_OK)
		return SY_ERR_MALFORMED;
	enum sy_err e = ledger_record_last(r->db, id, &last);
	if (e == SY_ERR_NOT_FOUND || (e == SY_OK && strcmp(last.type, "lot") != 0))
		return SY_OK;
	SY_TRY(e);
	SY_TRY(ledger_lot_get(r->db, &last.leaf, &lot, &body));
	return sy_date_parse(sy_span_str(sy_json_get_str(body, "produced")), ret, NULL);
}

/* The report was judged on the earliest production date of the lots that it covers and that are known. */
static enum sy_err
judged_day(const struct rule *r, const struct sy_json *report, const struct rule_lot *l, int32_t *ret)
{
	const struct sy_json *lots = sy_json_get(report, "lots");
	*ret = l->produced;
	for (size_t i = 0; i < sy_json_len(lots); i++) {
		int32_t day = *ret;
		SY_TRY(lot_day(r, sy_json_str(sy_json_at(lots, i)), &day));
		if (day < *ret)
			*ret = day;
	}
	return SY_OK;
}

static enum sy_err
judge(const struct rule *r, const struct sy_json *report, const struct rule_lot *l, const char *field)
{
	const char *verdict = sy_json_get_str(report, "verdict");
	if (verdict == NULL || strcmp(verdict, "pending") == 0)
		return rules_fail(r, SY_ERR_VERDICT_PENDING, field);
	if (strcmp(verdict, "pass") != 0)
		return rules_fail(r, SY_ERR_NOT_CONFORMING, field);
	int32_t day = 0;
	struct sy_fault f = { 0 };
	SY_TRY(judged_day(r, report, l, &day));
	enum sy_err e = sy_judge_agrees(report, l->product_body, day, &f);
	if (e == SY_OK)
		return SY_OK;
	/* Written "pass", and is not: the field of the report stands behind the report. */
	(void)sy_fault_say(r->fault, SY_ERR_NOT_CONFORMING, field, "签名器重新判定与报告不一致：%s（%s）", "judged again, the report does not pass: %s (%s)",
	    f.field, sy_err_slug(e));
	return SY_ERR_NOT_CONFORMING;
}

static enum sy_err
check_report(const struct rule *r, const struct rule_lot *l, const char *leaf, const char *field)
{
	struct ledger_record report;
	struct sy_span text;
	SY_AUTO_JSON *body = NULL;
	char lot[33];
	SY_TRY(rules_cited(r, leaf, "report", true, field, &report));
	enum sy_err e = ledger_restricted(r->db, sy_span(report.id, sizeof report.id));
	if (e != SY_OK)
		return rules_fail(r, e, field);
	SY_TRY(rules_body(r, report.public_sha256, &text, &body));
	sy_hex_print(sy_span(l->lot.id, sizeof l->lot.id), lot);
	if (!lists(sy_json_get(body, "lots"), lot))
		return rules_fail(r, SY_ERR_NOT_COVERED, field);
	const char *centre = sy_json_get_str(body, "centre");
	if (centre == NULL || strcmp(centre, report.issuer) != 0)
		return rules_fail(r, SY_ERR_WRONG_PARTY, field);
	return judge(r, body, l, field);
}

static int64_t
bit_of(const struct sy_json *certificate)
{
	if (sy_shape_is(certificate, "kind", "green"))
		return SY_CERTIFIED_GREEN;
	if (sy_shape_is(certificate, "kind", "organic"))
		return SY_CERTIFIED_ORGANIC;
	return sy_shape_is(certificate, "kind", "gi") ? SY_CERTIFIED_GI : SY_CERTIFIED_COMMITMENT;
}

static enum sy_err
check_validity(const struct rule *r, const struct sy_json *c, const struct rule_lot *l, const char *field)
{
	const char *from = sy_json_get_str(c, "valid_from"), *to = sy_json_get_str(c, "valid_to");
	int32_t day = 0;
	char produced[SY_DATE_SIZE];
	sy_date_print(l->produced, produced);
	bool early = from != NULL && (sy_date_parse(sy_span_str(from), &day, NULL) != SY_OK || day > l->produced);
	bool late = to != NULL && (sy_date_parse(sy_span_str(to), &day, NULL) != SY_OK || day < l->produced);
	if (!early && !late)
		return SY_OK;
	return sy_fault_say(r->fault, SY_ERR_CERT_NOT_VALID, field, "生产日期 %s，证书有效期 %s 至 %s", "produced on %s, certificate valid from %s to %s",
	    produced, from == NULL ? "-" : from, to == NULL ? "-" : to);
}

static enum sy_err
check_certificate(const struct rule *r, const struct rule_lot *l, const char *leaf, const char *field, int64_t *bits, bool *retself_tested)
{
	struct ledger_record record;
	SY_AUTO_JSON *c = NULL;
	uint8_t id[16];
	SY_TRY(rules_cited(r, leaf, "certificate", true, field, &record));
	enum sy_err e = ledger_restricted(r->db, sy_span(record.id, sizeof record.id));
	if (e != SY_OK)
		return rules_fail(r, e, field);
	SY_TRY(ledger_certificate_get(r->db, &record.leaf, &c));
	const int64_t bit = bit_of(c);
	*bits |= bit;
	const char *holder = sy_json_get_str(c, "holder");
	if (holder == NULL || strcmp(holder, l->record.issuer) != 0)
		return rules_fail(r, SY_ERR_WRONG_PARTY, field);
	SY_TRY(check_validity(r, c, l, field));
	if (bit == SY_CERTIFIED_COMMITMENT) {
		const struct sy_json *grounds = sy_json_get(c, "grounds");
		*retself_tested = lists(grounds, "self_test") || lists(grounds, "commissioned_test");
		bool covers = rules_id(c, "lot", id) == SY_OK && memcmp(id, l->lot.id, sizeof id) == 0;
		return covers ? SY_OK : rules_fail(r, SY_ERR_NOT_COVERED, field);
	}
	return lists(sy_json_get(c, "products"), sy_json_get_str(l->body, "product")) ? SY_OK : rules_fail(r, SY_ERR_NOT_COVERED, field);
}

enum sy_err
rules_basis(struct rule *r, const struct rule_lot *l, int64_t basis, int64_t certified)
{
	const struct sy_json *reports = sy_json_get(r->st->subject, "reports"), *certificates = sy_json_get(r->st->subject, "certificates");
	char field[48];
	int64_t bits = 0;
	bool tested = false;
	for (size_t i = 0; i < sy_json_len(reports); i++) {
		field_of(field, "reports", i);
		SY_TRY(check_report(r, l, sy_json_str(sy_json_at(reports, i)), field));
	}
	for (size_t i = 0; i < sy_json_len(certificates); i++) {
		bool one = false;
		field_of(field, "certificates", i);
		SY_TRY(check_certificate(r, l, sy_json_str(sy_json_at(certificates, i)), field, &bits, &one));
		tested = tested || one;
	}
	if (bits != certified)
		return sy_fault_say(r->fault, SY_ERR_CONFLICT, "figures.certified", "写的是 %lld，所引证书是 %lld", "says %lld, the certificates cited make %lld",
		    (long long)certified, (long long)bits);
	const bool declared = (bits & SY_CERTIFIED_COMMITMENT) != 0;
	if ((basis == SY_BASIS_REPORT && sy_json_len(reports) == 0) || (basis == SY_BASIS_SELF_TESTED && !(declared && tested)) || (basis == SY_BASIS_DECLARED && !declared))
		return rules_fail(r, SY_ERR_NO_BASIS, "figures.basis");
	return SY_OK;
}

static enum sy_err
cite_all(struct rule *r, const char *list, const char *type)
{
	const struct sy_json *leaves = sy_json_get(r->st->subject, list);
	for (size_t i = 0; i < sy_json_len(leaves); i++) {
		struct ledger_record cited;
		SY_TRY(rules_cited(r, sy_json_str(sy_json_at(leaves, i)), type, true, "subject", &cited));
		SY_TRY(ledger_cite_add(r->db, &r->leaf, &cited));
	}
	return SY_OK;
}

enum sy_err
rules_basis_cite(struct rule *r)
{
	SY_TRY(cite_all(r, "reports", "report"));
	return cite_all(r, "certificates", "certificate");
}
