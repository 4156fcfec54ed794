/* A report judged against the built-in table: one test per rule of domain 3.3
 * and per pitfall of 3.4, through the public functions only. */
#include "schema/judge/judge.h"

#include "schema/judge/rule.h"
#include "schema/reference/reference.h"
#include "schema/wire/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct sy_json *
json(const char *text)
{
	struct sy_json *v = NULL;
	struct sy_fault f = { 0 };
	enum sy_err e = sy_json_parse(sy_span_str(text), &v, &f);
	if (e != SY_OK)
		fail_msg("%s at %zu in %s", sy_err_slug(e), f.offset, text);
	return v;
}

static int32_t
day(const char *text)
{
	int32_t d = 0;
	assert_int_equal(sy_date_parse(sy_span_str(text), &d, NULL), SY_OK);
	return d;
}

/* categories and extra are JSON inside the product object. */
static struct sy_json *
judge_as(const char *product_text, const char *items, const char *produced)
{
	char text[4000];
	assert_true(snprintf(text, sizeof(text), "{\"kind\":\"commissioned\",\"items\":[%s]}", items) < (int)sizeof(text));
	SY_AUTO_JSON *report = json(text);
	SY_AUTO_JSON *product = json(product_text);
	struct sy_json *judged = NULL;
	struct sy_fault f = { 0 };
	enum sy_err e = sy_judge_report(report, product, day(produced), &judged, &f);
	if (e != SY_OK)
		fail_msg("%s %s in %s", sy_err_slug(e), f.field, items);
	/* A second process comes to the same. */
	assert_int_equal(sy_judge_agrees(judged, product, day(produced), &f), SY_OK);
	return judged;
}

static void
expect(const char *product, const char *items, const char *produced, const char *report_verdict, const char *verdict, const char *why)
{
	SY_AUTO_JSON *j = judge_as(product, items, produced);
	const struct sy_json *item = sy_json_at(sy_json_get(j, "items"), 0);
	const char *got = sy_json_get_str(sy_json_get(item, "why"), "code");
	if (strcmp(got, why) != 0 || strcmp(sy_json_get_str(item, "verdict"), verdict) != 0)
		fail_msg("%s: %s/%s, not %s/%s", items, sy_json_get_str(item, "verdict"), got, verdict, why);
	assert_string_equal(sy_json_get_str(j, "verdict"), report_verdict);
	assert_string_equal(sy_json_get_str(j, "judged_on"), produced);
	assert_string_equal(sy_json_get_str(j, "reference_version"), sy_reference_version());
	assert_true(strlen(sy_json_get_str(sy_json_get(item, "why"), "zh")) > 0);
	assert_true(strlen(sy_json_get_str(sy_json_get(item, "why"), "en")) > 0);
}

static void
expect_error(const char *items, enum sy_err err, const char *field)
{
	char text[2000];
	(void)snprintf(text, sizeof(text), "{\"items\":[%s]}", items);
	SY_AUTO_JSON *report = json(text);
	SY_AUTO_JSON *product = json("{\"categories\":[\"小麦\"],\"market\":\"CN\"}");
	struct sy_json *judged = NULL;
	struct sy_fault f = { 0 };
	assert_int_equal(sy_judge_report(report, product, day("2026-09-20"), &judged, &f), err);
	assert_null(judged);
	assert_int_equal(f.err, err);
	assert_string_equal(f.field, field);
}

