/* statement.c: what is sealed: strict in, strict out, and the same both ways. */
#include "schema/model/statement.h"
#include "tests/unit/schema/model/record.h"

#define HEAD(type) "{\"id\":\"" ID "\",\"issuer\":\"" ID2 "\",\"private_sha256\":null,\"public_sha256\":\"" LEAF "\","
#define TAIL(type) "\"supersedes\":null,\"time\":\"2026-11-23T08:00:00Z\",\"type\":\"" type "\",\"version\":1}"
/* Members in canonical order: figures before id, subject before supersedes. */
#define WHOLE(type, figures, subject)                                                                                                      \
	"{\"figures\":" figures ",\"id\":\"" ID "\",\"issuer\":\"" ID2 "\",\"private_sha256\":null,\"public_sha256\":\"" LEAF "\","         \
	"\"subject\":" subject "," TAIL(type)
#define RELEASE_FIGURES                                                                                                                    \
	"{\"basis\":1,\"best_before\":\"2027-09-16\",\"certified\":5,\"county\":\"411724\",\"grade\":1,"                                  \
	"\"quantity\":{\"uom\":\"KGM\",\"value\":1000},\"serial_key_sha256\":\"" LEAF2 "\",\"status_index\":77,\"units\":2000}"
#define RELEASE_SUBJECT "{\"certificates\":[],\"lot\":\"" LEAF "\",\"product\":\"" LEAF2 "\",\"reports\":[\"" LEAF "\"]}"

static const char *const good[] = {
	HEAD("") TAIL("party"),
	HEAD("") TAIL("product"),
	HEAD("") TAIL("lot"),
	HEAD("") TAIL("report"),
	HEAD("") TAIL("certificate"),
	HEAD("") TAIL("trust"),
	HEAD("") TAIL("status"),
	WHOLE("release", RELEASE_FIGURES, RELEASE_SUBJECT),
	WHOLE("release",
	    "{\"basis\":3,\"best_before\":null,\"certified\":8,\"county\":\"411726\",\"grade\":0,"
	    "\"quantity\":{\"uom\":\"KGM\",\"value\":1},\"serial_key_sha256\":null,\"status_index\":0,\"units\":0}",
	    "{\"certificates\":[\"" LEAF2 "\"],\"lot\":\"" LEAF "\",\"product\":\"" LEAF2 "\",\"reports\":[]}"),
	WHOLE("allocation", "{\"count\":100,\"first\":0}", "{\"release\":\"" LEAF "\"}"),
	WHOLE("activation", "{\"count\":100,\"first\":0}", "{\"allocation\":\"" LEAF "\"}"),
	WHOLE("hold", "{\"class\":\"safety\",\"open\":true}", "{\"kind\":\"lot\",\"leaf\":\"" LEAF "\"}"),
	WHOLE("hold", "{\"class\":\"certificate\",\"open\":false}", "{\"kind\":\"certificate\",\"leaf\":\"" LEAF "\"}"),
	WHOLE("void", "{\"count\":5,\"first\":3}", "{\"kind\":\"labels\",\"release\":\"" LEAF "\"}"),
	WHOLE("void", "{}", "{\"kind\":\"report\",\"leaf\":\"" LEAF "\"}"),
	WHOLE("recall", "{\"open\":true}", "{\"lots\":[\"" LEAF "\",\"" LEAF2 "\"]}"),
};

static void
test_round_trip(void **state)
{
	(void)state;
	for (size_t i = 0; i < SY_LEN(good); i++) {
		SY_AUTO_STATEMENT s = { 0 };
		struct sy_fault f = { 0 };
		if (sy_statement_parse(sy_span_str(good[i]), &s, &f) != SY_OK)
			print_message("%s: %s at \"%s\" %zu\n", good[i], sy_err_slug(f.err), f.field, f.offset);
		assert_int_equal(f.err, SY_OK);
		struct sy_buf b;
		sy_buf_init(&b, SY_STATEMENT_MAX);
		assert_int_equal(sy_statement_print(&s, &b, NULL), SY_OK);
		assert_string_equal(sy_buf_cstr(&b), good[i]);
		sy_buf_done(&b);
	}
}

