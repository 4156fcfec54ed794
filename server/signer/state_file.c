/* state_file.c: the files of the state directory, see state.h. */
#include "server/signer/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum sy_err
state_file_read(const char *path, size_t max, struct sy_buf *ret, struct sy_fault *reterr)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return sy_fault_at(reterr, errno == ENOENT ? SY_ERR_NOT_FOUND : SY_ERR_IO, path, 0, 0);
	enum sy_err e = SY_OK;
	for (;;) {
		uint8_t part[4096];
		ssize_t n = read(fd, part, sizeof part);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			e = SY_ERR_IO;
		else if (ret->len + (size_t)n > max)
			e = SY_ERR_TOO_LARGE;
		if (n <= 0 || e != SY_OK)
			break;
		sy_buf_add(ret, part, (size_t)n);
	}
	(void)close(fd);
	if (e == SY_OK)
		e = sy_buf_err(ret);
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e, path, 0, 0);
}

static enum sy_err
write_all(int fd, struct sy_span s)
{
	while (s.len > 0) {
		ssize_t n = write(fd, s.data, s.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return SY_ERR_IO;
		s = sy_span_sub(s, (size_t)n, s.len - (size_t)n);
	}
	return fsync(fd) == 0 ? SY_OK : SY_ERR_IO;
}

enum sy_err
state_file_write(const char *path, struct sy_span s, struct sy_fault *reterr)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return sy_fault_at(reterr, errno == EEXIST ? SY_ERR_EXISTS : SY_ERR_IO, path, 0, 0);
	enum sy_err e = write_all(fd, s);
	if (close(fd) != 0)
		e = SY_ERR_IO;
	return e == SY_OK ? SY_OK : sy_fault_at(reterr, e, path, 0, 0);
}

enum sy_err
state_dir_check(const char *dir, struct sy_fault *reterr)
{
	struct stat st;
	if (stat(dir, &st) != 0)
		return sy_fault_at(reterr, errno == ENOENT ? SY_ERR_NOT_FOUND : SY_ERR_IO, dir, 0, 0);
	if (!S_ISDIR(st.st_mode))
		return sy_fault_at(reterr, SY_ERR_WRONG_TYPE, dir, 0, 0);
	if (st.st_uid != geteuid() || (st.st_mode & 077) != 0)
		return sy_fault_say(reterr, SY_ERR_FORBIDDEN, dir, "签名器的状态目录只能由它自己的用户读取：chmod 700 %s",
		    "the signer's state directory must be its own user's alone: chmod 700 %s", dir);
	return SY_OK;
}

enum sy_err
state_lock(const char *dir, int *ret, struct sy_fault *reterr)
{
	char path[1024];
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	if (snprintf(path, sizeof path, "%s/lock", dir) >= (int)sizeof path)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, dir, 0, 0);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return sy_fault_at(reterr, SY_ERR_IO, path, 0, 0);
	if (fcntl(fd, F_SETLK, &whole) != 0) {
		(void)close(fd);
		return sy_fault_say(reterr, SY_ERR_EXISTS, dir, "另一个签名器正在使用这个目录", "another signer uses this directory");
	}
	*ret = fd;
	return SY_OK;
}
