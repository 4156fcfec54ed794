#!/bin/sh
# No mutable globals: no object of ours lies in a writable section, but for the
# exceptions below, each with its reason. Constant tables of pointers (.data.rel.ro) are fine.
. "$SUYUAN_ROOT/tests/lint/lib.sh"
# stop_*: flags that a signal handler sets (C11 7.14.1.1 allows nothing else).
# starved: set by the allocation hooks of wire/json.c when jansson drops a byte for want of memory (thread-local).
allowed='^(stop_requested|stop_pipe|starved)([.][0-9]+)?$'
find "$SUYUAN_BUILD/schema" "$SUYUAN_BUILD/certs" "$SUYUAN_BUILD/tagger" "$SUYUAN_BUILD/server" -path '*.dir/*' -name '*.c.o' | sort >"$TMPDIR/objects"
[ -s "$TMPDIR/objects" ] || { echo "nothing is built in $SUYUAN_BUILD"; exit 1; }
# "value flags O section size [.hidden] name"; the sanitizers' own bookkeeping is __odr_asan.*, .LASAN* and .Lubsan*.
xargs objdump -t <"$TMPDIR/objects" | awk -v allowed="$allowed" '
	/file format/ { object = $1; sub(/:$/, "", object); n++ }
	/ O [.](t?bss|t?data|common)/ || / O [*]COM[*]/ {
		section = ""
		for (i = 1; i < NF; i++) if ($i == "O") section = $(i + 1)
		if (section ~ /^[.]data[.]rel[.]ro/ || $NF ~ /^(__odr_asan|__asan|[.]L)/ || $NF ~ allowed) next
		print object ": " $NF " (" section ")"; bad = 1 }
	END { if (!n) print "objdump read nothing"; exit bad || !n }' || bad=1
exit $bad