#define WHEAT "{\"categories\":[\"小麦\"],\"market\":\"CN\"}"
#define PEANUT "{\"categories\":[\"花生\",\"花生及其制品\"],\"market\":\"CN\"}"
#define FISH "{\"categories\":[\"淡水鱼\"],\"market\":\"CN\"}"
#define PORK "{\"categories\":[\"猪肉\"],\"market\":\"CN\"}"
#define SHIITAKE "{\"categories\":[\"花菇\",\"香菇\"],\"market\":\"CN\"}"
#define DRY_SHIITAKE "{\"categories\":[\"干花菇\",\"干香菇\",\"香菇\"],\"market\":\"CN\"}"
#define WOOD_EAR "{\"categories\":[\"木耳\"],\"market\":\"CN\"}"
#define ITEM(analyte, value, unit, more) "{\"analyte\":\"" analyte "\",\"value\":\"" value "\",\"unit\":\"" unit "\"" more "}"
#define NOW "2026-09-20"

/* R: domain 3.3 rule 1: numbers and 未检出 are judged, anything else waits */
static void
rule_1_accepted_forms(void **state)
{
	(void)state;
	expect(WHEAT, ITEM("铅", "0.05", "mg/kg", ""), NOW, "pass", "pass", "within-limit");
	expect(WHEAT, ITEM("铅", "0.21", "mg/kg", ""), NOW, "fail", "fail", "over-limit");
	expect(WHEAT, ITEM("铅", "未检出", "mg/kg", ",\"lod\":\"0.02\""), NOW, "pass", "pass", "not-detected");
	expect(WHEAT, ITEM("铅", "合格", "mg/kg", ""), NOW, "pending", "pending", "other-result");
	expect(WHEAT, ITEM("铅", "阴性", "mg/kg", ""), NOW, "pending", "pending", "other-result");
	expect(WHEAT, ITEM("铅", "--", "mg/kg", ""), NOW, "pending", "pending", "other-result");
	expect(WHEAT, ITEM("铅", ">0.1", "mg/kg", ""), NOW, "pending", "pending", "other-result");
	expect(WHEAT, ITEM("铅", "<0.02", "mg/kg", ",\"lod\":\"0.02\""), NOW, "pass", "pass", "not-detected");
	expect(WHEAT, ITEM("铅", "＜0.020", "mg/kg", ",\"lod\":\"0.02\""), NOW, "pass", "pass", "not-detected");
	expect(WHEAT, ITEM("铅", "<0.03", "mg/kg", ",\"lod\":\"0.02\""), NOW, "pending", "pending", "less-than-not-lod");
	expect(WHEAT, ITEM("铅", "<0.02", "mg/kg", ""), NOW, "pending", "pending", "less-than-not-lod");
	expect(PORK, ITEM("沙丁胺醇", "检出", "μg/kg", ""), NOW, "pending", "pending", "other-result");
}

/* R: domain 3.3 rule 2: below the LOD is 未检出; 不得检出 needs the LOD */
static void
rule_2_detection_limit(void **state)
{
	(void)state;
	SY_AUTO_JSON *j = judge_as(WHEAT, ITEM("铅", "0.01", "mg/kg", ",\"lod\":\"0.02\""), NOW);
	assert_string_equal(sy_json_get_str(sy_json_at(sy_json_get(j, "items"), 0), "reading"), "未检出");
	expect(PORK, ITEM("沙丁胺醇", "0.3", "μg/kg", ",\"lod\":\"0.5\""), NOW, "pass", "pass", "absent");
	expect(PORK, ITEM("沙丁胺醇", "0.5", "μg/kg", ",\"lod\":\"0.5\""), NOW, "fail", "fail", "detected");
	expect(PORK, ITEM("沙丁胺醇", "0.3", "μg/kg", ""), NOW, "pending", "pending", "lod-missing");
	expect(PORK, ITEM("沙丁胺醇", "0", "μg/kg", ""), NOW, "pending", "pending", "lod-missing");
	expect(PORK, ITEM("沙丁胺醇", "未检出", "μg/kg", ",\"lod\":\"0.5\""), NOW, "pass", "pass", "absent");
	/* 不得使用 the same */
	expect("{\"categories\":[\"挂面\"],\"market\":\"CN\"}", ITEM("柠檬黄", "0.006", "g/kg", ",\"lod\":\"0.0005\""), NOW, "fail", "fail", "detected");
}

