#!/usr/bin/python3
# openapi.py BUILD: the API document is an OpenAPI 3.1 document that holds together, and
# what the server answers fits the schemas it states (JSON Schema 2020-12, python3-jsonschema).
import os, re, shutil, sys, tempfile
import jsonschema
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _installation as inst

doc = None
checked = 0


def fits(value, schema, what):
    global checked
    checked += 1
    v = jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver("", doc))
    for e in v.iter_errors(value):
        raise AssertionError(f"{what}: {list(e.absolute_path)}: {e.message[:300]}")


def structure():
    assert doc["openapi"] == "3.1.0" and doc["info"]["title"] and doc["info"]["version"]
    seen = set()
    for pattern, operations in doc["paths"].items():
        for method, op in operations.items():
            assert method in ("get", "post", "put", "delete"), method
            assert op["operationId"] not in seen and op["summary"] and op["description"], op
            seen.add(op["operationId"])
            inside = [p["name"] for p in op["parameters"] if p["in"] == "path"]
            assert inside == re.findall(r"{(\w+)}", pattern), (pattern, inside)
            assert "default" in op["responses"] and any(s.startswith("2") for s in op["responses"])
            if pattern.startswith("/api/v1/") and method in ("post", "put") and pattern != "/api/v1/verify":
                assert "requestBody" in op and op["x-roles"], pattern
    refs = re.findall(r"'\$ref': '([^']*)'", str(doc))
    for ref in refs:
        at = doc
        for part in ref[2:].split("/"):
            at = at[part]
    for name, schema in doc["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
    return len(seen)


def answer(i, who, method, pattern, path, body=None, **more):
    op = doc["paths"][pattern][method.lower()]
    if body is not None:
        fits(body, op["requestBody"]["content"]["application/json"]["schema"], f"request {path}")
    a = i.call(who, method, path, body, **more)
    given = op["responses"].get(str(a.status), op["responses"]["default"])
    media = a.headers["content-type"].split(";")[0]
    assert media in given["content"], (path, a.status, media, given)
    if "schema" in given["content"][media]:
        fits(a.json, given["content"][media]["schema"], f"{method} {path} {a.status}")
    return a


def main():
    global doc
    directory = tempfile.mkdtemp()
    i = inst.Installation(inst.build(), directory)
    try:
        i.make()
        i.start()
        doc = i.must(None, "GET", "/api/openapi.json")
        n = structure()
        inst.make_parties(i)
        p = inst.product(i)
        l = inst.lot(i, p, "DOC1", inputs=[{"kind": "seed", "name": "豫花 37"}])
        r = inst.report(i, l, "JC-DOC")
        rel = inst.release(i, l, [r])
        answer(i, "operator", "POST", "/api/v1/allocations", "/api/v1/allocations", {"release": rel, "count": 5})
        answer(i, "officer", "POST", "/api/v1/holds", "/api/v1/holds", {"subject_kind": "lot", "subject": l, "class": "safety", "reason": "x", "open": True})
        answer(i, "officer", "POST", "/api/v1/recalls", "/api/v1/recalls", {"lots": [l], "reason": "x", "class": 1, "action": "x", "open": True})
        for plural, one in (("products", p), ("lots", l), ("reports", r), ("releases", rel)):
            who = "tester" if plural == "reports" else "operator"
            answer(i, who, "GET", f"/api/v1/{plural}/{{id}}", f"/api/v1/{plural}/{one}")
            answer(i, who, "GET", f"/api/v1/{plural}/{{id}}/versions", f"/api/v1/{plural}/{one}/versions")
        for pattern, operations in doc["paths"].items():
            if "get" in operations and "{" not in pattern and pattern.startswith("/api/v1/"):
                answer(i, "admin", "GET", pattern, pattern + (f"?record={rel}" if pattern.endswith("/seals") else ""))
                answer(i, None, "GET", pattern, pattern)
        user = i.must("admin", "GET", "/api/v1/users")["items"][0]["id"]
        answer(i, "admin", "GET", "/api/v1/users/{id}", "/api/v1/users/" + user)
        answer(i, "operator", "POST", "/api/v1/tokens", "/api/v1/tokens", {"label": "x"})
        assert i.stop() == 0
        print("openapi: ok,", n, "operations,", checked, "documents fit")
    finally:
        i.stop(9)
        shutil.rmtree(directory, ignore_errors=True)


main()
