#!/bin/sh
# Go's x/mod/sumdb, which shares no code with ours, checks the demonstration log:
# checkpoint, entries, every inclusion, every consistency. R: C2SP tlog-tiles, tlog-checkpoint, signed-note.
. "$SUYUAN_ROOT/tests/lib.sh"
copy_demo
start_server
GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$TMPDIR/go" GOFLAGS= go build -o "$TMPDIR/golog" "$SUYUAN_ROOT/tests/interop/golog/main.go"
# The log's key, from the trust list as a reader would take it: a line "key <kid> ed25519 <SPKI> log ...".
curl -fsS "$base/trust" >"$TMPDIR/trust"
origin=$(awk '$1 == "origin" { print $2 }' "$TMPDIR/trust")
spki=$(awk '$1 == "key" && $5 == "log" { print $4; exit }' "$TMPDIR/trust")
vkey=$(/usr/bin/python3 - "$origin" "$spki" <<'PY'
import base64, hashlib, sys
name, raw = sys.argv[1], base64.b64decode(sys.argv[2])[-32:]
key = b"\x01" + raw
print(f"{name}+{hashlib.sha256(name.encode() + bytes([10]) + key).digest()[:4].hex()}+{base64.b64encode(key).decode()}")
PY
)
"$TMPDIR/golog" "$base/log" "$vkey"
# A changed byte in the checkpoint must be noticed, or this test proves nothing.
other=$(printf '%s' "$vkey" | sed 's/+\([0-9a-f]\)/+0/')
if [ "$other" != "$vkey" ] && "$TMPDIR/golog" "$base/log" "$other" 2>/dev/null; then die "accepted a wrong key"; fi
stop_server
