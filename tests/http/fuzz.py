#!/usr/bin/python3
# fuzz.py BUILD: every field of every request that the API document describes, filled with
# what does not belong there: a problem document each time, never a 5xx, nothing written.
import copy, json, os, shutil, sys, tempfile
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _installation as inst

# Kept in step with what the issue names: wrong type, too long, bad UTF-8, wrong check digit,
# impossible date, unknown unit, numbers that lost their superscript.
WRONG = {
    "string": [1, True, None, [], {}, "", "x" * 100000, "a\u0000b", "line\nfeed", "\u202egnp.exe", "\ud800", "1.11×10³", "2.0×105", "=cmd()", "2026-02-30", "９９"],
    "integer": ["1", -1, 1 << 53, 1 << 70, 1.5, None, [], {}, True],
    "boolean": ["true", 1, 0, None, []],
    "array": ["", 1, {}, None, [None], [[]], [{}], [1], ["x"] * 2000],
    "object": ["", 1, [], None, {"x": 1}],
}


class Document:
    def __init__(self, doc):
        self.doc = doc

    def resolve(self, schema):
        while "$ref" in schema:
            at = self.doc
            for part in schema["$ref"][2:].split("/"):
                at = at[part]
            schema = at
        return schema

    def kind(self, schema):
        t = schema.get("type", "string")
        return t[0] if isinstance(t, list) else t

    def fields(self, schema, path=()):
        schema = self.resolve(schema)
        kind = self.kind(schema)
        if path:
            yield path, kind, schema
        if kind == "object":
            for name, sub in schema.get("properties", {}).items():
                yield from self.fields(sub, path + (name,))
        if kind == "array" and isinstance(schema.get("items"), dict):
            yield from self.fields(schema["items"], path + (0,))


def put(body, path, value):
    body = copy.deepcopy(body)
    at = body
    for i, part in enumerate(path[:-1]):
        empty = [] if isinstance(path[i + 1], int) else {}
        if isinstance(at, list):
            if not at or type(at[0]) is not type(empty):
                at[:] = [empty]
            at = at[0]
        else:
            if type(at.get(part)) is not type(empty):
                at[part] = empty
            at = at[part]
    if isinstance(at, list):
        at[:] = [value]
    else:
        at[path[-1]] = value
    return body


def state(i):
    rows = [line for line in i.call(None, "GET", "/metrics").body.decode().splitlines() if line.startswith(("suyuan_log_size", "suyuan_log_waiting"))]
    counts = [len(i.must("admin", "GET", f"/api/v1/{plural}?limit=200")["items"]) for plural in WHO]
    return rows, counts, len(i.must("admin", "GET", "/api/v1/users?limit=200")["items"])


WHO = {"parties": "admin", "facilities": "operator", "products": "operator", "lots": "operator", "samples": "tester", "reports": "tester", "certificates": "certifier", "releases": "operator",
       "allocations": "operator", "activations": "operator", "holds": "officer", "voids": "officer", "recalls": "officer"}


def bases(i):
    p = inst.product(i)
    l = inst.lot(i, p, "FUZZ1")
    r = inst.report(i, l, "JC-F")
    rel = inst.release(i, l, [r])
    a = i.must("operator", "POST", "/api/v1/allocations", {"release": rel, "count": 5})["id"]
    s = i.must("tester", "GET", "/api/v1/samples")["items"][0]["id"]
    party = i.parties["processor"]
    return {
        "parties": inst.party_record(77, "模糊公司", ["processor"]), "facilities": {**inst.FACILITY, "party": party},
        "products": {**inst.PRODUCT, "party": party, "gtin": inst.gtin("0952411701888")},
        "lots": {"product": p, "lot": "FUZZ2", "quantity": {"value": 5, "uom": "KGM"}, "produced": "2026-09-20", "facility": i.facility, "demonstration": True},
        "samples": {"number": "S9", "lot": l, "taken_on": "2026-09-21", "source": "sampled", "demonstration": True},
        "reports": {"number": "R9", "centre": i.parties["centre"], "kind": "commissioned", "lots": [l], "sample": s, "tested_to": "2026-09-24", "items": inst.ITEMS, "demonstration": True},
        "certificates": {"kind": "green", "number": "LB-03-2609160123A", "holder": party, "products": [p], "valid_from": "2026-09-01", "valid_to": "2029-08-31", "demonstration": True},
        "releases": {"lot": l, "basis": "report", "reports": [r], "quantity": {"value": 1000, "uom": "GRM"}, "units": 1},
        "allocations": {"release": rel, "count": 1}, "activations": {"allocation": a, "first": 0, "count": 1},
        "holds": {"subject_kind": "lot", "subject": l, "class": "safety", "reason": "x", "open": True},
        "voids": {"subject_kind": "release", "subject": rel, "reason": "x"},
        "recalls": {"lots": [l], "reason": "x", "class": 1, "action": "x", "open": True},
        "seals": {"record": rel, "role": "operator", "passphrase": "wrong words"}, "labels": {"allocation": a, "first": 0, "count": 1},
        "users": {"name": "fuzzed", "role": "processor", "party": party}, "tokens": {"label": "x"},
    }


