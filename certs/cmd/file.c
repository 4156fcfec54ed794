/* file.c: files and passphrases of the command line. A file is written beside its
 * place and moved there, so that nobody ever reads half of one. */
#include "certs/cmd/cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static enum sy_err
read_all(int fd, struct sy_buf *ret)
{
	for (;;) {
		uint8_t *room = sy_buf_room(ret, 4096);
		size_t want = 4096;
		if (room == NULL && ret->err == SY_ERR_TOO_LONG && ret->len < ret->max) {
			ret->err = SY_OK; /* less than a block is left */
			want = ret->max - ret->len;
			room = sy_buf_room(ret, want);
		}
		if (room == NULL)
			return ret->err;
		ssize_t n = read(fd, room, want);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return SY_ERR_IO;
		if (n == 0)
			return SY_OK;
		sy_buf_grew(ret, (size_t)n);
	}
}

enum sy_err
cmd_read(const char *path, size_t max, struct sy_buf *ret)
{
	sy_buf_init(ret, max + 1); /* the one byte more tells that there was more */
	bool in = strcmp(path, "-") == 0;
	int fd = in ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? SY_ERR_NOT_FOUND : SY_ERR_IO;
	enum sy_err e = read_all(fd, ret);
	if (!in)
		(void)close(fd);
	if (e == SY_OK && ret->len > max)
		e = SY_ERR_TOO_LONG;
	return e;
}

static enum sy_err
write_all(int fd, struct sy_span s)
{
	while (s.len > 0) {
		ssize_t n = write(fd, s.data, s.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return SY_ERR_IO;
		s = sy_span_sub(s, (size_t)n, s.len);
	}
	return SY_OK;
}

enum sy_err
cmd_write(const char *path, struct sy_span s, bool secret)
{
	if (path == NULL || strcmp(path, "-") == 0)
		return write_all(STDOUT_FILENO, s);
	SY_CLEANUP(sy_buf_done) struct sy_buf temp = { 0 };
	sy_buf_init(&temp, 4096);
	sy_buf_printf(&temp, "%s.%ld.new", path, (long)getpid());
	SY_TRY(sy_buf_err(&temp));
	int fd = open(sy_buf_cstr(&temp), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, secret ? 0600 : 0644);
	if (fd < 0)
		return SY_ERR_IO;
	enum sy_err e = write_all(fd, s);
	if (fsync(fd) != 0)
		e = SY_ERR_IO;
	if (close(fd) != 0)
		e = SY_ERR_IO;
	if (e == SY_OK && rename(sy_buf_cstr(&temp), path) != 0)
		e = SY_ERR_IO;
	if (e != SY_OK)
		(void)unlink(sy_buf_cstr(&temp));
	return e;
}

bool
cmd_exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0;
}

enum sy_err
cmd_mkdir(const char *path)
{
	return mkdir(path, 0700) == 0 || errno == EEXIST ? SY_OK : SY_ERR_IO;
}

enum sy_err
cmd_join(struct sy_buf *ret, const char *dir, const char *name)
{
	sy_buf_init(ret, 4096);
	sy_buf_printf(ret, "%s/%s", dir, name);
	(void)sy_buf_cstr(ret);
	return sy_buf_err(ret);
}

static enum sy_err
ask_once(FILE *tty, const char *prompt, struct sy_secret **ret)
{
	struct termios was, quiet;
	char line[1024] = "";
	if (tcgetattr(fileno(tty), &was) != 0)
		return SY_ERR_IO;
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	(void)fprintf(tty, "%s", prompt);
	(void)fflush(tty);
	(void)tcsetattr(fileno(tty), TCSAFLUSH, &quiet);
	bool got = fgets(line, sizeof line, tty) != NULL;
	(void)tcsetattr(fileno(tty), TCSAFLUSH, &was);
	(void)fprintf(tty, "\n");
	enum sy_err e = got ? sy_secret_new(sy_span(line, strcspn(line, "\n")), ret) : SY_ERR_BAD_PASSPHRASE;
	sy_wipe(line, sizeof line);
	return e;
}

enum sy_err
cmd_passphrase(const struct cmd_args *a, bool twice, struct sy_secret **ret)
{
	const char *path = cmd_get(a, "passphrase-file");
	if (path != NULL)
		return sy_secret_read(path, ret, NULL);
	FILE *tty = fopen("/dev/tty", "r+");
	if (tty == NULL)
		return SY_ERR_BAD_PASSPHRASE;
	(void)setvbuf(tty, NULL, _IONBF, 0);
	SY_AUTO_SECRET *again = NULL;
	enum sy_err e = ask_once(tty, "口令 Passphrase: ", ret);
	if (e == SY_OK && twice)
		e = ask_once(tty, "再输一次 Again: ", &again);
	(void)fclose(tty);
	if (e == SY_OK && twice && !sy_span_eq(sy_secret_span(*ret), sy_secret_span(again)))
		e = SY_ERR_BAD_PASSPHRASE;
	if (e != SY_OK) {
		sy_secret_free(*ret);
		*ret = NULL;
	}
	return e;
}
