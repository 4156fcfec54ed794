/* remember.c: see remember.h. */
#include "tagger/cmd/remember.h"

#include "certs/trust.h"
#include "tagger/cmd/files.h"
#include "tagger/seen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* XDG Base Directory: a path that is not absolute counts as not set. */
static bool
default_path(char *ret, size_t size)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	int n = -1;
	if (state != NULL && state[0] == '/')
		n = snprintf(ret, size, "%s/suyuan/trust-seen", state);
	else if (home != NULL && home[0] == '/')
		n = snprintf(ret, size, "%s/.local/state/suyuan/trust-seen", home);
	return n > 0 && (size_t)n < size;
}

/* The folders above it, ours alone to read. What fails here fails again, and is told, when the file is made. */
static void
make_folders(char *path)
{
	for (char *p = strchr(path + 1, '/'); p != NULL; p = strchr(p + 1, '/')) {
		*p = '\0';
		(void)mkdir(path, 0700);
		*p = '/';
	}
}

/* Two verifiers at once take turns: else the older of two news could be kept. -1: nothing can be kept here. */
static int
lock(const char *path)
{
	char name[FILES_PATH_MAX + 8];
	(void)snprintf(name, sizeof name, "%s.lock", path);
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	if (fd >= 0 && fcntl(fd, F_SETLKW, &whole) != 0) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

static bool
replace(const char *path, struct sy_span text)
{
	char part[FILES_PATH_MAX + 8];
	(void)snprintf(part, sizeof part, "%s.part", path);
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	bool good = write(fd, text.data, text.len) == (ssize_t)text.len && fsync(fd) == 0;
	good = close(fd) == 0 && good && rename(part, path) == 0;
	if (!good)
		(void)unlink(part);
	return good;
}

static enum sy_err
check(const char *path, const struct sy_bundle *b, struct sy_span anchor, bool *retkept, struct sy_fault *reterr)
{
	SY_CLEANUP(sy_buf_done) struct sy_buf old;
	SY_CLEANUP(sy_buf_done) struct sy_buf news;
	sy_buf_init(&old, SY_SEEN_MAX);
	sy_buf_init(&news, SY_SEEN_MAX);
	enum sy_err err = files_read(path, &old, NULL);
	if (err != SY_OK && err != SY_ERR_NOT_FOUND)
		return sy_fault_say(reterr, err, "state", "读不了已见版本的记录 %s；可用 --no-state", "The record of versions seen, %s, cannot be read; there is --no-state", path);
	const struct sy_trust_facts *t = sy_trust_facts(b->trust);
	bool newer = false;
	SY_TRY(sy_seen_check(sy_buf_span(&old), anchor, t->origin, t->version, &news, &newer, reterr));
	*retkept = !newer || replace(path, sy_buf_span(&news));
	return SY_OK;
}

enum sy_err
remember_trust(const char *path, const struct sy_bundle *b, struct sy_span anchor, bool *retkept, struct sy_fault *reterr)
{
	char own[FILES_PATH_MAX];
	*retkept = false;
	if (path == NULL && !default_path(own, sizeof own))
		return SY_OK;
	if (path != NULL && snprintf(own, sizeof own, "%s", path) >= (int)sizeof own)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "state", 0, 0);
	make_folders(own);
	int fd = lock(own);
	enum sy_err err = check(own, b, anchor, retkept, reterr);
	if (fd >= 0)
		(void)close(fd);
	return err;
}
