/* main.c: suyuan-tagger <verb> [options]: a verb is a file, a man page and a test. */
#include "tagger/cmd/options.h"

#include <locale.h>
#include <string.h>

int
main(int argc, char **argv)
{
	static const struct verb *const verbs[] = { &verb_labels, &verb_sheet, &verb_decode, &verb_verify };
	/* Numbers keep their C form whatever the user's locale: they go into files. */
	(void)setlocale(LC_CTYPE, "");
	if (argc >= 2 && strcmp(argv[1], "--version") == 0) {
		(void)printf("suyuan-tagger %s\n", SUYUAN_VERSION);
		return EXIT_YES;
	}
	for (size_t i = 0; argc >= 2 && i < SY_LEN(verbs); i++)
		if (strcmp(argv[1], verbs[i]->name) == 0)
			return verbs[i]->run(verbs[i], argc - 2, argv + 2);
	bool help = argc >= 2 && strcmp(argv[1], "--help") == 0;
	FILE *to = help ? stdout : stderr;
	(void)fprintf(to, "用法 usage: suyuan-tagger <verb> [options]\n");
	for (size_t i = 0; i < SY_LEN(verbs); i++)
		(void)fprintf(to, "  %-8s %s\n           %s\n", verbs[i]->name, verbs[i]->zh, verbs[i]->en);
	return help ? EXIT_YES : EXIT_UNTOLD;
}
