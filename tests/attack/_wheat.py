"""_wheat.py: one honest lot of wheat, from product to labels, on kit.py."""
from kit import *

LIMIT = {"category": "小麦", "analyte": "铅", "operator": "<=", "value": "0.2", "unit": "mg/kg", "basis": "edible", "standard": "GB 2762", "edition": "2025",
         "clause": "表1（谷物及其制品）", "market": "CN", "product_standard": "", "grade": "", "method": "GB 5009.12", "id": "L0056", "source": "-", "verified": True,
         "valid_from": "2026-09-02", "valid_to": None}
_statuses = iter(range(1000, 100000))


def gtin(n):
    d = "0952%09d" % n
    return d + str(-sum(int(c) * (3 if i % 2 == 0 else 1) for i, c in enumerate(reversed(d))) % 10)


class Wheat:
    def __init__(self, w, n, kilograms=1000, own=False, net=500):
        self.w, self.gtin = w, gtin(n)
        self.product_body = salted(party=w.maker, gtin=self.gtin, name="小麦粉", categories=["小麦"], market="CN", group="WHEAT", demonstration=True,
                                   net_content={"value": net, "uom": "GRM"})
        if net == 0:
            del self.product_body["net_content"]
        self.product, self.product_st = w.put("product", w.maker, self.product_body)
        self.lot, self.lot_st = self.new_lot("ZY26%04d" % n, kilograms)
        self.key = w.signer.call("serial_key", own=False, item=self.gtin)["sha256"]

    def lot_body(self, code, kilograms):
        return salted(product=self.product_st["id"], lot=code, quantity={"value": kilograms, "uom": "KGM"}, produced="2026-09-17", best_before="2027-09-16",
                      facility=new_id(), demonstration=True, origin={"name": "一号田", "kind": "field", "county": "411724"})

    def new_lot(self, code, kilograms):
        return self.w.put("lot", self.w.maker, self.lot_body(code, kilograms))

    def report_body(self, lots=None, value="0.05", verdict="pass", **more):
        return salted(number="R-1", centre=self.w.centre, kind="commissioned", lots=lots or [self.lot_st["id"]],
                      sample={"number": "S-1", "taken_on": "2026-09-18", "source": "submitted"}, tested_to="2026-09-20", demonstration=True,
                      judged_on="2026-09-17", reference_version="another", verdict=verdict,
                      items=[{"analyte": "铅", "value": value, "unit": "mg/kg", "lod": "0.01", "limit": LIMIT, "reading": value, "verdict": verdict, "why": ""}], **more)

    def report_entry(self, body, people=None):
        w = self.w
        st, text = statement("report", w.centre, body)
        people = people or ((w.tester, "tester"), (w.reviewer, "reviewer"), (w.approver, "approver"))
        return entry(st, [seal(c, st, r) for c, r in people]), text

    def report(self, body=None):
        text, public = self.report_entry(body or self.report_body())
        self.w.append([text])
        return leaf(text), public

    def release_parts(self, report, grams=1000, units=2, **figures):
        subject = {"lot": self.lot, "product": self.product, "reports": [report] if isinstance(report, str) else report, "certificates": figures.pop("certificates", [])}
        subject.update(figures.pop("subject", {}))
        base = {"basis": 1, "grade": 0, "quantity": {"value": grams, "uom": "GRM"}, "units": units, "best_before": "2027-09-16", "certified": 0, "county": "411724",
                "status_index": next(_statuses), "serial_key_sha256": self.key if units else None}
        return subject, dict(base, **figures)

    def release(self, report, public, grams=1000, units=2, cert=None, **figures):
        subject, f = self.release_parts(report, grams, units, **figures)
        return self.w.put_sealed("release", cert or self.w.operator, "operator", salted(), subject, f, [public] if isinstance(public, str) else public)

    def next_first(self):
        return getattr(self, "_next", 0)

    def allocate(self, release, count, first=None):
        first = self.next_first() if first is None else first
        done = self.w.put("allocation", self.w.maker, salted(), subject={"release": release}, figures={"first": first, "count": count})
        self._next = first + count
        return done[0], first
