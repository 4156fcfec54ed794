#!/bin/sh
# What must never be committed: machine paths, hosts of package registries, keys, marks of unfinished work.
set -eu
cd "$SUYUAN_ROOT"
bad=0
look() {
	hits=$(git ls-files -z | grep -zvE '^(LICENSE|tests/vectors/|tests/lint/words\.sh)' | xargs -0 grep -nIE "$2" 2>/dev/null || true)
	[ -z "$hits" ] || { echo "$1:"; echo "$hits" | cut -c1-200; bad=1; }
}
look 'machine path' '/(wor[k]|far[m])/|/root/'
look 'registry host' 'registry\.npmjs|deb\.debian\.org|npmmirror|"resolved": *"http'
look 'private key' 'BEGIN (EC |ENCRYPTED )?PRIVATE KEY'
look 'unfinished' '\b(TODO|FIXME|XXX|HACK)\b'
exit $bad