static void
test_members(void **state)
{
	(void)state;
	SY_AUTO_STATEMENT s = { 0 };
	assert_int_equal(sy_statement_parse(sy_span_str(good[7]), &s, NULL), SY_OK);
	assert_string_equal(s.type, "release");
	assert_ptr_equal(s.type, sy_statement_type("release"));
	assert_string_equal(s.id, ID);
	assert_string_equal(s.issuer, ID2);
	assert_int_equal(s.version, 1);
	assert_string_equal(s.supersedes, "");
	assert_int_equal(s.time, 1795420800);
	assert_string_equal(s.public_sha256, LEAF);
	assert_string_equal(s.private_sha256, "");
	assert_int_equal(sy_json_get_int(s.figures, "units", 0), 2000);
	assert_string_equal(sy_json_get_str(s.subject, "lot"), LEAF);
	assert_null(sy_statement_type("sample"));
	assert_null(sy_statement_type(NULL));
	assert_string_equal(sy_statement_type_at(0), "party");
	assert_null(sy_statement_type_at(99));
}

/* text with the first `from` replaced by `to`. */
static void
refuses(const char *text, const char *from, const char *to, enum sy_err err, const char *field)
{
	struct sy_buf b;
	sy_buf_init(&b, 100000);
	const char *hit = strstr(text, from);
	assert_non_null(hit);
	sy_buf_add(&b, text, (size_t)(hit - text));
	sy_buf_add_str(&b, to);
	sy_buf_add_str(&b, hit + strlen(from));
	struct sy_statement s;
	struct sy_fault f = { 0 };
	enum sy_err e = sy_statement_parse(sy_buf_span(&b), &s, &f);
	if (e != err || strcmp(f.field, field) != 0)
		print_message("%s -> %s: %s at \"%s\"\n", from, to, sy_err_slug(e), f.field);
	assert_int_equal(e, err);
	assert_string_equal(f.field, field);
	assert_null(s.doc);
	sy_buf_done(&b);
}

static void
test_head_refused(void **state)
{
	(void)state;
	const char *t = good[0];
	refuses(t, "\"party\"", "\"sample\"", SY_ERR_UNKNOWN_CODE, "type");
	refuses(t, "\"party\"", "\"release\"", SY_ERR_MISSING, "subject");
	refuses(t, "\"version\":1", "\"version\":0", SY_ERR_OUT_OF_RANGE, "version");
	refuses(t, "\"version\":1", "\"version\":2", SY_ERR_MISSING, "supersedes");
	refuses(t, "\"supersedes\":null", "\"supersedes\":\"" LEAF "\"", SY_ERR_OUT_OF_RANGE, "supersedes");
	refuses(t, "\"version\":1", "\"version\":\"1\"", SY_ERR_WRONG_TYPE, "version");
	refuses(t, ID, "x", SY_ERR_BAD_CHARACTER, "id");
	refuses(t, "08:00:00Z", "08:00:00+08:00", SY_ERR_BAD_TIME, "time");
	refuses(t, "\"public_sha256\":\"" LEAF "\"", "\"public_sha256\":null", SY_ERR_WRONG_TYPE, "public_sha256");
	refuses(t, "\"private_sha256\":null,", "", SY_ERR_MISSING, "private_sha256");
	refuses(t, "\"version\":1", "\"version\":1,\"why\":\"x\"", SY_ERR_UNKNOWN_FIELD, "why");
	refuses(t, "\"version\":1", "\"version\": 1", SY_ERR_NOT_CANONICAL, "");
	refuses(t, "\"version\":1", "\"version\":1.0", SY_ERR_BAD_NUMBER, "version");
	refuses(t, "{", "[{", SY_ERR_BAD_JSON, "");
	refuses(t, t, "[]", SY_ERR_WRONG_TYPE, "");
	refuses(t, t, "", SY_ERR_BAD_JSON, "");
	refuses(t, "\"supersedes\"", "\"subject\":{},\"supersedes\"", SY_ERR_UNKNOWN_FIELD, "subject");
}

