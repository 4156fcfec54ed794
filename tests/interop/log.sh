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
vkey_of() { # flip: 0, or 1 for a key of the same name that did not sign
	/usr/bin/python3 - "$origin" "$spki" "$1" <<'PY'
import base64, hashlib, sys
name, raw = sys.argv[1], base64.b64decode(sys.argv[2])[-32:]
key = b"\x01" + raw[:-1] + bytes([raw[-1] ^ int(sys.argv[3])])
print(f"{name}+{hashlib.sha256(name.encode() + bytes([10]) + key).digest()[:4].hex()}+{base64.b64encode(key).decode()}")
PY
}
"$TMPDIR/golog" "$base/log" "$(vkey_of 0)"
# A well-formed key that did not sign must be noticed, or this test proves nothing.
if "$TMPDIR/golog" "$base/log" "$(vkey_of 1)" 2>"$TMPDIR/refused"; then die "accepted a wrong key"; fi
grep -q '^checkpoint: ' "$TMPDIR/refused" || die "refused for another reason: $(cat "$TMPDIR/refused")"
stop_server
