/* Labels of a range: in order, each with its own serial, each signature good for its own path. */
#include "server/signer/labels.h"

#include "certs/seal.h"
#include "certs/serial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#define GTIN "09520000000011"

struct check {
	const struct label_run *run;
	struct sy_seal *seal;
	struct sy_serial *serial;
	uint32_t n;
	uint32_t fail_at; /* the sink refuses here */
};

static void
check_record(struct check *c, const uint8_t *r)
{
	uint32_t counter = 0;
	char path[SY_LINK_PATH_MAX + 1];
	struct sy_token t;
	SY_CLEANUP(sy_buf_done) struct sy_buf message;
	sy_buf_init(&message, 1024);
	assert_int_equal(sy_serial_parse(c->serial, sy_span(r, 10), &counter, NULL), SY_OK);
	assert_int_equal(counter, c->run->first + c->n);
	memcpy(path, c->run->path, sizeof path);
	memcpy(path + strlen(path) - 10, r, 10);
	sy_token_message(sy_span_str(c->run->origin), sy_span_str(path), r + 10, &message);
	assert_int_equal(sy_seal_verify(c->seal, sy_buf_span(&message), r + 10 + SY_TOKEN_BODY), SY_OK);
	assert_int_equal(sy_token_parse(r + 10, &t, NULL), SY_OK);
	assert_int_equal(t.kid, c->run->token.kid);
	c->n++;
}

static enum sy_err
sink(void *arg, struct sy_span records)
{
	struct check *c = arg;
	assert_int_equal(records.len % LABEL_SIZE, 0);
	assert_true(records.len <= LABEL_CHUNK * LABEL_SIZE);
	if (c->fail_at != 0 && c->n >= c->fail_at)
		return SY_ERR_IO;
	for (size_t i = 0; i < records.len; i += LABEL_SIZE)
		check_record(c, records.data + i);
	return SY_OK;
}

static void
make_run(struct label_run *run, struct sy_key *key, uint32_t first, uint32_t count)
{
	*run = (struct label_run){ .key = key, .origin = "q.example.cn/suyuan", .item = GTIN, .first = first, .count = count };
	run->token = (struct sy_token){ .kid = 7, .day_issued = 2500, .best_before = SY_BEST_BEFORE_NONE, .basis = SY_BASIS_REPORT, .county = 411724 };
	memset(run->serial_key, 0x5A, sizeof run->serial_key);
	assert_int_equal(sy_link_path(false, GTIN, "ZY1", "0000000000", run->path), SY_OK);
}

/* R: suyuan-signer(8), labels: in order, whatever thread signed them; one thread, many chunks, a last short one. */
static void
in_order(void **state)
{
	(void)state;
	static const uint32_t counts[] = { 1, 2, 511, 512, 513, 6000 };
	SY_AUTO_KEY *key = NULL;
	assert_int_equal(sy_key_generate(SY_ALG_P256, &key), SY_OK);
	for (size_t i = 0; i < SY_LEN(counts); i++) {
		struct label_run run;
		struct check c = { .run = &run };
		make_run(&run, key, 1000 + (uint32_t)i, counts[i]);
		assert_int_equal(sy_seal_new(key, &c.seal), SY_OK);
		assert_int_equal(sy_serial_new(run.serial_key, sy_span_str(GTIN), &c.serial), SY_OK);
		assert_int_equal(labels_make(&run, sink, &c), SY_OK);
		assert_int_equal(c.n, counts[i]);
		sy_seal_free(c.seal);
		sy_serial_free(c.serial);
	}
}

/* A reader that goes away ends the run at once, with all threads collected. */
static void
reader_gone(void **state)
{
	(void)state;
	SY_AUTO_KEY *key = NULL;
	struct label_run run;
	struct check c = { .run = &run, .fail_at = 1024 };
	assert_int_equal(sy_key_generate(SY_ALG_P256, &key), SY_OK);
	make_run(&run, key, 0, 20000);
	assert_int_equal(sy_seal_new(key, &c.seal), SY_OK);
	assert_int_equal(sy_serial_new(run.serial_key, sy_span_str(GTIN), &c.serial), SY_OK);
	assert_int_equal(labels_make(&run, sink, &c), SY_ERR_IO);
	assert_int_equal(c.n, 1024);
	sy_seal_free(c.seal);
	sy_serial_free(c.serial);
}

/* Counters end at 2^30 (trust.md, "The label"): no label is made beyond. */
static void
exhausted(void **state)
{
	(void)state;
	SY_AUTO_KEY *key = NULL;
	struct label_run run;
	struct check c = { .run = &run };
	assert_int_equal(sy_key_generate(SY_ALG_P256, &key), SY_OK);
	make_run(&run, key, SY_SERIAL_COUNT - 1, 2);
	assert_int_equal(sy_seal_new(key, &c.seal), SY_OK);
	assert_int_equal(sy_serial_new(run.serial_key, sy_span_str(GTIN), &c.serial), SY_OK);
	assert_int_equal(labels_make(&run, sink, &c), SY_ERR_EXHAUSTED);
	assert_int_equal(c.n, 0);
	sy_seal_free(c.seal);
	sy_serial_free(c.serial);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(in_order), cmocka_unit_test(reader_gone), cmocka_unit_test(exhausted) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
