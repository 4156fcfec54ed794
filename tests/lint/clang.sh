#!/bin/sh
# All that gcc compiled compiles with clang, under the same warnings as errors: syntax and
# warnings only, no code is made. Tests and fuzzers too.
. "$SUYUAN_ROOT/tests/lint/lib.sh"
commands=$SUYUAN_BUILD/compile_commands.json
[ -s "$commands" ] || { echo "no $commands"; exit 1; }
cat >"$TMPDIR/one.sh" <<'END'
cd "$1"
sh -c "$2" >"$3.out" 2>&1 && exit 0
cat "$3.out"
exit 1
END
# gcc's own options out, clang in; what a unit test or generated file does must hold as well.
jq -j --arg tmp "$TMPDIR/" 'to_entries[] | .key as $n | .value | .directory, "\u0000",
	(.command | sub("^[^ ]+"; "clang -fsyntax-only") | sub(" -o [^ ]+"; "") |
	 gsub(" -W(logical-op|duplicated-cond|duplicated-branches)\\b"; "") | gsub(" -f(sanitize[^ ]*|no-sanitize[^ ]*|analyzer[^ ]*)"; "")),
	"\u0000", $tmp + ($n | tostring), "\u0000"' "$commands" >"$TMPDIR/list"
[ -s "$TMPDIR/list" ] || { echo "$commands names nothing"; exit 1; }
xargs -0 -P "$(nproc)" -n 3 sh "$TMPDIR/one.sh" <"$TMPDIR/list" || bad=1
exit $bad
