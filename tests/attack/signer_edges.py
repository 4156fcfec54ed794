#!/usr/bin/python3
"""signer_edges.py [SIGNER]: a server wholly in an attacker's hands at the edges: times, lists that hide, goods moved under
a report, certificates that are no chain, bodies of odd kinds, many connections at once. Beside each try a control."""
import stat
import threading
import sys

from _wheat import *

COUNT = {"refused": 0, "allowed": 0}


def refused(w, slugs, what, f):
    before, kept = w.signer.call("hello"), list(w.entries)
    try:
        f()
    except Refused as e:
        assert e.slug in slugs.split(), "%s: refused with %s, expected %s" % (what, e, slugs)
    else:
        raise AssertionError("%s: not refused" % what)
    w.entries = kept
    assert w.signer.call("hello") == before, what
    COUNT["refused"] += 1


def allowed(f):
    COUNT["allowed"] += 1
    return f()


def times(w):
    x = Wheat(w, 300)
    report, public = x.report()

    def release(at=None, iat=None):
        st, own = statement("release", w.maker, salted(), *x.release_parts(report))
        st["time"] = at or st["time"]
        w.append([entry(st, [seal(w.operator, st, "operator", iat=iat)])], [own, public])
    for at in ("2999-01-01T00:00:00Z", now_text(time.time() + 3600), "1971-01-01T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-23T00:00:60Z"):
        refused(w, "bad-time out-of-range", "a statement of " + at, lambda: release(at))
    for iat in (0, -1, 1, 2**31, 2**53 - 1, int(time.time()) + 3600):
        refused(w, "bad-time certificate-expired out-of-range", "a seal of %d" % iat, lambda: release(iat=iat))
    allowed(release)


def status_lists(w):
    """What the verifier without a network believes of recalls is no more the server's word."""
    x, y = Wheat(w, 310), Wheat(w, 311)
    (one, st1), (two, st2) = (z.release(*z.report()) for z in (x, y))
    issuer = new_id()
    known = [{"leaf": leaf(e), "status_index": s["figures"]["status_index"]} for e in w.entries for s in [json.loads(unb64u(json.loads(e)["payload"]))] if s["type"] == "release"]
    make = lambda days=7, **m: salted(**dict({"held": [], "recalled": [], "released": known, "revoked": [], "voided": [], "size": len(w.entries),
                                               "valid_until": now_text(time.time() + days * 86400)}, **m))
    put = lambda body, **m: w.put("status", issuer, body, **m)
    refused(w, "conflict", "a recall that nobody sealed", lambda: put(make(recalled=[one])))
    refused(w, "conflict", "a release left out", lambda: put(make(released=known[:-1])))
    refused(w, "out-of-range", "a list for a year", lambda: put(make(days=365)))
    refused(w, "out-of-range", "a list over entries to come", lambda: put(make(size=len(w.entries) + 9)))
    refused(w, "malformed", "a list with something more", lambda: put(make(comment="x")))
    first = allowed(lambda: put(make()))
    next_one = dict(rid=first[1]["id"], version=2, supersedes=first[0])
    kept, st, public = w.by_status("status", issuer, make(), **next_one)  # sealed before the recall, kept back
    w.put_sealed("recall", w.officer, "officer", None, {"lots": [x.lot]}, {"open": True})
    refused(w, "conflict", "the recall hidden", lambda: put(make(), **next_one))
    refused(w, "conflict", "a list sealed before the recall, logged after it", lambda: w.append([kept], [public]))
    refused(w, "conflict", "the recall on another release", lambda: put(make(recalled=[two]), **next_one))
    good = allowed(lambda: put(make(recalled=[one]), **next_one))
    hold = w.put_sealed("hold", w.officer, "officer", None, {"kind": "lot", "leaf": y.lot}, {"class": "safety", "open": True})
    next_one = dict(rid=first[1]["id"], version=3, supersedes=good[0])
    refused(w, "conflict", "a hold hidden", lambda: put(make(recalled=[one]), **next_one))
    refused(w, "conflict", "a hold made milder", lambda: put(make(recalled=[one], held=[{"release": two, "class": "certificate"}]), **next_one))
    allowed(lambda: put(make(recalled=[one], held=[{"release": two, "class": "safety"}]), **next_one))
    w.put_sealed("hold", w.officer, "officer", None, {"kind": "lot", "leaf": y.lot}, {"class": "safety", "open": False}, rid=hold[1]["id"], version=2, supersedes=hold[0])


def odd_bodies(w):
    x = Wheat(w, 320)
    good = x.report()
    for odd in ({"lots": "x"}, {"lots": {}}, {"items": {}}, {"items": []}, {"items": [1]}, {"items": [{"analyte": "铅"}]}, {"items": None}, {"items": "x"}, {"centre": 1}, {"verdict": True}, {"judged_on": 7}):
        report = x.report(dict(x.report_body(), **odd))
        refused(w, "not-covered not-conforming wrong-party verdict-pending", "a report with %s" % odd, lambda: x.release(*report))
    for f in ({"units": 2**30}, {"units": 2**53 - 1}, {"quantity": {"value": 2**53 - 1, "uom": "TNE"}}, {"quantity": {"value": 2**53, "uom": "GRM"}}, {"quantity": {"value": 1, "uom": "EA"}},
              {"status_index": 2**24}, {"status_index": -1}, {"basis": 0}, {"grade": 16}, {"certified": 16}, {"units": True}, {"units": "2"}):
        subject, figures = x.release_parts(good[0])
        refused(w, "over-quantity out-of-range unit-mismatch wrong-type conflict bad-number", "figures %s" % f,
                lambda: w.put_sealed("release", w.operator, "operator", salted(), subject, dict(figures, **f), [good[1]]))
    refused(w, "duplicate-field", "a report twice", lambda: w.put_sealed("release", w.operator, "operator", salted(), *x.release_parts([good[0]] * 2), [good[1]]))
    allowed(lambda: x.release(*good))