/* R: domain 3.3 rule 3: reference items do not count; alone they leave the report waiting */
static void
rule_3_reference_items(void **state)
{
	(void)state;
	expect(WHEAT, ITEM("铅", "9", "mg/kg", ",\"reference\":true"), NOW, "pending", "reference", "reference-item");
	expect(WHEAT, ITEM("铅", "9", "mg/kg", ",\"reference\":true") "," ITEM("镉", "0.05", "mg/kg", ""), NOW, "pass", "reference",
	    "reference-item");
	/* one that waits holds the report back, one that fails decides it */
	expect(WHEAT, ITEM("铅", "阴性", "mg/kg", "") "," ITEM("镉", "0.05", "mg/kg", ""), NOW, "pending", "pending", "other-result");
	expect(WHEAT, ITEM("铅", "阴性", "mg/kg", "") "," ITEM("镉", "0.5", "mg/kg", ""), NOW, "fail", "pending", "other-result");
	SY_AUTO_JSON *j = judge_as(WHEAT, "", NOW);
	assert_string_equal(sy_json_get_str(j, "verdict"), "pending");
}

/* R: domain 3.3 rule 4: the limit is copied into the record; a verdict is never typed */
static void
rule_4_snapshot(void **state)
{
	(void)state;
	SY_AUTO_JSON *j = judge_as(WHEAT,
	    ITEM("铅", "0.3", "mg/kg", ",\"verdict\":\"pass\",\"limit\":{\"operator\":\"<=\",\"value\":\"9\"},\"reading\":\"0.1\",\"why\":null"), NOW);
	const struct sy_json *item = sy_json_at(sy_json_get(j, "items"), 0);
	const struct sy_json *l = sy_json_get(item, "limit");
	assert_string_equal(sy_json_get_str(item, "verdict"), "fail");
	assert_string_equal(sy_json_get_str(item, "reading"), "0.3");
	assert_string_equal(sy_json_get_str(l, "value"), "0.2");
	assert_string_equal(sy_json_get_str(l, "operator"), "<=");
	assert_string_equal(sy_json_get_str(l, "standard"), "GB 2762");
	assert_string_equal(sy_json_get_str(l, "edition"), "2025");
	assert_string_equal(sy_json_get_str(l, "valid_from"), "2026-09-02");
	assert_int_equal(sy_json_kind(sy_json_get(l, "valid_to")), SY_JSON_NULL);
	assert_true(sy_json_bool(sy_json_get(l, "verified")));
	assert_true(strlen(sy_json_get_str(l, "source")) > 0);
	assert_true(strlen(sy_json_get_str(l, "clause")) > 0);
}

/* R: domain 3.3 rule 5: 未检出 with a LOD above the limit decides nothing */
static void
rule_5_lod_above_limit(void **state)
{
	(void)state;
	expect(WHEAT, ITEM("铅", "未检出", "mg/kg", ",\"lod\":\"0.5\""), NOW, "pending", "pending", "lod-above-limit");
	expect(WHEAT, ITEM("铅", "未检出", "mg/kg", ",\"lod\":\"0.2\""), NOW, "pass", "pass", "not-detected");
	expect(WHEAT, ITEM("铅", "未检出", "μg/kg", ",\"lod\":\"200\""), NOW, "pass", "pass", "not-detected");
	expect(WHEAT, ITEM("铅", "未检出", "mg/kg", ""), NOW, "pending", "pending", "nd-without-lod");
}

/* R: domain 3.3 rule 6; GB/T 8170 全数值比较法: nothing is rounded before comparing */
static void
rule_6_whole_value(void **state)
{
	(void)state;
	expect(WHEAT, ITEM("铅", "0.2", "mg/kg", ""), NOW, "pass", "pass", "within-limit");
	expect(WHEAT, ITEM("铅", "0.200", "mg/kg", ""), NOW, "pass", "pass", "within-limit");
	expect(WHEAT, ITEM("铅", "0.2000001", "mg/kg", ""), NOW, "fail", "fail", "over-limit");
	expect(WHEAT, ITEM("铅", "0.204", "mg/kg", ""), NOW, "fail", "fail", "over-limit");
}

