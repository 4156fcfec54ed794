/* Secrets: copied, read from a file that nobody else may read. */
#include "vectors.h"

#include "certs/secret.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void
copies(void **state)
{
	(void)state;
	char text[] = "correct horse";
	SY_AUTO_SECRET *s = NULL;
	assert_int_equal(sy_secret_new(sy_span_str(text), &s), SY_OK);
	sy_wipe(text, sizeof text);
	assert_true(sy_span_eq_str(sy_secret_span(s), "correct horse"));
	assert_int_equal(text[0], 0);
	SY_AUTO_SECRET *empty = NULL;
	assert_int_equal(sy_secret_new(sy_span(NULL, 0), &empty), SY_OK);
	assert_int_equal(sy_secret_span(empty).len, 0);
	sy_secret_free(NULL);
}

static void
random_length(void **state)
{
	(void)state;
	SY_AUTO_SECRET *a = NULL;
	SY_AUTO_SECRET *b = NULL;
	assert_int_equal(sy_secret_random(10000, &a), SY_OK);
	assert_int_equal(sy_secret_random(10000, &b), SY_OK);
	assert_int_equal(sy_secret_span(a).len, 10000);
	assert_false(sy_span_eq(sy_secret_span(a), sy_secret_span(b)));
}

static enum sy_err
read_text(const char *text, size_t len, mode_t mode, struct sy_secret **ret, struct sy_fault *fault)
{
	char path[] = "/tmp/suyuan-secret-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), (ssize_t)len);
	assert_int_equal(fchmod(fd, mode), 0);
	(void)close(fd);
	enum sy_err err = sy_secret_read(path, ret, fault);
	(void)unlink(path);
	return err;
}

static void
reads_first_line(void **state)
{
	(void)state;
	static const struct { const char *text, *want; } good[] = {
		{ "one\ntwo\n", "one" }, { "one", "one" }, { " sp ace \n", " sp ace " }, { "crlf\r\n", "crlf\r" } };
	for (size_t i = 0; i < SY_LEN(good); i++) {
		SY_AUTO_SECRET *s = NULL;
		assert_int_equal(read_text(good[i].text, strlen(good[i].text), 0600, &s, NULL), SY_OK);
		assert_true(sy_span_eq_str(sy_secret_span(s), good[i].want));
	}
	char long_line[1026];
	memset(long_line, 'a', sizeof long_line);
	long_line[1024] = '\n';
	SY_AUTO_SECRET *s = NULL;
	assert_int_equal(read_text(long_line, 1025, 0400, &s, NULL), SY_OK);
	assert_int_equal(sy_secret_span(s).len, 1024);
}

static void
refuses(void **state)
{
	(void)state;
	struct sy_secret *s = NULL;
	struct sy_fault fault = { 0 };
	char long_line[1025];
	memset(long_line, 'a', sizeof long_line);
	assert_int_equal(read_text("", 0, 0600, &s, NULL), SY_ERR_TOO_SHORT);
	assert_int_equal(read_text("\nx\n", 3, 0600, &s, NULL), SY_ERR_TOO_SHORT);
	assert_int_equal(read_text(long_line, 1025, 0600, &s, NULL), SY_ERR_TOO_LONG);
	assert_int_equal(read_text("x\n", 2, 0640, &s, &fault), SY_ERR_BAD_CONFIG);
	assert_non_null(strstr(fault.en, "chmod 600"));
	assert_int_equal(read_text("x\n", 2, 0604, &s, NULL), SY_ERR_BAD_CONFIG);
	assert_int_equal(read_text("x\n", 2, 0610, &s, NULL), SY_ERR_BAD_CONFIG);
	assert_int_equal(sy_secret_read("/nonexistent/file", &s, NULL), SY_ERR_NOT_FOUND);
	assert_int_equal(sy_secret_read("/tmp", &s, NULL), SY_ERR_BAD_CONFIG);
	assert_int_equal(sy_secret_read("/dev/zero", &s, NULL), SY_ERR_BAD_CONFIG);
	assert_null(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies),
		cmocka_unit_test(random_length),
		cmocka_unit_test(reads_first_line),
		cmocka_unit_test(refuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
