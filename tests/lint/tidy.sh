#!/bin/sh
# clang-tidy with the checks of .clang-tidy over what was compiled (the asan preset's commands).
# Cost: about two minutes on two cores; clean files are kept by content, so that a second run is quick.
. "$SUYUAN_ROOT/tests/lint/lib.sh"
[ -s "$SUYUAN_BUILD/compile_commands.json" ] || { echo "no compile_commands.json in $SUYUAN_BUILD"; exit 1; }
export CACHE="$SUYUAN_BUILD/tidy"
mkdir -p "$CACHE"
headers >"$TMPDIR/headers"
# What a result depends on besides its source: every header, the checks, the flags.
KEY=$({ xargs cat <"$TMPDIR/headers"; cat .clang-tidy CMakeLists.txt; clang-tidy --version; } | sha256sum | cut -c1-16)
export KEY
cat >"$TMPDIR/one.sh" <<'END'
done=$CACHE/$(sha256sum <"$1" | cut -c1-32)-$KEY
[ -e "$done" ] && exit 0
status=0
# The commands are gcc's: its own warning options are no finding.
out=$(clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option -p "$SUYUAN_BUILD" "$1" 2>&1) || status=$?
out=$(printf '%s\n' "$out" | grep -vE '^[0-9]+ warnings?( and [0-9]+ errors?)? (generated|treated as)|^Suppressed [0-9]+ |^Use -header-filter' || true)
if [ "$status" -eq 0 ] && [ -z "$out" ]; then
	: >"$done"
else
	printf '%s\n' "$1: clang-tidy ended with $status" "$out"
	exit 1
fi
END
# The longest first, so that both cores end together.
sources | xargs ls -S | xargs -P "$(nproc)" -n 1 sh "$TMPDIR/one.sh" || bad=1
exit $bad
