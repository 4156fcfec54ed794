#!/usr/bin/python3
"""server_staff.py [BUILD]: people with a login try what is not theirs: other parties' records, private bodies, other
roles, each other's keys and requests; and text that would be markup, a script, a header or a second line somewhere.
Each try stands beside a control that is allowed, so that no refusal is empty."""
import concurrent.futures, html.parser, json, os, re, shutil, sys, tempfile, time
import xml.etree.ElementTree as et
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "http"))
import _installation as inst

HTML, JSON = {"Accept": "text/html", "User-Agent": "a bot"}, {"Accept": "application/json"}
EVIL = '<script>1</script>"<img onerror=x>\'&amp;'
COUNT = {"refused": 0, "allowed": 0}


def refused(a, *statuses):
    COUNT["refused"] += 1
    assert a.status in statuses, (a.status, statuses, a.body[:300])
    assert a.headers["content-type"] == "application/problem+json" and a.headers["cache-control"] == "no-store", a.headers
    assert set(a.json) <= {"type", "title", "status", "slug", "zh", "en", "detail", "field", "offset", "length", "position"}, a.json
    assert not re.search(rb"sqlite|SELECT |\.c:\d|/tmp/|suy_", a.body), a.body
    return a.json


def allowed(a, *statuses):
    COUNT["allowed"] += 1
    assert a.status in (statuses or (200, 201, 204)), (a.status, a.body[:400])
    return a


class Markup(html.parser.HTMLParser):
    """Elements and attributes as a browser takes them: a script's text that stands as text is no harm."""

    def __init__(self):
        super().__init__()
        self.scripts, self.handlers, self.links = 0, [], []

    def handle_starttag(self, tag, attrs):
        self.scripts += tag in ("script", "img", "iframe", "object", "embed", "base")
        for k, v in attrs:
            if k.startswith("on"):
                self.handlers.append((tag, k, v))
            if k in ("href", "src", "action") and v and v != "data:," and re.match(r"\s*(javascript|data|vbscript):", v, re.I):
                self.links.append(v)


def harmless(a, what):
    m = Markup()
    m.feed(a.body.decode())
    assert not m.handlers and not m.links and m.scripts == 0, (what, m.scripts, m.handlers, m.links)
    assert "script-src" in a.headers["content-security-policy"] or "default-src 'none'" in a.headers["content-security-policy"], what
    assert "unsafe-inline" not in a.headers["content-security-policy"] and "unsafe-eval" not in a.headers["content-security-policy"]
    COUNT["refused"] += 1


def tokens(i):
    get = lambda h: i.call(None, "GET", "/api/v1/lots", headers=h)
    good = i.tokens["operator"]
    allowed(get({"Authorization": "Bearer " + good}))
    for h in ({}, {"Authorization": good}, {"Authorization": "Basic " + good}, {"Authorization": "Bearer"}, {"Authorization": "Bearer " + good[:-1]},
              {"Authorization": "Bearer " + good + "A"}, {"X-Authorization": "Bearer " + good}, {"Cookie": "token=" + good}):
        refused(get(h), 401)
    refused(i.call(None, "GET", "/api/v1/lots?access_token=" + good), 401)
    time.sleep(61 - time.time() % 60)  # wrong tokens count by the minute
    one = i.must("operator", "POST", "/api/v1/tokens", {"label": "x"})
    allowed(i.call(one["token"], "GET", "/api/v1/lots"))
    refused(i.call("other", "DELETE", "/api/v1/tokens/" + one["id"]), 404)
    allowed(i.call("operator", "DELETE", "/api/v1/tokens/" + one["id"]))
    refused(i.call(one["token"], "GET", "/api/v1/lots"), 401)
    ids = {t["user"] for t in i.must("other", "GET", "/api/v1/tokens")["items"]}
    assert len(ids) == 1, "a user sees others' tokens"
    me = ids.pop()
    admin = i.must("admin", "GET", "/api/v1/tokens")["items"]
    assert len({t["user"] for t in admin}) > 5 and not any("token" in t for t in admin)
    theirs = next(t["user"] for t in admin if t["user"] != me)
    refused(i.call("other", "POST", "/api/v1/tokens", {"label": "x", "user": theirs}), 403)
    refused(i.call("other", "POST", f"/api/v1/users/{theirs}/tokens", {"label": "x"}), 403)
    refused(i.call("other", "GET", "/api/v1/users/" + theirs), 404)
    refused(i.call("other", "POST", f"/api/v1/users/{theirs}/key", {"passphrase": "correct horse"}), 404)
    refused(i.call("other", "PUT", f"/api/v1/users/{theirs}/certificate", {"certs": []}), 404)
    refused(i.call("other", "PUT", f"/api/v1/users/{me}", {"duties": ["officer"]}), 403)
    refused(i.call("other", "GET", "/api/v1/users"), 403)
    refused(i.call("other", "GET", "/api/v1/audit"), 403)
    refused(i.call("other", "PUT", "/api/v1/trust", {"note": "x"}), 403)
    allowed(i.call("other", "GET", "/api/v1/users/" + me))
    user = i.user("leaver", "processor", i.parties["other"])
    allowed(i.call("leaver", "GET", "/api/v1/lots"))
    allowed(i.call("admin", "PUT", "/api/v1/users/" + user, {"disabled": True}))
    refused(i.call("leaver", "GET", "/api/v1/lots"), 401)


