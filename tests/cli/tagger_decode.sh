#!/bin/sh
# The worked example of suyuan-label(5), read from the page itself: our program reads from the URL what the page says,
# and a program that shares no code with ours verifies its signature from the documented format alone.
set -eu
cd "$(dirname "$0")/../.."
tagger=$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name suyuan-tagger -perm -u+x | head -n 1)
t=${TMPDIR:-/tmp}/decode.$$
mkdir -p "$t"
trap 'rm -rf "$t"' EXIT
die() { echo "$*" >&2; exit 1; }
sed -n '/begin example/,/end example/p' tagger/man/suyuan-label.5 | grep -v '^\.' >"$t/example"
field() { sed -n "s/^$1 //p" "$t/example"; }
url=$(field url)
[ -n "$url" ] || die "no example in the page"
"$tagger" decode --json "$url" >"$t/json"
"$tagger" decode "$url" >"$t/text"
/usr/bin/python3 - "$t/example" "$t/json" <<'PY'
import base64, json, sys
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

page = dict(line.rstrip("\n").split(" ", 1) for line in open(sys.argv[1]) if " " in line)
ours = json.load(open(sys.argv[2]))
token = ours["token"]
assert ours["path"] == page["path"] and ours["host"] == "q.example.cn" and ours["tls"] is True
assert " ".join(token["certified"]) == page["certified"]
for name in ("kid", "issued", "best_before", "basis", "grade", "county", "status_index", "release", "signature"):
    assert str(token[name]) == page[name], (name, token[name], page[name])

digits = page["url"].split("?S=")[1]
assert len(digits) == 234
data = b""
for n, width in [(7, 17)] * 13 + [(5, 13)]:
    data += int(digits[:width]).to_bytes(n, "little")
    digits = digits[width:]
assert data.hex() == page["body"] + page["signature"]
origin, path = page["origin"].encode(), page["path"].encode()
message = b"suyuan/label/v1\n" + len(origin).to_bytes(2, "big") + origin + len(path).to_bytes(2, "big") + path + data[:32]
key = serialization.load_der_public_key(base64.b64decode(page["spki"]))
r, s = int.from_bytes(data[32:64], "big"), int.from_bytes(data[64:], "big")
assert s <= 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551 // 2
key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
PY
grep -q '411724' "$t/text" || die "text output"

status() { s=0; "$@" >"$t/out" 2>"$t/err" || s=$?; echo $s; }
[ "$(status "$tagger" decode "$url#x")" = 0 ] || die "fragment"
[ "$(status "$tagger" decode "${url%0}")" = 1 ] || die "a digit short"
grep -q 'too-short' "$t/err" || die "slug"
[ "$(status "$tagger" decode "$(printf '%s' "$url" | sed 's/?S=0/?S=9/')")" = 1 ] || die "a chunk too large"
grep -q 'not-canonical' "$t/err" || die "slug"
[ "$(status "$tagger" decode "$(printf '%s' "$url" | sed 's/4567899/4567890/')")" = 1 ] || die "check digit"
grep -q 'check-digit.*@37' "$t/err" || die "no place: $(cat "$t/err")"
[ "$(status "$tagger" decode)" = 2 ] || die "no argument"
[ "$(status "$tagger" decode --nothing "$url")" = 2 ] || die "unknown option"
[ "$(status "$tagger" decode --help)" = 0 ] || die "help"
