#!/usr/bin/python3
# public_face.py [BUILD]: what is open to anyone, on an installation of its own: verdicts
# reached by real records, negotiation, counting, batches, resolver, bundle, notices.
import json, os, shutil, sys, tempfile
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _installation as inst

HTML, JSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}, {"Accept": "application/json"}


def labelled(i, n, code, count=20, basis="report", **lot):
    """A released lot and its labels' paths; the ids of what it rests on."""
    p = inst.product(i, n)
    l = inst.lot(i, p, code, **lot)
    ids = {"lot": l, "product": p}
    reports, certificates = [], []
    if basis == "report":
        ids["report"] = inst.report(i, l, f"JC-{n}")
        reports = [ids["report"]]
    else:
        ids["certificate"] = i.must("producer", "POST", "/api/v1/certificates", {
            "kind": "commitment", "number": f"HGZ-{n}", "holder": i.parties["processor"], "products": [p], "lot": l, "issued_on": "2026-09-25", "style": "producer", "edition": 2026,
            "grounds": ["self_test" if basis == "self_tested" else "quality_control"], "demonstration": True})["id"]
        i.seal("producer", "producer", ids["certificate"])
        certificates = [ids["certificate"]]
    ids["release"] = inst.release(i, l, reports, certificates, basis=basis)
    a = i.must("operator", "POST", "/api/v1/allocations", {"release": ids["release"], "count": count})
    lines = i.call("operator", "POST", "/api/v1/labels", {"allocation": a["id"], "first": a["data"]["first"], "count": count}).body.decode().splitlines()
    ids["first"] = a["data"]["first"]
    return [x.split(f":{i.port}", 1)[1] for x in lines if x.startswith("HTTP")], ids


def verdict(i, path, expect):
    a = i.call(None, "GET", path, headers=JSON)
    assert a.json["verdict"] == expect, (expect, a.json["verdict"], a.json["reasons"])
    assert a.status == (400 if expect == "malformed" else 200), a.status
    page = i.call(None, "HEAD", path, headers=HTML)
    assert page.status == a.status and page.headers["content-type"].startswith("text/html") and page.body == b""
    return a.json


def check_verdicts(i):
    good, ids = labelled(i, 1, "ZY260920A")
    v = verdict(i, good[0], "valid")
    assert v["link"]["lot"] == "ZY260920A" and v["product"]["name"] == inst.PRODUCT["name"] and v["origin"]["county"] == "411724"
    assert v["release"]["basis"] == "report" and len(v["reports"]) == 1 and v["reports"][0]["verdict"] == "pass" and "salt" not in v["reports"][0]
    assert i.call(None, "GET", v["reports"][0]["record"]).status == 200
    assert f'/log/proof/{v["release"]["leaf_index"]}' and i.call(None, "GET", f'/log/proof/{v["release"]["leaf_index"]}').status == 200
    digits = good[0].split("?S=")[1]
    verdict(i, good[0].split("?")[0] + "?s=" + digits, "valid")
    verdict(i, good[0] + "&S=" + digits, "malformed")
    verdict(i, good[0][:-1], "malformed")
    verdict(i, good[0].replace("ZY260920A", "ZY260920B"), "bad-signature")
    verdict(i, good[0].split("?")[0] + "?S=" + good[1].split("?S=")[1], "bad-signature")
    for n, basis in ((2, "self_tested"), (3, "declared")):
        soft, _ = labelled(i, n, f"B{n}", basis=basis)
        assert verdict(i, soft[0], "valid")["release"]["basis"] == basis
        page = i.call(None, "GET", soft[0], headers={**HTML, "User-Agent": "a bot"}).body.decode()
        assert 'class="band slate"' in page and 'class="band green"' not in page
    return good, ids