def drafts(i, p):
    """Of another party: what is not yet in the log, what is private, and what would change it."""
    l = inst.lot(i, p, "IDOR1")
    sample = i.must("tester", "POST", "/api/v1/samples", {"number": "S-I", "lot": l, "taken_on": "2026-09-21", "source": "sampled", "demonstration": True, "client": "PRIVATE-CLIENT"})["id"]
    r = i.must("tester", "POST", "/api/v1/reports", {"number": "JC-IDOR", "centre": i.parties["centre"], "kind": "commissioned", "lots": [l], "sample": sample, "tested_to": "2026-09-24",
                                                     "items": inst.ITEMS, "client": "PRIVATE-CLIENT", "demonstration": True})
    rid = r["id"]
    for who in ("other", "operator", "certifier"):
        refused(i.call(who, "GET", f"/api/v1/reports/{rid}"), 404)
        refused(i.call(who, "GET", f"/api/v1/reports/{rid}/versions"), 404)
        refused(i.call(who, "GET", f"/api/v1/seals?record={rid}"), 404)
        assert rid not in i.call(who, "GET", "/api/v1/reports?limit=200").body.decode()
        assert rid not in i.call(who, "GET", "/api/v1/reports?limit=200&state=sealing").body.decode()
        refused(i.call(who, "GET", f"/api/v1/samples/{sample}"), 404)
        assert sample not in i.call(who, "GET", "/api/v1/samples").body.decode()
        refused(i.call(who, "DELETE", f"/api/v1/reports/{rid}"), 403)
    allowed(i.call("tester", "GET", f"/api/v1/reports/{rid}"))
    for path in ("lots", "products", "voids", "holds", "recalls", "releases", "certificates", "parties"):
        refused(i.call("officer", "GET", f"/api/v1/{path}/{rid}"), 404)  # of another type
    for role in ("tester", "reviewer", "approver"):
        refused(i.call("operator", "POST", "/api/v1/seals", {"record": rid, "role": role, "passphrase": i.people["operator"]}), 403)
        refused(i.call("reviewer" if role != "reviewer" else "tester", "POST", "/api/v1/seals", {"record": rid, "role": role, "passphrase": i.people["reviewer" if role != "reviewer" else "tester"]}), 403)
        refused(i.call("admin", "POST", "/api/v1/seals", {"record": rid, "role": role, "passphrase": i.people[role]}), 403, 409)
    for h in (r["public_sha256"], r["private_sha256"]):
        refused(i.call(None, "GET", "/records/" + h), 404)
    for role in ("tester", "reviewer", "approver"):
        allowed(i.call(role, "POST", "/api/v1/seals", {"record": rid, "role": role, "passphrase": i.people[role]}))
    # logged, and cited by nothing: the laboratory owes secrecy
    for h in (r["public_sha256"], r["private_sha256"]):
        refused(i.call(None, "GET", "/records/" + h), 404)
    assert r["public_sha256"] not in i.call(None, "GET", "/bundle").json["bodies"]
    refused(i.call("other", "GET", f"/api/v1/reports/{rid}"), 404)
    refused(i.call("certifier", "GET", f"/api/v1/reports/{rid}"), 404)
    seen = allowed(i.call("operator", "GET", f"/api/v1/reports/{rid}")).json  # its own lot's
    assert "client" not in seen["data"], "a private field of another party"
    assert i.must("tester", "GET", f"/api/v1/reports/{rid}")["data"]["client"] == "PRIVATE-CLIENT"
    rel = inst.release(i, l, [rid])
    assert allowed(i.call(None, "GET", "/records/" + r["public_sha256"])).json["number"] == "JC-IDOR"
    refused(i.call(None, "GET", "/records/" + r["private_sha256"]), 404)
    for body in (i.call(None, "GET", "/bundle").body, i.call("other", "GET", f"/api/v1/reports?limit=200").body, i.call(None, "GET", "/log/tile/entries/000.p/5").body):
        assert b"PRIVATE-CLIENT" not in body and "示范联系人".encode() not in body
    party = i.must("other", "GET", "/api/v1/parties/" + i.parties["processor"])
    assert "contact_name" not in party["data"] and i.must("operator", "GET", "/api/v1/parties/" + i.parties["processor"])["data"]["contact_name"]
    # another's records: not to be changed, given up, released, allocated, printed, voided or held
    old = i.must("operator", "GET", f"/api/v1/lots/{l}")["data"]
    change = {k: v for k, v in old.items() if k in ("product", "lot", "quantity", "produced", "best_before", "facility", "demonstration")}
    refused(i.call("other", "PUT", f"/api/v1/lots/{l}", change, headers={"If-Match": '"1"'}), 403)
    product = {**inst.PRODUCT, "party": i.parties["processor"], "gtin": i.must("operator", "GET", f"/api/v1/products/{p}")["data"]["gtin"]}
    refused(i.call("other", "PUT", f"/api/v1/products/{p}", product, headers={"If-Match": '"1"'}), 403)
    refused(i.call("other", "PUT", f"/api/v1/products/{p}", {**product, "party": i.parties["other"]}, headers={"If-Match": '"1"'}), 403, 404, 409, 422)
    refused(i.call("other", "PUT", f"/api/v1/facilities/{i.facility}", {**inst.FACILITY, "party": i.parties["processor"]}, headers={"If-Match": '"1"'}), 403)
    refused(i.call("other", "PUT", f"/api/v1/facilities/{i.facility}", {**inst.FACILITY, "party": i.parties["other"]}, headers={"If-Match": '"1"'}), 404)
    refused(i.call("other", "GET", f"/api/v1/facilities/{i.facility}"), 404)
    refused(i.call("other", "GET", f"/api/v1/facilities/{i.facility}/versions"), 404)
    refused(i.call("other", "POST", "/api/v1/releases", {"lot": l, "basis": "report", "reports": [rid], "quantity": {"value": 1, "uom": "KGM"}, "units": 1}), 403)
    refused(i.call("other", "POST", "/api/v1/allocations", {"release": rel, "count": 1}), 403)
    a = i.must("operator", "POST", "/api/v1/allocations", {"release": rel, "count": 4})
    first = a["data"]["first"]
    refused(i.call("other", "POST", "/api/v1/labels", {"allocation": a["id"], "first": first, "count": 1}), 403)
    refused(i.call("other", "POST", "/api/v1/activations", {"allocation": a["id"], "first": first, "count": 1}), 403)
    refused(i.call("admin", "POST", "/api/v1/labels", {"allocation": a["id"], "first": first, "count": 1}), 403)
    refused(i.call("other", "POST", "/api/v1/voids", {"subject_kind": "release", "subject": rel, "reason": "x"}), 403)
    refused(i.call("other", "POST", "/api/v1/holds", {"subject_kind": "lot", "subject": l, "class": "safety", "reason": "x", "open": True}), 403)
    refused(i.call("other", "POST", "/api/v1/recalls", {"lots": [l], "reason": "x", "class": 1, "action": "x", "open": True}), 403)
    refused(i.call("operator", "POST", "/api/v1/voids", {"subject_kind": "report", "subject": rid, "reason": "x"}), 403)
    refused(i.call("tester", "POST", "/api/v1/reports", {"number": "J", "centre": i.parties["other"], "kind": "commissioned", "lots": [l], "sample": sample, "tested_to": "2026-09-24",
                                                         "items": inst.ITEMS, "demonstration": True}), 403)
    allowed(i.call("operator", "POST", "/api/v1/labels", {"allocation": a["id"], "first": first, "count": 1}))
    return l, rel


