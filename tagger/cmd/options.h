/* options.h: the command line of a verb: a table of options, and how errors are told and become exit codes. */
#ifndef SY_TAGGER_CMD_OPTIONS_H
#define SY_TAGGER_CMD_OPTIONS_H

#include "schema/bytes.h"

#include <stdio.h>

enum { EXIT_YES = 0, EXIT_NO = 1, EXIT_UNTOLD = 2 };

struct option_row {
	const char *name; /* without the dashes */
	const char *argument; /* NULL: a switch */
	const char *zh, *en;
};
struct verb {
	const char *name, *arguments, *zh, *en;
	const struct option_row *options;
	size_t noptions;
	int (*run)(const struct verb *verb, int argc, char **argv);
};
extern const struct verb verb_labels, verb_sheet, verb_decode, verb_verify;

/* values[i] gets the argument of option i ("" for a switch), NULL if it was not given. *retrest: first operand.
 * SY_OK, or BAD_ARGUMENT after telling why. --help is told and gives *rethelp. */
enum sy_err options_parse(const struct verb *verb, int argc, char **argv, const char **values, int *retrest, bool *rethelp) SY_MUST;
void options_help(const struct verb *verb, FILE *to);
/* The sentence, zh then en, on standard error; the exit code it makes. */
int options_fail(const struct verb *verb, enum sy_err err, const struct sy_fault *fault);
int options_misuse(const struct verb *verb, const char *zh, const char *en, const char *what);

#endif
