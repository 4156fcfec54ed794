#!/usr/bin/python3
# slice.py BUILD: the main way from a party to labels, and the log beside it, checked
# by code that shares nothing with ours (RFC 6962 2.1 in the lines below).
import hashlib, os, shutil, struct, sys, tempfile
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _installation as inst


def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def root_of(leaves):
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + root_of(leaves[:k]) + root_of(leaves[k:])).digest()


def check_log(i):
    note = i.call(None, "GET", "/log/checkpoint").body.decode()
    origin, size, root = note.split("\n")[:3]
    size = int(size)
    assert origin == inst.ORIGIN and size < 256, note
    bundle = i.call(None, "GET", f"/log/tile/entries/000.p/{size}").body
    tile = i.call(None, "GET", f"/log/tile/0/000.p/{size}").body
    entries, at = [], 0
    while at < len(bundle):
        n = struct.unpack_from(">H", bundle, at)[0]
        entries.append(bundle[at + 2:at + 2 + n])
        at += 2 + n
    leaves = [leaf_hash(e) for e in entries]
    assert b"".join(leaves) == tile and len(leaves) == size
    import base64
    assert base64.b64encode(root_of(leaves)).decode() == root
    assert i.call(None, "GET", "/log/tile/0/000").status == 404
    assert i.call(None, "GET", f"/log/tile/0/000.p/{size + 1}").status == 404
    assert "c2sp.org/tlog-proof@v1" in i.call(None, "GET", "/log/proof/3").body.decode()
    assert i.call(None, "GET", f"/log/proof/{size}").status == 404
    return size


def main():
    directory = tempfile.mkdtemp()
    i = inst.Installation(inst.build(), directory)
    try:
        i.make()
        i.start()
        inst.make_parties(i)
        p = inst.product(i)
        l = inst.lot(i, p, "ZY260920A")
        r = inst.report(i, l, "JC-1")
        got = i.must("operator", "GET", f"/api/v1/reports/{r}")
        assert got["state"] == "logged" and got["data"]["verdict"] == "pass", got
        assert "client" not in got["data"] and i.must("tester", "GET", f"/api/v1/reports/{r}")["data"]["client"] == "示范委托方"
        assert i.call("other", "GET", f"/api/v1/reports/{r}").status == 404
        assert i.call(None, "GET", "/records/" + got["public_sha256"]).status == 404  # no release cites it yet
        c = i.must("producer", "POST", "/api/v1/certificates", {"kind": "commitment", "number": "HGZ-1", "holder": i.parties["processor"], "products": [p], "lot": l, "issued_on": "2026-09-25",
                                                               "style": "producer", "edition": 2026, "grounds": ["commissioned_test"], "demonstration": True})["id"]
        assert i.seal("producer", "producer", c)["complete"]
        rel = inst.release(i, l, [r], [c])
        released = i.must("operator", "GET", f"/api/v1/releases/{rel}")
        assert released["data"]["certified"] == 8 and released["data"]["county"] == "411724", released
        body = i.call(None, "GET", "/records/" + got["public_sha256"])
        assert body.status == 200 and hashlib.sha256(body.body).hexdigest() == got["public_sha256"]
        assert got.get("private_sha256") is None or i.call(None, "GET", "/records/" + got["private_sha256"]).status == 404
        a = i.must("operator", "POST", "/api/v1/allocations", {"release": rel, "count": 700})
        assert a["data"]["first"] == 0 and a["state"] == "logged", a
        labels = i.call("operator", "POST", "/api/v1/labels", {"allocation": a["id"], "first": 0, "count": 600})
        assert labels.status == 200, labels.body
        lines = labels.body.decode().splitlines()
        assert lines[0].startswith("# suyuan-codes/v1 {") and lines[-1] == "# end 600" and len(lines) == 602 and len(set(lines)) == 602, lines[:2]
        assert lines[1].startswith(f"HTTP://127.0.0.1:{i.port}/01/") and "/10/ZY260920A/21/" in lines[1]
        again = i.call("operator", "POST", "/api/v1/labels", {"allocation": a["id"], "first": 599, "count": 2})
        assert again.status == 409 and again.json["slug"] == "range-taken", again.body  # never signed twice
        size = check_log(i)
        url = lines[1][len(f"HTTP://127.0.0.1:{i.port}"):]
        verdict = i.call(None, "GET", url, headers={"Accept": "application/json"}).json
        assert verdict["verdict"] == "valid", verdict
        assert i.stop() == 0
        print(i.run(i.server_bin, "check", "--data", i.data).strip())
        i.start()
        assert check_log(i) == size
        assert i.stop() == 0
        print("slice: ok,", size, "entries")
    finally:
        i.stop(9)
        if "KEEP" in os.environ:
            print(directory)
        else:
            shutil.rmtree(directory, ignore_errors=True)


main()
