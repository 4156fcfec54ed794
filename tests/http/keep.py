#!/usr/bin/python3
# keep.py BUILD: what keeps an installation alive: backup and restore, a signer that never
# goes back, a newer trust list, keys that people hold themselves, products sold by weight.
import base64, hashlib, json, os, re, shutil, struct, subprocess, sys, tempfile
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _installation as inst


def by_weight(i):
    p = i.must("operator", "POST", "/api/v1/products", {"party": i.parties["processor"], "own_item": "XIA1", "name": "花生散装", "categories": ["花生", "花生及其制品"], "market": "CN", "group": "PEANUT", "demonstration": True})["id"]
    l = inst.lot(i, p, "BULK1")
    r = inst.report(i, l, "JC-BULK")
    rel = inst.release(i, l, [r], units=0)
    a = i.call("operator", "POST", "/api/v1/labels", {"release": rel})
    assert a.status == 200, a.body
    lines = a.body.decode().splitlines()
    assert len(lines) == 3 and "/P/XIA1/10/BULK1?S=" in lines[1], lines
    url = lines[1].split(f":{i.port}", 1)[1]
    assert i.call(None, "GET", url, headers={"Accept": "application/json"}).json["verdict"] == "valid"


def own_key(i):
    """A person's key outside the signer: the frozen statement out, the signature in."""
    word = i.file("own.pass", "my own words\n")
    key, cert = os.path.join(i.dir, "own.key"), os.path.join(i.dir, "own.pem")
    i.run(i.certs_bin, "keygen", "--out", key, "--passphrase-file", word)
    csr = i.file("own.csr", i.run(i.certs_bin, "csr", "--key", key, "--subject", "own", "--passphrase-file", word))
    i.run(i.certs_bin, "issue", "--root", i.root, "--party", i.parties["regulator"], "--subject", "own", "--roles", "officer", "--csr", csr, "--passphrase-file", i.passphrase, "--chain", "--out", cert)
    i.user("own", "regulator", i.parties["regulator"], ["officer"])
    l = i.must("operator", "GET", "/api/v1/lots")["items"][0]["id"]
    hold = i.must("own", "POST", "/api/v1/holds", {"subject_kind": "lot", "subject": l, "class": "safety", "reason": "x", "open": True})["id"]
    statement = i.file("statement", i.must("own", "GET", f"/api/v1/seals?record={hold}")["statement"])
    made = json.loads(i.run(i.certs_bin, "seal", "--statement", statement, "--key", key, "--cert", cert, "--role", "officer", "--yes", "--passphrase-file", word))
    chain = ["".join(m.split()) for m in re.findall("-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", open(cert).read(), re.S)]
    body = {"record": hold, "role": "officer", "protected": made["protected"], "signature": made["signature"], "certs": chain}
    wrong = body["signature"][:-4] + ("AAAA" if body["signature"][-4:] != "AAAA" else "BBBA")
    a = i.call("own", "POST", "/api/v1/seals", {**body, "signature": wrong})
    assert a.status == 422 and a.json["slug"] in ("bad-signature", "malformed"), a.body
    assert i.call("own", "POST", "/api/v1/seals", {**body, "certs": chain[1:]}).status >= 400
    assert i.must("own", "POST", "/api/v1/seals", body)["complete"]
    sealed = i.must("own", "GET", f"/api/v1/seals?record={hold}")["seals"][0]["x5t#S256"]
    der = i.call(None, "GET", "/certs/" + sealed).body
    assert hashlib.sha256(der).hexdigest() == sealed and base64.b64encode(der).decode() == chain[0]
    assert i.call(None, "GET", "/certs/" + "0" * 64).status == 404


