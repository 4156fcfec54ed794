/* The state directory: made once, opened by its owner only, and where the log stands outlives the process. */
#include "server/signer/state.h"

#include "server/signer/client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
temp_dir(char ret[64])
{
	(void)snprintf(ret, 64, "/tmp/suyuan-state-XXXXXX");
	assert_non_null(mkdtemp(ret));
	return ret;
}

static void
remove_dir(const char *dir)
{
	static const char *const names[] = { "passphrase", "label.pem", "log.pem", "status.pem", "signer.db", "signer.db-wal", "signer.db-shm" };
	char path[128];
	for (size_t i = 0; i < SY_LEN(names); i++) {
		(void)snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		(void)unlink(path);
	}
	assert_int_equal(rmdir(dir), 0);
}

/* R: suyuan-signer(8), STATE DIRECTORY. */
static void
init_and_open(void **state)
{
	(void)state;
	char dir[64], path[128];
	struct stat st;
	struct signer *s = NULL;
	struct sy_fault f = { 0 };
	temp_dir(dir);
	assert_int_equal(state_open(dir, &s, NULL), SY_ERR_NOT_FOUND);
	assert_int_equal(state_init(dir, "bad name", SY_ALG_P256, &f), SY_ERR_MALFORMED);
	assert_int_equal(state_init(dir, "q.example.cn/suyuan", SY_ALG_ED25519, NULL), SY_OK);
	assert_int_equal(state_init(dir, "q.example.cn/suyuan", SY_ALG_P256, NULL), SY_ERR_EXISTS);
	(void)snprintf(path, sizeof path, "%s/passphrase", dir);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(state_open(dir, &s, NULL), SY_OK);
	assert_string_equal(s->origin, "q.example.cn/suyuan");
	assert_int_equal(sy_key_alg(s->label), SY_ALG_ED25519);
	assert_int_equal(state_ready(s, state_now(), NULL), SY_ERR_UNAVAILABLE); /* nothing adopted */
	assert_int_equal(state_trust(s, sy_span_str("x"), NULL), SY_ERR_UNAVAILABLE);
	/* A frontier that does not move on is not written: somebody else moved it. */
	SY_CLEANUP(sy_buf_done) struct sy_buf note;
	sy_buf_init(&note, 16384);
	assert_int_equal(state_advance(s, &s->frontier, &note), SY_ERR_LOG_DIFFERS);
	state_close(s);
	assert_int_equal(chmod(dir, 0750), 0);
	assert_int_equal(state_open(dir, &s, &f), SY_ERR_FORBIDDEN);
	assert_int_equal(chmod(dir, 0700), 0);
	remove_dir(dir);
}

/* The frontier is read back as it was written, for every shape of a small tree. */
static void
frontier(void **state)
{
	(void)state;
	char dir[64];
	struct signer *s = NULL;
	struct sy_hash root, again;
	SY_CLEANUP(sy_buf_done) struct sy_buf note;
	sy_buf_init(&note, 16384);
	temp_dir(dir);
	assert_int_equal(state_init(dir, "q.example.cn/suyuan", SY_ALG_P256, NULL), SY_OK);
	for (uint8_t i = 0; i < 5; i++) {
		struct sy_hash leaf = { { i } };
		assert_int_equal(state_open(dir, &s, NULL), SY_OK);
		assert_int_equal(s->frontier.size, i);
		assert_int_equal(sy_frontier_root(&s->frontier, &again), SY_OK);
		if (i > 0)
			assert_memory_equal(root.b, again.b, sizeof root.b);
		assert_int_equal(sy_frontier_add(&s->frontier, &leaf), SY_OK);
		assert_int_equal(state_advance(s, &s->frontier, &note), SY_OK);
		assert_int_equal(sy_frontier_root(&s->frontier, &root), SY_OK);
		state_close(s);
	}
	remove_dir(dir);
}

/* Nobody there: UNAVAILABLE, at once. */
static void
no_signer(void **state)
{
	(void)state;
	struct signer_client *c = NULL;
	struct signer_stream *stream = NULL;
	SY_AUTO_JSON *request = NULL, *answer = NULL;
	assert_int_equal(sy_json_pack(&request, "{s:s}", "op", "hello"), SY_OK);
	assert_int_equal(signer_client_new("/tmp/suyuan-no-such.sock", &c), SY_OK);
	assert_int_equal(signer_client_call(c, request, &answer, NULL), SY_ERR_UNAVAILABLE);
	signer_client_free(c);
	assert_int_equal(signer_stream_open("/tmp/suyuan-no-such.sock", "00", 0, 1, &stream, NULL), SY_ERR_UNAVAILABLE);
	char path[200];
	memset(path, 'a', sizeof path);
	path[sizeof path - 1] = '\0';
	assert_int_equal(signer_client_new(path, &c), SY_ERR_TOO_LONG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(init_and_open), cmocka_unit_test(frontier), cmocka_unit_test(no_signer) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
