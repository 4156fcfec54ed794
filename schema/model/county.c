/* county.c: see county.h. */
#include "schema/model/county.h"

#include "schema/model/pattern.h"

static const struct {
	uint32_t code;
	const char *name;
} known[] = {
	{ 411702, "驿城区" },
	{ 411721, "西平县" },
	{ 411722, "上蔡县" },
	{ 411723, "平舆县" },
	{ 411724, "正阳县" },
	{ 411725, "确山县" },
	{ 411726, "泌阳县" },
	{ 411727, "汝南县" },
	{ 411728, "遂平县" },
	{ 411729, "新蔡县" },
	{ 411771, "驻马店经济开发区" },
};

bool
sy_county_known(uint32_t code, const char **retname)
{
	for (size_t i = 0; i < SY_LEN(known); i++) {
		if (known[i].code == code) {
			*retname = known[i].name;
			return true;
		}
	}
	*retname = NULL;
	return false;
}

bool
sy_county_province(uint32_t code)
{
	static const uint8_t provinces[] = { 11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61,
		62, 63, 64, 65, 71, 81, 82 };
	for (size_t i = 0; i < SY_LEN(provinces); i++)
		if (provinces[i] == code / 10000)
			return true;
	return false;
}

enum sy_err
sy_county_check(struct sy_span text, struct sy_fault *reterr)
{
	SY_TRY(sy_pattern_check(text, "999999", reterr));
	if (!sy_county_province(sy_pattern_number(text, 0, 6)))
		return sy_pattern_fault(reterr, SY_ERR_UNKNOWN_CODE, 0, 2, "前两位不是已知的省级行政区划代码", "The first two digits are not the code of a province");
	return SY_OK;
}

uint32_t
sy_county_code(struct sy_span text)
{
	return sy_county_check(text, NULL) == SY_OK ? sy_pattern_number(text, 0, 6) : 0;
}
