/* service/words.c: the tables, see words.h. */
#include "server/service/words.h"
#include "schema/model/quantity.h"

#include <string.h>

const char *
word(enum lang lang, enum word w)
{
	static const char *const words[WORDS][2] = {
#define WORD(name, zh, en) [W_##name] = { zh, en },
#include "server/service/words.def"
#undef WORD
	};
	return words[w][lang];
}

const char *
lang_tag(enum lang lang)
{
	return lang == LANG_ZH ? "zh-CN" : "en";
}

const char *
county_name(uint32_t code, enum lang lang)
{
	/* GB/T 2260; 411771 is a statistical code. */
	static const struct {
		uint32_t code;
		const char *name[2];
	} counties[] = {
		{ 411702, { "驿城区", "Yicheng" } }, { 411721, { "西平县", "Xiping" } }, { 411722, { "上蔡县", "Shangcai" } },
		{ 411723, { "平舆县", "Pingyu" } }, { 411724, { "正阳县", "Zhengyang" } }, { 411725, { "确山县", "Queshan" } },
		{ 411726, { "泌阳县", "Biyang" } }, { 411727, { "汝南县", "Runan" } }, { 411728, { "遂平县", "Suiping" } },
		{ 411729, { "新蔡县", "Xincai" } }, { 411771, { "经开区", "Econ. zone" } },
	};
	for (size_t i = 0; i < SY_LEN(counties); i++)
		if (counties[i].code == code)
			return counties[i].name[lang];
	return NULL;
}

const char *
words_headline(enum verdict_face f, enum lang lang)
{
	static const char *const words[FACES][2] = {
		[FACE_VALID] = { "查验通过", "Verified" },
		[FACE_SELF_TESTED] = { "查验通过（自检）", "Verified: producer's own test" },
		[FACE_DECLARED] = { "查验通过（生产者承诺）", "Verified: producer's declaration, not tested" },
		[FACE_SUSPICIOUS] = { "谨慎：多次查验", "Caution: checked many times" },
		[FACE_EXPIRED] = { "已过保质期", "Past its date" },
		[FACE_SUSPENDED_SAFETY] = { "暂停：正在复检", "On hold: being re-tested" },
		[FACE_SUSPENDED_CERTIFICATE] = { "认证暂停", "Certificate on hold" },
		[FACE_REVOKED] = { "检验或认证已撤销", "Report or certificate withdrawn" },
		[FACE_RECALLED] = { "已召回，请勿食用", "Recalled: do not eat" },
		[FACE_NOT_ISSUED] = { "此码未发放", "Number never issued" },
		[FACE_VOIDED] = { "此码已作废", "Void" },
		[FACE_BAD_SIGNATURE] = { "伪造或破损的码", "Forged or damaged" },
		[FACE_UNKNOWN_KEY] = { "签发者不在名单内", "Signer not on the list" },
		[FACE_UNSIGNED] = { "未带签名，无法验真", "Not signed: cannot be verified" },
		[FACE_UNSUPPORTED] = { "请更新查验程序", "Newer code: update" },
		[FACE_MALFORMED] = { "读不懂这个码", "Not one of our codes" },
	};
	return words[f][lang];
}

enum verdict_face
verdict_face(const struct verification *v)
{
	static const enum verdict_face faces[VERDICT_CODES] = {
		[VERDICT_MALFORMED] = FACE_MALFORMED,
		[VERDICT_UNSUPPORTED] = FACE_UNSUPPORTED,
		[VERDICT_UNSIGNED] = FACE_UNSIGNED,
		[VERDICT_UNKNOWN_KEY] = FACE_UNKNOWN_KEY,
		[VERDICT_BAD_SIGNATURE] = FACE_BAD_SIGNATURE,
		[VERDICT_VOIDED] = FACE_VOIDED,
		[VERDICT_NOT_ISSUED] = FACE_NOT_ISSUED,
		[VERDICT_RECALLED] = FACE_RECALLED,
		[VERDICT_REVOKED] = FACE_REVOKED,
		[VERDICT_SUSPENDED] = FACE_SUSPENDED_CERTIFICATE,
		[VERDICT_EXPIRED] = FACE_EXPIRED,
		[VERDICT_SUSPICIOUS] = FACE_SUSPICIOUS,
		[VERDICT_VALID] = FACE_VALID,
	};
	const struct verdict *d = &v->verdict;
	if (d->code == VERDICT_SUSPENDED && strcmp(d->reason[0].detail, "safety") == 0)
		return FACE_SUSPENDED_SAFETY;
	if (d->code == VERDICT_VALID && v->token.basis == SY_BASIS_SELF_TESTED)
		return FACE_SELF_TESTED;
	if (d->code == VERDICT_VALID && v->token.basis == SY_BASIS_DECLARED)
		return FACE_DECLARED;
	return faces[d->code];
}

void
words_quantity(const struct sy_json *q, enum lang lang, struct sy_buf *ret)
{
	static const char *const zh[][2] = { { "g", "克" }, { "kg", "千克" }, { "t", "吨" }, { "mL", "毫升" }, { "L", "升" }, { "pcs", "件" } };
	struct sy_quantity quantity;
	if (sy_quantity_parse(q, &quantity, NULL) != SY_OK)
		return;
	SY_CLEANUP(sy_buf_done) struct sy_buf text;
	sy_buf_init(&text, 64);
	sy_quantity_print(&quantity, false, &text);
	struct sy_span unit = sy_buf_span(&text), number;
	if (sy_buf_err(&text) != SY_OK || !sy_span_cut(&unit, ' ', &number))
		return;
	sy_buf_add_span(ret, number);
	sy_buf_add_byte(ret, ' ');
	for (size_t i = 0; lang == LANG_ZH && i < SY_LEN(zh); i++)
		if (sy_span_eq_str(unit, zh[i][0]))
			unit = sy_span_str(zh[i][1]);
	sy_buf_add_span(ret, unit);
}
