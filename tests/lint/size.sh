#!/bin/sh
# Every .c under 500 lines, functions one page; every file ends with a newline; no trailing white space.
. "$SUYUAN_ROOT/tests/lint/lib.sh"
files '*.c' >"$TMPDIR/c"
files '*.c' '*.h' '*.def' '*.sh' '*.py' '*.sql' '*.md' '*.css' '*.js' '*.mjs' '*.go' '*.csv' '*.[1-8]' '*CMakeLists.txt' >"$TMPDIR/texts"
grep -v '^tests/vectors/' "$TMPDIR/texts" >"$TMPDIR/list"
# A page is 60 lines between the braces; our own code is held to it, tests too.
xargs awk '
	FNR == 1 { open = 0 }
	/^\{/ { open = FNR }
	/^\}/ { if (open && FNR - open - 1 > 60) { print FILENAME ":" open ": a function of " FNR - open - 1 " lines"; bad = 1 } open = 0 }
	FNR == 500 { print FILENAME ": 500 lines or more"; bad = 1 }
	END { exit bad }' <"$TMPDIR/c" || bad=1
hits=$(xargs grep -nE '[[:blank:]]+$' /dev/null <"$TMPDIR/list" | head -n 20 || true)
[ -z "$hits" ] || say "white space at the end of a line:
$hits"
hits=$(grep -v '\.csv$' "$TMPDIR/list" | xargs grep -lE "$(printf '\r')" /dev/null || true)
[ -z "$hits" ] || say "carriage returns: $hits"
# One look at all last bytes; only when one is missing, which.
n=$(xargs tail -q -c 1 <"$TMPDIR/list" | tr -d '\n' | wc -c)
if [ "$n" -ne 0 ]; then
	while read -r f; do
		[ -z "$(tail -c 1 "$f")" ] || say "$f: no newline at the end"
	done <"$TMPDIR/list"
fi
exit $bad