def one_login(i):
    """One login behind three roles completes no report, whosever keys made the seals; three logins do."""
    record = inst.report(i, i.must("operator", "GET", "/api/v1/lots")["items"][0]["id"], "JC-ONE", seal=False)
    statement = i.file("one.statement", i.must("tester", "GET", f"/api/v1/seals?record={record}")["statement"])
    word, seals = i.file("one.pass", "words\n"), {}
    for role in ("tester", "reviewer", "approver"):
        key, cert = os.path.join(i.dir, role + ".key"), os.path.join(i.dir, role + ".crt")
        i.run(i.certs_bin, "keygen", "--out", key, "--passphrase-file", word)
        csr = i.file(role + ".csr", i.run(i.certs_bin, "csr", "--key", key, "--subject", "one-" + role, "--passphrase-file", word))
        i.run(i.certs_bin, "issue", "--root", i.root, "--party", i.parties["centre"], "--subject", "one-" + role, "--roles", role, "--csr", csr, "--passphrase-file", i.passphrase, "--chain", "--out", cert)
        made = json.loads(i.run(i.certs_bin, "seal", "--statement", statement, "--key", key, "--cert", cert, "--role", role, "--yes", "--passphrase-file", word))
        chain = ["".join(m.split()) for m in re.findall("-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", open(cert).read(), re.S)]
        seals[role] = {"record": record, "role": role, "protected": made["protected"], "signature": made["signature"], "certs": chain}
    assert not i.must("tester", "POST", "/api/v1/seals", seals["tester"])["complete"]
    for role in ("reviewer", "approver"):
        a = i.call("tester", "POST", "/api/v1/seals", seals[role])
        assert a.status >= 400 and a.json["slug"] == "same-person", a.body
    assert not i.must("reviewer", "POST", "/api/v1/seals", seals["reviewer"])["complete"]
    assert i.must("approver", "POST", "/api/v1/seals", seals["approver"])["complete"]


def entries(i):
    """All statements of the log, read from its tile."""
    size = int(i.call(None, "GET", "/log/checkpoint").body.decode().split("\n")[1])
    assert 0 < size < 256
    data, at, out = i.call(None, "GET", f"/log/tile/entries/000.p/{size}").body, 0, []
    while at < len(data):
        n = struct.unpack_from(">H", data, at)[0]
        payload = json.loads(data[at + 2:at + 2 + n])["payload"]
        out.append(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))))
        at += 2 + n
    return out


def logged_lists(i):
    """[(version, sha256)] of the trust records, in the log's order; each sealed and public like any other."""
    out, last = [], None
    for s in entries(i):
        if s["type"] != "trust":
            continue
        assert last is None or (s["id"] == last["id"] and s["version"] == last["version"] + 1 and s["supersedes"]), s
        body = json.loads(i.call(None, "GET", "/records/" + s["public_sha256"]).body)
        assert set(body) == {"salt", "version", "sha256"}, body
        out.append((body["version"], body["sha256"]))
        last = s
    return out


def newer_trust(i):
    first = hashlib.sha256(open(i.trust, "rb").read()).hexdigest()
    assert logged_lists(i) == [(1, first)], logged_lists(i)  # at the start, and not again at a second one
    assert i.stop() == 0
    i.start()
    assert logged_lists(i) == [(1, first)], logged_lists(i)
    path = os.path.join(i.dir, "trust.2")
    i.run(i.certs_bin, "trust", "renew", "--root", i.root, "--trust", i.trust, "--passphrase-file", i.passphrase, "--out", path)
    note = open(path).read()
    answer = i.must("admin", "PUT", "/api/v1/trust", {"note": note})
    assert answer["trust_version"] == 2 and answer["logged"] is True, answer
    second = hashlib.sha256(note.encode()).hexdigest()
    assert logged_lists(i) == [(1, first), (2, second)], logged_lists(i)
    assert i.call(None, "GET", "/trust").body.decode() == note
    a = i.call("admin", "PUT", "/api/v1/trust", {"note": open(i.trust).read()})
    assert a.status == 422 and a.json["slug"] == "trust-rollback", a.body
    a = i.call("admin", "PUT", "/api/v1/trust", {"note": note.replace("version 2", "version 3")})
    assert 400 <= a.status < 500, a.body
    assert i.call("operator", "PUT", "/api/v1/trust", {"note": note}).status == 403
    # on the command line, with the server stopped: the start tells the signer and logs it
    third = os.path.join(i.dir, "trust.3")
    i.run(i.certs_bin, "trust", "renew", "--root", i.root, "--trust", path, "--passphrase-file", i.passphrase, "--out", third)
    assert i.stop() == 0
    i.run(i.server_bin, "trust", "--data", i.data, "--file", third)
    i.start()
    assert logged_lists(i)[2:] == [(3, hashlib.sha256(open(third, "rb").read()).hexdigest())], logged_lists(i)


