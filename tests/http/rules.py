#!/usr/bin/python3
# rules.py BUILD: who may do what, requests sent twice, corrections, and refusals with
# their figures; everything through the API.
import os, shutil, sqlite3, sys, tempfile, threading
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _installation as inst

checks = 0


def refused(a, status, slug, field=None):
    global checks
    checks += 1
    assert a.status == status and a.headers["content-type"] == "application/problem+json", (a.status, a.body)
    p = a.json
    assert p["slug"] == slug and p["zh"] and p["en"] and p["status"] == status, p
    assert field is None or p.get("field") == field, p
    return p


def roles(i, p):
    refused(i.call(None, "GET", "/api/v1/lots"), 401, "unauthenticated")
    refused(i.call("suy_" + "A" * 43, "GET", "/api/v1/lots"), 401, "unauthenticated")
    refused(i.call("operator", "POST", "/api/v1/parties", {}), 403, "forbidden")
    refused(i.call("tester", "POST", "/api/v1/releases", {}), 403, "forbidden")
    refused(i.call("operator", "GET", "/api/v1/audit"), 403, "forbidden")
    refused(i.call("operator", "POST", "/api/v1/users", {"name": "x", "role": "administrator"}), 403, "forbidden")
    refused(i.call("operator", "GET", "/nowhere"), 404, "not-found")
    a = i.call("operator", "DELETE", "/api/v1/lots")
    refused(a, 405, "method-not-allowed")
    assert a.headers["allow"] == "GET, HEAD, POST", a.headers
    refused(i.call("operator", "POST", "/api/v1/lots", raw=b"{}", headers={"Content-Type": "text/plain"}), 415, "unsupported-media-type")
    refused(i.call("operator", "POST", "/api/v1/lots", raw=b"x" * 300000), 413, "too-large")
    # another processor neither enters for this party nor reads its drafts
    refused(i.call("other", "POST", "/api/v1/products", {**inst.PRODUCT, "party": i.parties["processor"], "gtin": inst.gtin("0952411701777")}), 403, "wrong-party", "party")


def twice(i, p):
    body = {**inst.PRODUCT, "party": i.parties["processor"], "gtin": inst.gtin("0952411701555")}
    h = {"Idempotency-Key": "one"}
    a = i.call("operator", "POST", "/api/v1/products", body, headers=h)
    b = i.call("operator", "POST", "/api/v1/products", body, headers=h)
    assert a.status == b.status == 201 and a.body == b.body, (a.body, b.body)
    refused(i.call("operator", "POST", "/api/v1/products", {**body, "name": "别的"}, headers=h), 422, "idempotency-key-reused", "Idempotency-Key")
    # a refusal is not kept: the corrected request may use the key
    h = {"Idempotency-Key": "two"}
    refused(i.call("operator", "POST", "/api/v1/products", {**body, "gtin": "1"}, headers=h), 422, "too-short", "gtin")
    assert i.call("operator", "POST", "/api/v1/products", {**body, "gtin": inst.gtin("0952411701556")}, headers=h).status == 201
    t = [i.must("operator", "POST", "/api/v1/tokens", {"label": "again"}, headers={"Idempotency-Key": "token"}) for _ in range(2)]
    assert t[0] == t[1] and i.call(t[0]["token"], "GET", "/api/v1/lots").status == 200
    refused(i.call("operator", "POST", "/api/v1/tokens", {"label": "other"}, headers={"Idempotency-Key": "token"}), 422, "idempotency-key-reused")
    i.must("operator", "DELETE", f"/api/v1/tokens/{t[0]['id']}")
    refused(i.call(t[0]["token"], "GET", "/api/v1/lots"), 401, "unauthenticated")


