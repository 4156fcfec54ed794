#!/bin/sh
# suyuan-tagger verify: what is not a good bundle tells nothing (2). Verdicts: tests/unit/tagger/offline.c, and below
# against a demonstration installation where there is one with its bundle beside it.
set -eu
cd "$(dirname "$0")/../.."
certs=$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name suyuan-certs -perm -u+x | head -n 1)
tagger=$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name suyuan-tagger -perm -u+x | head -n 1)
t=${TMPDIR:-/tmp}/verify.$$
mkdir -p "$t"
trap 'rm -rf "$t"' EXIT
die() { echo "$*" >&2; cat "$t/err" >&2; exit 1; }
status() { s=0; "$@" >"$t/out" 2>"$t/err" || s=$?; echo $s; }
url=$(sed -n 's/^url //p' tagger/man/suyuan-label.5)
printf '{}' >"$t/empty"
printf 'not json' >"$t/text"
printf 'threshold 1\n' >"$t/anchor"
: >"$t/nothing"
for bundle in "$t/empty" "$t/text" "$t/nothing" "$t/nothere"; do
	[ "$(status "$tagger" verify --bundle "$bundle" --anchor "$t/anchor" "$url")" = 2 ] || die "$bundle"
	[ ! -s "$t/out" ] || die "$bundle: said something"
done
[ "$(status "$tagger" verify --bundle "$t/empty" "$url")" = 2 ] || die "no anchor"
[ "$(status "$tagger" verify --bundle "$t/empty" --anchor "$t/anchor" --now yesterday "$url")" = 2 ] || die "bad time"
[ "$(status "$tagger" verify --bundle "$t/empty" --anchor "$t/anchor")" = 2 ] || die "no URL"

# Versions seen. Two bundles of an empty log: nothing is known of any label, but the trust list is judged.
umask 077
echo secret >"$t/pass"
pass="--passphrase-file $t/pass"
"$certs" trust init --root "$t/r" --origin q.example.cn/suyuan $pass >/dev/null 2>&1
"$certs" keygen --alg ed25519 --out "$t/log.pem" --pub-out "$t/log.pub" $pass >/dev/null
"$certs" trust make --root "$t/r" --host q.example.cn --key "9:log:-:$t/log.pub" $pass --out "$t/v1" >/dev/null
"$certs" trust renew --root "$t/r" --trust "$t/v1" $pass --out "$t/v2" >/dev/null
/usr/bin/python3 - "$t" <<'PY'
import base64, hashlib, json, sys
from cryptography.hazmat.primitives import serialization
t = sys.argv[1]
key = serialization.load_pem_private_key(open(t + "/log.pem", "rb").read(), b"secret")
raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
origin = "q.example.cn/suyuan"
text = f"{origin}\n0\n{base64.b64encode(hashlib.sha256().digest()).decode()}\n"
id = hashlib.sha256(origin.encode() + b"\n\x01" + raw).digest()[:4]
note = f"{text}\n\u2014 {origin} {base64.b64encode(id + key.sign(text.encode())).decode()}\n"
for v in ("v1", "v2"):
    json.dump({"v": "suyuan/bundle/v1", "trust": open(f"{t}/{v}").read(), "checkpoint": note, "entries": [], "certs": [], "bodies": {}}, open(f"{t}/{v}.bundle", "w"))
PY
HOME=$t/home XDG_STATE_HOME=
export HOME XDG_STATE_HOME
verify() { v=$1; shift; status "$tagger" verify --bundle "$t/$v.bundle" --anchor "$t/r/anchor" "$@" "$url"; }
[ "$(verify v1 --json)" = 1 ] || die "version 1"
cp "$t/out" "$t/first"
now=$(sed 's/.*"checked_at":"\([^"]*\)".*/\1/' "$t/first")
seen=$t/home/.local/state/suyuan/trust-seen
[ -f "$seen" ] && [ "$(stat -c %a "$seen")" = 600 ] || die "not remembered"
[ "$(verify v2)" = 1 ] && [ "$(verify v2)" = 1 ] || die "version 2"
[ "$(wc -l <"$seen")" = 2 ] && grep -q ' 2 q.example.cn/suyuan$' "$seen" || die "$(cat "$seen")"
[ "$(verify v1)" = 2 ] && grep -q 'trust-rollback' "$t/err" && [ ! -s "$t/out" ] || die "an older list was believed"
grep -q 'version 2 was seen before' "$t/err" || die "which versions"
# Nothing else depends on it.
[ "$(verify v1 --no-state --json --now "$now")" = 1 ] || die "--no-state"
cmp -s "$t/out" "$t/first" || die "another verdict without state"
[ "$(verify v1 --state "$t/other/seen" --json --now "$now")" = 1 ] && cmp -s "$t/out" "$t/first" && [ -f "$t/other/seen" ] || die "--state"
[ "$(verify v2 --state "$t/other/seen")" = 1 ] && [ "$(verify v1 --state "$t/other/seen")" = 2 ] || die "--state remembers"
[ "$(verify v1 --state "$t/other/seen" --no-state)" = 2 ] || die "one or the other"
[ "$(XDG_STATE_HOME=$t/xdg verify v1)" = 1 ] && [ -f "$t/xdg/suyuan/trust-seen" ] || die XDG_STATE_HOME
[ "$(verify v1 --state /proc/nothing/here --json --now "$now")" = 1 ] && grep -q 'cannot be kept' "$t/err" && cmp -s "$t/out" "$t/first" || die "where nothing can be written"
[ "$(HOME='' verify v1)" = 1 ] || die "no home"
echo damaged >"$t/other/seen"
[ "$(verify v2 --state "$t/other/seen")" = 2 ] && grep -q 'data-damaged' "$t/err" || die "damaged"
# A bundle that is refused is not remembered.
sed 's/"v": "suyuan/"v": "other/' "$t/v2.bundle" >"$t/v3.bundle"
[ "$(verify v3 --state "$t/third")" = 2 ] && [ ! -e "$t/third" ] || die "a bad bundle was remembered"