def backups(i):
    one, two = os.path.join(i.dir, "one"), os.path.join(i.dir, "two")
    i.run(i.server_bin, "backup", "--data", i.data, "--to", one)
    inst.product(i, 7)
    i.run(i.server_bin, "backup", "--data", i.data, "--to", two)
    assert i.stop() == 0
    for verb in ("migrate", "check"):
        i.run(i.server_bin, verb, "--data", i.data)
    assert "log_origin = " + inst.ORIGIN in i.run(i.server_bin, "print-config", "--data", i.data)
    shutil.rmtree(i.data)
    i.run(i.server_bin, "restore", "--data", i.data, "--from", one)
    p = subprocess.run([i.server_bin, "serve", "--data", i.data], capture_output=True, text=True)
    assert p.returncode == 2 and "the signer knows" in p.stderr and "[log-differs]" in p.stderr, p  # a restored copy is older than the signer
    shutil.rmtree(i.data)
    i.run(i.server_bin, "restore", "--data", i.data, "--from", two)
    i.start()
    inst.product(i, 8)
    with open(os.path.join(i.data, "suyuan.conf"), "a") as f:
        f.write("prot = 1\n")
    assert i.stop() == 0
    p = subprocess.run([i.server_bin, "serve", "--data", i.data], capture_output=True, text=True)
    assert p.returncode == 2 and "line" in p.stderr and "prot" in p.stderr, p


def told(i):
    """Help and refusals of both programs have one form, that of suyuan-certs: a line in Chinese, one in English, the slug."""
    for program, verb in ((i.certs_bin, "keygen"), (i.server_bin, "serve"), (i.signer_bin, "serve")):
        lines = i.run(program, "--help").splitlines()
        assert lines[0].startswith(os.path.basename(program) + " 动词 verb [选项 options]") and len(lines) % 2 == 1, lines
        for zh, en in zip(lines[1::2], lines[2::2]):
            assert re.fullmatch(r"  [a-z][a-z -]{13}\S.*", zh) and any(c > "\u2e80" for c in zh), zh
            assert re.fullmatch(r" {16}[!-~].*", en), en
        lines = i.run(program, verb, "--help").splitlines()
        assert lines[0].endswith("[选项 options]") and lines[-1] == "  --help", lines
        p = subprocess.run([program, verb, "--no-such"], capture_output=True, text=True)
        assert p.returncode == 2 and "--no-such" in p.stderr, p
        p = subprocess.run([program], capture_output=True, text=True)
        assert p.returncode == 2 and not p.stdout and "verb" in p.stderr, p
    for program, option in ((i.server_bin, "--data"), (i.signer_bin, "--state")):
        p = subprocess.run([program, "serve", option, os.path.join(i.dir, "nowhere")], capture_output=True, text=True)
        assert p.returncode == 2 and re.search(r"\n  .*\[[a-z-]+\]\n$", p.stderr), p


def main():
    directory = tempfile.mkdtemp()
    i = inst.Installation(inst.build(), directory)
    try:
        i.make()
        i.start()
        inst.make_parties(i)
        told(i)
        by_weight(i)
        own_key(i)
        one_login(i)
        newer_trust(i)
        backups(i)
        print("keep: ok")
    finally:
        i.stop(9)
        log = os.path.join(directory, "server.log")
        print(open(log).read()[-3000:] if os.path.exists(log) else "", end="")
        shutil.rmtree(directory, ignore_errors=True)


main()
