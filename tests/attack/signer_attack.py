#!/usr/bin/python3
"""signer_attack.py [SIGNER]: a server wholly in an attacker's hands talks to the signer. It has every certificate,
every entry and the socket, and for some tries the keys of its own party; it gets no report, release, allocation
or label that the rules do not allow. Each refusal must carry the right slug and leave size and root as they
were; beside each stands the same request done rightly, so that no refusal is empty."""
import sys

from _wheat import *

COUNT = {"refused": 0, "allowed": 0}


def refused(w, slugs, what, f):
    before = w.signer.call("hello")
    kept = list(w.entries)
    try:
        f()
    except Refused as e:
        if e.slug not in slugs.split():
            raise AssertionError("%s: refused with %s, expected %s" % (what, e, slugs))
    else:
        raise AssertionError("%s: not refused" % what)
    after = w.signer.call("hello")
    w.entries = kept
    for name in ("size", "root", "checkpoint", "trust_version"):
        assert before[name] == after[name], "%s: %s changed" % (what, name)
    COUNT["refused"] += 1


def allowed(f):
    COUNT["allowed"] += 1
    return f()


def reports(w):
    x = Wheat(w, 100)
    body = x.report_body()
    t, r, a = (w.tester, "tester"), (w.reviewer, "reviewer"), (w.approver, "approver")
    send = lambda people: w.append([x.report_entry(body, people)[0]], (), [c for c, _ in people])
    refused(w, "not-sealed", "a report by two", lambda: send((t, r)))
    refused(w, "wrong-role", "a tester who signs as reviewer", lambda: send((t, (w.tester, "reviewer"), a)))
    both = w.person(w.centre, "c-7", "tester", "reviewer", "approver")
    refused(w, "same-person", "one person three times", lambda: send(((both, "tester"), (both, "reviewer"), (both, "approver"))))
    twin = w.person(w.centre, "c-7", "tester", "reviewer", "approver", key=None)
    refused(w, "same-person", "one staff number with two keys", lambda: send(((both, "tester"), (twin, "reviewer"), a)))
    again = issue(w.centre, "c-8", ["reviewer"], False, w.ca[w.centre], key=both.key)
    refused(w, "same-person", "one key with two staff numbers", lambda: send(((both, "tester"), (again, "reviewer"), a)))
    refused(w, "wrong-party wrong-role", "an operator among the signatories", lambda: send(((w.operator, "tester"), r, a)))
    refused(w, "not-canonical", "seals in another order", lambda: send((r, t, a)))
    st, public = statement("report", w.centre, body)
    subject, figures = x.release_parts("ab" * 32)
    for kind, more in (("certificate", {}), ("release", {"subject": subject, "figures": figures}), ("void", {"subject": {"kind": "report", "leaf": x.lot}, "figures": {}}),
                       ("recall", {"subject": {"lots": [x.lot]}, "figures": {"open": True}}),
                       ("hold", {"subject": {"kind": "certificate", "leaf": x.lot}, "figures": {"class": "certificate", "open": True}})):
        refused(w, "wrong-role wrong-type", "the status key under a " + kind, lambda: w.by_status(kind, w.maker, salted(), **more))
    refused(w, "wrong-role", "the status key under a report", lambda: w.signer.call("status_seal", statement=canon(st), public=public))
    bad = list(seal(w.tester, st, "tester"))
    bad[1] = seal(w.tester, dict(st, id=new_id()), "tester")[1]
    refused(w, "bad-signature", "a signature of another statement", lambda: w.append([entry(st, [tuple(bad), seal(w.reviewer, st, "reviewer"), seal(w.approver, st, "approver")])]))
    allowed(lambda: send((t, r, a)))


