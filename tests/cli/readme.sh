#!/bin/sh
# The tour in README.md, as a newcomer pastes it: every block marked ```sh tour runs in one shell over a copy of the demonstration, and what
# it prints is what the ```text block after it says, line by line (".." stands for what differs between installations).
. "$SUYUAN_ROOT/tests/lib.sh"
cd "$SUYUAN_ROOT"
awk -v dir="$TMPDIR" '
	/^```sh tour$/ { n++; out = dir "/block." n; next }
	/^```text$/ && n { out = dir "/said." n; next }
	/^```/ { out = ""; next }
	out { print >out }
	END { print n + 0 }' README.md >"$TMPDIR/count"
count=$(cat "$TMPDIR/count")
[ "$count" -ge 8 ] || die "README.md has $count blocks of the tour"
grep -o '](server/man/pictures/[^)]*)' README.md | tr -d '])(' | while read -r picture; do
	[ "$(wc -c <"$picture")" -lt 120000 ] || die "$picture is larger than 120 kB"
done

copy_demo
start_server
n=0
: >"$TMPDIR/tour"
while [ $n -lt "$count" ]; do
	n=$((n + 1))
	{ echo "{"; cat "$TMPDIR/block.$n"; echo "} >'$TMPDIR/out.$n' 2>&1"; } >>"$TMPDIR/tour"
done
SUYUAN_DATA=$data SUYUAN_BASE=$base XDG_STATE_HOME=$TMPDIR/state sh -u "$TMPDIR/tour" || true # the last command's status says nothing

bad=0
n=0
while [ $n -lt "$count" ]; do
	n=$((n + 1))
	[ -e "$TMPDIR/said.$n" ] || : >"$TMPDIR/said.$n"
	/usr/bin/python3 - "$TMPDIR/said.$n" "$TMPDIR/out.$n" <<'PY' || { bad=1; echo "README.md, block $n:"; cat "$TMPDIR/block.$n"; echo "printed:"; cat "$TMPDIR/out.$n"; }
import re, sys
said, out = (open(f, encoding="utf-8").read().splitlines() for f in sys.argv[1:])
pattern = [".*".join(re.escape(p) for p in line.split("..")) for line in said]
sys.exit(len(said) != len(out) or not all(re.fullmatch(p, o) for p, o in zip(pattern, out)))
PY
done
stop_server
exit $bad