/* R: domain 3.3 rule 7: exact category, most specific first, market, standard, grade */
static void
rule_7_selection(void **state)
{
	(void)state;
	/* peanuts are 20 by their own row, not 5 as some page says (domain 3.4) */
	expect(PEANUT, ITEM("黄曲霉毒素B1", "19.9", "μg/kg", ""), NOW, "pass", "pass", "within-limit");
	expect(PEANUT, ITEM("黄曲霉毒素B1", "20.1", "μg/kg", ""), NOW, "fail", "fail", "over-limit");
	/* the EU row is for the EU market alone */
	expect("{\"categories\":[\"花生及其制品\"],\"market\":\"EU\"}", ITEM("黄曲霉毒素B1", "1", "μg/kg", ""), NOW, "pending", "pending", "no-limit");
	/* most specific first: spinach has its own lead, and leaf vegetables stand behind it */
	expect("{\"categories\":[\"菠菜\",\"叶菜蔬菜\",\"新鲜蔬菜\"],\"market\":\"CN\"}", ITEM("铅", "0.25", "mg/kg", ""), NOW, "pass", "pass", "within-limit");
	expect("{\"categories\":[\"新鲜蔬菜\"],\"market\":\"CN\"}", ITEM("铅", "0.25", "mg/kg", ""), NOW, "fail", "fail", "over-limit");
	/* who skips the middle still gets it: spinach's cadmium is the leaf vegetables' 0.2 */
	expect("{\"categories\":[\"菠菜\",\"新鲜蔬菜\"],\"market\":\"CN\"}", ITEM("镉", "0.1", "mg/kg", ""), NOW, "pass", "pass", "within-limit");
	/* another food's category brings nothing: raw milk's nitrite is not pasteurised milk's */
	expect("{\"categories\":[\"巴氏杀菌乳\",\"生乳\"],\"market\":\"CN\"}", ITEM("亚硝酸盐", "0.3", "mg/kg", ""), NOW, "pending", "pending",
	    "categories-disagree");
	expect("{\"categories\":[\"香菇\",\"其他食用菌\"],\"market\":\"CN\"}", ITEM("铅", "0.4", "mg/kg", ""), NOW, "pending", "pending",
	    "categories-disagree");
	expect("{\"categories\":[\"新鲜蔬菜\",\"菠菜\"],\"market\":\"CN\"}", ITEM("铅", "0.05", "mg/kg", ""), NOW, "pending", "pending",
	    "categories-disagree");
	/* never by substring or group: 麦 and 小麦（红） are no category, WHEAT is a group */
	expect("{\"categories\":[\"麦\"],\"market\":\"CN\",\"group\":\"WHEAT\"}", ITEM("铅", "0.1", "mg/kg", ""), NOW, "pending", "pending", "no-limit");
	expect("{\"categories\":[\"小麦(红)\"],\"market\":\"CN\",\"group\":\"WHEAT\"}", ITEM("铅", "0.1", "mg/kg", ""), NOW, "pending", "pending", "no-limit");
	expect("{\"categories\":[\"WHEAT\"],\"market\":\"CN\"}", ITEM("铅", "0.1", "mg/kg", ""), NOW, "pending", "pending", "no-limit");
	expect("{\"categories\":[],\"market\":\"CN\"}", ITEM("铅", "0.1", "mg/kg", ""), NOW, "pending", "pending", "no-category");
	expect("{\"categories\":[\"小麦\"]}", ITEM("铅", "0.1", "mg/kg", ""), NOW, "pending", "pending", "no-limit");
	/* the declared standard opens a row: GI white sesame */
	expect("{\"categories\":[\"白芝麻\"],\"market\":\"CN\"}", ITEM("含油量", "53", "%", ""), NOW, "pending", "pending", "standard-not-declared");
	expect("{\"categories\":[\"白芝麻\"],\"market\":\"CN\",\"declared_standard\":\"原质检总局公告2003年第74号\"}", ITEM("含油量", "53", "%", ""), NOW,
	    "pass", "pass", "within-limit");
	expect("{\"categories\":[\"白芝麻\"],\"market\":\"CN\",\"declared_standard\":\"原质检总局公告2003年第74号\"}", ITEM("含油量", "55.1", "%", ""), NOW,
	    "fail", "fail", "outside-range");
	/* unverified: shown as 参考, decides nothing, and alone leaves the report waiting */
	SY_AUTO_JSON *j = judge_as(PORK, ITEM("恩诺沙星", "500", "μg/kg", ""), NOW);
	const struct sy_json *item = sy_json_at(sy_json_get(j, "items"), 0);
	assert_string_equal(sy_json_get_str(item, "verdict"), "reference");
	assert_int_equal(sy_json_kind(sy_json_get(sy_json_get(item, "limit"), "verified")), SY_JSON_BOOL);
	assert_false(sy_json_bool(sy_json_get(sy_json_get(item, "limit"), "verified")));
	assert_string_equal(sy_json_get_str(j, "verdict"), "pending");
}

