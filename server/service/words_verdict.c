/* service/words_verdict.c: the sentences of the verdicts, with who, when and why. */
#include "server/service/words.h"

#include "schema/wire/time.h"

#include <string.h>

static const char *
pick(enum lang lang, const char *zh, const char *en)
{
	return lang == LANG_ZH ? zh : en;
}

static void
add_date(struct sy_buf *b, int64_t t)
{
	char date[SY_DATE_SIZE];
	sy_date_print(sy_date_of_time(t), date);
	sy_buf_add_str(b, date);
}

static const char *
signer(const struct verification *v, enum lang lang)
{
	const char *name = v->facts.view == NULL ? "" : view_party_name(v->facts.view->release.issuer, lang == LANG_EN);
	return name[0] != '\0' ? name : pick(lang, "签发者", "the issuer");
}

static const char *
who(const struct view_restriction *r, enum lang lang)
{
	const char *authority = sy_json_get_str(r->doc.body, "authority");
	const char *name = view_party_name(r->doc.issuer, lang == LANG_EN);
	if (authority != NULL && authority[0] != '\0' && lang == LANG_ZH)
		return authority;
	return name[0] != '\0' ? name : pick(lang, "签发者", "the issuer");
}

static const char *
why(const struct view_restriction *r)
{
	const char *reason = sy_json_get_str(r->doc.body, "reason");
	return reason == NULL ? "" : reason;
}

/* "report ZJ-2026-0311", "Green Food LB-..": what was withdrawn or suspended. */
static void
add_target(struct sy_buf *b, const struct view_restriction *r, enum lang lang)
{
	const struct sy_json *body = r->target == NULL ? NULL : r->target->body;
	const char *kind = sy_json_get_str(body, "kind"), *number = sy_json_get_str(body, "number");
	if (r->subject == VIEW_REPORT)
		sy_buf_add_str(b, pick(lang, "检验报告", "test report"));
	else if (kind != NULL && strcmp(kind, "green") == 0)
		sy_buf_add_str(b, word(lang, W_GREEN));
	else if (kind != NULL && strcmp(kind, "organic") == 0)
		sy_buf_add_str(b, word(lang, W_ORGANIC));
	else if (kind != NULL && strcmp(kind, "gi") == 0)
		sy_buf_add_str(b, word(lang, W_GI));
	else
		sy_buf_add_str(b, word(lang, W_COMMITMENT));
	if (lang == LANG_ZH && r->subject == VIEW_CERTIFICATE && kind != NULL && strcmp(kind, "commitment") != 0)
		sy_buf_add_str(b, "认证");
	if (number != NULL)
		sy_buf_printf(b, lang == LANG_ZH ? "（%s）" : " (%s)", number);
}

static void
say_restriction(const struct verification *v, const struct verdict_reason *r, enum lang lang, struct sy_buf *b)
{
	bool zh = lang == LANG_ZH;
	switch (r->code) {
	case VERDICT_RECALLED:
	case VERDICT_VOIDED:
		sy_buf_add_str(b, who(r->by, lang));
		if (zh) {
			sy_buf_add_str(b, "于");
			add_date(b, r->by->since);
			sy_buf_add_str(b, r->code == VERDICT_RECALLED ? "召回此批产品" : "作废了此码");
		} else {
			sy_buf_add_str(b, r->code == VERDICT_RECALLED ? " recalled this lot on " : " declared this code void on ");
			add_date(b, r->by->since);
		}
		if (why(r->by)[0] != '\0')
			sy_buf_printf(b, zh ? "：%s" : ": %s", why(r->by));
		sy_buf_add_str(b, zh ? "。" : ".");
		if (r->code == VERDICT_VOIDED && (v->token.certified & SY_CERTIFIED_COMMITMENT) != 0)
			sy_buf_add_str(b, zh ? "承诺达标合格证：已作废。" : " The producer's declaration is void too.");
		break;
	case VERDICT_REVOKED:
		sy_buf_add_str(b, who(r->by, lang));
		if (zh) {
			sy_buf_add_str(b, "于");
			add_date(b, r->by->since);
			sy_buf_add_str(b, "撤销了此批的");
			add_target(b, r->by, lang);
		} else {
			sy_buf_add_str(b, " withdrew the ");
			add_target(b, r->by, lang);
			sy_buf_add_str(b, " of this lot on ");
			add_date(b, r->by->since);
		}
		if (why(r->by)[0] != '\0')
			sy_buf_printf(b, zh ? "：%s" : ": %s", why(r->by));
		sy_buf_add_str(b, zh ? "。" : ".");
		break;
	default: /* suspended */
		if (strcmp(r->detail, "safety") == 0) {
			sy_buf_add_str(b, pick(lang, "此批正在复检，结果出来前请勿食用。", "This lot is being re-tested: do not eat it until the result is out."));
			if (why(r->by)[0] != '\0')
				sy_buf_printf(b, zh ? "原因：%s。" : " Reason: %s.", why(r->by));
			break;
		}
		sy_buf_add_str(b, who(r->by, lang));
		sy_buf_add_str(b, zh ? "暂停了此产品的" : " suspended the ");
		add_target(b, r->by, lang);
		sy_buf_add_str(b, zh ? "；这不代表产品不安全。" : " of this product; this does not mean that it is unsafe.");
		break;
	}
}