def twice(i, p):
    """A key is its user's: another with the same key neither gets the answer nor is told of it."""
    h = {"Idempotency-Key": "shared-key"}
    party = i.parties["processor"]
    one = allowed(i.call("operator", "POST", "/api/v1/facilities", {**inst.FACILITY, "party": party, "name": "甲"}, headers=h)).json
    two = allowed(i.call("other", "POST", "/api/v1/facilities", {**inst.FACILITY, "party": i.parties["other"], "name": "乙"}, headers=h)).json
    assert one["id"] != two["id"] and two["data"]["name"] == "乙"
    refused(i.call("other", "POST", "/api/v1/facilities", {**inst.FACILITY, "party": party, "name": "甲"}, headers=h), 422)
    for key in ("", "x" * 300, "a\tb"):
        refused(i.call("operator", "POST", "/api/v1/facilities", {**inst.FACILITY, "party": party}, headers={"Idempotency-Key": key}), 422)
    # one of many at once wins, and there is one new version
    f = one["id"]
    put = lambda n: i.call("operator", "PUT", f"/api/v1/facilities/{f}", {**inst.FACILITY, "party": party, "name": f"甲{n}"}, headers={"If-Match": '"1"'})
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        got = sorted(a.status for a in pool.map(put, range(8)))
    assert got[0] == 200 and set(got[1:]) <= {409, 412}, got
    assert len(i.must("operator", "GET", f"/api/v1/facilities/{f}/versions")["items"]) == 2
    name = i.must("operator", "GET", f"/api/v1/products/{p}")["data"]["gtin"]
    prod = lambda n: i.call("operator", "PUT", f"/api/v1/products/{p}", {**inst.PRODUCT, "party": party, "gtin": name, "brand": f"牌{n}"}, headers={"If-Match": '"1"'})
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        got = sorted(a.status for a in pool.map(prod, range(8)))
    assert got[0] == 200 and set(got[1:]) <= {409, 412}, got
    for bad in ("1", '"0"', '"-1"', '"x"', '*', 'W/"1"', '"1", "2"', '"99999999999999999999"'):
        refused(i.call("operator", "PUT", f"/api/v1/facilities/{f}", {**inst.FACILITY, "party": party}, headers={"If-Match": bad}), 400, 409, 412, 422, 428)


