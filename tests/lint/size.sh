#!/bin/sh
# Every .c under 500 lines; every file ends with a newline; no trailing white space.
set -eu
cd "$SUYUAN_ROOT"
bad=0
for f in $(git ls-files '*.c'); do
	n=$(wc -l <"$f")
	[ "$n" -lt 500 ] || { echo "$f: $n lines"; bad=1; }
done
for f in $(git ls-files '*.c' '*.h' '*.sh' '*.py' '*.sql' '*.md' '*.css' '*.mjs'); do
	[ -s "$f" ] || continue
	[ -z "$(tail -c 1 "$f")" ] || { echo "$f: no newline at the end"; bad=1; }
	grep -nE '[[:blank:]]+$' "$f" /dev/null | head -n 3 | grep . && bad=1
done
exit $bad