def one_code_one_party(i):
    """GB 32100-2015: a code is given to one body. Whose it is, only an administrator is told."""
    mine = i.must("admin", "GET", f"/api/v1/parties/{i.parties['processor']}")
    taken = mine["data"]["uscc"]
    p = refused(i.call("admin", "POST", "/api/v1/parties", {**inst.party_record(9, "同号公司", ["processor"]), "uscc": taken}), 409, "exists", "uscc")
    assert i.parties["processor"] in p["en"] and i.parties["processor"] in p["zh"], p
    other = i.must("other", "GET", f"/api/v1/parties/{i.parties['other']}")
    a = i.call("other", "PUT", f"/api/v1/parties/{i.parties['other']}", {**other["data"], "uscc": taken}, headers={"If-Match": '"1"'})
    if a.status != 403:  # a party that may correct itself is not told whose it is
        p = refused(a, 409, "exists", "uscc")
        assert i.parties["processor"] not in a.body.decode(), p
    # its own code stays its own in a correction
    a = i.call("admin", "PUT", f"/api/v1/parties/{i.parties['processor']}", {**mine["data"], "address": "示范路 2 号"}, headers={"If-Match": '"1"'})
    assert a.status == 200, a.body
    both = inst.party_record(10, "同时登记", ["processor"])
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(i.call("admin", "POST", "/api/v1/parties", both).status)) for _ in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(answers) == [201, 409, 409], answers


def audited(i):
    """A line stands with what it describes, and none for what was refused."""
    lines = i.must("admin", "GET", "/api/v1/audit?limit=1000")["items"]
    entered = [x["record"] for x in lines if x["action"] == "create"]
    assert len(entered) == len(set(entered))
    for path in ("parties", "products", "lots", "facilities", "samples", "reports", "releases", "allocations", "holds", "recalls"):
        ids = {x["id"] for x in i.must("admin", "GET", f"/api/v1/{path}?limit=200")["items"]}
        assert ids and ids <= set(entered), (path, ids - set(entered))
    kinds = {x["action"] for x in lines}
    assert {"user", "token", "key", "certificate", "create", "correct", "seal", "give up", "revoke"} <= kinds, kinds


def forgotten(i, p):
    """Idempotency-Key: remembered 48 hours at least; older rows go with a later request."""
    body = {**inst.PRODUCT, "party": i.parties["processor"], "gtin": inst.gtin("0952411701557")}
    i.must("operator", "POST", "/api/v1/products", body, headers={"Idempotency-Key": "old"})
    i.must("operator", "POST", "/api/v1/tokens", {"label": "young"}, headers={"Idempotency-Key": "young"})
    assert i.stop() == 0
    db = sqlite3.connect(os.path.join(i.data, "suyuan.db"))
    db.execute("UPDATE idempotency SET at = at - 48 * 3600 - 5 WHERE key = 'old'")
    db.execute("UPDATE idempotency SET at = at - 48 * 3600 + 60 WHERE key = 'young'")
    db.commit()
    db.close()
    i.start()
    i.must("operator", "POST", "/api/v1/tokens", {"label": "x"}, headers={"Idempotency-Key": "sweeps"})
    db = sqlite3.connect(os.path.join(i.data, "suyuan.db"))
    keys = {k for k, in db.execute("SELECT key FROM idempotency")}
    db.close()
    assert "old" not in keys and "young" in keys, keys


def corrections(i, p):
    old = i.must("operator", "GET", f"/api/v1/products/{p}")
    path = f"/api/v1/products/{p}"
    body = {**old["data"], "brand": "豆香"}
    refused(i.call("operator", "PUT", path, body), 422, "missing", "If-Match")
    refused(i.call("operator", "PUT", path, body, headers={"If-Match": '"7"'}), 412, "version-conflict")
    refused(i.call("operator", "PUT", path, {**body, "gtin": inst.gtin("0952411701111")}, headers={"If-Match": '"1"'}), 409, "conflict", "gtin")
    new = i.must("operator", "PUT", path, body, headers={"If-Match": '"1"'})
    assert new["version"] == 2 and new["leaf"] != old["leaf"]
    assert i.must("operator", "GET", path + "?version=1") == old
    assert [v["version"] for v in i.must("operator", "GET", path + "/versions")["items"]] == [1, 2]
    f = i.must("operator", "PUT", f"/api/v1/facilities/{i.facility}", {**inst.FACILITY, "party": i.parties["processor"], "area_mu": 9}, headers={"If-Match": '"1"'})
    assert f["version"] == 2
    refused(i.call("operator", "POST", "/api/v1/products", {**inst.PRODUCT, "party": i.parties["processor"], "gtin": old["data"]["gtin"]}), 409, "exists", "gtin")


