/* schema.c: with memory failing at the first, second, ... n-th request, each
 * scenario either gives its right result or an error: no crash, no leak (ASan
 * looks), and never a result that differs. R: gs1-syntax-engine's way of testing.
 *
 * Requests of our own code and, through wire/json.c's watched_malloc, of jansson
 * are caught with the linker's --wrap; those inside zlib are not failed here.
 * Without that watch jansson 2.14 loses a byte of a long string and says OK. */
#include "schema/model/quantity.h"
#include "schema/model/shapes.h"
#include "schema/model/statement.h"
#include "schema/wire/b64.h"
#include "schema/wire/canon.h"
#include "schema/wire/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);

static size_t left = SIZE_MAX; /* requests until one fails; later ones succeed again */
static bool failed;

static bool
fails(void)
{
	if (left == SIZE_MAX || left-- > 0)
		return false;
	left = SIZE_MAX;
	failed = true;
	return true;
}

void *
__wrap_malloc(size_t n)
{
	return fails() ? NULL : __real_malloc(n);
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : __real_calloc(n, size);
}

void *
__wrap_realloc(void *p, size_t n)
{
	return fails() ? NULL : __real_realloc(p, n);
}

#define ID "00112233445566778899aabbccddeeff"
#define LEAF "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static enum sy_err
canonical(const struct sy_json *v, struct sy_buf *out)
{
	sy_canon_print(v, out);
	return sy_buf_err(out);
}

static enum sy_err
run_json(struct sy_buf *out)
{
	SY_AUTO_JSON *v = NULL;
	SY_TRY(sy_json_parse(sy_span_str("{\"b\":[1,\"two\",null,{\"x\":\"正阳\"}],\"a\":{\"long\":\"0123456789012345678901234567890123456789\"}}"), &v, NULL));
	SY_AUTO_JSON *copy = sy_json_copy(v);
	if (copy == NULL)
		return SY_ERR_NO_MEMORY;
	SY_TRY(sy_json_set(copy, "c", sy_json_from_int(7)));
	SY_TRY(sy_json_append(copy, NULL) == SY_OK ? SY_ERR_INTERNAL : SY_OK);
	return canonical(copy, out);
}

static enum sy_err
run_many(struct sy_buf *out)
{
	SY_AUTO_JSON *v = sy_json_object();
	for (int i = 0; i < 40; i++) {
		char name[] = { 'm', (char)('0' + i / 10), (char)('0' + i % 10), '\0' };
		SY_TRY(sy_json_set(v, name, sy_json_from_int(i)));
	}
	return canonical(v, out);
}

static enum sy_err
run_split(struct sy_buf *out)
{
	SY_AUTO_JSON *v = NULL;
	SY_TRY(sy_json_parse(sy_span_str("{\"name\":\"演示\",\"uscc\":\"91411724MA00000012\",\"kinds\":[\"processor\"],\"county\":\"411724\",\"address\":\"x\","
					 "\"demonstration\":true,\"contact_name\":\"王一\",\"licences\":[{\"kind\":\"SC\",\"number\":\"SC10241172300016\"}]}"),
	    &v, NULL));
	SY_TRY(sy_shape_check(&sy_shape_party, v, NULL));
	struct sy_json *public_body = NULL, *private_body = NULL;
	SY_TRY(sy_shape_split(&sy_shape_party, v, ID, ID, &public_body, &private_body));
	SY_AUTO_JSON *held_public = public_body;
	SY_AUTO_JSON *held_private = private_body;
	SY_TRY(private_body == NULL ? SY_ERR_INTERNAL : SY_OK);
	SY_AUTO_JSON *again = NULL;
	SY_TRY(sy_shape_join(&sy_shape_party, public_body, private_body, &again));
	SY_TRY(canonical(held_public, out));
	SY_TRY(canonical(held_private, out));
	return canonical(again, out);
}

static enum sy_err
run_statement(struct sy_buf *out)
{
	SY_AUTO_STATEMENT s = { 0 };
	SY_TRY(sy_statement_parse(sy_span_str("{\"figures\":{\"count\":5,\"first\":3},\"id\":\"" ID "\",\"issuer\":\"" ID "\",\"private_sha256\":null,"
					      "\"public_sha256\":\"" LEAF "\",\"subject\":{\"kind\":\"labels\",\"release\":\"" LEAF "\"},"
					      "\"supersedes\":null,\"time\":\"2026-11-23T08:00:00Z\",\"type\":\"void\",\"version\":1}"),
	    &s, NULL));
	return sy_statement_print(&s, out, NULL);
}

static enum sy_err
run_schema(struct sy_buf *out)
{
	SY_AUTO_JSON *v = NULL;
	SY_TRY(sy_shape_json_schema(&sy_shape_hold, true, &v));
	return canonical(v, out);
}

static enum sy_err
run_bytes(struct sy_buf *out)
{
	struct sy_csv c;
	bool more = false;
	sy_csv_init(&c, sy_span_str("\"正阳花生\",b\r\n"), 1000);
	enum sy_err e = sy_csv_next(&c, &more, NULL);
	if (e == SY_OK)
		sy_b64_add(out, sy_csv_cell(&c, 0));
	sy_csv_done(&c);
	SY_TRY(e);
	const struct sy_quantity q = { .value = 5, .uom = "TNE" };
	SY_AUTO_JSON *v = sy_quantity_json(&q);
	return v == NULL ? SY_ERR_NO_MEMORY : canonical(v, out);
}

static enum sy_err (*const scenarios[])(struct sy_buf *) = { run_json, run_many, run_split, run_statement, run_schema, run_bytes };

static void
test_nth_fails(void **state)
{
	(void)state;
	for (size_t i = 0; i < SY_LEN(scenarios); i++) {
		struct sy_buf want;
		sy_buf_init(&want, 1 << 20);
		assert_int_equal(scenarios[i](&want), SY_OK);
		size_t n = 0;
		for (failed = true; failed; n++) {
			struct sy_buf got;
			sy_buf_init(&got, 1 << 20);
			failed = false;
			left = n;
			enum sy_err e = scenarios[i](&got);
			left = SIZE_MAX;
			if (e == SY_OK && !sy_span_eq(sy_buf_span(&got), sy_buf_span(&want)))
				print_message("scenario %zu, request %zu: OK with %s\n", i, n, sy_buf_cstr(&got));
			if (e == SY_OK)
				assert_true(sy_span_eq(sy_buf_span(&got), sy_buf_span(&want)));
			else
				assert_true(failed);
			sy_buf_done(&got);
		}
		print_message("scenario %zu: %zu requests\n", i, n - 1);
		assert_true(n > 5);
		sy_buf_done(&want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nth_fails),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
