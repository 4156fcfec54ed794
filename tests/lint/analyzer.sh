#!/bin/sh
# gcc -fanalyzer over the libraries and programs: a build of its own without tests, warnings
# are errors, all of them told at once. Cost: about a minute on two cores, then what changed.
. "$SUYUAN_ROOT/tests/lint/lib.sh"
cmake --preset analyzer -DSUYUAN_TESTS=OFF >"$TMPDIR/log" 2>&1 || { cat "$TMPDIR/log"; exit 1; }
cmake --build --preset analyzer -- -k 0 >"$TMPDIR/log" 2>&1 && exit 0
grep -E '(error|warning):' "$TMPDIR/log" | sort -u | head -n 60
echo "--- in full:"
grep -vE '^\[[0-9]+/[0-9]+\]|^cc |^/usr/bin/cc ' "$TMPDIR/log" | head -n 300
exit 1
