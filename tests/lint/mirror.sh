#!/bin/sh
# Each source of the libraries has its unit test at the same path, or is named here with the test that covers it.
set -eu
cd "$SUYUAN_ROOT"
exceptions=tests/lint/mirror.txt
bad=0
for f in $(git ls-files 'schema/wire/*.c' 'schema/model/*.c' 'schema/judge/*.c' 'schema/*.c' 'certs/*.c' 'tagger/*.c' 'tagger/code/*.c' 'tagger/render/*.c' 'server/service/*.c' 'server/store/*.c' 'server/http/*.c' 'server/signer/*.c' | sort -u); do
	[ -f "tests/unit/$f" ] && continue
	row=$(grep -E "^$f[[:space:]]" "$exceptions" || true)
	[ -n "$row" ] || { echo "$f: no tests/unit/$f, and not in $exceptions"; bad=1; continue; }
	by=$(printf '%s' "$row" | awk '{ print $2 }')
	[ -e "$by" ] || { echo "$exceptions: $f is said to be covered by $by, which is not there"; bad=1; }
done
exit $bad
