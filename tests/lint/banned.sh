#!/bin/sh
# Functions that invite mistakes, with no exceptions in the programs; typedef of
# structs; goto; floating point where figures are judged.
set -eu
cd "$SUYUAN_ROOT"
bad=0
look() { # why pattern folders...
	why=$1 pattern=$2
	shift 2
	hits=$(grep -rnE "$pattern" --include='*.c' --include='*.h' "$@" | grep -vE '^[^:]+:[0-9]+:[[:space:]]*(\*|/\*|//)' || true)
	[ -z "$hits" ] || { echo "$why:"; echo "$hits"; bad=1; }
}
look 'banned function' '\b(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|alloca|system|popen|tmpnam|mktemp|rand|srand|gmtime|localtime|asctime|ctime)[[:space:]]*\(' schema certs tagger server
look 'goto' '\bgoto\b' schema certs tagger server
look 'typedef of a struct' '^typedef[[:space:]]+struct' schema certs tagger server
look 'floating point in schema, certs or server' '\b(float|double)\b' schema certs server
look 'a library that exits or talks' '\b(exit|abort|printf|perror)[[:space:]]*\(' schema/wire schema/model schema/judge tagger/code
exit $bad