def persons(w):
    s = w.signer
    person = s.call("person_new", person=new_id(), party=w.maker, subject="op-2", passphrase="正确 horse battery")
    from cryptography.x509 import load_pem_x509_csr
    public = load_pem_x509_csr(person["csr"].encode()).public_key()
    cert = issue(w.maker, "op-2", ["operator"], False, w.ca[w.maker], public=public)
    assert cert.kid == person["kid"]
    x = Wheat(w, 101)
    report, body = x.report()
    subject, figures = x.release_parts(report)
    st, text = statement("release", w.maker, salted(), subject, figures)
    ask = lambda **m: s.call("person_seal", **dict({"kid": cert.kid, "passphrase": "正确 horse battery", "role": "operator", "x5t": cert.x5t.hex(), "statement": canon(st)}, **m))
    refused(w, "missing", "no passphrase", lambda: s.call("person_seal", kid=cert.kid, role="operator", x5t=cert.x5t.hex(), statement=canon(st)))
    refused(w, "unknown-key", "another's kid", lambda: ask(kid=w.officer.kid))
    refused(w, "wrong-role", "a person as the installation", lambda: ask(role="status"))
    refused(w, "wrong-role", "a role that seals no release", lambda: ask(role="tester"))
    refused(w, "not-canonical", "a statement that is not canonical", lambda: ask(statement=canon(st) + " "))
    good = allowed(ask)
    allowed(lambda: w.append([entry(st, [(good["protected"], good["signature"])])], [text, body], (cert,)))
    for i in range(5):
        refused(w, "bad-passphrase", "wrong passphrase %d" % i, lambda: ask(passphrase="wrong horse battery"))
    refused(w, "too-many-requests", "the sixth try, though it is the right one", ask)