def check_restrictions(i, good, ids):
    held, h = labelled(i, 4, "H4")
    record = i.must("officer", "POST", "/api/v1/holds", {"subject_kind": "lot", "subject": h["lot"], "class": "safety", "reason": "复检", "open": True})["id"]
    verdict(i, held[0], "valid")  # asked for, not yet sealed
    i.seal("officer", "officer", record)
    assert verdict(i, held[0], "suspended")["reasons"][0]["detail"] == "safety"
    revoked, r = labelled(i, 5, "R5")
    i.seal("approver", "approver", i.must("approver", "POST", "/api/v1/voids", {"subject_kind": "report", "subject": r["report"], "reason": "样品有误"})["id"])
    verdict(i, revoked[0], "revoked")
    voided, w = labelled(i, 6, "V6")
    i.seal("operator", "operator", i.must("operator", "POST", "/api/v1/voids", {"subject_kind": "labels", "subject": w["release"], "first": w["first"], "count": 5, "reason": "遗失"})["id"])
    verdict(i, voided[4], "voided")
    verdict(i, voided[5], "valid")
    i.seal("officer", "officer", i.must("officer", "POST", "/api/v1/recalls", {"lots": [h["lot"]], "reason": "<script>alert(1)</script>", "class": 1, "action": "退回", "open": True})["id"])
    assert [x["code"] for x in verdict(i, held[0], "recalled")["reasons"]] == ["recalled", "suspended"]
    page = i.call(None, "GET", held[0], headers={**HTML, "Accept-Language": "en", "User-Agent": "a bot"}).body.decode()
    assert "Recalled: do not eat" in page and "<script" not in page
    notices = i.call(None, "GET", "/recalls", headers=JSON).json
    assert len(notices) == 1 and notices[0]["open"] and notices[0]["lot"] == "H4"
    feed = i.call(None, "GET", "/recalls.atom").body.decode()
    import xml.dom.minidom
    assert len(xml.dom.minidom.parseString(feed).getElementsByTagName("entry")) == 1
    verdict(i, good[0], "valid")


def check_counting(i, good):
    count = lambda path: i.call(None, "GET", path, headers=JSON).json["scan"]["count"]
    path = good[7]
    assert count(path) == 0
    i.call(None, "HEAD", path, headers=HTML)
    i.call(None, "GET", path, headers={**HTML, "User-Agent": "facebookexternalhit/1.1"})
    i.call(None, "POST", "/api/v1/verify", [f"HTTP://127.0.0.1:{i.port}{path}"])
    assert count(path) == 0
    first = i.call(None, "GET", path, headers=HTML)
    assert "这是第一次查验" in first.body.decode() and count(path) == 1
    assert "set-cookie" not in first.headers and "default-src 'none'" in first.headers["content-security-policy"]
    assert "连同这次共查验 2 次" in i.call(None, "GET", path, headers=HTML).body.decode()
    i.call(None, "GET", path, headers={**JSON, "Suyuan-Scan": "1"})
    assert count(path) == 3
    english = i.call(None, "GET", path + "&lang=en", headers={**HTML, "Sec-Fetch-Site": "same-origin"})
    assert 'lang="en"' in english.body.decode() and count(path) == 3
    for accept, want in (("application/json;q=0.5,text/html", "text/html"), ("text/html;q=0.1,application/json", "application/json"), ("*/*", "text/html"), ("application/*,text/html;q=0.9", "application/json")):
        assert i.call(None, "HEAD", path, headers={"Accept": accept}).headers["content-type"].startswith(want), accept
    for language, want in (("en;q=0.5,zh;q=0.9", "zh-CN"), ("de,en;q=0.8", "en"), ("", "zh-CN"), ("zh;q=0,en", "en")):
        assert f'lang="{want}"' in i.call(None, "GET", path, headers={**HTML, "Accept-Language": language, "User-Agent": "a bot"}).body.decode(), language


def check_batch(i, good):
    base = f"HTTP://127.0.0.1:{i.port}"
    urls = [base + good[0], "", "x", "\u0000" if False else "名字", base + "/01/09524117010010", "HTTP://127.0.0.1.evil.example" + good[0], "HTTPS://EVIL.EXAMPLE" + good[0], "A" * 5000]
    got = [v["verdict"] for v in i.must(None, "POST", "/api/v1/verify", urls)]
    assert got[0] == "valid" and got[1] == got[2] == got[3] == got[4] == got[7] == "malformed" and got[5] == got[6] == "unknown-key", got
    assert len(i.must(None, "POST", "/api/v1/verify", ["x"] * 1000)) == 1000
    for bad in ({"a": 1}, ["x"] * 1001, [1], "x"):
        a = i.call(None, "POST", "/api/v1/verify", bad)
        assert 400 <= a.status < 500 and a.headers["content-type"].startswith("application/problem+json"), (bad, a.status)


