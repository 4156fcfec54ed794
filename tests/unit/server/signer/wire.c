/* Frames of suyuan-signer(8): what is cut, slow or too long ends in an error, never in half a frame. */
#include "server/signer/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void
make_pair(int fd[2])
{
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
}

/* A frame comes out as it went in, also an empty one, and two in a row are two. */
static void
round_trip(void **state)
{
	(void)state;
	int fd[2];
	make_pair(fd);
	SY_CLEANUP(sy_buf_done) struct sy_buf in;
	sy_buf_init(&in, 1024);
	assert_int_equal(wire_send(fd[0], sy_span_str("hello"), 1), SY_OK);
	assert_int_equal(wire_send(fd[0], sy_span("", 0), 1), SY_OK);
	assert_int_equal(wire_recv(fd[1], &in, 1, 1), SY_OK);
	assert_true(sy_span_eq_str(sy_buf_span(&in), "hello"));
	assert_int_equal(wire_recv(fd[1], &in, 1, 1), SY_OK);
	assert_int_equal(in.len, 0);
	(void)close(fd[0]);
	assert_int_equal(wire_recv(fd[1], &in, 1, 1), SY_ERR_NOT_FOUND);
	(void)close(fd[1]);
}

/* R: suyuan-signer(8): a frame must come whole in its time; a length above the limit is not waited for. */
static void
bad_frames(void **state)
{
	(void)state;
	int fd[2];
	SY_CLEANUP(sy_buf_done) struct sy_buf in;
	sy_buf_init(&in, 1024);
	static const struct {
		const char *bytes;
		size_t len;
		enum sy_err err;
	} rows[] = {
		{ "\0\0\0\5hel", 7, SY_ERR_IO }, { "\0\0", 2, SY_ERR_IO }, { "\377\377\377\377", 4, SY_ERR_TOO_LARGE }, { "\0\0\4\1", 4, SY_ERR_TOO_LARGE },
	};
	for (size_t i = 0; i < SY_LEN(rows); i++) {
		make_pair(fd);
		assert_int_equal(write(fd[0], rows[i].bytes, rows[i].len), rows[i].len);
		assert_int_equal(wire_recv(fd[1], &in, 1, 1), rows[i].err); /* slow */
		(void)close(fd[0]);
		(void)close(fd[1]);
		make_pair(fd);
		assert_int_equal(write(fd[0], rows[i].bytes, rows[i].len), rows[i].len);
		(void)close(fd[0]);
		assert_int_equal(wire_recv(fd[1], &in, 1, 1), rows[i].err); /* cut */
		(void)close(fd[1]);
	}
}

/* A reader that does not read, and one that is gone. */
static void
bad_readers(void **state)
{
	(void)state;
	int fd[2];
	static uint8_t big[4u << 20];
	make_pair(fd);
	assert_int_equal(wire_send(fd[0], sy_span(big, sizeof big), 1), SY_ERR_IO);
	(void)close(fd[1]);
	assert_int_equal(wire_send(fd[0], sy_span_str("x"), 1), SY_ERR_IO);
	(void)close(fd[0]);
	assert_int_equal(wire_send(-1, sy_span(big, WIRE_FRAME_MAX + 1), 1), SY_ERR_TOO_LARGE);
}

/* Every error goes over and comes back as itself, with its field. */
static void
errors(void **state)
{
	(void)state;
	struct sy_fault f = { 0 }, g = { 0 };
	SY_AUTO_JSON *v = NULL;
	(void)sy_fault_say(&f, SY_ERR_OVER_QUANTITY, "entries.2.figures.quantity", "多 %d", "%d more", 7);
	assert_int_equal(wire_error_json(SY_ERR_OVER_QUANTITY, &f, &v), SY_OK);
	assert_int_equal(wire_error_of(v, &g), SY_ERR_OVER_QUANTITY);
	assert_string_equal(g.field, "entries.2.figures.quantity");
	assert_string_equal(g.zh, "多 7");
	assert_string_equal(g.en, "7 more");
	SY_AUTO_JSON *ok = NULL, *strange = NULL, *plain = NULL;
	assert_int_equal(sy_json_parse(sy_span_str("{\"ok\":true}"), &ok, NULL), SY_OK);
	assert_int_equal(wire_error_of(ok, NULL), SY_OK);
	assert_int_equal(sy_json_parse(sy_span_str("{\"error\":{\"slug\":\"no-such\"}}"), &strange, NULL), SY_OK);
	assert_int_equal(wire_error_of(strange, &g), SY_ERR_INTERNAL);
	/* A fault of another error is not mixed in. */
	assert_int_equal(wire_error_json(SY_ERR_IO, &f, &plain), SY_OK);
	assert_int_equal(wire_error_of(plain, &g), SY_ERR_IO);
	assert_string_equal(g.field, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(round_trip), cmocka_unit_test(bad_frames), cmocka_unit_test(bad_readers), cmocka_unit_test(errors) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
