#!/bin/sh
# Every parser under libFuzzer, ASan and UBSan for a short while. The long form:
#   SUYUAN_FUZZ_SECONDS=3600 sh tests/run.sh fuzz/short
# Seeds: tests/fuzz/seeds/<name>. What is found is kept in build/fuzz/found.
set -eu
cd "$SUYUAN_ROOT"
seconds=${SUYUAN_FUZZ_SECONDS:-4}
cmake --preset fuzz >"$TMPDIR/log" 2>&1 || { tail -n 30 "$TMPDIR/log"; exit 1; }
targets=$(for f in tests/fuzz/fuzz_*.c; do basename "$f" .c; done)
# shellcheck disable=SC2086 # a list
cmake --build --preset fuzz --target $targets >"$TMPDIR/log" 2>&1 || { tail -n 30 "$TMPDIR/log"; exit 1; }
mkdir -p build/fuzz/found
bad=0
for t in $targets; do
	name=${t#fuzz_}
	mkdir -p "$TMPDIR/corpus-$name"
	seeds=
	[ -d "tests/fuzz/seeds/$name" ] && seeds=tests/fuzz/seeds/$name
	# shellcheck disable=SC2086 # perhaps none
	if build/fuzz/tests/"$t" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -artifact_prefix=build/fuzz/found/"$name"- "$TMPDIR/corpus-$name" $seeds >"$TMPDIR/out" 2>&1; then
		grep -E 'DONE|stat::number_of_executed' "$TMPDIR/out" | tail -n 1 | sed "s/^/$t /"
	else
		bad=1
		echo "$t failed"
		tail -n 40 "$TMPDIR/out"
	fi
done
exit $bad