def releases(w):
    x = Wheat(w, 102)
    report, public = x.report()
    good = lambda **f: x.release(report, public, **f)

    def unsealed():
        st, text = statement("release", w.maker, salted(), *x.release_parts(report))
        w.append([canon({"payload": b64u(canon(st).encode()), "signatures": []})], [text, public])
    refused(w, "out-of-range not-sealed", "a release that nobody sealed", unsealed)
    strange_ca = issue(w.maker, "CA", ["operator"], True, w.stranger)
    stranger = issue(w.maker, "op-1", ["operator"], False, strange_ca)

    def strange(more):
        subject, figures = x.release_parts(report)
        text, st, own = w.sealed("release", stranger, "operator", salted(), subject, figures)
        w.append([text], [own, public], (stranger, *more))
    refused(w, "bad-chain", "a release sealed under a stranger's CA", lambda: strange((strange_ca, w.stranger)))
    refused(w, "bad-chain", "a seal without its certificate's chain", lambda: strange(()))
    overreach = issue(w.maker, "op-3", ["officer"], False, w.ca[w.maker])
    refused(w, "wrong-role", "a role that the party CA may not give", lambda: w.put_sealed("recall", overreach, "officer", None, {"lots": [x.lot]}, {"open": True}))
    cross = issue(w.centre, "c-9", ["operator"], False, w.ca[w.maker])
    refused(w, "wrong-party bad-chain", "a certificate for another party's name", lambda: w.put_sealed("release", cross, "operator", None, *x.release_parts(report)))
    old = w.person(w.maker, "op-4", "operator", days=(-2, -1))
    refused(w, "certificate-expired", "an expired certificate", lambda: good(cert=old))

    def backdated():
        subject, figures = x.release_parts(report)
        st, own = statement("release", w.maker, salted(), subject, figures)
        w.append([entry(st, [seal(old, st, "operator", iat=int(time.time()) - 130000)])], [own, public], (old,))
    refused(w, "certificate-expired", "a seal dated back into an expired certificate", backdated)
    refused(w, "wrong-party", "another maker's operator", lambda: good(cert=w.rival))
    refused(w, "wrong-role", "the producer instead of the operator", lambda: w.put_sealed("release", w.producer, "producer", None, *x.release_parts(report)))
    for verdict, value, slug in (("fail", "0.9", "not-conforming"), ("pending", "0.05", "verdict-pending"), ("pass", "0.9", "not-conforming")):
        bad, text = x.report(x.report_body(value=value, verdict=verdict))
        refused(w, slug, "a report that says %s with %s" % (verdict, value), lambda: x.release(bad, text))
    refused(w, "body-mismatch", "another body under the report's hash", lambda: forged_body(w, x, report, public))
    refused(w, "missing", "no body of the report", lambda: x.release(report, []))
    y = Wheat(w, 103)
    theirs, their_text = y.report()
    refused(w, "not-covered", "the report of another lot", lambda: x.release(theirs, their_text))
    refused(w, "not-logged", "a report that is not in the log", lambda: x.release("ab" * 32, public))
    refused(w, "wrong-type", "a lot cited as a report", lambda: x.release(x.lot, public))
    refused(w, "conflict", "the product of another lot", lambda: good(subject={"product": y.product}))
    refused(w, "over-quantity", "a gram more than the lot", lambda: good(grams=1000001, units=2))
    refused(w, "over-quantity", "more units than the quantity makes", lambda: good(grams=1000, units=3))
    for field, value in (("county", "411725"), ("best_before", "2027-09-17"), ("best_before", None), ("certified", 1), ("serial_key_sha256", "00" * 32)):
        refused(w, "conflict", "another %s" % field, lambda: good(**{field: value}))
    refused(w, "no-basis not-canonical missing", "declared, without a declaration", lambda: good(basis=3))
    one, _ = allowed(lambda: good(grams=600000))
    refused(w, "over-quantity", "the second release, together a gram too much", lambda: good(grams=400001))
    two, st = allowed(lambda: good(grams=300000))
    refused(w, "exists", "a status index used before", lambda: good(grams=1000, status_index=st["figures"]["status_index"]))
    refused(w, "over-quantity", "a lot corrected to less than was released", lambda: w.put("lot", w.maker, x.lot_body("ZY260102", 800), rid=x.lot_st["id"], version=2, supersedes=x.lot))
    refused(w, "exists", "a second version of a release", lambda: w.put_sealed("release", w.operator, "operator", None, *x.release_parts(report), [public], rid=st["id"], version=2, supersedes=two))
    z, text = x.report()
    allowed(lambda: w.put_sealed("void", w.approver, "approver", None, {"kind": "report", "leaf": z}, {}))
    refused(w, "withdrawn", "a voided report", lambda: x.release(z, text))
    hold = w.put_sealed("hold", w.officer, "officer", None, {"kind": "lot", "leaf": x.lot}, {"class": "safety", "open": True})
    refused(w, "on-hold", "a lot on hold", good)
    lift = dict(subject={"kind": "lot", "leaf": x.lot}, figures={"class": "safety", "open": False}, rid=hold[1]["id"], version=2, supersedes=hold[0])
    refused(w, "wrong-role", "an officer's hold lifted by the operator", lambda: w.put_sealed("hold", w.operator, "operator", None, **lift))
    refused(w, "wrong-role", "a hold lifted by the status key", lambda: w.put("hold", w.regulator, salted(), **lift))
    refused(w, "conflict", "a hold lifted from another lot", lambda: w.put_sealed("hold", w.officer, "officer", None, **dict(lift, subject={"kind": "lot", "leaf": y.lot})))
    allowed(lambda: w.put_sealed("hold", w.officer, "officer", None, **lift))
    allowed(lambda: good(grams=1000))
    refused(w, "wrong-party", "a recall by another maker", lambda: w.put_sealed("recall", w.rival, "operator", None, {"lots": [x.lot]}, {"open": True}))
    allowed(lambda: w.put_sealed("recall", w.operator, "operator", None, {"lots": [x.lot]}, {"open": True}))
    refused(w, "recalled", "a recalled lot", good)
    refused(w, "exists", "another product with this GTIN", lambda: w.put("product", w.other, dict(x.product_body, party=w.other)))