def figures(i, p):
    l = inst.lot(i, p, "OVER1")
    over = [dict(inst.ITEMS[0], value="25.3"), inst.ITEMS[1]]
    r = inst.report(i, l, "JC-OVER", over)
    a = refused(i.call("operator", "POST", "/api/v1/releases", {"lot": l, "basis": "report", "reports": [r], "quantity": {"value": 1000, "uom": "GRM"}, "units": 2}), 409, "not-conforming", "reports.0")
    assert "25.3" in a["en"] and "20" in a["en"] and "GB 2761" in a["en"], a
    l = inst.lot(i, p, "PEND1")
    r = inst.report(i, l, "JC-PEND", [{"analyte": "黄曲霉毒素B1", "value": "未检出", "unit": "μg/kg"}])
    refused(i.call("operator", "POST", "/api/v1/releases", {"lot": l, "basis": "report", "reports": [r], "quantity": {"value": 1000, "uom": "GRM"}, "units": 2}), 409, "verdict-pending", "reports.0")
    l = inst.lot(i, p, "GOOD1")
    r = inst.report(i, l, "JC-GOOD")
    base = {"lot": l, "basis": "report", "reports": [r], "quantity": {"value": 400000, "uom": "GRM"}, "units": 800}
    refused(i.call("operator", "POST", "/api/v1/releases", {**base, "units": 801}), 409, "over-quantity", "units")
    refused(i.call("operator", "POST", "/api/v1/releases", {**base, "quantity": {"value": 501, "uom": "KGM"}}), 409, "over-quantity", "quantity")
    refused(i.call("operator", "POST", "/api/v1/releases", {**base, "certified": 15}), 422, "unknown-field", "certified")
    rel = i.must("operator", "POST", "/api/v1/releases", base)
    assert rel["state"] == "sealing" and rel["needs"] == ["operator"]
    refused(i.call("operator", "POST", "/api/v1/seals", {"record": rel["id"], "role": "operator", "passphrase": "not my words"}), 403, "bad-passphrase")
    refused(i.call("operator", "POST", "/api/v1/seals", {"record": rel["id"], "role": "tester", "passphrase": i.people["operator"]}), 403, "wrong-role", "role")
    refused(i.call("tester", "POST", "/api/v1/seals", {"record": rel["id"], "role": "operator", "passphrase": i.people["tester"]}), 403, "wrong-party")
    assert i.seal("operator", "operator", rel["id"])["complete"]
    refused(i.call("operator", "POST", "/api/v1/seals", {"record": rel["id"], "role": "operator", "passphrase": i.people["operator"]}), 409, "wrong-state")
    rest = {**base, "quantity": {"value": 100001, "uom": "GRM"}, "units": 0}
    refused(i.call("operator", "POST", "/api/v1/releases", rest), 409, "over-quantity", "quantity")
    refused(i.call("operator", "POST", "/api/v1/allocations", {"release": rel["id"], "count": 801}), 409, "over-quantity", "count")
    a = [i.must("operator", "POST", "/api/v1/allocations", {"release": rel["id"], "count": 10})["data"]["first"] for _ in range(3)]
    assert a == [0, 10, 20] or a[1] - a[0] == 10
    return l, rel["id"]


