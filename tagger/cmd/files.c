/* files.c: see files.h. */
#include "tagger/cmd/files.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum sy_err
say(struct sy_fault *f, const char *path)
{
	return sy_fault_say(f, errno == ENOENT ? SY_ERR_NOT_FOUND : SY_ERR_IO, "", "%s：%s", "%s: %s", path, strerror(errno));
}

void
files_closep(FILE **f)
{
	if (*f != NULL && *f != stdin && *f != stdout)
		(void)fclose(*f);
}

enum sy_err
files_open(const char *name, FILE **ret, struct sy_fault *reterr)
{
	if (strcmp(name, "-") != 0) {
		*ret = fopen(name, "rb");
		return *ret != NULL ? SY_OK : say(reterr, name);
	}
	FILE *spool = tmpfile();
	if (spool == NULL)
		return say(reterr, "tmpfile");
	char block[16384];
	size_t n;
	while ((n = fread(block, 1, sizeof block, stdin)) > 0) {
		if (fwrite(block, 1, n, spool) != n)
			break;
	}
	if (n > 0 || ferror(stdin) != 0 || fflush(spool) != 0) {
		enum sy_err err = say(reterr, "-");
		(void)fclose(spool);
		return err;
	}
	rewind(spool);
	*ret = spool;
	return SY_OK;
}

static enum sy_err
read_all(FILE *f, const char *name, struct sy_buf *ret, struct sy_fault *reterr)
{
	char block[16384];
	size_t n;
	while ((n = fread(block, 1, sizeof block, f)) > 0)
		sy_buf_add(ret, block, n);
	if (ferror(f) != 0)
		return say(reterr, name);
	if (sy_buf_err(ret) != SY_OK)
		return sy_fault_at(reterr, sy_buf_err(ret), name, 0, 0);
	return SY_OK;
}

enum sy_err
files_read(const char *name, struct sy_buf *ret, struct sy_fault *reterr)
{
	if (strcmp(name, "-") == 0)
		return read_all(stdin, name, ret, reterr);
	FILE *f = fopen(name, "rb");
	if (f == NULL)
		return say(reterr, name);
	enum sy_err err = read_all(f, name, ret, reterr);
	(void)fclose(f);
	return err;
}

enum sy_err
files_create(const char *path, struct out_file *ret, struct sy_fault *reterr)
{
	*ret = (struct out_file){ .file = NULL };
	if (strcmp(path, "-") == 0) {
		ret->file = stdout;
		return SY_OK;
	}
	if (strlen(path) >= sizeof ret->path)
		return sy_fault_at(reterr, SY_ERR_TOO_LONG, "out", 0, 0);
	(void)snprintf(ret->path, sizeof ret->path, "%s", path);
	/* A device or a pipe is written to, never replaced. */
	struct stat st;
	ret->direct = stat(path, &st) == 0 && !S_ISREG(st.st_mode);
	(void)snprintf(ret->part, sizeof ret->part, "%s%s", ret->path, ret->direct ? "" : ".part");
	ret->file = fopen(ret->part, "wb");
	return ret->file != NULL ? SY_OK : say(reterr, ret->part);
}

enum sy_err
files_finish(struct out_file *o, struct sy_fault *reterr)
{
	FILE *f = o->file;
	o->file = NULL;
	if (f == stdout)
		return fflush(f) == 0 ? SY_OK : say(reterr, "-");
	bool good = fclose(f) == 0 && (o->direct || rename(o->part, o->path) == 0);
	if (good)
		return SY_OK;
	enum sy_err err = say(reterr, o->path);
	if (!o->direct)
		(void)unlink(o->part);
	return err;
}

void
files_abandon(struct out_file *o)
{
	if (o->file == NULL || o->file == stdout)
		return;
	(void)fclose(o->file);
	if (!o->direct)
		(void)unlink(o->part);
	o->file = NULL;
}