def other_goods(w):
    """A report is of the goods that the lot held when it was made, not of what is later written under its id."""
    x, other = Wheat(w, 350), dict(Wheat(w, 351).product_st)
    report, public = x.report()
    change = lambda **m: w.put("lot", w.maker, dict(x.lot_body("ZY260350", 1000), **m), rid=x.lot_st["id"], version=2, supersedes=x.lot)
    refused(w, "wrong-state", "a tested lot moved to another product", lambda: change(product=other["id"]))
    refused(w, "wrong-state", "a tested lot under another code", lambda: change(lot="NEW1"))
    refused(w, "wrong-party not-logged", "a tested lot moved to no product", lambda: change(product=new_id()))
    x.lot, _ = allowed(lambda: change(produced="2026-09-10"))
    refused(w, "not-conforming", "a tested lot made on another day", lambda: x.release(report, public))
    x.lot, _ = allowed(lambda: w.put("lot", w.maker, x.lot_body("ZY260350", 1000), rid=x.lot_st["id"], version=3, supersedes=x.lot))
    allowed(lambda: x.release(report, public))


def certificates(w):
    """Certificates of the right name that no root stands behind come with a good entry, and stay without effect."""
    x = Wheat(w, 330)
    report, public = x.report()
    bogus = [issue(w.maker, "CA", ["operator", "officer"], True, w.stranger) for _ in range(20)]
    false = [issue(w.maker, "op-%d" % i, ["operator"], False, c) for i, c in enumerate(bogus[:2])]

    def by(cert, more, certs=None):
        st, own = statement("release", w.maker, salted(), *x.release_parts(report, 1000, 1))
        e = entry(st, [seal(cert, st, "operator")])
        if certs is None:
            return w.append([e], [own, public], more)
        w.signer.call("append", first=len(w.entries), entries=[e], certs=certs, bodies={sha(b.encode()): b for b in (own, public)})
        w.entries.append(e)
    allowed(lambda: by(w.operator, bogus))
    for f in false:
        refused(w, "bad-chain", "a person of a false CA that the ledger has seen", lambda: by(f, [f]))
    allowed(lambda: by(w.operator, (), []))
    no_ca = issue(w.maker, "op-7", ["operator"], False, w.operator)
    refused(w, "bad-chain", "a person's certificate as a CA", lambda: by(no_ca, [no_ca]))
    by_root = issue(w.maker, "op-8", ["operator"], False, w.root)
    refused(w, "wrong-role bad-chain", "an operator directly below the root", lambda: by(by_root, [by_root]))
    status = issue(w.maker, "op-9", ["status", "operator"], False, w.ca[w.maker])
    refused(w, "wrong-role", "a role beyond the party CA's beside one within", lambda: by(status, [status]))
    soon = w.person(w.maker, "op-10", "operator", days=(1, 9))
    refused(w, "certificate-expired", "a certificate of tomorrow", lambda: by(soon, [soon]))


def at_once(w):
    x = Wheat(w, 340)
    release, _ = x.release(*x.report(), grams=500000, units=1000)
    x.allocate(release, 1000)
    answers = []

    def ask():
        s = w.signer.connect()
        w.signer.raw(canon(dict(op="labels", release=release, first=0, count=1000)).encode(), s)
        answers.append(json.loads(w.signer.frame(s)))
        s.close()
    threads = [threading.Thread(target=ask) for _ in range(12)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sum("ok" in a for a in answers) == 1 and all(a["error"]["slug"] in ("range-taken", "too-many-requests") for a in answers if "error" in a), answers
    assert [r for r in w.signer.call("journal", after=0)["ranges"] if r["release"] == release][0]["count"] == 1000
    COUNT["refused"] += 11
    COUNT["allowed"] += 1


def modes(w):
    for name in os.listdir(w.signer.dir):
        assert stat.S_IMODE(os.lstat(os.path.join(w.signer.dir, name)).st_mode) & 0o077 == 0, name
        COUNT["refused"] += 1


def main():
    w = World(signer_binary(sys.argv))
    try:
        for part in (times, status_lists, odd_bodies, other_goods, certificates, at_once, modes):
            try:
                part(w)
            except BaseException:
                print("signer_edges: in " + part.__name__, file=sys.stderr)
                raise
        print("signer_edges: %(refused)d tries refused, %(allowed)d controls allowed" % COUNT)
    finally:
        code = w.signer.stop()
    assert code == 0, "the signer ended with %d" % code
    return 0


sys.exit(main())
