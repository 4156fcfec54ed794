#!/usr/bin/python3
"""A log (c2sp.org/tlog-tiles) written by code that shares nothing with ours: N entries,
tiles, a checkpoint signed by openssl. Usage: certs_log.py DIR ORIGIN KEY.pem PASSFILE N INDEX
Writes DIR/..., DIR/entry and DIR/p.tlog-proof for entry INDEX, DIR/vkey."""
import base64, hashlib, os, subprocess, sys

dir_, origin, key, passfile, n, index = sys.argv[1:5] + [int(x) for x in sys.argv[5:7]]
H = lambda b: hashlib.sha256(b).digest()
entries = [b'{"entry":%d}' % i for i in range(n)]
leaves = [H(b"\0" + e) for e in entries]


def root(h):  # RFC 6962 2.1
    if len(h) == 1:
        return h[0]
    k = 1
    while k * 2 < len(h):
        k *= 2
    return H(b"\1" + root(h[:k]) + root(h[k:]))


def path(m, h):  # RFC 6962 2.1.1
    if len(h) == 1:
        return []
    k = 1
    while k * 2 < len(h):
        k *= 2
    return path(m, h[:k]) + [root(h[k:])] if m < k else path(m - k, h[k:]) + [root(h[:k])]


def name(i, w):
    parts = ["%03d" % (i % 1000)]
    while i >= 1000:
        i //= 1000
        parts.insert(0, "x%03d" % (i % 1000))
    return "/".join(parts) + ("" if w == 256 else ".p/%d" % w)


def put(kind, i, w, data):
    p = os.path.join(dir_, "tile", kind, name(i, w))
    os.makedirs(os.path.dirname(p), exist_ok=True)
    open(p, "wb").write(data)


for i in range(0, n, 256):
    part = entries[i : i + 256]
    put("entries", i // 256, len(part), b"".join(len(e).to_bytes(2, "big") + e for e in part))
level, hashes = 0, leaves
while hashes:
    for i in range(0, len(hashes), 256):
        part = hashes[i : i + 256]
        put(str(level), i // 256, len(part), b"".join(part))
    hashes = [root(hashes[i : i + 256]) for i in range(0, len(hashes) - 255, 256)]
    level += 1

openssl = lambda *a, **k: subprocess.run(["openssl", *a], check=True, capture_output=True, **k).stdout
raw = openssl("pkey", "-in", key, "-passin", "file:" + passfile, "-pubout", "-outform", "DER")[-32:]
text = "%s\n%d\n%s\n" % (origin, n, base64.b64encode(root(leaves)).decode())
open(os.path.join(dir_, "text"), "w").write(text)
sig = openssl("pkeyutl", "-sign", "-rawin", "-inkey", key, "-passin", "file:" + passfile, "-in", os.path.join(dir_, "text"))
kid = H(origin.encode() + b"\n\1" + raw)[:4]
note = text + "\n\u2014 %s %s\n" % (origin, base64.b64encode(kid + sig).decode())
open(os.path.join(dir_, "checkpoint"), "w").write(note)
open(os.path.join(dir_, "vkey"), "w").write("%s+%s+%s" % (origin, kid.hex(), base64.b64encode(b"\1" + raw).decode()))
open(os.path.join(dir_, "entry"), "wb").write(entries[index])
proof = "".join(base64.b64encode(h).decode() + "\n" for h in path(index, leaves))
open(os.path.join(dir_, "p.tlog-proof"), "w").write("c2sp.org/tlog-proof@v1\nindex %d\n%s\n%s" % (index, proof, note))
