#!/bin/sh
# A small installation from nothing: roots, a party, its people, a trust list, a seal, a check.

set -eu
C=${1:-$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name suyuan-certs -perm -u+x | head -n 1)}
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
P=00112233445566778899aabbccddeeff
fail() { echo "FAILED: $*" >&2; exit 1; }
# want CODE COMMAND...: the exit code is the answer.
want() {
	code=$1
	shift
	got=0
	"$@" >"$T/out" 2>"$T/err" || got=$?
	[ "$got" = "$code" ] || { cat "$T/err" >&2; fail "wanted $code, got $got: $*"; }
}
umask 077
echo secret >"$T/pass"

want 0 "$C" trust init --root "$T/r" --origin q.example.cn/suyuan --roots 3 --threshold 2
cp "$T/r/anchor" "$T/anchor1"
want 0 "$C" trust init --root "$T/r" --origin q.example.cn/suyuan
cmp "$T/r/anchor" "$T/anchor1" || fail "a second init changed the roots"
[ "$(stat -c %a "$T/r/ca-key.pem")" = 600 ] || fail "a private key that others can read"

want 0 "$C" issue --root "$T/r" --ca --party $P --subject 检验中心 --roles tester,reviewer,approver
want 0 "$C" issue --root "$T/r" --ca --party $P --subject 检验中心 --roles tester,reviewer,approver --if-missing

for who in tester reviewer approver; do
	want 0 "$C" keygen --out "$T/$who.pem" --passphrase-file "$T/pass"
	want 2 "$C" keygen --out "$T/$who.pem" --passphrase-file "$T/pass"
	want 0 "$C" csr --key "$T/$who.pem" --passphrase-file "$T/pass" --subject "JC-$who" --out "$T/$who.csr"
	want 0 "$C" issue --root "$T/r" --party $P --subject "JC-$who" --roles $who --csr "$T/$who.csr" --out "$T/$who.crt"
done
# the party's CA bounds its people's roles
want 1 "$C" issue --root "$T/r" --party $P --subject X --roles officer --csr "$T/tester.csr"

want 0 "$C" keygen --alg ed25519 --out "$T/log.pem" --pub-out "$T/log.pub" --passphrase-file "$T/pass"
want 0 "$C" keygen --out "$T/label.pem" --pub-out "$T/label.pub" --passphrase-file "$T/pass"
want 0 "$C" keygen --out "$T/status.pem" --pub-out "$T/status.pub" --passphrase-file "$T/pass"
want 0 "$C" issue --root "$T/r" --party $P --subject status-1 --roles status --spki "$T/status.pub" --out "$T/status.crt"
want 0 "$C" trust make --root "$T/r" --host 127.0.0.1:8080 --key "2:log:-:$T/log.pub" --key "3:label:-:$T/label.pub" --key "4:status:-:$T/status.pub" --out "$T/trust"
want 0 "$C" trust verify --trust "$T/trust" --anchor "$T/r/anchor" --anchor-out "$T/anchor2"
cmp "$T/r/anchor" "$T/anchor2" || fail "anchor-out differs"
want 0 "$C" trust renew --root "$T/r" --trust "$T/trust" --compromised 3:17:key-lost --out "$T/trust2"
want 0 "$C" trust verify --trust "$T/trust2" --anchor "$T/r/anchor" --seen 2 --json
grep -q '"version":2' "$T/out" || fail "not version 2"
want 1 "$C" trust verify --trust "$T/trust" --anchor "$T/r/anchor" --seen 2
grep -q trust-rollback "$T/err" || fail "no rollback"
sed 's/host 127/host 128/' "$T/trust" >"$T/bad"
want 1 "$C" trust verify --trust "$T/bad" --anchor "$T/r/anchor"
want 2 "$C" trust verify --trust "$T/none" --anchor "$T/r/anchor"

printf '{"id":"0123456789abcdef0123456789abcdef","issuer":"%s","private_sha256":null,"public_sha256":"%064d","supersedes":null,"time":"2026-11-23T00:00:00Z","type":"report","version":1}' $P 0 >"$T/st"
for who in tester reviewer approver; do
	want 0 "$C" seal --statement "$T/st" --key "$T/$who.pem" --cert "$T/$who.crt" --role $who --passphrase-file "$T/pass" --yes --out "$T/$who.seal"
done
want 2 "$C" seal --statement "$T/st" --key "$T/tester.pem" --cert "$T/reviewer.crt" --role reviewer --passphrase-file "$T/pass" --yes
want 1 "$C" seal --statement "$T/st" --key "$T/tester.pem" --cert "$T/tester.crt" --role approver --passphrase-file "$T/pass" --yes
sed "s/$P/ffeeddccbbaa99887766554433221100/" "$T/st" >"$T/st2"
want 1 "$C" seal --statement "$T/st2" --key "$T/tester.pem" --cert "$T/tester.crt" --role tester --passphrase-file "$T/pass" --yes
echo wrong >"$T/wrong"
want 2 "$C" seal --statement "$T/st" --key "$T/tester.pem" --cert "$T/tester.crt" --role tester --passphrase-file "$T/wrong" --yes

payload=$(base64 -w0 <"$T/st" | tr '+/' '-_' | tr -d '=')
printf '{"payload":"%s","signatures":[%s,%s,%s]}' "$payload" "$(cat "$T/tester.seal")" "$(cat "$T/reviewer.seal")" "$(cat "$T/approver.seal")" >"$T/entry"
check() { want "$1" "$C" check --entry "$2" --certs "$T/tester.crt" --certs "$T/reviewer.crt" --certs "$T/approver.crt" --certs "$T/r/party-$P.pem" --certs "$T/r/ca.pem" --trust "$T/trust" --anchor "$T/r/anchor" --json; }
check 0 "$T/entry"
grep -q '"result":"ok"' "$T/out" || fail "no ok"
sed 's/","signatures/A","signatures/' "$T/entry" >"$T/entry2"
check 1 "$T/entry2"
want 0 "$C" show "$T/entry"
want 0 "$C" show "$T/trust" --json
want 0 "$C" show "$T/tester.crt"
want 0 "$C" show "$T/log.pub"
want 0 "$C" pub --key "$T/log.pem" --passphrase-file "$T/pass" --note-name q.example.cn/suyuan --out "$T/vkey"
want 0 "$C" show "$T/vkey"

# openssl reads what we issue, its roles by number
openssl x509 -in "$T/tester.crt" -noout -text | grep -q '2\.25\.300193588781811178439596520350075105213\.1' || fail "EKU"
openssl x509 -in "$T/r/party-$P.pem" -noout -text | grep -q "DirName" || fail "name constraints"
want 2 "$C" nonsense
want 2 "$C" issue --nonsense
for verb in keygen pub csr issue show seal check "trust init" "trust make" "trust renew" "trust sign" "trust verify" proof "log fsck"; do
	# shellcheck disable=SC2086
	want 0 "$C" $verb --help
done
echo "certs_issue: ok"
