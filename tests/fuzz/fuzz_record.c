/* fuzz_record.c: the first byte chooses a record; what follows is a request or a
 * statement. What is accepted splits and joins to itself; a statement that is
 * accepted is printed as the same bytes. */
#include "schema/model/shapes.h"
#include "schema/model/statement.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
check_statement(struct sy_span text)
{
	SY_AUTO_STATEMENT s = { 0 };
	struct sy_buf b;
	if (sy_statement_parse(text, &s, NULL) != SY_OK)
		return;
	sy_buf_init(&b, SY_STATEMENT_MAX);
	must(sy_statement_print(&s, &b, NULL) == SY_OK);
	must(sy_span_eq(sy_buf_span(&b), text));
	sy_buf_done(&b);
}

static void
check_record(const struct sy_shape *shape, struct sy_span text)
{
	static const char salt[] = "00112233445566778899aabbccddeeff";
	SY_AUTO_JSON *v = NULL;
	struct sy_fault f = { 0 };
	if (sy_json_parse(text, &v, NULL) != SY_OK)
		return;
	enum sy_err e = sy_shape_check(shape, v, &f);
	must(f.err == e);
	/* The stored checks must hold on anything too. */
	(void)!sy_shape_check_stored(shape, SY_PART_PUBLIC, v, NULL);
	(void)!sy_shape_check_stored(shape, SY_PART_PRIVATE, v, NULL);
	if (e != SY_OK)
		return;
	struct sy_json *public_body = NULL, *private_body = NULL, *again = NULL;
	must(sy_shape_split(shape, v, salt, salt, &public_body, &private_body) == SY_OK);
	must(private_body == NULL || sy_shape_check_stored(shape, SY_PART_PRIVATE, private_body, NULL) == SY_OK);
	must(sy_shape_join(shape, public_body, private_body, &again) == SY_OK);
	must(sy_json_eq(v, again));
	sy_json_free(public_body);
	sy_json_free(private_body);
	sy_json_free(again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	check_statement(sy_span(data, size));
	check_statement(sy_span(data + 1, size - 1));
	size_t n = 0;
	while (sy_shapes_at(n) != NULL)
		n++;
	check_record(sy_shapes_at(data[0] % n), sy_span(data + 1, size - 1));
	return 0;
}