def stops(i, l, rel):
    hold = i.must("officer", "POST", "/api/v1/holds", {"subject_kind": "lot", "subject": l, "class": "safety", "reason": "抽检", "open": True})
    assert i.seal("officer", "officer", hold["id"])["complete"]
    refused(i.call("operator", "POST", "/api/v1/allocations", {"release": rel, "count": 1}), 409, "on-hold")
    body = {**hold["data"], "open": False}
    i.must("officer", "PUT", f"/api/v1/holds/{hold['id']}", body, headers={"If-Match": '"1"'})
    assert i.seal("officer", "officer", hold["id"])["complete"]
    i.must("operator", "POST", "/api/v1/allocations", {"release": rel, "count": 1})
    recall = i.must("officer", "POST", "/api/v1/recalls", {"lots": [l], "reason": "不合格", "class": 1, "action": "请停止食用", "open": True})["id"]
    assert i.seal("officer", "officer", recall)["complete"]
    refused(i.call("operator", "POST", "/api/v1/allocations", {"release": rel, "count": 1}), 409, "recalled")
    draft = i.must("officer", "POST", "/api/v1/holds", {"subject_kind": "lot", "subject": l, "class": "safety", "reason": "多余", "open": True})["id"]
    assert i.call("officer", "DELETE", f"/api/v1/holds/{draft}").status == 204
    assert i.call("officer", "GET", f"/api/v1/holds/{draft}").status == 404
    refused(i.call("officer", "DELETE", f"/api/v1/holds/{hold['id']}"), 409, "wrong-state")


def three_people(i, p):
    l = inst.lot(i, p, "THREE1")
    r = inst.report(i, l, "JC-THREE", seal=False)
    seals = i.must("tester", "GET", f"/api/v1/seals?record={r}")
    assert seals["needs"] == ["tester", "reviewer", "approver"] and seals["all"] and seals["typ"] == "suyuan-report-v1+jws"
    assert not i.seal("tester", "tester", r)["complete"]
    # one certificate, one role: the tester's cannot review
    refused(i.call("tester", "POST", "/api/v1/seals", {"record": r, "role": "reviewer", "passphrase": i.people["tester"]}), 403, "wrong-role")
    refused(i.call("operator", "POST", "/api/v1/releases", {"lot": l, "basis": "report", "reports": [r], "quantity": {"value": 1, "uom": "KGM"}, "units": 0}), 409, "not-logged", "reports.0")


def lists(i, p):
    seen, after = [], ""
    while True:
        page = i.must("operator", "GET", f"/api/v1/lots?limit=1{after}")
        seen += [x["id"] for x in page["items"]]
        if page["next"] is None:
            break
        after = "&after=" + page["next"]
    assert len(seen) == len(set(seen)) >= 2, seen
    gtin = i.must("operator", "GET", f"/api/v1/products/{p}")["data"]["gtin"]
    assert len(i.must("operator", "GET", f"/api/v1/lots?gtin={gtin}")["items"]) == len(seen)
    refused(i.call("operator", "GET", "/api/v1/lots?limit=0"), 422, "out-of-range", "limit")
    refused(i.call("operator", "GET", "/api/v1/lots?after=x"), 422, "malformed", "after")
    limits = i.must("operator", "GET", "/api/v1/reference/limits?limit=3")
    assert len(limits["items"]) == 3 and limits["next"]
    assert any(line["action"] == "seal" for line in i.must("admin", "GET", "/api/v1/audit")["items"])
    assert b"suyuan_log_size" in i.call(None, "GET", "/metrics").body


def guessing(i):
    last = None
    for _ in range(12):
        last = i.call("suy_" + "B" * 43, "GET", "/api/v1/lots")
    refused(last, 429, "too-many-requests")
    assert last.headers["retry-after"]


def main():
    directory = tempfile.mkdtemp()
    i = inst.Installation(inst.build(), directory)
    try:
        i.make()
        i.start()
        inst.make_parties(i)
        p = inst.product(i)
        inst.lot(i, p, "FIRST1")
        for part in (roles, twice, corrections, three_people, lists):
            part(i, p)
        one_code_one_party(i)
        stops(i, *figures(i, p))
        audited(i)
        forgotten(i, p)
        guessing(i)
        assert i.stop() == 0
        assert "0 处不符" in i.run(i.server_bin, "check", "--data", i.data)
        print("rules: ok,", checks, "refusals")
    finally:
        i.stop(9)
        print(open(os.path.join(directory, "server.log")).read()[-3000:], end="") if os.path.exists(os.path.join(directory, "server.log")) else None
        shutil.rmtree(directory, ignore_errors=True)


main()
