/* state_init.c: a new state directory with its three keys, see state.h. */
#include "server/signer/state.h"

#include "certs/digest.h"
#include "schema/wire/hex.h"
#include "server/sql_signer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 1024

static enum sy_err
path_of(const char *dir, const char *name, char ret[PATH_SIZE])
{
	return snprintf(ret, PATH_SIZE, "%s/%s", dir, name) < PATH_SIZE ? SY_OK : SY_ERR_TOO_LONG;
}

static enum sy_err
make_passphrase(const char *dir, struct sy_secret **ret, struct sy_fault *reterr)
{
	uint8_t bytes[32];
	char path[PATH_SIZE], text[2 * sizeof bytes + 2];
	SY_TRY(path_of(dir, "passphrase", path));
	SY_TRY(sy_random(bytes, sizeof bytes));
	sy_hex_print(sy_span(bytes, sizeof bytes), text);
	(void)memcpy(text + 2 * sizeof bytes, "\n", 2);
	enum sy_err e = state_file_write(path, sy_span_str(text), reterr);
	if (e == SY_OK)
		e = sy_secret_new(sy_span(text, 2 * sizeof bytes), ret);
	sy_wipe(bytes, sizeof bytes);
	sy_wipe(text, sizeof text);
	return e;
}

static enum sy_err
make_key(const char *dir, const char *name, enum sy_alg alg, const struct sy_secret *passphrase, struct sy_fault *reterr)
{
	char path[PATH_SIZE];
	SY_TRY(path_of(dir, name, path));
	SY_AUTO_KEY *key = NULL;
	SY_TRY(sy_key_generate(alg, &key));
	SY_CLEANUP(sy_buf_done) struct sy_buf pem;
	sy_buf_init(&pem, 8192);
	SY_TRY(sy_key_print_pem(key, passphrase, &pem));
	return state_file_write(path, sy_buf_span(&pem), reterr);
}

static enum sy_err
make_db(const char *dir, const char *origin, struct sy_fault *reterr)
{
	char path[PATH_SIZE];
	SY_TRY(path_of(dir, "signer.db", path));
	SY_CLEANUP(db_closep) struct db *db = NULL;
	SY_TRY(db_open(path, DB_WRITE, &db, reterr));
	SY_TRY(db_migrate(db, signer_migrations, signer_migrations_len, reterr));
	DB_AUTO_STMT *q = NULL;
	SY_TRY(db_prepare(db, "INSERT INTO state (one, origin, size, frontier) VALUES (1, $1, 0, X'')", &q));
	db_bind_text(q, 1, origin);
	return db_run(q);
}

static enum sy_err
sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return SY_ERR_IO;
	int rc = fsync(fd);
	(void)close(fd);
	return rc == 0 ? SY_OK : SY_ERR_IO;
}

/* A name of a note: no spaces, no plus, nothing that could break a line (c2sp.org/signed-note). */
static bool
is_origin(const char *s)
{
	size_t n = strlen(s);
	for (size_t i = 0; i < n; i++)
		if (s[i] <= ' ' || s[i] > '~' || s[i] == '+')
			return false;
	return n > 0 && n <= SY_NOTE_NAME_MAX;
}

enum sy_err
state_init(const char *dir, const char *origin, enum sy_alg label_alg, struct sy_fault *reterr)
{
	if (!is_origin(origin))
		return sy_fault_at(reterr, SY_ERR_MALFORMED, "origin", 0, 0);
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return sy_fault_at(reterr, SY_ERR_IO, dir, 0, 0);
	SY_TRY(state_dir_check(dir, reterr));
	SY_AUTO_SECRET *passphrase = NULL;
	SY_TRY(make_passphrase(dir, &passphrase, reterr)); /* EXISTS: a state is here already */
	SY_TRY(make_key(dir, "label.pem", label_alg, passphrase, reterr));
	SY_TRY(make_key(dir, "log.pem", SY_ALG_ED25519, passphrase, reterr));
	SY_TRY(make_key(dir, "status.pem", SY_ALG_P256, passphrase, reterr));
	SY_TRY(make_db(dir, origin, reterr));
	return sync_dir(dir);
}
