#!/bin/sh
# Each source has its unit test at the same path (tests/unit/<source>), or stands in mirror.txt
# with the test that covers it and the reason why it has none of its own.
. "$SUYUAN_ROOT/tests/lint/lib.sh"
exceptions=tests/lint/mirror.txt
sources | sort >"$TMPDIR/sources"
files 'tests/*' | sort >"$TMPDIR/tests"
awk -v exceptions="$exceptions" '
	FILENAME ~ /tests$/ { test[$0] = 1; next }
	FILENAME ~ /sources$/ { source[$0] = 1; next }
	/^#/ || /^$/ { next }
	NF < 3 { say(exceptions ":" FNR ": source, test, reason"); next }
	$1 in row { say(exceptions ":" FNR ": " $1 " twice") }
	!($1 in source) { say(exceptions ":" FNR ": " $1 " is no source") }
	("tests/unit/" $1) in test { say(exceptions ":" FNR ": " $1 " has a unit test of its own now") }
	!($2 in test) { say(exceptions ":" FNR ": " $1 " is said to be covered by " $2 ", which is not there") }
	$2 !~ /^tests\/(unit\/.*\.c|oom\/.*\.c|(lint|cli|http|attack|interop|browser|fuzz|crash|load)\/[^_].*\.(sh|py|mjs|c))$/ { say(exceptions ":" FNR ": " $2 " is no test") }
	{ row[$1] = 1 }
	function say(s) { print s; bad = 1 }
	END { for (s in source) if (!(("tests/unit/" s) in test) && !(s in row)) say(s ": no tests/unit/" s ", and not in " exceptions)
	      exit bad }' "$TMPDIR/tests" "$TMPDIR/sources" "$exceptions" | sort >"$TMPDIR/wrong" || true
[ ! -s "$TMPDIR/wrong" ] || say "$(cat "$TMPDIR/wrong")"
exit $bad