def stored_script(i):
    """Every text that a person may type and another will see."""
    e = EVIL
    party = i.parties["processor"]
    old = i.must("operator", "GET", "/api/v1/parties/" + party)
    body = {**old["data"], "name": "公司" + e, "name_en": "Company" + e, "address": e, "contact_name": e}
    allowed(i.call("operator", "PUT", "/api/v1/parties/" + party, body, headers={"If-Match": '"%d"' % old["version"]}))
    f = i.must("operator", "POST", "/api/v1/facilities", {**inst.FACILITY, "party": party, "name": e, "village": e, "park": e})["id"]
    p = i.must("operator", "POST", "/api/v1/products", {**inst.PRODUCT, "party": party, "gtin": inst.gtin("0952411701666"), "name": "花生" + e, "name_en": "Nuts" + e, "brand": e, "variety": e,
                                                        "spec": e, "storage": e, "declared_standard": "GB/T 1532-2008", "declared_grade": e})["id"]
    l = i.must("operator", "POST", "/api/v1/lots", {"product": p, "lot": "XSS1", "enterprise_lot": e, "quantity": {"value": 500000, "uom": "GRM"}, "produced": "2026-09-20", "best_before": "2027-09-19",
                                                   "facility": f, "variety": e, "demonstration": True, "inputs": [{"kind": "pesticide", "name": e, "dose": e, "source": e}],
                                                   "steps": [{"kind": "harvest", "on": "2026-09-20", "place": e, "note": e}], "upstream": [{"name": e, "lot": e, "supplier": e}]})["id"]
    s = i.must("tester", "POST", "/api/v1/samples", {"number": e, "lot": l, "taken_on": "2026-09-21", "source": "sampled", "place": e, "condition": e, "demonstration": True})["id"]
    items = [dict(x) for x in inst.ITEMS] + [{"analyte": "某项" + e, "value": "未检出", "unit": "mg/kg", "lod": "0.01", "method": e, "reference": True}]
    r = i.must("tester", "POST", "/api/v1/reports", {"number": e, "centre": i.parties["centre"], "kind": "commissioned", "lots": [l], "sample": s, "tested_to": "2026-09-24", "items": items,
                                                     "basis_standards": [e], "demonstration": True})["id"]
    for role in ("tester", "reviewer", "approver"):
        i.seal(role, role, r)
    rel = inst.release(i, l, [r])
    a = i.must("operator", "POST", "/api/v1/allocations", {"release": rel, "count": 3})
    codes = i.call("operator", "POST", "/api/v1/labels", {"allocation": a["id"], "first": a["data"]["first"], "count": 3}).body.decode()
    lines = codes.split("\n")
    assert len(lines) == 6 and lines[0].startswith("# suyuan-codes/v1 {") and lines[4] == "# end 3" and lines[5] == "", lines
    json.loads(lines[0][len("# suyuan-codes/v1 "):])
    path = lines[1].split(f":{i.port}", 1)[1]
    bare = path.split("?")[0]
    look(i, [path, path + "&lang=en", "/v" + bare, "/v" + bare + "?lang=en", "/v" + bare.rsplit("/21/")[0], "/v/01/" + inst.gtin("0952411701666")])
    i.seal("officer", "officer", i.must("officer", "POST", "/api/v1/recalls", {"lots": [l], "reason": e, "authority": e, "legal_basis": e, "class": 1, "action": e, "open": True})["id"])
    i.seal("officer", "officer", i.must("officer", "POST", "/api/v1/holds", {"subject_kind": "lot", "subject": l, "class": "safety", "reason": e, "authority": e, "open": True})["id"])
    look(i, [path, path + "&lang=en", "/v" + bare, "/recalls", "/recalls?lang=en"])
    feed = et.fromstring(i.call(None, "GET", "/recalls.atom").body)
    assert [x.tag.split("}")[1] for x in feed if x.tag.endswith("entry")] == ["entry"] and len(feed.findall(".//{*}script")) == 0
    for how in ({"Accept": "application/json"}, {"Accept": "application/linkset+json"}):
        allowed(i.call(None, "GET", bare, headers=how)).json
    # a line, a zero byte or half a character is no part of a name
    for bad in ("a\nb", "a\rb", "a\u0000b", "a\u2028b", "\u202eevil", "a\x1b[31m", "\ufeffa", "a\x7f"):
        for name in ("name", "village"):
            refused(i.call("operator", "POST", "/api/v1/facilities", {**inst.FACILITY, "party": party, name: bad}), 400, 422)
    allowed(i.call("operator", "POST", "/api/v1/facilities", {**inst.FACILITY, "party": party, "name": "=1+1"}))
    for who, path, body in (("operator", "/api/v1/tokens", {"label": "a\nb"}), ("admin", "/api/v1/users", {"name": "a\r\nb", "role": "processor", "party": party})):
        refused(i.call(who, "POST", path, body), 400, 422)