def forged_body(w, x, report, public):
    other = public.replace('"0.05"', '"0.06"')
    subject, figures = x.release_parts(report)
    text, st, own = w.sealed("release", w.operator, "operator", salted(), subject, figures)
    w.signer.call("append", first=len(w.entries), entries=[text], certs=w.certs(), bodies={sha(public.encode()): other, sha(own.encode()): own})


def certificates(w):
    x = Wheat(w, 110)
    body = lambda **m: salted(**dict({"kind": "gi", "number": "AGI2008-01-00012", "holder": w.maker, "products": [x.product_st["id"]], "valid_from": "2026-01-01", "demonstration": True}, **m))
    report, public = x.report()
    refused(w, "wrong-role", "a maker that certifies itself", lambda: w.put_sealed("certificate", w.producer, "producer", body()))
    gi = lambda **m: w.put_sealed("certificate", w.certifier, "certifier", body(**m))[0]
    release = lambda c: x.release(report, public, certified=4, certificates=[c])
    late, notyet, foreign, elsewhere, good = gi(valid_to="2026-09-16"), gi(valid_from="2026-09-18"), gi(holder=w.other), gi(products=[new_id()]), gi()
    refused(w, "certificate-not-valid", "a certificate that ended the day before", lambda: release(late))
    refused(w, "certificate-not-valid", "a certificate that begins the day after", lambda: release(notyet))
    refused(w, "wrong-party", "another holder's certificate", lambda: release(foreign))
    refused(w, "not-covered", "a certificate for other products", lambda: release(elsewhere))
    refused(w, "wrong-role", "a certificate's hold by the operator", lambda: w.put_sealed("hold", w.operator, "operator", None, {"kind": "certificate", "leaf": good}, {"class": "certificate", "open": True}))
    leaf_of, _ = allowed(lambda: release(good))
    x.allocate(leaf_of, 2)
    allowed(lambda: w.signer.labels(leaf_of, 0, 1))
    allowed(lambda: w.put_sealed("hold", w.certifier, "certifier", None, {"kind": "certificate", "leaf": good}, {"class": "certificate", "open": True}))
    refused(w, "on-hold", "labels while the certificate is suspended", lambda: w.signer.labels(leaf_of, 1, 1))
    refused(w, "on-hold", "a release on a suspended certificate", lambda: release(good))


