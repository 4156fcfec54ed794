#!/usr/bin/python3
# algorithms.py BUILD: label keys other than P-256: the algorithm stands on the trust list and
# nowhere in a label, and everything on the way from release to verdict, with and without a
# network, goes by it (suyuan-label(5), suyuan-trust(5)). Ed25519 is checked by another
# implementation, too; SM2 by the openssl program.
import os, shutil, subprocess, sys, tempfile
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _installation as inst


def token_of(url):
    """The 96 bytes behind ?S= (suyuan-label(5), "Digits"): 17 digits are 7 bytes, little-endian; the last 13 are 5."""
    digits, out = url.split("?S=")[1], b""
    assert len(digits) == 234
    for at in range(0, 221, 17):
        out += int(digits[at:at + 17]).to_bytes(7, "little")
    return out + int(digits[221:]).to_bytes(5, "little")


def signed_bytes(url, token):
    path = url.split("://", 1)[1].split("/", 1)[1].split("?")[0]
    path = "/" + path
    pack = lambda s: len(s).to_bytes(2, "big") + s.encode()
    return b"suyuan/label/v1\n" + pack(inst.ORIGIN) + pack(path) + token[:32]


def other_implementation(i, alg, url):
    token = token_of(url)
    if alg == "ed25519":
        import base64
        from cryptography.hazmat.primitives.serialization import load_der_public_key
        key = load_der_public_key(base64.b64decode(open(os.path.join(i.dir, "label.spki")).read()))
        key.verify(token[32:], signed_bytes(url, token))
        return
    # SM2: DER of r and s for openssl, SM3 of Z || bytes with the usual identifier
    number = lambda b: (lambda v: b"\2" + bytes([len(v)]) + v)((b"\0" if b.lstrip(b"\0")[:1] > b"\x7f" else b"") + (b.lstrip(b"\0") or b"\0"))
    rs = number(token[32:64]) + number(token[64:])
    name = lambda n: os.path.join(i.dir, n)
    open(name("sm2.sig"), "wb").write(b"\x30" + bytes([len(rs)]) + rs)
    open(name("sm2.text"), "wb").write(signed_bytes(url, token))
    spki = open(name("label.spki")).read().strip()
    open(name("sm2.pem"), "w").write("-----BEGIN PUBLIC KEY-----\n" + "\n".join(spki[k:k + 64] for k in range(0, len(spki), 64)) + "\n-----END PUBLIC KEY-----\n")
    done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", name("sm2.pem"), "-in", name("sm2.text"), "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678",
                           "-sigfile", name("sm2.sig")], capture_output=True, text=True)
    assert done.returncode == 0, done


def offline(i, url):
    bundle = i.call(None, "GET", "/bundle")
    assert bundle.status == 200
    path = os.path.join(i.dir, "bundle")
    open(path, "wb").write(bundle.body)
    tagger = inst.find(inst.build(), "suyuan-tagger")
    return subprocess.run([tagger, "verify", "--bundle", path, "--anchor", os.path.join(i.root, "anchor"), "--no-state", "--json", url], capture_output=True, text=True)


def one(alg):
    directory = tempfile.mkdtemp()
    i = inst.Installation(inst.build(), directory)
    try:
        i.make(alg)
        i.start()
        inst.make_parties(i)
        p = inst.product(i)
        l = inst.lot(i, p, "ALG1")
        rel = inst.release(i, l, [inst.report(i, l, "JC-ALG")])
        a = i.must("operator", "POST", "/api/v1/allocations", {"release": rel, "count": 20})
        answer = i.call("operator", "POST", "/api/v1/labels", {"allocation": a["id"], "first": 0, "count": 20})
        assert answer.status == 200, answer.body
        urls = answer.body.decode().splitlines()[1:-1]
        assert len(urls) == 20
        assert f"\nkey 3 {alg} " in i.call(None, "GET", "/trust").body.decode()
        for url in urls:
            other_implementation(i, alg, url)
        verdicts = i.must(None, "POST", "/api/v1/verify", urls)
        assert {v["verdict"] for v in verdicts} == {"valid"}, verdicts
        page = i.call(None, "GET", urls[0].split(f":{i.port}", 1)[1], headers={"Accept": "text/html"})
        assert page.status == 200
        done = offline(i, urls[1])
        assert done.returncode == 0 and '"valid"' in done.stdout, done
        # another signature of the same length: forged, online and offline alike
        digits = urls[2].split("?S=")[1]
        bad = urls[2].replace(digits, digits[:-40] + urls[3].split("?S=")[1][-40:])
        assert i.must(None, "POST", "/api/v1/verify", [bad])[0]["verdict"] in ("bad-signature", "malformed")
        done = offline(i, bad)
        assert done.returncode == 1 and ("bad-signature" in done.stdout or "malformed" in done.stdout), done
        assert i.stop() == 0
        print(f"algorithms: {alg} ok")
    finally:
        i.stop(9)
        log = os.path.join(directory, "server.log")
        print(open(log).read()[-3000:] if os.path.exists(log) else "", end="")
        shutil.rmtree(directory, ignore_errors=True)


for algorithm in ("ed25519", "sm2"):
    one(algorithm)
