#!/bin/sh
# Functions that invite mistakes, with no exceptions in the programs; typedef of
# structs; goto; floating point where figures are judged. Comments and strings do not count.
. "$SUYUAN_ROOT/tests/lint/lib.sh"
{ sources; headers; } >"$TMPDIR/list"
code "$TMPDIR/list" >"$TMPDIR/code"
look() { # why pattern paths
	hits=$(grep -E "^($3)" "$TMPDIR/code" | grep -E ":[0-9]+:.*($2)" || true)
	[ -z "$hits" ] || say "$1:
$hits"
}
all='schema/|certs/|tagger/|server/'
call='(^|[^A-Za-z0-9_.>])'
look 'banned function' "$call(strcpy|strcat|stpcpy|strncpy|strncat|sprintf|vsprintf|gets|scanf|sscanf|strtok|atoi|atol|atoll|atof|alloca|system|popen|tmpnam|mktemp|rand|srand|random|gmtime|localtime|asctime|ctime|signal)[[:space:]]*\(" "$all"
look 'goto' '\bgoto\b' "$all"
look 'typedef of a struct' '\btypedef[[:space:]]+(const[[:space:]]+)?(struct|union|enum)\b[^(]*$' "$all" # of a function is fine
look 'floating point in schema, certs or server' '\b(float|double)\b' 'schema/|certs/|server/'
# Libraries never log and never exit. Each floor's cmd/ and main.c are programs, gen.c runs at build time.
grep -vE '/cmd/|/main\.c:|^schema/reference/gen\.c:' "$TMPDIR/code" >"$TMPDIR/libraries" || true
mv "$TMPDIR/libraries" "$TMPDIR/code"
look 'a library that exits or talks' "$call(exit|_exit|abort|assert|printf|vprintf|puts|putchar|perror|syslog)[[:space:]]*\(" 'schema/|certs/|tagger/'
look 'a library that exits or talks' "\b(stdout|stderr)\b" 'schema/|certs/|tagger/'
exit $bad
