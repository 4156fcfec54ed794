/* replay.c: main() for a fuzz target where libFuzzer is not at hand: runs it over
 * each file given, and over each file of a directory given. */
#include "schema/attr.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define INPUT_MAX (1U << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL) {
		perror(path);
		return 1;
	}
	uint8_t *all = malloc(INPUT_MAX);
	size_t n = all == NULL ? 0 : fread(all, 1, INPUT_MAX, f);
	(void)fclose(f);
	/* A copy of the exact size, so that a read beyond the end is seen. */
	uint8_t *exact = malloc(n == 0 ? 1 : n);
	for (size_t i = 0; exact != NULL && i < n; i++)
		exact[i] = all[i];
	if (exact != NULL)
		(void)LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	free(all);
	return exact == NULL;
}

static int
run_directory(const char *path, size_t *count)
{
	DIR *d = opendir(path);
	int failed = 0;
	if (d == NULL) {
		perror(path);
		return 1;
	}
	for (struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
		char file[4096];
		struct stat st;
		int n = snprintf(file, sizeof file, "%s/%s", path, e->d_name);
		if (n < 0 || (size_t)n >= sizeof file || stat(file, &st) != 0 || !S_ISREG(st.st_mode))
			continue;
		failed |= run_file(file);
		*count += 1;
	}
	(void)closedir(d);
	return failed;
}

int
main(int argc, char **argv)
{
	int failed = 0;
	size_t count = 0;
	(void)LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	for (int i = 1; i < argc; i++) {
		struct stat st;
		if (stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode)) {
			failed |= run_directory(argv[i], &count);
		} else {
			failed |= run_file(argv[i]);
			count++;
		}
	}
	(void)printf("%zu inputs replayed\n", count);
	return failed;
}