def look(i, paths):
    for path in paths:
        for more in ({}, {"Accept-Encoding": "identity"}):
            harmless(allowed(i.call(None, "GET", path, headers={**HTML, **more})), path)


def kept_quiet(i):
    """What a person typed to prove who he is stands in no log and no list."""
    log = open(os.path.join(i.dir, "server.log"), "rb").read()
    audit = i.call("admin", "GET", "/api/v1/audit?limit=200").body
    for secret in [*i.tokens.values(), *i.people.values(), i.passphrase and open(i.passphrase).read().strip()]:
        assert secret.encode() not in log and secret.encode() not in audit, "a secret in the log"
    data = b"".join(open(os.path.join(i.data, n), "rb").read() for n in os.listdir(i.data) if n.startswith("suyuan.db"))
    for secret in [*i.tokens.values(), *i.people.values()]:
        assert secret.encode() not in data, "a secret in the store"
    COUNT["refused"] += 1


def main():
    directory = tempfile.mkdtemp()
    i = inst.Installation(inst.build(), directory)
    try:
        i.make()
        i.start()
        inst.make_parties(i)
        p = inst.product(i)
        for part in (lambda: drafts(i, p), lambda: twice(i, p), lambda: stored_script(i), lambda: tokens(i), lambda: kept_quiet(i)):
            part()
        assert i.stop() == 0
        text = open(os.path.join(directory, "server.log")).read()
        assert "Sanitizer" not in text and "runtime error" not in text, text[-3000:]
        print("server_staff: %(refused)d tries refused, %(allowed)d controls allowed" % COUNT)
    finally:
        i.stop(9)
        if "KEEP" in os.environ:
            print(directory)
        else:
            shutil.rmtree(directory, ignore_errors=True)


main()
