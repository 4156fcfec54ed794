#include "tagger/cmd/options.h"
static int
run(const struct verb *verb, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return options_misuse(verb, "尚未提供", "not yet", "");
}
const struct verb verb_verify = { .name = "verify", .arguments = "", .zh = "", .en = "", .run = run };
