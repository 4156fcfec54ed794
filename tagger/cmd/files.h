/* files.h: reading a file or standard input, and writing files that appear whole or not at all. */
#ifndef SY_TAGGER_CMD_FILES_H
#define SY_TAGGER_CMD_FILES_H

#include "schema/bytes.h"

#include <stdio.h>

#define FILES_PATH_MAX 4096

/* "-": standard input, copied to an unnamed file so that it can be read twice. */
enum sy_err files_open(const char *name, FILE **ret, struct sy_fault *reterr) SY_MUST;
enum sy_err files_read(const char *name, struct sy_buf *ret, struct sy_fault *reterr) SY_MUST;
/* Written beside its place under another name; files_finish moves it there. "-": standard output. */
struct out_file {
	FILE *file;
	bool direct; /* not a regular file: written in place */
	char path[FILES_PATH_MAX], part[FILES_PATH_MAX + 8];
};
enum sy_err files_create(const char *path, struct out_file *ret, struct sy_fault *reterr) SY_MUST;
enum sy_err files_finish(struct out_file *o, struct sy_fault *reterr) SY_MUST;
void files_abandon(struct out_file *o); /* harmless after files_finish */
void files_closep(FILE **f);

#endif
