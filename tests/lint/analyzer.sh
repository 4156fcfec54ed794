#!/bin/sh
# gcc -fanalyzer over the libraries and programs: a build of its own, warnings are errors.
set -eu
cd "$SUYUAN_ROOT"
cmake --preset analyzer -DSUYUAN_TESTS=OFF >"$TMPDIR/log" 2>&1 || { cat "$TMPDIR/log"; exit 1; }
cmake --build --preset analyzer >"$TMPDIR/log" 2>&1 || { grep -E 'error|warning|note' "$TMPDIR/log" | head -n 60; exit 1; }