def expect_problem(a, what, allow_ok):
    if 200 <= a.status < 300:
        assert allow_ok, f"accepted: {what}: {a.body[:300]}"
        return
    assert 400 <= a.status < 500, f"{a.status}: {what}: {a.body[:300]}"
    p = a.json
    assert a.headers["content-type"] == "application/problem+json" and p["slug"] and p["zh"] and p["en"] and p["status"] == a.status, what


def main():
    directory = tempfile.mkdtemp()
    i = inst.Installation(inst.build(), directory)
    tried = accepted = 0
    try:
        i.make()
        with open(os.path.join(i.data, "suyuan.conf"), "a") as f:
            f.write("auth_failures = 100000\n")
        i.start()
        inst.make_parties(i)
        base = bases(i)
        document = Document(i.must(None, "GET", "/api/openapi.json"))
        covered = set()
        for pattern, operations in document.doc["paths"].items():
            name = pattern.removeprefix("/api/v1/")
            post = operations.get("post")
            if post is None or "requestBody" not in post or name not in base:
                continue
            covered.add(name)
            who = WHO.get(name, "operator" if name != "users" else "admin")
            path = "/api/v1/" + name
            schema = post["requestBody"]["content"]["application/json"]["schema"]
            before = state(i)
            for where, kind, one in document.fields(schema):
                for value in WRONG[kind]:
                    body = put(base[name], where, value)
                    a = i.call(who, "POST", path, raw=json.dumps(body, ensure_ascii=True).encode())
                    tried += 1
                    what = f"{path} {'.'.join(map(str, where))} = {json.dumps(value)[:60]}"
                    # free texts may hold odd but harmless words
                    fine = kind == "string" and isinstance(value, str) and value in ("1.11×10³", "2.0×105", "=cmd()", "2026-02-30", "９９", "line\nfeed", "")
                    expect_problem(a, what, fine)
                    if 200 <= a.status < 300:
                        accepted += 1
                        before = state(i)
                    elif a.status == 422 and a.json["slug"] in ("wrong-type", "too-long", "bad-character"):
                        assert a.json.get("field", "").split(".")[0] == str(where[0]), (what, a.json)
            for raw in (b"", b"{", b"[]", b"null", b"\"x\"", b"{\"a\":1,\"a\":2}", b"\xff\xfe{}", b"{\"name\":\"\xc3\x28\"}", b"[" * 5000, b"{\"a\":" * 3000, b"{}" * 2, b"{\"a\":1e999}"):
                a = i.call(who, "POST", path, raw=raw)
                tried += 1
                expect_problem(a, f"{path} {raw[:20]}", False)
            assert state(i) == before, path
        assert covered == set(base), set(base) - covered
        for bad in ("/api/v1/lots/%00", "/api/v1/lots/..%2f", "/01/%0d%0aX:1", "/records/xyz", "/certs/", "/log/tile/9/000", "/log/tile/0/x000/000", "/log/tile/0/1", "/log/proof/-1", "/log/tile/entries/000.p/0", "/" + "a" * 7000):
            a = i.call("operator", "GET", bad)
            assert 400 <= a.status < 500, (bad, a.status)
        assert i.stop() == 0
        assert "0 处不符" in i.run(i.server_bin, "check", "--data", i.data)
        print("fuzz: ok,", tried, "requests,", accepted, "harmless")
    finally:
        i.stop(9)
        log = os.path.join(directory, "server.log")
        if os.path.exists(log):
            print(open(log).read()[-4000:], end="")
        shutil.rmtree(directory, ignore_errors=True)


main()