/* R: domain 3.3 rule 8: the kind of the report is carried, untouched */
static void
rule_8_kind_carried(void **state)
{
	(void)state;
	SY_AUTO_JSON *j = judge_as(WHEAT, ITEM("铅", "0.1", "mg/kg", ""), NOW);
	assert_string_equal(sy_json_get_str(j, "kind"), "commissioned");
}

/* R: domain 3.3 rule 9: GB 2762-2025 judges what was produced from 2026-09-02 */
static void
rule_9_editions(void **state)
{
	(void)state;
	expect(WHEAT, ITEM("铅", "0.1", "mg/kg", ""), "2026-09-02", "pass", "pass", "within-limit");
	expect(WHEAT, ITEM("铅", "0.1", "mg/kg", ""), "2026-09-01", "pending", "pending", "no-limit-on-date");
	/* GB 1351-2008 was replaced on 2023-12-01 */
	expect("{\"categories\":[\"小麦\"],\"market\":\"CN\",\"declared_grade\":\"一等\"}", ITEM("容重", "795", "g/L", ""), NOW, "pending", "pending",
	    "no-limit-on-date");
	/* a bulletin of 2025 proves the edition of its day, not GB 2763-2026 */
	expect("{\"categories\":[\"番茄\"],\"market\":\"CN\"}", ITEM("毒死蜱", "0.01", "mg/kg", ""), NOW, "pending", "reference", "unverified-limit");
	expect("{\"categories\":[\"甘薯\"],\"market\":\"CN\"}", ITEM("毒死蜱", "0.01", "mg/kg", ""), NOW, "pass", "pass", "within-limit");
	expect("{\"categories\":[\"番茄\"],\"market\":\"CN\"}", ITEM("毒死蜱", "0.03", "mg/kg", ""), "2025-12-01", "fail", "fail", "over-limit");
}

/* R: GB 2762-2025 3.4: for the edible part */
static void
gb2762_edible_part(void **state)
{
	(void)state;
	expect(PEANUT, ITEM("镉", "0.4", "mg/kg", ",\"part\":\"edible\""), NOW, "pass", "pass", "within-limit");
	expect(PEANUT, ITEM("镉", "0.4", "mg/kg", ",\"part\":\"other\""), NOW, "pending", "pending", "not-edible-part");
}

