#!/bin/sh
# Trust lists the offline way: text first, then one root after the other; expiry, rollback,
# duplicate signers, a list that names other roots; and an installation on SM2.
set -eu
C=${1:-$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name suyuan-certs -perm -u+x | head -n 1)}
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
P=00112233445566778899aabbccddeeff
fail() { echo "FAILED: $*" >&2; exit 1; }
want() {
	code=$1
	shift
	got=0
	"$@" >"$T/out" 2>"$T/err" || got=$?
	[ "$got" = "$code" ] || { cat "$T/err" >&2; fail "wanted $code, got $got: $*"; }
}
said() { grep -q "$1" "$T/err" || { cat "$T/err" >&2; fail "not said: $1"; }; }
umask 077
echo secret >"$T/pass"
pass="--passphrase-file $T/pass"
want 0 "$C" trust init --root "$T/r" --origin q.example.cn/suyuan $pass
[ ! -e "$T/r/passphrase" ] || fail "a passphrase was written though one was given"
want 2 "$C" trust init --root "$T/r0" --origin q.example.cn/suyuan --roots 2 --threshold 3 $pass

want 0 "$C" trust make --origin q.example.cn/suyuan --anchor "$T/r/anchor" --host q.example.cn --out "$T/text"
want 1 "$C" trust verify --trust "$T/text" --anchor "$T/r/anchor"
said bad-note
sign() { want 0 "$C" trust sign --trust "$1" --key "$T/r/root-$2.pem" --name "q.example.cn/suyuan/root-$2" $pass --out "$3"; }
sign "$T/text" 1 "$T/one"
want 1 "$C" trust verify --trust "$T/one" --anchor "$T/r/anchor"
said quorum
if "$C" trust sign --trust "$T/one" --key "$T/r/root-1.pem" --name q.example.cn/suyuan/root-1 $pass --out "$T/twice" 2>/dev/null; then
	want 1 "$C" trust verify --trust "$T/twice" --anchor "$T/r/anchor"
fi
sign "$T/one" 3 "$T/two"
want 0 "$C" trust verify --trust "$T/two" --anchor "$T/r/anchor"
# a file that is no list gets no root's name under it
echo "I owe you money" >"$T/iou"
want 1 "$C" trust sign --trust "$T/iou" --key "$T/r/root-1.pem" --name q.example.cn/suyuan/root-1 $pass
echo other >"$T/pass2"
want 2 "$C" trust sign --trust "$T/text" --key "$T/r/root-1.pem" --name q.example.cn/suyuan/root-1 --passphrase-file "$T/pass2"
said bad-passphrase

# another's roots sign a list that names them: our anchor does not care
want 0 "$C" trust init --root "$T/evil" --origin q.example.cn/suyuan $pass
want 0 "$C" trust make --root "$T/evil" --host q.example.cn $pass --out "$T/evil.trust"
want 1 "$C" trust verify --trust "$T/evil.trust" --anchor "$T/r/anchor"

# a list past its date
sed 's/^issued .*/issued 2025-01-01T00:00:00Z/; s/^expires .*/expires 2025-02-01T00:00:00Z/' "$T/text" >"$T/old.text"
want 0 "$C" trust make --root "$T/r" --facts "$T/old.text" $pass --out "$T/old"
want 1 "$C" trust verify --trust "$T/old" --anchor "$T/r/anchor"
said trust-expired
want 0 "$C" trust verify --trust "$T/old" --anchor "$T/r/anchor" --allow-stale
want 0 "$C" trust renew --root "$T/r" --trust "$T/old" $pass --out "$T/new"
want 0 "$C" trust verify --trust "$T/new" --anchor "$T/r/anchor" --seen 2
# what may not be printed
want 0 "$C" keygen --out "$T/k.pem" --pub-out "$T/k.pub" $pass
want 2 "$C" trust renew --root "$T/r" --trust "$T/new" --key "9:log:-:$T/k.pub" $pass # a P-256 log key
want 2 "$C" trust renew --root "$T/r" --trust "$T/new" --key "0:label:-:$T/k.pub" $pass
want 2 "$C" trust renew --root "$T/r" --trust "$T/new" --compromised 99:1:x $pass
want 0 "$C" trust renew --root "$T/r" --trust "$T/new" --key "9:label:-:$T/k.pub" $pass --out "$T/n3"
want 2 "$C" trust renew --root "$T/r" --trust "$T/n3" --key "9:label:-:$T/k.pub" $pass
[ "$(grep -c '^key' "$T/n3")" = 1 ] || fail "not one key"

# GM/T: a person on SM2 under the P-256 root's SM2 party CA
want 0 "$C" keygen --alg sm2 --out "$T/ca.pem" --pub-out "$T/ca.pub" $pass
want 0 "$C" issue --ca-cert "$T/r/ca.pem" --ca-key "$T/r/ca-key.pem" --ca --party $P --subject CA --roles producer --spki "$T/ca.pub" $pass --out "$T/ca.crt"
want 0 "$C" keygen --alg sm2 --out "$T/p.pem" $pass
want 0 "$C" csr --key "$T/p.pem" --subject SC-1 $pass --out "$T/p.csr"
want 0 "$C" issue --ca-cert "$T/ca.crt" --ca-key "$T/ca.pem" --party $P --subject SC-1 --roles producer --csr "$T/p.csr" $pass --out "$T/p.crt" --chain
want 0 "$C" trust make --root "$T/r" $pass --out "$T/t"
printf '{"id":"0123456789abcdef0123456789abcdef","issuer":"%s","private_sha256":null,"public_sha256":"%064d","supersedes":null,"time":"2026-11-23T00:00:00Z","type":"certificate","version":1}' $P 0 >"$T/st"
want 0 "$C" seal --statement "$T/st" --key "$T/p.pem" --cert "$T/p.crt" --role producer $pass --yes --out "$T/seal"
printf '{"payload":"%s","signatures":[%s]}' "$(base64 -w0 <"$T/st" | tr '+/' '-_' | tr -d '=')" "$(cat "$T/seal")" >"$T/entry"
want 0 "$C" check --entry "$T/entry" --certs "$T/p.crt" --certs "$T/r/ca.pem" --trust "$T/t" --anchor "$T/r/anchor"
want 2 "$C" check --entry "$T/entry" --certs "$T/r/ca.pem" --trust "$T/t" --anchor "$T/r/anchor"
want 1 "$C" check --entry "$T/entry" --certs "$T/p.crt" --certs "$T/r/ca.pem" --trust "$T/two" --anchor "$T/r/anchor"
said bad-chain
# without a terminal and without --yes nothing is sealed
if command -v setsid >/dev/null; then
	want 1 setsid "$C" seal --statement "$T/st" --key "$T/p.pem" --cert "$T/p.crt" --role producer $pass
fi
echo "certs_trust: ok"