static void
say_valid(const struct verification *v, enum lang lang, struct sy_buf *b)
{
	static const char *const zh[] = { "检验合格，未被召回。", "由生产者自行检测合格，未经检验机构检验。", "生产者承诺达标，未送检。" };
	static const char *const en[] = { "It passed its tests and is not recalled.", "The producer tested it; no test centre did.",
		"The producer declares that it conforms; it was not tested." };
	size_t i = v->token.basis >= 1 && v->token.basis <= 3 ? (size_t)v->token.basis - 1 : 2;
	if (lang == LANG_ZH)
		sy_buf_printf(b, "此码由%s签发；%s", signer(v, lang), zh[i]);
	else
		sy_buf_printf(b, "Issued by %s. %s", signer(v, lang), en[i]);
}

static void
say_suspicious(const struct verification *v, const struct verdict_reason *r, enum lang lang, struct sy_buf *b)
{
	char date[SY_DATE_SIZE];
	if (strcmp(r->detail, "scans") != 0) {
		sy_buf_add_str(b, pick(lang, "签发者报告过密钥失窃，这个序号可能被仿造。", "The issuer has reported a stolen key: this number may have been copied."));
		return;
	}
	sy_date_print(sy_date_of_time(v->facts.scan.first_at), date);
	sy_buf_printf(b,
	    lang == LANG_ZH ? "此码已被查验%lld次，首次在%s。码被复制时会这样，家人朋友先查过也会这样。"
			    : "This code was checked %lld times, first on %s. Copied codes look like this; so does a code that family and friends checked before you.",
	    (long long)v->facts.scan.count, date);
}

static void
say_malformed(const struct verification *v, enum lang lang, struct sy_buf *b)
{
	sy_buf_add_str(b, pick(lang, "这不是本系统的码，或码已残缺。", "This is not one of our codes, or it is damaged."));
	if (v->fault.err == SY_ERR_CHECK_DIGIT)
		sy_buf_add_str(b, pick(lang, "商品条码的校验位不对。", " The check digit of its GTIN does not fit."));
}

static void
say_not_issued(const struct verdict_reason *r, enum lang lang, struct sy_buf *b)
{
	bool release = strcmp(r->detail, "release-unknown") == 0;
	bool differs = strcmp(r->detail, "release-differs") == 0 || strcmp(r->detail, "figures-differ") == 0;
	if (release)
		sy_buf_add_str(b, pick(lang, "签名无误，但日志里没有它所说的放行记录。", "The signature is good, but the release it names is not in the log."));
	else if (differs)
		sy_buf_add_str(b, pick(lang, "签名无误，但与放行记录不一致。", "The signature is good, but it does not agree with the release on record."));
	else
		sy_buf_add_str(b, pick(lang, "签名无误，但签发者没有发放过这个序号。", "The signature is good, but this number was never issued."));
}

