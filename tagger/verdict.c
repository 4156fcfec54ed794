/* verdict.c: see verdict.h. The words are those of the scan page. */
#include "tagger/verdict.h"

#include "tagger/code/token.h"

static const struct {
	const char *name, *zh, *en;
} verdicts[] = {
	[SY_VERDICT_MALFORMED] = { "malformed", "读不懂这个码", "Not one of our codes" },
	[SY_VERDICT_UNSUPPORTED] = { "unsupported", "请更新查验程序", "Newer code: update" },
	[SY_VERDICT_UNSIGNED] = { "unsigned", "未带签名，无法验真", "Not signed: cannot be verified" },
	[SY_VERDICT_UNKNOWN_KEY] = { "unknown-key", "签发者不在名单内", "Signer not on the list" },
	[SY_VERDICT_BAD_SIGNATURE] = { "bad-signature", "伪造或破损的码", "Forged or damaged" },
	[SY_VERDICT_NEEDS_ONLINE] = { "needs-online", "请联网再查", "Go online to check" },
	[SY_VERDICT_STALE_TRUST] = { "stale-trust", "离线资料过旧", "Offline data too old" },
	[SY_VERDICT_VOIDED] = { "voided", "此码已作废", "Void" },
	[SY_VERDICT_NOT_ISSUED] = { "not-issued", "此码未发放", "Number never issued" },
	[SY_VERDICT_RECALLED] = { "recalled", "已召回，请勿食用", "Recalled: do not eat" },
	[SY_VERDICT_REVOKED] = { "revoked", "检验或认证已撤销", "Report or certificate withdrawn" },
	[SY_VERDICT_SUSPENDED] = { "suspended", "暂停：正在复检", "On hold: being re-tested" },
	[SY_VERDICT_EXPIRED] = { "expired", "已过保质期", "Past its date" },
	[SY_VERDICT_SUSPICIOUS] = { "suspicious", "谨慎：多次查验", "Caution: checked many times" },
	[SY_VERDICT_VALID] = { "valid", "查验通过", "Verified" },
};

static const struct sy_reason_row reasons[] = {
	[SY_REASON_FORM] = { SY_VERDICT_MALFORMED, "form", "网址或签名的格式不对", "The URL or its token is not in the form" },
	[SY_REASON_SIGNATURE_FORM] = { SY_VERDICT_MALFORMED, "signature-form", "签名不是规定的写法", "The signature is not in its one form" },
	[SY_REASON_VERSION] = { SY_VERDICT_UNSUPPORTED, "version", "码的版本比本程序新", "The code's version is newer than this program" },
	[SY_REASON_UNSIGNED] = { SY_VERDICT_UNSIGNED, "no-token", "网址没有签名", "The URL carries no token" },
	[SY_REASON_HOST] = { SY_VERDICT_UNKNOWN_KEY, "host-not-listed", "网址的主机不在信任名单里", "The URL's host is not on the trust list" },
	[SY_REASON_NOT_HTTPS] = { SY_VERDICT_UNKNOWN_KEY, "not-https", "除本机外只认 https", "Only https, except on this machine" },
	[SY_REASON_KID] = { SY_VERDICT_UNKNOWN_KEY, "key-not-listed", "签名的密钥不在信任名单里", "The key is not on the trust list" },
	[SY_REASON_KEY_DATES] = { SY_VERDICT_UNKNOWN_KEY, "key-not-valid-then", "签发之日密钥不在有效期内", "The key was not valid on the day of issue" },
	[SY_REASON_SIGNATURE] = { SY_VERDICT_BAD_SIGNATURE, "signature", "内容与签名不符", "The content does not fit the signature" },
	[SY_REASON_OTHER_LOT] = { SY_VERDICT_BAD_SIGNATURE, "other-lot", "所引的放行记录属于另一产品或批号", "The release it names is of another product or lot" },
	[SY_REASON_COMPROMISED] = { SY_VERDICT_NEEDS_ONLINE, "key-compromised", "签名密钥曾泄露，须联网核对", "The key was compromised: only online can tell" },
	[SY_REASON_NO_RELEASE] = { SY_VERDICT_NEEDS_ONLINE, "release-missing", "离线资料里没有这次放行", "The offline data lack this release" },
	[SY_REASON_NO_STATUS] = { SY_VERDICT_NEEDS_ONLINE, "status-missing", "离线资料里没有状态表", "The offline data lack a status list" },
	[SY_REASON_STATUS_BEHIND] = { SY_VERDICT_NEEDS_ONLINE, "status-behind", "状态表早于这次放行，或早于后来的暂停、作废或召回", "The status list is older than this release, or than a later hold, void or recall" },
	[SY_REASON_RANGE_VOIDED] = { SY_VERDICT_NEEDS_ONLINE, "range-voided", "此批有部分序号作废，须联网核对", "Some serials of this release are void: only online can tell which" },
	[SY_REASON_TRUST_EXPIRED] = { SY_VERDICT_STALE_TRUST, "trust-expired", "信任名单已过期", "The trust list has expired" },
	[SY_REASON_STATUS_EXPIRED] = { SY_VERDICT_STALE_TRUST, "status-expired", "状态表已过期", "The status list has expired" },
	[SY_REASON_VOIDED] = { SY_VERDICT_VOIDED, "voided", "这次放行的码已全部作废", "All codes of this release are void" },
	[SY_REASON_RECALLED] = { SY_VERDICT_RECALLED, "recalled", "此批产品已召回，请勿食用", "This lot was recalled: do not eat it" },
	[SY_REASON_REVOKED] = { SY_VERDICT_REVOKED, "revoked", "此批所依据的检验或认证已撤销", "A report or certificate it rests on was withdrawn" },
	[SY_REASON_HELD_SAFETY] = { SY_VERDICT_SUSPENDED, "held-safety", "此批正在复检，结果出来前请勿食用", "The lot is being re-tested: do not eat it until the result" },
	[SY_REASON_HELD_CERTIFICATE] = { SY_VERDICT_SUSPENDED, "held-certificate", "认证暂停；这不代表产品不安全", "A certificate is on hold; that does not mean the product is unsafe" },
	[SY_REASON_EXPIRED] = { SY_VERDICT_EXPIRED, "expired", "已过保质期", "Past its best-before date" },
};

const char *
sy_verdict_name(enum sy_verdict v)
{
	return verdicts[v].name;
}

const char *
sy_verdict_zh(enum sy_verdict v, unsigned basis)
{
	if (v == SY_VERDICT_VALID && basis == SY_BASIS_SELF_TESTED)
		return "查验通过（自检）";
	return v == SY_VERDICT_VALID && basis == SY_BASIS_DECLARED ? "查验通过（生产者承诺）" : verdicts[v].zh;
}

const char *
sy_verdict_en(enum sy_verdict v, unsigned basis)
{
	if (v == SY_VERDICT_VALID && basis == SY_BASIS_SELF_TESTED)
		return "Verified: producer's own test";
	return v == SY_VERDICT_VALID && basis == SY_BASIS_DECLARED ? "Verified: producer's declaration, not tested" : verdicts[v].en;
}

const struct sy_reason_row *
sy_reason_row(enum sy_reason r)
{
	return &reasons[r];
}
