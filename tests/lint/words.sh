#!/bin/sh
# What must never be committed: machine paths, hosts of package registries, keys, marks of unfinished work.
. "$SUYUAN_ROOT/tests/lint/lib.sh"
files '*' | grep -vE '^(LICENSE$|tests/vectors/|tests/lint/words\.sh$)' >"$TMPDIR/list"
look() { # what pattern
	hits=$(xargs -d '\n' grep -nIE -e "$2" /dev/null <"$TMPDIR/list" | cut -c1-200 || true)
	[ -z "$hits" ] || say "$1:
$hits"
}
look 'machine path' '(^|[^A-Za-z0-9_.*$}-])/(wor[k]|far[m]|root|home/[a-z]+)/|/tmp/b-'
look 'registry host' 'registry\.(npmjs|npmmirror)|deb\.debian\.org|npmmirror|"resolved": *"http|pypi\.org|proxy\.golang\.org'
look 'private key' 'BEGIN ([A-Z]+ )*PRIVATE KEY-----($|\\n)'
look 'unfinished' '\b(TODO|FIXME|XXX|HACK)\b'
look 'conflict' '^(<<<<<<<|>>>>>>>) '
exit $bad
