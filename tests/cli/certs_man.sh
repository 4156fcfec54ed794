#!/bin/sh
# The worked examples of suyuan-trust(5) and suyuan-record(5), read back: by other code
# (Python and openssl, from the documented formats alone) and by suyuan-certs.
set -eu
C=${1:-$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name suyuan-certs -perm -u+x | head -n 1)}
here=$(cd "$(dirname "$0")/../.." && pwd)
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
/usr/bin/python3 - "$here" "$T" <<'PY'
import base64, hashlib, json, os, re, subprocess, sys
root, out = sys.argv[1:]
part = {}
for page in ("suyuan-trust.5", "suyuan-record.5"):
    text = open(os.path.join(root, "certs/man", page), encoding="utf-8").read()
    for name, body in re.findall(r'^\.\\" begin (\S+)\n\.Bd -literal\n(.*?)\n\.Ed\n\.\\" end \1$', text, re.S | re.M):
        part[name] = "\n".join(l[2:] if l.startswith("\\&") else l for l in body.split("\n")).replace("\\e", "\\")
for name in ("anchor", "trust", "certificates"):
    part[name] += "\n"
for name, text in part.items():
    open(os.path.join(out, name), "w", encoding="utf-8", newline="").write(text)
canon = lambda v: json.dumps(v, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
unb = lambda s: base64.urlsafe_b64decode(s + "=" * (-len(s) % 4))
H = lambda b: hashlib.sha256(b).digest()
types = "party product lot report certificate release allocation hold void recall activation trust status".split()
members = {"type", "id", "version", "supersedes", "issuer", "time", "public_sha256", "private_sha256"}
for t in types:
    text = part["statement-" + t]
    s = json.loads(text)
    assert canon(s) == text and s["type"] == t, t
    more = {"subject", "figures"} if t in "release allocation activation hold void recall".split() else set()
    assert set(s) == members | more, t
st = part["statement-report"]
s = json.loads(st)
assert s["public_sha256"] == H(part["report-public"].encode()).hex()
assert s["private_sha256"] == H(part["report-private"].encode()).hex()
for b in ("report-public", "report-private"):
    assert canon(json.loads(part[b])) == part[b]
entry = part["entry-report"]
e = json.loads(entry)
assert canon(e) == entry and unb(e["payload"]) == st.encode()
assert H(b"\0" + entry.encode()).hex() == part["leaf-report"]
pems = re.findall(r"-----BEGIN.*?END CERTIFICATE-----\n", part["certificates"], re.S)
ders = [base64.b64decode("".join(p.split("\n")[1:-2])) for p in pems]
for role, seal, pem, der in zip(("tester", "reviewer", "approver"), e["signatures"], pems, ders):
    head = unb(seal["protected"])
    h = json.loads(head)
    assert head.decode() == part["protected-" + role] == canon(h)
    assert set(h) == {"alg", "kid", "typ", "iat", "role", "x5t#S256"}
    assert h["role"] == role and h["typ"] == "suyuan-report-v1+jws" and unb(h["x5t#S256"]) == H(der)
    f = lambda n: os.path.join(out, n)
    open(f("c"), "w").write(pem)
    open(f("m"), "w").write(seal["protected"] + "." + e["payload"])
    pub = subprocess.run(["openssl", "x509", "-in", f("c"), "-pubkey", "-noout"], check=True, capture_output=True).stdout
    open(f("k"), "wb").write(pub)
    spki = base64.b64decode(b"".join(pub.split(b"\n")[1:-2]))
    assert unb(h["kid"]) == H(spki)[:12]
    sig = unb(seal["signature"])
    num = lambda b: (lambda x: bytes([2, len(x)]) + x)((b"\0" + b if b[0] > 127 else b) if b[0] else b.lstrip(b"\0") if b.lstrip(b"\0")[0] < 128 else b"\0" + b.lstrip(b"\0"))
    der_sig = num(sig[:32]) + num(sig[32:])
    open(f("s"), "wb").write(bytes([0x30, len(der_sig)]) + der_sig)
    subprocess.run(["openssl", "dgst", "-sha256", "-verify", f("k"), "-signature", f("s"), f("m")], check=True, capture_output=True)
# the trust list's signatures, by hand
text, sigs = part["trust"].split("\n\n")
text += "\n"
vkeys = {}
for line in part["anchor"].split("\n")[1:]:
    if line:
        name, kid, key = line.split(" ")[1].split("+", 2)
        vkeys[name] = (kid, base64.b64decode(key))
good = 0
for line in sigs.strip().split("\n"):
    dash, name, sig = line.split(" ")
    kid, key = vkeys[name]
    raw = base64.b64decode(sig)
    assert dash == "\u2014" and raw[:4].hex() == kid == H(name.encode() + b"\n" + key)[:4].hex()
    open(f("k"), "wb").write(bytes.fromhex("302a300506032b6570032100") + key[1:])
    open(f("s"), "wb").write(raw[4:])
    open(f("m"), "w", encoding="utf-8").write(text)
    subprocess.run(["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey", f("k"), "-sigfile", f("s"), "-in", f("m")], check=True, capture_output=True)
    good += 1
assert good >= int(part["anchor"].split("\n")[0].split(" ")[1])
PY
"$C" trust verify --trust "$T/trust" --anchor "$T/anchor" --allow-stale >/dev/null
"$C" check --entry "$T/entry-report" --certs "$T/certificates" --trust "$T/trust" --anchor "$T/anchor" --allow-stale --json | grep -q '"result":"ok"'
# the bodies of the example are what its statement says, and nothing else is
seal() { "$C" seal --statement "$T/statement-report" --key "$T/k.pem" --cert "$T/k.crt" --role tester --passphrase-file "$T/pass" --time 2026-09-20T08:31:00Z --yes "$@" 2>"$T/err" >/dev/null; }
umask 077
echo x >"$T/pass"
"$C" keygen --out "$T/k.pem" --pub-out "$T/k.pub" --passphrase-file "$T/pass"
"$C" keygen --out "$T/ca.pem" --passphrase-file "$T/pass"
party=$(sed 's/.*"issuer":"\([0-9a-f]*\)".*/\1/' "$T/statement-report")
ca="--ca-cert $T/root.crt --ca-key $T/ca.pem --passphrase-file $T/pass --not-before 2026-09-01T00:00:00Z"
"$C" issue --ca --ca-key "$T/ca.pem" --party "$party" --subject root --passphrase-file "$T/pass" --not-before 2026-09-01T00:00:00Z --out "$T/root.crt"
"$C" pub --key "$T/k.pem" --passphrase-file "$T/pass" --out "$T/sub.pub"
"$C" issue $ca --ca --party "$party" --subject CA --roles tester --spki "$T/sub.pub" --out "$T/sub.crt"
"$C" keygen --out "$T/me.pem" --pub-out "$T/me.pub" --passphrase-file "$T/pass"
"$C" issue --ca-cert "$T/sub.crt" --ca-key "$T/k.pem" --passphrase-file "$T/pass" --not-before 2026-09-01T00:00:00Z --party "$party" --subject JC-9 --roles tester --spki "$T/me.pub" --out "$T/k.crt"
mv "$T/me.pem" "$T/k.pem"
seal --public "$T/report-public" --private "$T/report-private" || { cat "$T/err"; exit 1; }
! seal --public "$T/report-private"
grep -q body-mismatch "$T/err"
echo "certs_man: ok"