void
words_reason(const struct verification *v, size_t i, enum lang lang, struct sy_buf *b)
{
	const struct verdict_reason *r = &v->verdict.reason[i];
	char date[SY_DATE_SIZE];
	if (r->by != NULL) {
		say_restriction(v, r, lang, b);
		return;
	}
	switch (r->code) {
	case VERDICT_VALID:
		say_valid(v, lang, b);
		break;
	case VERDICT_SUSPICIOUS:
		say_suspicious(v, r, lang, b);
		break;
	case VERDICT_EXPIRED:
		sy_date_print((int32_t)v->token.best_before, date);
		sy_buf_printf(b, lang == LANG_ZH ? i == 0 ? "保质期至%s。" : "已过保质期（%s）。" : i == 0 ? "Best before %s." : "Past its date (%s).", date);
		break;
	case VERDICT_NOT_ISSUED:
		say_not_issued(r, lang, b);
		break;
	case VERDICT_BAD_SIGNATURE:
		sy_buf_add_str(b, pick(lang, "码上的内容与签名不符。", "What the code says does not fit its signature."));
		break;
	case VERDICT_UNKNOWN_KEY:
		sy_buf_add_str(b, strcmp(r->detail, "host-not-listed") == 0 ? pick(lang, "网址的主机不在信任名单里。", "The host of this address is not on the trust list.")
			: strcmp(r->detail, "not-https") == 0 ? pick(lang, "这个网址没有用 https。", "This address does not use https.")
			: strcmp(r->detail, "key-compromised") == 0
			? pick(lang, "这把密钥已报失窃，此码在失窃之后才出现。", "This key was reported stolen, and the code appeared only afterwards.")
			: pick(lang, "用来签名的密钥不在信任名单里。", "The key that signed it is not on the trust list."));
		break;
	case VERDICT_UNSIGNED:
		sy_buf_add_str(b, pick(lang, "这个网址没有签名。下面只是此产品和批次的公开信息。",
			"This address carries no signature. Below is only what is on record of the product and lot."));
		break;
	case VERDICT_UNSUPPORTED:
		sy_buf_add_str(b, pick(lang, "这是更新版本的码。", "This code is of a newer version."));
		break;
	default:
		say_malformed(v, lang, b);
		break;
	}
}

void
words_action(const struct verification *v, enum lang lang, struct sy_buf *b)
{
	static const char *const words[FACES][2] = {
		[FACE_VALID] = { "请对照包装上的品名、批号和日期。", "Compare name, lot and dates with the pack." },
		[FACE_SELF_TESTED] = { "请对照包装上的品名、批号和日期。", "Compare name, lot and dates with the pack." },
		[FACE_DECLARED] = { "请对照包装上的品名、批号和日期。", "Compare name, lot and dates with the pack." },
		[FACE_SUSPICIOUS] = { "如果不是您或家人查过，请对照包装，并向卖家或 12315 反映。", "If it was not you or your family, compare the pack and tell the seller or 12315." },
		[FACE_EXPIRED] = { "请勿购买或食用，可要求退换。", "Do not buy or eat it; ask for a refund." },
		[FACE_SUSPENDED_SAFETY] = { "先放好，不要吃；几天后再扫一次看结果。", "Put it aside, do not eat it; scan again in a few days for the result." },
		[FACE_SUSPENDED_CERTIFICATE] = { "可以食用；在恢复前请不要把它当作认证产品购买。", "It may be eaten; until restored, do not buy it as certified." },
		[FACE_REVOKED] = { "先不要吃，可向卖家要求退换。", "Do not eat it for now; ask the seller for a refund." },
		[FACE_RECALLED] = { "不要吃。把产品退回购买处退款，或按召回方的说明处理。", "Do not eat it. Return it where you bought it for a refund." },
		[FACE_NOT_ISSUED] = { "这件包装很可能不是签发者的，请勿食用，向 12315 反映。", "The pack is probably not the issuer's: do not eat it, tell 12315." },
		[FACE_VOIDED] = { "请勿购买，可向卖家要求退换。", "Do not buy it; ask the seller for a refund." },
		[FACE_BAD_SIGNATURE] = { "再扫一次；还是这样，就不要相信这个码，向 12315 反映。", "Scan once more; if it stays so, do not believe this code and tell 12315." },
		[FACE_UNKNOWN_KEY] = { "不要相信这个码所说的内容。", "Do not believe what this code says." },
		[FACE_UNSIGNED] = { "要验真，请扫包装上的二维码。", "To verify a pack, scan its QR code." },
		[FACE_UNSUPPORTED] = { "请稍后再查，或请管理员更新系统。", "Try later, or ask the operator to update the system." },
		[FACE_MALFORMED] = { "请把码擦干净、展平，再扫一次。", "Wipe the code, flatten it and scan once more." },
	};
	enum verdict_face f = verdict_face(v);
	const struct verdict_reason *r = &v->verdict.reason[0];
	const char *action = r->by == NULL ? NULL : sy_json_get_str(r->by->doc.body, "action");
	/* The issuer's own words are in Chinese: in English they follow ours. */
	bool own = action != NULL && action[0] != '\0';
	if (!own || lang == LANG_EN)
		sy_buf_add_str(b, words[f][lang]);
	if (own)
		sy_buf_printf(b, lang == LANG_EN ? " (%s)" : "%s", action);
}