static void
test_parts_refused(void **state)
{
	(void)state;
	const char *release = good[7];
	refuses(release, "\"basis\":1", "\"basis\":4", SY_ERR_OUT_OF_RANGE, "figures.basis");
	refuses(release, "\"basis\":1", "\"basis\":2", SY_ERR_MISSING, "subject.certificates");
	refuses(release, "\"reports\":[\"" LEAF "\"]", "\"reports\":[]", SY_ERR_MISSING, "subject.reports");
	refuses(release, "\"reports\":[\"" LEAF "\"]", "\"reports\":[\"" LEAF "\",\"" LEAF "\"]", SY_ERR_DUPLICATE_FIELD, "subject.reports.1");
	refuses(release, "\"certified\":5", "\"certified\":16", SY_ERR_OUT_OF_RANGE, "figures.certified");
	refuses(release, "\"units\":2000", "\"units\":0", SY_ERR_OUT_OF_RANGE, "figures.serial_key_sha256");
	refuses(release, "\"serial_key_sha256\":\"" LEAF2 "\"", "\"serial_key_sha256\":null", SY_ERR_MISSING, "figures.serial_key_sha256");
	refuses(release, "\"status_index\":77", "\"status_index\":16777216", SY_ERR_OUT_OF_RANGE, "figures.status_index");
	refuses(release, "\"value\":1000", "\"value\":0", SY_ERR_OUT_OF_RANGE, "figures.quantity.value");
	refuses(release, "411724", "001724", SY_ERR_UNKNOWN_CODE, "figures.county");
	refuses(good[9], "\"count\":100", "\"count\":0", SY_ERR_OUT_OF_RANGE, "figures.count");
	refuses(good[9], "{\"count\":100,\"first\":0}", "{\"count\":1073741824,\"first\":1}", SY_ERR_OUT_OF_RANGE, "figures.count");
	refuses(good[9], "\"release\":\"" LEAF "\"", "\"allocation\":\"" LEAF "\"", SY_ERR_UNKNOWN_FIELD, "subject.allocation");
	refuses(good[11], "safety", "certificate", SY_ERR_OUT_OF_RANGE, "figures.class");
	refuses(good[13], "{\"count\":5,\"first\":3}", "{}", SY_ERR_MISSING, "figures.first");
	refuses(good[13], "{\"count\":5,\"first\":3}", "{\"count\":5}", SY_ERR_MISSING, "figures.first");
	refuses(good[13], "\"release\":", "\"leaf\":", SY_ERR_MISSING, "subject.release");
	refuses(good[14], "{}", "{\"count\":5,\"first\":3}", SY_ERR_UNKNOWN_FIELD, "figures.first");
	refuses(good[14], "\"kind\":\"report\",\"leaf\"", "\"kind\":\"report\",\"release\"", SY_ERR_MISSING, "subject.leaf");
	refuses(good[15], "\"lots\":[\"" LEAF "\",\"" LEAF2 "\"]", "\"lots\":[]", SY_ERR_TOO_SHORT, "subject.lots");
	refuses(good[15], "{\"open\":true}", "null", SY_ERR_WRONG_TYPE, "figures");
}

static void
test_print_refuses(void **state)
{
	(void)state;
	SY_AUTO_STATEMENT s = { 0 };
	struct sy_buf b;
	sy_buf_init(&b, SY_STATEMENT_MAX);
	assert_int_equal(sy_statement_parse(sy_span_str(good[0]), &s, NULL), SY_OK);
	s.time = INT64_MAX;
	assert_int_equal(sy_statement_print(&s, &b, NULL), SY_ERR_BAD_TIME);
	s.time = 1795420800;
	s.type = NULL;
	assert_int_not_equal(sy_statement_print(&s, &b, NULL), SY_OK);
	s.type = "release";
	assert_int_equal(sy_statement_print(&s, &b, NULL), SY_ERR_MISSING);
	s.type = "lot";
	s.version = 2;
	assert_int_equal(sy_statement_print(&s, &b, NULL), SY_ERR_MISSING);
	s.version = 1;
	s.public_sha256[0] = '\0';
	assert_int_equal(sy_statement_print(&s, &b, NULL), SY_ERR_WRONG_TYPE);
	assert_int_equal(b.len, 0); /* nothing was written of any */
	sy_buf_done(&b);
}

static void
test_too_long(void **state)
{
	(void)state;
	char big[SY_STATEMENT_MAX + 1];
	memset(big, ' ', sizeof big);
	struct sy_statement s;
	assert_int_equal(sy_statement_parse(sy_span(big, sizeof big), &s, NULL), SY_ERR_TOO_LONG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_head_refused),
		cmocka_unit_test(test_parts_refused),
		cmocka_unit_test(test_print_refuses),
		cmocka_unit_test(test_too_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
