"""A verifier that shares no code with ours: it reads the formats of suyuan-label(5),
suyuan-record(5) and suyuan-trust(5) with Debian's python3-cryptography alone, and checks
the demonstration installation: trust list, checkpoint, every entry's proof, seals and
chains, every body's hash, every label of every sheet. Each check has a counter-check
with one byte changed, so that none can pass by doing nothing."""
import base64
import glob
import hashlib
import json
import os
import sys
import urllib.parse

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

demo = os.environ["SUYUAN_DEMO"]
counted = {}


def count(what):
    counted[what] = counted.get(what, 0) + 1


def need(ok, what):
    if not ok:
        sys.exit(f"failed: {what}")


def b64(s):
    return base64.b64decode(s, validate=True)


def b64url(s):
    need("=" not in s, "base64url is unpadded")
    raw = base64.urlsafe_b64decode(s + "=" * (-len(s) % 4))
    need(base64.urlsafe_b64encode(raw).rstrip(b"=").decode() == s, "one spelling")
    return raw


def sha256(b):
    return hashlib.sha256(b).digest()


def strict_object(pairs):
    need(len({k for k, _ in pairs}) == len(pairs), "a member twice")
    return dict(pairs)


def canonical(text):
    """RFC 8785 on integers, strings, booleans, null and ASCII names."""
    v = json.loads(text, object_pairs_hook=strict_object)
    need(json.dumps(v, sort_keys=True, separators=(",", ":"), ensure_ascii=False) == text, "canonical JSON")
    return v


# c2sp.org/signed-note
def vkey_parse(vkey):
    name, ident, key = vkey.split("+", 2)
    raw = b64(key)
    need(raw[0] == 1 and len(raw) == 33, "an Ed25519 note key")
    need(sha256(name.encode() + b"\n" + raw)[:4].hex() == ident, "key id")
    return name, bytes.fromhex(ident), raw[1:]


def note_split(note):
    text, _, tail = note.rpartition("\n\n")
    return text + "\n", [line.split(" ") for line in tail.strip("\n").split("\n")]


def note_verified_by(note, vkey):
    name, ident, raw = vkey_parse(vkey)
    text, sigs = note_split(note)
    for dash, who, sig in sigs:
        blob = b64(sig)
        if dash == "—" and who == name and blob[:4] == ident:
            try:
                ed25519.Ed25519PublicKey.from_public_bytes(raw).verify(blob[4:], text.encode())
                return True
            except InvalidSignature:
                return False
    return False


def raw_verify(key, sig, message):
    if isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(sig, message)
        return
    need(isinstance(key.curve, ec.SECP256R1), "P-256")
    der = encode_dss_signature(int.from_bytes(sig[:32], "big"), int.from_bytes(sig[32:], "big"))
    key.verify(der, message, ec.ECDSA(hashes.SHA256()))


def both_ways(key, sig, message, what):
    raw_verify(key, sig, message)
    for bad_sig, bad_message in ((sig[:-1] + bytes([sig[-1] ^ 1]), message), (sig, message[:-1] + bytes([message[-1] ^ 1]))):
        try:
            raw_verify(key, bad_sig, bad_message)
            sys.exit(f"counter-check: a changed {what} was accepted")
        except InvalidSignature:
            pass
    count(what)


# Trust list
def trust_parse(note, anchor):
    k, roots = 0, []
    for line in anchor.strip().split("\n"):
        word, value = line.split(" ", 1)
        if word == "threshold":
            k = int(value)
        elif word == "root":
            roots.append(value)
    need(k >= 1 and len(roots) >= k, "an anchor")
    need(sum(note_verified_by(note, r) for r in roots) >= k, "trust list signed by k roots")
    need(not any(note_verified_by(note.replace("version 1", "version 9", 1), r) for r in roots), "counter-check of the trust list")
    lines = note_split(note)[0].rstrip("\n").split("\n")
    need(lines[0] == "suyuan/trust/v1", "trust list version")
    facts = {"hosts": [], "keys": []}
    for line in lines[1:]:
        word, _, value = line.partition(" ")
        if word == "host":
            facts["hosts"].append(value)
        elif word == "key":
            kid, alg, spki, role, party, nb, na, lt, reason = value.split(" ")
            facts["keys"].append({"kid": int(kid), "alg": alg, "role": role, "spki": b64(spki),
                                  "key": serialization.load_der_public_key(b64(spki))})
        else:
            facts[word] = value
    count("trust list")
    return facts


# RFC 6962 2.1.1
def leaf_hash(b):
    return sha256(b"\x00" + b)


def root_from(leaf, index, size, proof):
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            r = sha256(b"\x01" + p + r)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            r = sha256(b"\x01" + r + p)
        fn >>= 1
        sn >>= 1
    return r if sn == 0 else None


# Label
def digits_to_bytes(s):
    out, sizes = b"", {3: 1, 5: 2, 8: 3, 10: 4, 13: 5, 15: 6, 17: 7}
    while s:
        chunk, s = s[:17], s[17:]
        out += int(chunk).to_bytes(sizes[len(chunk)], "little")
    return out


