/* replay.c: main() of a fuzzer in builds without libFuzzer: runs each file named (a corpus, a crash) once. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FILE_MAX (1 << 20)

int
main(int argc, char **argv)
{
	uint8_t *data = malloc(FILE_MAX);
	int status = data == NULL ? 2 : 0;
	for (int i = 1; i < argc && data != NULL; i++) {
		FILE *f = fopen(argv[i], "rb");
		if (f == NULL) {
			perror(argv[i]);
			status = 2;
			continue;
		}
		size_t n = fread(data, 1, FILE_MAX, f);
		(void)fclose(f);
		(void)LLVMFuzzerTestOneInput(data, n);
	}
	free(data);
	return status;
}