def allocations(w):
    x = Wheat(w, 120)
    report, public = x.report()
    release, _ = x.release(report, public, 5000, 10)
    refused(w, "over-quantity", "more serials than units", lambda: x.allocate(release, 11, 0))
    refused(w, "not-logged", "an allocation for no release", lambda: x.allocate("cd" * 32, 1, 0))
    refused(w, "wrong-type", "an allocation for a lot", lambda: x.allocate(x.lot, 1, 0))
    refused(w, "conflict", "a first that leaves a gap", lambda: x.allocate(release, 1, 5))
    refused(w, "wrong-party", "another party's allocation", lambda: w.put("allocation", w.other, salted(), subject={"release": release}, figures={"first": 0, "count": 1}))
    kept, st, public_text = w.by_status("allocation", w.maker, salted(), subject={"release": release}, figures={"first": 0, "count": 6})
    spare, _, spare_text = w.by_status("allocation", w.maker, salted(), subject={"release": release}, figures={"first": 0, "count": 6})
    refused(w, "not-issued", "labels before the allocation is in the log", lambda: w.signer.labels(release, 0, 1))
    refused(w, "conflict over-quantity", "two sealed allocations of one range at once", lambda: w.append([kept, spare], [public_text, spare_text]))
    allowed(lambda: w.append([kept], [public_text]))
    refused(w, "conflict over-quantity", "an overlapping allocation, sealed in time", lambda: w.append([spare], [spare_text]))
    x._next = 6
    allowed(lambda: x.allocate(release, 4))
    refused(w, "over-quantity", "one more than the units", lambda: x.allocate(release, 1))
    own = {"kind": "labels", "release": release}
    get = lambda first, count: w.signer.labels(release, first, count)
    refused(w, "not-logged", "labels of no release", lambda: w.signer.labels("ef" * 32, 0, 1))
    refused(w, "not-issued", "labels outside every allocation", lambda: get(9, 2))
    refused(w, "not-issued", "labels across two allocations", lambda: get(5, 2))
    refused(w, "out-of-range", "no labels", lambda: get(0, 0))
    refused(w, "out-of-range", "labels below zero", lambda: get(-1, 1))
    assert len(allowed(lambda: get(0, 3))) == 3
    refused(w, "range-taken", "the same labels twice", lambda: get(0, 3))
    refused(w, "range-taken", "one label twice", lambda: get(2, 2))
    allowed(lambda: get(3, 1))
    allowed(lambda: w.put_sealed("void", w.operator, "operator", None, own, {"first": 4, "count": 1}))
    refused(w, "withdrawn", "voided labels", lambda: get(4, 2))
    refused(w, "not-issued", "a void of labels never allocated", lambda: w.put_sealed("void", w.operator, "operator", None, own, {"first": 9, "count": 2}))
    allowed(lambda: get(5, 1))
    hold = allowed(lambda: w.put("hold", w.maker, salted(), subject={"kind": "lot", "leaf": x.lot}, figures={"class": "safety", "open": True}))
    refused(w, "on-hold", "labels of a lot on hold", lambda: get(6, 1))
    allowed(lambda: w.put_sealed("hold", w.operator, "operator", None, {"kind": "lot", "leaf": x.lot}, {"class": "safety", "open": False}, rid=hold[1]["id"], version=2, supersedes=hold[0]))
    allowed(lambda: get(6, 1))
    recall = w.put_sealed("recall", w.officer, "officer", None, {"lots": [x.lot]}, {"open": True})
    refused(w, "recalled", "labels of a recalled lot", lambda: get(7, 1))
    back = dict(subject={"lots": [x.lot]}, figures={"open": False}, rid=recall[1]["id"], version=2, supersedes=recall[0])
    refused(w, "wrong-role", "an officer's recall closed by the operator", lambda: w.put_sealed("recall", w.operator, "operator", None, **back))
    allowed(lambda: w.put_sealed("recall", w.officer, "officer", None, **back))
    allowed(lambda: get(7, 1))
    allowed(lambda: w.put_sealed("void", w.operator, "operator", None, {"kind": "release", "leaf": release}, {}))
    refused(w, "withdrawn", "labels of a voided release", lambda: get(8, 1))
    lot_code = Wheat(w, 121, net=0)
    report, public = lot_code.report()
    refused(w, "out-of-range", "units of goods sold by weight", lambda: lot_code.release(report, public, 1000, 1))
    code, _ = allowed(lambda: lot_code.release(report, public, 1000, 0))
    refused(w, "not-issued", "two lot codes", lambda: w.signer.labels(code, 0, 2))
    label = allowed(lambda: w.signer.labels(code, 0, 1))[0]
    assert label[:10] == bytes(10)
    assert len(w.signer.call("journal", after=0)["ranges"]) >= 7