def check_label(url, trust, releases):
    u = urllib.parse.urlsplit(url)
    need(u.netloc.lower() in trust["hosts"], f"host of {url}")
    token = digits_to_bytes(u.query.split("=", 1)[1])
    need(len(token) == 96 and token[0] == 1, "token form")
    kid = int.from_bytes(token[1:4], "big")
    key = next(k["key"] for k in trust["keys"] if k["kid"] == kid and k["role"] == "label")
    origin, path = trust["origin"].encode(), u.path.encode()
    message = b"suyuan/label/v1\n" + len(origin).to_bytes(2, "big") + origin + len(path).to_bytes(2, "big") + path + token[:32]
    both_ways(key, token[32:], message, "label")
    need(token[16:32] in releases, f"release of {url} in the bundle")
    release = releases[token[16:32]]["figures"]
    need(int.from_bytes(token[10:13], "big") == int(release["county"]), "county in token and release")
    need(int.from_bytes(token[13:16], "big") == release["status_index"], "status index in token and release")
    need(token[9] == release["basis"] << 4 | release["grade"], "basis and grade in token and release")


def is_ca(cert):
    """basicConstraints cA TRUE. Read from the DER: this library cannot hold the 128-bit arc of our EKUs (2.25.<uuid>)."""
    der = cert.tbs_certificate_bytes
    at = der.find(bytes.fromhex("0603551d13"))  # 2.5.29.19
    if at < 0:
        return False
    at += 5
    if der[at:at + 3] == b"\x01\x01\xff":  # critical
        at += 3
    need(der[at] == 4 and der[at + 2] == 0x30, "form of basicConstraints")
    return der[at + 4:at + 7] == b"\x01\x01\xff"


# Chains: leaf <- ... <- a CA key of the trust list
def check_chain(cert, by_subject, trust):
    for _ in range(4):
        for k in trust["keys"]:
            if k["role"] == "ca":
                try:
                    k["key"].verify(cert.signature, cert.tbs_certificate_bytes, ec.ECDSA(hashes.SHA256()))
                    return
                except InvalidSignature:
                    pass
        parent = by_subject.get(cert.issuer.public_bytes())
        need(parent is not None, f"issuer of {cert.subject.rfc4514_string()}")
        parent.public_key().verify(cert.signature, cert.tbs_certificate_bytes, ec.ECDSA(hashes.SHA256()))
        cert = parent
    sys.exit("failed: a chain that does not end at the trust list")


def main():
    anchor = open(os.path.join(demo, "anchor")).read()
    bundle = json.load(open(os.path.join(demo, "bundle.json")))
    trust = trust_parse(bundle["trust"], anchor)
    log_keys = [k for k in trust["keys"] if k["role"] == "log"]
    note = bundle["checkpoint"]
    signed = False
    for k in log_keys:
        raw = b"\x01" + k["spki"][-32:]
        vkey = f"{trust['origin']}+{sha256(trust['origin'].encode() + bytes([10]) + raw)[:4].hex()}+{base64.b64encode(raw).decode()}"
        signed = signed or note_verified_by(note, vkey)
    need(signed, "checkpoint signed by a log key of the list")
    origin, size, root = note_split(note)[0].rstrip("\n").split("\n")
    need(origin == trust["origin"], "origin of the checkpoint")
    size, root = int(size), b64(root)

    certs = {}
    for der in bundle["certs"]:
        certs[sha256(b64(der))] = x509.load_der_x509_certificate(b64(der))
    by_subject = {c.subject.public_bytes(): c for c in certs.values() if is_ca(c)}
    for sha, body in bundle["bodies"].items():
        need(sha256(body.encode()).hex() == sha, "body by its hash")
        canonical(body)
        count("body")

    releases, types = {}, {}
    for e in bundle["entries"]:
        text = e["entry"]
        leaf = leaf_hash(text.encode())
        proof = [b64(p) for p in e["proof"]]
        need(root_from(leaf, e["index"], size, proof) == root, f"inclusion of entry {e['index']}")
        need(root_from(leaf_hash(text.encode() + b" "), e["index"], size, proof) != root, "counter-check of inclusion")
        count("inclusion")
        jws = canonical(text)
        need(set(jws) == {"payload", "signatures"}, "members of an entry")
        statement = canonical(b64url(jws["payload"]).decode())
        types[statement["type"]] = types.get(statement["type"], 0) + 1
        roles, people = [], set()
        for s in jws["signatures"]:
            need(set(s) == {"protected", "signature"}, "members of a signature")
            head = canonical(b64url(s["protected"]).decode())
            need(set(head) == {"alg", "kid", "typ", "iat", "role", "x5t#S256"}, "members of a protected header")
            need(head["typ"] == f"suyuan-{statement['type']}-v1+jws", "typ")
            need(head["alg"] == "ES256", "alg")
            cert = certs[b64url(head["x5t#S256"])]
            both_ways(cert.public_key(), b64url(s["signature"]), f"{s['protected']}.{jws['payload']}".encode(), "seal")
            check_chain(cert, by_subject, trust)
            org = cert.subject.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)[0].value
            if head["role"] in ("tester", "reviewer", "approver", "operator", "producer", "certifier"):
                need(org == statement["issuer"] or statement["type"] in ("hold", "void", "recall"), "party of the signatory")
            roles.append(head["role"])
            people.add(cert.subject.public_bytes())
        if statement["type"] == "report":
            need(roles == ["tester", "reviewer", "approver"] and len(people) == 3, "three people, in order")
        if statement["public_sha256"] in bundle["bodies"]:
            count("entry with body")
        if statement["type"] == "release":
            releases[leaf[:16]] = statement
    need(len(releases) >= 12 and types.get("report", 0) >= 9, f"enough to check: {types}")

    for name in sorted(glob.glob(os.path.join(demo, "labels", "*.codes"))):
        for line in open(name):
            if not line.startswith("#"):
                check_label(line.strip(), trust, releases)
    need(counted.get("label", 0) >= 100, "labels were checked")
    print(", ".join(f"{n} {what}" for what, n in sorted(counted.items())), types)


main()