/* R: GB 2762-2025 3.5: dried fungi by the dehydration ratio, none needed when the dry value already meets */
static void
gb2762_dried(void **state)
{
	(void)state;
	expect(SHIITAKE, ITEM("镉", "0.6", "mg/kg", ""), NOW, "fail", "fail", "over-limit");
	expect(DRY_SHIITAKE, ITEM("镉", "0.45", "mg/kg", ""), NOW, "pass", "pass", "within-limit");
	expect(DRY_SHIITAKE, ITEM("镉", "0.6", "mg/kg", ""), NOW, "pending", "pending", "dried-needs-factor");
	expect(DRY_SHIITAKE, ITEM("镉", "3.9", "mg/kg", ",\"dry_factor\":\"8\""), NOW, "pass", "pass", "dried-within");
	expect(DRY_SHIITAKE, ITEM("镉", "4", "mg/kg", ",\"dry_factor\":\"8\""), NOW, "pass", "pass", "dried-within");
	expect(DRY_SHIITAKE, ITEM("镉", "4.01", "mg/kg", ",\"dry_factor\":\"8\""), NOW, "fail", "fail", "dried-over");
	/* 木耳: the limit itself is by dry weight */
	expect(WOOD_EAR, ITEM("铅", "0.9", "mg/kg（干重计）", ""), NOW, "pass", "pass", "within-limit");
	expect(WOOD_EAR, ITEM("铅", "1.1", "mg/kg（干重计）", ""), NOW, "fail", "fail", "over-limit");
	expect(WOOD_EAR, ITEM("铅", "0.9", "mg/kg", ""), NOW, "pending", "pending", "dry-basis-needed");
	expect(WOOD_EAR, ITEM("铅", "1.1", "mg/kg", ""), NOW, "fail", "fail", "over-limit");
	expect(WOOD_EAR, ITEM("铅", "未检出", "mg/kg", ",\"lod\":\"0.02\""), NOW, "pending", "pending", "dry-basis-needed");
	expect(SHIITAKE, ITEM("铅", "0.9", "mg/kg（干重计）", ""), NOW, "pending", "pending", "as-sold-needed");
	expect(SHIITAKE, ITEM("铅", "0.2", "mg/kg（干重计）", ""), NOW, "pass", "pass", "within-limit");
}

/* R: GB 2762-2025 表3 a, 表4: total first, the species only when the total exceeds */
static void
gb2762_total_first(void **state)
{
	(void)state;
	expect(FISH, ITEM("总汞", "0.4", "mg/kg", ""), NOW, "pass", "pass", "total-within-species-limit");
	expect(FISH, ITEM("总汞", "0.6", "mg/kg", ""), NOW, "pending", "pending", "species-needed");
	expect(FISH, ITEM("总汞", "0.6", "mg/kg", "") "," ITEM("甲基汞", "0.4", "mg/kg", ""), NOW, "pass", "reference", "species-decides");
	expect(FISH, ITEM("总汞", "0.6", "mg/kg", "") "," ITEM("甲基汞", "0.55", "mg/kg", ""), NOW, "fail", "reference", "species-decides");
	expect(FISH, ITEM("总汞", "0.6", "mg/kg", "") "," ITEM("甲基汞", "0.1", "mg/kg", ",\"reference\":true"), NOW, "pending", "pending", "species-needed");
	expect(SHIITAKE, ITEM("总砷", "0.5", "mg/kg", ""), NOW, "pass", "pass", "total-within-species-limit");
	/* where the food has a limit for the total, that one judges */
	expect(WHEAT, ITEM("总砷", "0.6", "mg/kg", ""), NOW, "fail", "fail", "over-limit");
	/* and the species never stands in for a total, nor a bare 砷 for either */
	expect(WHEAT, ITEM("无机砷", "0.1", "mg/kg", ""), NOW, "pending", "pending", "no-limit");
	expect(WHEAT, ITEM("砷", "0.1", "mg/kg", ""), NOW, "pending", "pending", "no-limit");
}