def log(w):
    x = Wheat(w, 130)
    body = x.report_body()
    text, _ = x.report_entry(body)
    refused(w, "log-differs", "other entries at an old index", lambda: w.append([text], first=len(w.entries) - 3))
    refused(w, "log-differs", "a log put back to nothing", lambda: w.append([text], first=0))
    refused(w, "log-differs", "a longer log", lambda: w.append([text], first=len(w.entries) + 1))
    refused(w, "log-differs", "the right size over another root", lambda: w.append([text], root="00" * 32))
    refused(w, "not-canonical", "an entry with a space", lambda: w.append([text + " "]))
    refused(w, "not-canonical", "an entry in another order", lambda: w.append([json.dumps(dict(reversed(list(json.loads(text).items()))), separators=(",", ":"))]))
    st, public = statement("product", w.maker, salted())
    loose = json.dumps(st, separators=(", ", ": "))
    key = w.operator
    p = head(key, "release", "operator")
    sig = b64u(sign_es256(key.key, (b64u(p.encode()) + "." + b64u(loose.encode())).encode()))
    refused(w, "not-canonical", "a payload that is not canonical", lambda: w.append([entry(st, [(p, sig)], payload=loose)]))
    subject, figures = {"kind": "lot", "leaf": x.lot}, {"class": "safety", "open": True}
    st, public = statement("hold", w.maker, salted(), subject, figures)
    refused(w, "malformed", "a hold under the typ of a release", lambda: w.append([entry(st, [seal(w.operator, st, "operator", kind="release")])], [public]))
    as_void = dict(st, type="void")
    refused(w, "bad-signature malformed", "a seal moved to another type", lambda: w.append([entry(as_void, [seal(w.operator, st, "operator")])], [public]))
    extra = dict(st, comment="x")
    refused(w, "unknown-field", "a member that no type has", lambda: w.append([entry(extra, [seal(w.operator, extra, "operator")])], [public]))
    for name, value in (("alg", "none"), ("alg", "HS256"), ("jwk", "x"), ("iat", int(time.time()) + 9999)):
        h = json.loads(head(w.operator, "hold", "operator"))
        h[name] = value
        message = b64u(canon(h).encode()) + "." + b64u(canon(st).encode())
        e = entry(st, [(canon(h), b64u(sign_es256(w.operator.key, message.encode())))])
        refused(w, "unsupported unknown-field bad-time", "header %s=%s" % (name, value), lambda: w.append([e], [public]))
    status_twin = issue(w.deployment, "status", ["status"], False, w.stranger)
    st2, public2 = statement("party", w.maker, salted())
    refused(w, "unknown-key", "a status seal of another key", lambda: w.append([entry(st2, [seal(status_twin, st2, "status")])], [public2], (status_twin, w.stranger)))
    good = entry(st, [seal(w.operator, st, "operator")])
    refused(w, "malformed", "a good entry beside a bad one", lambda: w.append([good, entry(st, [seal(w.operator, st, "operator", kind="release")])], [public]))
    allowed(lambda: w.append([good], [public]))
    refused(w, "version-conflict exists", "the same entry again", lambda: w.append([good], [public]))
    w.append([text], root=w.signer.call("hello")["root"])


def trust(w):
    make = lambda version, root=None, keys=None, **m: trust_list(m.pop("origin", w.signer.origin), version, root or w.note, keys or w.keys, **m)
    send = lambda note: w.signer.call("trust", note=note)
    refused(w, "trust-rollback", "an older trust list", lambda: send(make(4)))
    refused(w, "trust-rollback", "the same version again", lambda: send(make(5)))
    refused(w, "quorum unknown-key bad-signature", "a list by another root", lambda: send(make(6, NoteKey("root.example.cn"))))
    refused(w, "wrong-origin", "a list of another log", lambda: send(make(6, origin="other.example.cn/suyuan")))
    refused(w, "trust-expired out-of-range", "an expired list", lambda: send(make(6, days=-0.01)))
    refused(w, "bad-signature", "a list changed after signing", lambda: send(make(6).replace("q.example.cn\nkey", "q.examp1e.cn\nkey")))
    assert allowed(lambda: send(make(6)))["trust_version"] == 6
    refused(w, "trust-rollback", "back again", lambda: send(w.trust))


