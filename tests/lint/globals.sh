#!/bin/sh
# No mutable globals: no writable data symbols in our libraries' objects, but for
# the exceptions below, each with its reason.
set -eu
cd "$SUYUAN_ROOT"
# stop_*: flags that a signal handler sets (C11 7.14.1.1 allows nothing else).
# starved: set by the allocation hooks of wire/json.c when jansson drops a byte for want of memory (thread-local).
allowed='^(stop_requested|stop_pipe|starved)$'
bad=0
build="$SUYUAN_BUILD"
for lib in $(find "$build" -name 'libsuyuan_*.a' -o -name 'libserver_*.a'); do
	# ASan adds symbols of its own (double underscore, and .asan copies); relro data of constant tables is fine.
	hits=$(nm -A "$lib" 2>/dev/null | awk '$(NF-1) ~ /^[bBdDC]$/ { print $NF, $0 }' | grep -vE '^(__|\.L|_Z|asan\.|\.asan)' || true)
	[ -z "$hits" ] && continue
	printf '%s\n' "$hits" >"$TMPDIR/hits"
	while read -r symbol where; do
		base=${symbol%%.*}
		printf '%s' "$base" | grep -qE "$allowed" && continue
		# A table of pointers declared const lies in .data.rel.ro: ask objdump which section it is.
		object=$(printf '%s' "$where" | cut -d: -f2)
		section=$(cd "$TMPDIR" && ar p "$lib" "$object" >o.o 2>/dev/null && objdump -t o.o | awk -v s="$symbol" '$NF == s { for (i = 1; i <= NF; i++) if ($i ~ /^\.(data|bss)/) print $i }' | head -n 1)
		case $section in .data.rel.ro*) continue ;; esac
		echo "$object: $symbol ($section)"
		bad=1
	done <"$TMPDIR/hits"
done
exit $bad