/* R: GB 29921; domain 3.4: lists with every separator */
static void
sampling_plans(void **state)
{
	(void)state;
	const char *nuts = "{\"categories\":[\"炒货食品及坚果制品\"],\"market\":\"CN\"}"; /* n=5;c=2;m=10;M=100 */
	expect(nuts, ITEM("大肠菌群", "<10,<10,<10,16,60", "CFU/g", ""), NOW, "pass", "pass", "plan-met");
	expect(nuts, ITEM("大肠菌群", "<10，<10；<10;16,100", "CFU/g", ""), NOW, "pass", "pass", "plan-met");
	expect(nuts, ITEM("大肠菌群", "16,54,60,24,<10", "CFU/g", ""), NOW, "fail", "fail", "plan-failed");
	expect(nuts, ITEM("大肠菌群", "101,0,0,0,0", "CFU/g", ""), NOW, "fail", "fail", "plan-failed");
	expect(nuts, ITEM("大肠菌群", "5,5,5,5", "CFU/g", ""), NOW, "pending", "pending", "plan-count");
	expect(nuts, ITEM("大肠菌群", "5", "CFU/g", ""), NOW, "pending", "pending", "plan-count");
	expect(nuts, ITEM("大肠菌群", "<20,5,5,5,5", "CFU/g", ""), NOW, "pending", "pending", "plan-unclear");
	const char *meat = "{\"categories\":[\"预包装熟肉制品\"],\"market\":\"CN\"}";
	expect(meat, ITEM("沙门氏菌", "未检出,未检出,未检出,未检出,未检出", "/25g", ""), NOW, "pass", "pass", "plan-met");
	expect(meat, ITEM("沙门氏菌", "未检出,未检出,检出,未检出,未检出", "/25g", ""), NOW, "fail", "fail", "plan-failed");
	expect(WHEAT, ITEM("铅", "0.1,0.1", "mg/kg", ""), NOW, "pending", "pending", "list-without-plan");
}

