/* secret.c: see secret.h.
 *
 * Each secret has pages of its own: mlock() counts pages, not calls, so two
 * secrets on one page would be unlocked by the first that goes. Not being allowed
 * to lock (RLIMIT_MEMLOCK) is no error; core dumps leave the pages out. */
#define _DEFAULT_SOURCE 1 /* MAP_ANONYMOUS, MADV_DONTDUMP */
#include "certs/secret.h"
#include "certs/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/crypto.h>

#define SECRET_LINE_MAX 1024

struct sy_secret {
	size_t mapped;
	size_t len;
	uint8_t data[];
};

void
sy_wipe(void *p, size_t len)
{
	OPENSSL_cleanse(p, len);
}

static enum sy_err
secret_map(size_t len, struct sy_secret **ret)
{
	if (len > SIZE_MAX / 2)
		return SY_ERR_TOO_LONG;
	size_t size = sizeof(struct sy_secret) + len;
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		return SY_ERR_NO_MEMORY;
	(void)mlock(p, size);
	(void)madvise(p, size, MADV_DONTDUMP);
	struct sy_secret *s = p;
	s->mapped = size;
	s->len = len;
	*ret = s;
	return SY_OK;
}

enum sy_err
sy_secret_new(struct sy_span s, struct sy_secret **ret)
{
	SY_TRY(secret_map(s.len, ret));
	if (s.len > 0)
		memcpy((*ret)->data, s.data, s.len);
	return SY_OK;
}

enum sy_err
sy_secret_random(size_t len, struct sy_secret **ret)
{
	struct sy_secret *s = NULL;
	SY_TRY(secret_map(len, &s));
	enum sy_err err = sy_random(s->data, len);
	if (err != SY_OK) {
		sy_secret_free(s);
		return err;
	}
	*ret = s;
	return SY_OK;
}

void
sy_secret_free(struct sy_secret *s)
{
	if (s == NULL)
		return;
	size_t mapped = s->mapped;
	sy_wipe(s, mapped);
	(void)munlock(s, mapped);
	(void)munmap(s, mapped);
}

struct sy_span
sy_secret_span(const struct sy_secret *s)
{
	return sy_span(s->data, s->len);
}

static void
close_fd(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

/* Up to max bytes; *retn is how many there were. */
static enum sy_err
read_some(int fd, uint8_t *ret, size_t max, size_t *retn)
{
	size_t n = 0;
	while (n < max) {
		ssize_t got = read(fd, ret + n, max - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return SY_ERR_IO;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	*retn = n;
	return SY_OK;
}

/* The first line of what fd holds, as a secret. */
static enum sy_err
line_read(int fd, const char *path, struct sy_secret **ret, struct sy_fault *reterr)
{
	uint8_t line[SECRET_LINE_MAX + 1];
	size_t n = 0;
	enum sy_err err = read_some(fd, line, sizeof line, &n);
	if (err == SY_OK) {
		const uint8_t *lf = memchr(line, '\n', n);
		size_t len = lf == NULL ? n : (size_t)(lf - line);
		if (len == 0)
			err = SY_ERR_TOO_SHORT;
		else if (len > SECRET_LINE_MAX)
			err = SY_ERR_TOO_LONG;
		else
			err = sy_secret_new(sy_span(line, len), ret);
	}
	sy_wipe(line, sizeof line);
	return err == SY_OK ? SY_OK : sy_fault_at(reterr, err, path, 0, 0);
}

enum sy_err
sy_secret_read(const char *path, struct sy_secret **ret, struct sy_fault *reterr)
{
	SY_CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return sy_fault_at(reterr, errno == ENOENT ? SY_ERR_NOT_FOUND : SY_ERR_IO, path, 0, 0);
	struct stat st;
	if (fstat(fd, &st) != 0)
		return sy_fault_at(reterr, SY_ERR_IO, path, 0, 0);
	if (!S_ISREG(st.st_mode))
		return sy_fault_say(reterr, SY_ERR_BAD_CONFIG, path, "不是普通文件", "not a regular file");
	if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return sy_fault_say(reterr, SY_ERR_BAD_CONFIG, path, "其他用户可以读取此文件，请执行 chmod 600",
		    "others may read this file: chmod 600");
	return line_read(fd, path, ret, reterr);
}