def check_resolver(i, good):
    path = good[0].split("?")[0]
    product = "/".join(path.split("/")[:3])
    base = f"http://127.0.0.1:{i.port}"
    a = i.call(None, "GET", path, headers=HTML)
    assert a.status == 307 and a.headers["location"] == base + "/v" + path and 'rel="linkset"' in a.headers["link"]
    assert "foo=bar" in i.call(None, "GET", path + "?foo=bar", headers=HTML).headers["location"]
    assert i.call(None, "GET", path + "/", headers=HTML).headers["location"] == a.headers["location"]
    assert i.call(None, "GET", path + "?linkType=gs1:nosuchlt", headers=HTML).status == 404
    assert i.call(None, "GET", path + "?linkType=gs1:recallStatus", headers=HTML).headers["location"].startswith(base + "/recalls")
    assert i.call(None, "GET", path + "/foo", headers=HTML).status == 400
    for how in ({"headers": {"Accept": "application/linkset+json"}}, {}):
        s = i.call(None, "GET", path + ("" if how else "?linkType=linkset"), **how)
        assert s.status == 200 and s.headers["content-type"].startswith("application/linkset+json")
        entries = s.json["linkset"]
        assert [e["anchor"] for e in entries] == [base + path, base + path.rsplit("/21/", 1)[0], base + product]
        defaults = [x for e in entries for x in e.get("https://ref.gs1.org/voc/defaultLink", [])]
        assert defaults == [{"href": base + "/v" + path, "title": inst.PRODUCT["name"]}]
    o = i.call(None, "OPTIONS", path, headers={"Origin": "https://x.example", "Access-Control-Request-Method": "GET"})
    assert o.status in (200, 204) and all(m in o.headers["access-control-allow-methods"] for m in ("GET", "HEAD", "OPTIONS")) and 'rel="linkset"' in o.headers["link"]
    unknown = i.call(None, "GET", product + "/10/KL8G", headers=HTML)
    assert unknown.status == 307
    page = i.call(None, "GET", unknown.headers["location"][len(base):], headers=HTML).body.decode()
    assert "没有这个批号的记录" in page and 'class="band green"' not in page
    known = i.call(None, "GET", a.headers["location"][len(base):], headers=HTML).body.decode()
    assert "未带签名" in known and 'class="band grey"' in known
    assert i.call(None, "GET", "/01/06901234567892", headers=HTML).status == 404
    assert i.call(None, "GET", path, headers=JSON).json["verdict"] == "unsigned"
    assert i.call(None, "GET", "/.well-known/gs1resolver").json["resolverRoot"] == base
    home = i.call(None, "GET", f"/?item={product[4:]}&lot=zy260920a&serial=", headers=HTML)
    assert home.status == 303 and home.headers["location"].startswith("/v" + product + "/10/ZY260920A")
    assert i.call(None, "GET", "/?item=6901234567893&lot=A", headers=HTML).status == 400
    assert "http" not in i.call(None, "GET", "/", headers=HTML).body.decode().replace("charset", "")


def check_bundle(i):
    b = i.call(None, "GET", "/bundle").json
    assert b["v"] == "suyuan/bundle/v1"
    types = {}
    import base64
    for e in b["entries"]:
        payload = json.loads(e["entry"])["payload"]
        s = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        types.setdefault(s["type"], []).append(s)
    assert len(types["status"]) == 1 and "allocation" not in types and len(types["report"]) == 4, {k: len(v) for k, v in types.items()}
    status = json.loads(b["bodies"][types["status"][0]["public_sha256"]])
    assert len(status["released"]) == 6 and len(status["held"]) == len(status["recalled"]) == len(status["revoked"]) == len(status["voided"]) == 1
    size = int(b["checkpoint"].split("\n")[1])
    again = i.call(None, "GET", f"/bundle?since={size}").json
    assert int(again["checkpoint"].split("\n")[1]) == size and len(again["entries"]) == 1  # the status list stands, and always comes along


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else os.environ["SUYUAN_BUILD"]
    directory = tempfile.mkdtemp()
    i = inst.Installation(build, directory)
    try:
        i.make()
        i.start()
        inst.make_parties(i)
        good, ids = check_verdicts(i)
        check_restrictions(i, good, ids)
        check_counting(i, good)
        check_batch(i, good)
        check_resolver(i, good)
        check_bundle(i)
        assert i.stop() == 0
        print("public face: ok")
    finally:
        i.stop(9)
        if "KEEP" in os.environ:
            print(directory)
        else:
            shutil.rmtree(directory, ignore_errors=True)


main()