/* R: domain 3.4: what real data hold instead of numbers and names */
static void
pitfalls(void **state)
{
	(void)state;
	expect_error(ITEM("铅", "1.11×10³", "mg/kg", ""), SY_ERR_BAD_NUMBER, "items.0.value");
	expect_error(ITEM("铅", "0.1", "mg/kg", "") "," ITEM("镉", "2.0×105", "mg/kg", ""), SY_ERR_BAD_NUMBER, "items.1.value");
	expect_error(ITEM("铅", "10³", "mg/kg", ""), SY_ERR_BAD_NUMBER, "items.0.value");
	expect_error(ITEM("铅", "1e3", "mg/kg", ""), SY_ERR_BAD_NUMBER, "items.0.value");
	expect_error(ITEM("铅", "0.1,", "mg/kg", ""), SY_ERR_BAD_NUMBER, "items.0.value");
	expect_error(ITEM("铅", "Jan-82", "mg/kg", ""), SY_ERR_BAD_NUMBER, "items.0.value");
	expect_error(ITEM("铅", "119/3", "mg/kg", ""), SY_ERR_BAD_NUMBER, "items.0.value");
	expect_error(ITEM("铅", "０.１", "mg/kg", ""), SY_ERR_BAD_NUMBER, "items.0.value");
	expect_error(ITEM("菌落总数", "2.0×105；1.2×105；7.9×104", "CFU/g", ""), SY_ERR_BAD_NUMBER, "items.0.value");
	expect_error(ITEM("铅", "13000CFU/g", "CFU/g", ""), SY_ERR_BAD_NUMBER, "items.0.value");
	expect_error(ITEM("铅", "0.1", "mg/kg", ",\"lod\":\"0.02mg\""), SY_ERR_BAD_NUMBER, "items.0.lod");
	expect_error(ITEM("铅", "0.1", "mg/kg", ",\"lod\":\"0\""), SY_ERR_OUT_OF_RANGE, "items.0.lod");
	expect_error(ITEM("铅", "0.1", "mg/kg", ",\"lod\":0"), SY_ERR_WRONG_TYPE, "items.0.lod");
	expect_error(ITEM("铅", "0.1", "斤", ""), SY_ERR_UNKNOWN_UNIT, "items.0.unit");
	expect_error("{\"analyte\":\"铅\",\"unit\":\"mg/kg\"}", SY_ERR_MISSING, "items.0.value");
	/* µ is μ, B₁ is B1 is "B 1", brackets of either width */
	expect(PEANUT, ITEM("黄曲霉毒素B₁", "5", "\u00b5g/kg", ""), NOW, "pass", "pass", "within-limit");
	expect(PEANUT, ITEM("黄曲霉毒素 B 1", "5", "\u03bcg/kg", ""), NOW, "pass", "pass", "within-limit");
	expect(PEANUT, ITEM("镉（以Cd计）", "0.1", "mg/kg", ""), NOW, "pass", "pass", "within-limit");
	expect(PEANUT, ITEM("镉(以Cd计)", "0.1", "ｍｇ／ｋｇ", ""), NOW, "pass", "pass", "within-limit");
	/* a glued-on next analyte is no analyte */
	expect(WHEAT, ITEM("铅 灭蝇胺", "0.1", "mg/kg", ""), NOW, "pending", "pending", "unknown-analyte");
	/* no product-independent threshold: chlorpyrifos of cowpea does not judge celery */
	expect("{\"categories\":[\"白芸豆\"],\"market\":\"CN\"}", ITEM("毒死蜱", "0.01", "mg/kg", ""), NOW, "pending", "pending", "no-limit");
	/* two bulletins, two acid values for sesame oil: neither judges */
	expect("{\"categories\":[\"小磨香油\",\"芝麻油\"],\"market\":\"CN\"}", ITEM("酸价", "2.8", "mg/g", ""), NOW, "pending", "pending", "no-limit");
	expect(FISH, ITEM("铅", "1", "CFU/g", ""), NOW, "pending", "pending", "unit-mismatch");
}

/* A report without readable items is no report. */
static void
bad_reports_are_refused(void **state)
{
	(void)state;
	SY_AUTO_JSON *p = json(WHEAT);
	SY_AUTO_JSON *none = json("{}"), *wrong = json("{\"items\":{}}"), *scalar = json("{\"items\":[1]}");
	struct sy_json *out = NULL;
	struct sy_fault f = { 0 };
	assert_int_equal(sy_judge_report(none, p, 2000, &out, &f), SY_ERR_MISSING);
	assert_int_equal(sy_judge_report(wrong, p, 2000, &out, NULL), SY_ERR_WRONG_TYPE);
	assert_int_equal(sy_judge_report(scalar, p, 2000, &out, NULL), SY_ERR_WRONG_TYPE);
	assert_int_equal(sy_judge_agrees(none, p, 2000, NULL), SY_ERR_MISSING);
	assert_int_equal(sy_judge_report(NULL, NULL, 2000, &out, NULL), SY_ERR_MISSING);
	assert_null(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rule_1_accepted_forms),
		cmocka_unit_test(rule_2_detection_limit),
		cmocka_unit_test(rule_3_reference_items),
		cmocka_unit_test(rule_4_snapshot),
		cmocka_unit_test(rule_5_lod_above_limit),
		cmocka_unit_test(rule_6_whole_value),
		cmocka_unit_test(rule_7_selection),
		cmocka_unit_test(rule_8_kind_carried),
		cmocka_unit_test(rule_9_editions),
		cmocka_unit_test(gb2762_edible_part),
		cmocka_unit_test(gb2762_dried),
		cmocka_unit_test(gb2762_total_first),
		cmocka_unit_test(sampling_plans),
		cmocka_unit_test(pitfalls),
		cmocka_unit_test(bad_reports_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