def malformed(w):
    s = w.signer
    for text, slug in ((b"", "bad-json"), (b"{", "bad-json"), (b"[]", "wrong-type"), (b"{}", "missing"), (b'{"op":"none"}', "unsupported"), (b'{"op":1}', "wrong-type"),
                       (b'{"op":"hello","op":"hello"}', "duplicate-field"), (b'{"op": "hello"}', "not-canonical"), (b"\xff", "bad-utf8 bad-json"), (b"[" * 5000, "too-deep bad-json")):
        def ask():
            s.raw(text)
            answer = json.loads(s.frame())
            raise Refused(answer["error"])
        refused(w, slug, "request %r" % text[:20], ask)
    other = s.connect()
    other.sendall(struct.pack(">I", 0xFFFFFFFF))
    assert json.loads(s.frame(other))["error"]["slug"] == "too-large"
    half = s.connect()
    half.sendall(struct.pack(">I", 100) + b"{")
    allowed(lambda: s.call("hello"))
    half.close()


def second(w):
    """A second signer on the same state would sign a second log."""
    other = os.path.join(w.tmp, "other.sock")
    run = subprocess.run([w.signer.binary, "serve", "--state", w.signer.dir, "--socket", other], stderr=subprocess.PIPE, timeout=60)
    assert run.returncode == 2 and b"another signer" in run.stderr and not os.path.exists(other)
    os.chmod(w.signer.dir, 0o755)
    run = subprocess.run([w.signer.binary, "journal", "--state", w.signer.dir], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.chmod(w.signer.dir, 0o700)
    assert run.returncode == 2 and run.stdout == b"", "a directory that others can read"
    COUNT["refused"] += 2
    journal = allowed(lambda: w.signer.run("journal"))
    assert len(journal.splitlines()) == len(w.signer.call("journal", after=0)["ranges"])
    assert os.stat(os.path.join(w.signer.dir, "signer.sock")).st_mode & 0o777 == 0o600


def adopt(w):
    """The status certificate is renewed by the root that the list names, and by no other."""
    f = w.signer.file
    w.signer.stop()
    public = w.status.cert.public_key()

    def run(note, status, root, anchor=None):
        return subprocess.run([w.signer.binary, "adopt", "--state", w.signer.dir, "--anchor", f("anchor2", ("threshold 1\nroot %s\n" % (anchor or w.note).vkey).encode()),
                               "--trust", f("trust2", note.encode()), "--status-cert", f("status2.pem", status.pem()), "--root-cert", f("root2.pem", root.pem())],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE).returncode
    mine = NoteKey("root.example.cn")
    own = [k if k[3] != "ca" else (4, "p256", spki(w.stranger.key), "ca", w.deployment) for k in w.keys]
    by_stranger = issue(w.deployment, "status", ["status"], False, w.stranger, public=public)
    renewed = issue(w.deployment, "status", ["status"], False, w.root, public=public)
    other_key = issue(w.deployment, "status", ["status"], False, w.root)
    assert run(trust_list(w.signer.origin, 9, mine, own), by_stranger, w.stranger, mine) == 2
    assert run(w.trust, by_stranger, w.stranger) == 2
    assert run(w.trust, other_key, w.root) == 2
    COUNT["refused"] += 3
    assert allowed(lambda: run(w.trust, renewed, w.root)) == 0
    w.status = renewed
    w.signer.start()
    hello = w.signer.call("hello")
    assert hello["status"]["x5t"] == renewed.x5t.hex() and hello["trust_version"] == 6
    allowed(lambda: Wheat(w, 140).report())


def main():
    w = World(signer_binary(sys.argv))
    try:
        for part in (reports, persons, releases, certificates, allocations, log, trust, malformed, second, adopt):
            try:
                part(w)
            except BaseException:
                print("signer_attack: in " + part.__name__, file=sys.stderr)
                raise
        root = merkle([hashlib.sha256(b"\0" + e.encode()).digest() for e in w.entries])
        assert w.signer.call("hello")["root"] == root.hex()
        print("signer_attack: %(refused)d tries refused, %(allowed)d controls allowed" % COUNT)
    finally:
        code = w.signer.stop()
    assert code == 0, "the signer ended with %d" % code
    return 0


sys.exit(main())
