#!/bin/sh
# proof and log fsck over logs written by other code (_certs_log.py, openssl), whole and damaged.
set -eu
C=${1:-$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name suyuan-certs -perm -u+x | head -n 1)}
here=$(cd "$(dirname "$0")" && pwd)
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
want() {
	code=$1
	shift
	got=0
	"$@" >"$T/out" 2>"$T/err" || got=$?
	[ "$got" = "$code" ] || { cat "$T/err" >&2; fail "wanted $code, got $got: $*"; }
}
umask 077
echo secret >"$T/pass"
want 0 "$C" keygen --alg ed25519 --out "$T/log.pem" --passphrase-file "$T/pass"
for n in 1 2 255 256 257 700; do
	mkdir "$T/l$n"
	/usr/bin/python3 "$here/_certs_log.py" "$T/l$n" q.example.cn/suyuan "$T/log.pem" "$T/pass" $n $((n / 2))
	v=$(cat "$T/l$n/vkey")
	want 0 "$C" log fsck --dir "$T/l$n" --log-key "$v" --json
	grep -q "\"size\":$n" "$T/out" || fail "size $n"
	want 0 "$C" proof --proof "$T/l$n/p.tlog-proof" --entry "$T/l$n/entry" --log-key "$v"
done
d=$T/l700
v=$(cat "$d/vkey")
# our own word for the same key
want 0 "$C" pub --key "$T/log.pem" --passphrase-file "$T/pass" --note-name q.example.cn/suyuan --out "$T/vkey"
[ "$(cat "$T/vkey")" = "$v" ] || fail "another verifier key"
# the same proof by its parts
set -- --checkpoint "$d/checkpoint" --index 350 --entry "$d/entry" --log-key "$v"
for h in $(sed -n '3,/^$/p' "$d/p.tlog-proof"); do set -- "$@" --hash "$h"; done
want 0 "$C" proof "$@"
# what does not hold
printf x >"$T/other"
want 1 "$C" proof --proof "$d/p.tlog-proof" --entry "$T/other" --log-key "$v"
sed 's/^index 350/index 351/' "$d/p.tlog-proof" >"$T/p2"
want 1 "$C" proof --proof "$T/p2" --entry "$d/entry" --log-key "$v"
sed 's/^700$/701/' "$d/p.tlog-proof" >"$T/p3"
want 1 "$C" proof --proof "$T/p3" --entry "$d/entry" --log-key "$v"
want 2 "$C" proof --proof "$T/none" --entry "$d/entry" --log-key "$v"
damage() { # file: one byte of it
	cp "$1" "$T/keep"
	/usr/bin/python3 -c 'import sys; p = sys.argv[1]; b = bytearray(open(p, "rb").read()); b[-3] ^= 1; open(p, "wb").write(b)' "$1"
	want 1 "$C" log fsck --dir "$d" --log-key "$v"
	cp "$T/keep" "$1"
}
damage "$d/tile/entries/000"
damage "$d/tile/entries/002.p/188"
damage "$d/tile/0/001"
damage "$d/tile/0/002.p/188"
damage "$d/tile/1/000.p/2"
mv "$d/tile/0/001" "$T/away"
want 1 "$C" log fsck --dir "$d" --log-key "$v"
mv "$T/away" "$d/tile/0/001"
want 0 "$C" log fsck --dir "$d" --log-key "$v"
want 2 "$C" log fsck --dir "$d" --log-key nonsense
# The log's key out of the trust list: only one that the roots signed, and only a key in the log's role.
pass="--passphrase-file $T/pass"
want 0 "$C" pub --key "$T/log.pem" $pass --out "$T/log.pub"
want 0 "$C" trust init --root "$T/r" --origin q.example.cn/suyuan $pass
want 0 "$C" trust init --root "$T/evil" --origin q.example.cn/suyuan $pass
want 0 "$C" trust make --root "$T/r" $pass --out "$T/none.trust"
want 1 "$C" log fsck --dir "$d" --trust "$T/none.trust" --anchor "$T/r/anchor"
grep -q unknown-key "$T/err" || fail "a list without a log"
want 0 "$C" trust make --root "$T/evil" --key "2:log:-:$T/log.pub" $pass --out "$T/evil.trust"
want 1 "$C" log fsck --dir "$d" --trust "$T/evil.trust" --anchor "$T/r/anchor"
want 2 "$C" log fsck --dir "$d" --trust "$T/evil.trust"
want 2 "$C" log fsck --dir "$d" --trust "$T/evil.trust" --anchor "$T/nothing"
want 0 "$C" trust make --root "$T/r" --key "3:witness:-:$T/log.pub" $pass --out "$T/witness.trust"
want 1 "$C" log fsck --dir "$d" --trust "$T/witness.trust" --anchor "$T/r/anchor"
want 0 "$C" keygen --alg ed25519 --out "$T/k.pem" --pub-out "$T/k.pub" $pass
want 0 "$C" trust make --root "$T/r" --key "2:log:-:$T/k.pub" $pass --out "$T/other.trust"
want 1 "$C" log fsck --dir "$d" --trust "$T/other.trust" --anchor "$T/r/anchor"
want 0 "$C" trust make --root "$T/r" --key "2:log:-:$T/k.pub" --key "3:log:-:$T/log.pub" $pass --out "$T/both.trust"
want 0 "$C" log fsck --dir "$d" --trust "$T/both.trust" --anchor "$T/r/anchor"
want 0 "$C" proof --proof "$d/p.tlog-proof" --entry "$d/entry" --trust "$T/both.trust" --anchor "$T/r/anchor"
echo "certs_proof: ok"
