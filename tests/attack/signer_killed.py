#!/usr/bin/python3
"""signer_killed.py [SIGNER]: SIGKILL while labels are on their way, while an append is being answered and between
checkpoint and label. What was acknowledged is there afterwards, and no label is ever signed a second time."""
import random
import sys
import threading

from _wheat import *

ROUNDS = 12


def killed(w):
    w.signer.process.kill()
    w.signer.process.wait()
    w.signer.sock.close()
    w.signer.start()


def labels_cut(w, release, first, count, after):
    """Asks, reads for a while, kills; gives the serials that came."""
    s = w.signer
    s.raw(canon({"op": "labels", "release": release, "first": first, "count": count}).encode())
    seen = b""
    timer = threading.Timer(after, s.process.kill)
    timer.start()
    try:
        while True:
            part = s.frame()
            seen += b"" if part[:1] == b"{" else part
            if part[:6] == b'{"end"':
                break
    except (ConnectionError, OSError):
        pass
    timer.join()
    killed(w)
    return {seen[i:i + 10] for i in range(0, len(seen), 106)}


def main():
    w = World(signer_binary(sys.argv))
    chance = random.Random(7)
    serials = set()
    try:
        x = Wheat(w, 1, kilograms=1000000)
        report, public = x.report()
        release, _ = x.release(report, public, 500000000, 1000000)
        for i in range(ROUNDS):
            _, first = x.allocate(release, 4000)
            size, root = (w.signer.call("hello")[n] for n in ("size", "root"))
            if i % 3 == 0:
                killed(w)  # between checkpoint and label
            got = labels_cut(w, release, first, 4000, chance.random() * 0.3)
            assert not got & serials, "a serial came twice"
            serials |= got
            hello = w.signer.call("hello")
            assert (hello["size"], hello["root"]) == (size, root) and size == len(w.entries)
            if got:
                try:
                    w.signer.labels(release, first, 1)
                    raise AssertionError("a range was signed twice")
                except Refused as e:
                    assert e.slug == "range-taken", e
            # An append whose answer is never read: in as a whole or not at all.
            text, _ = x.report_entry(x.report_body())
            w.signer.raw(canon({"op": "append", "first": len(w.entries), "entries": [text], "certs": w.certs(), "bodies": {}}).encode())
            time.sleep(chance.random() * 0.15)
            killed(w)
            hello = w.signer.call("hello")
            w.entries += [text] if hello["size"] == len(w.entries) + 1 else []
            assert hello["root"] == merkle([hashlib.sha256(b"\0" + e.encode()).digest() for e in w.entries]).hex()
            note_verify(hello["checkpoint"], hello["log_vkey"])
        journal = w.signer.call("journal", after=0)["ranges"]
        taken = sorted((r["first"], r["count"]) for r in journal)
        assert all(a[0] + a[1] <= b[0] for a, b in zip(taken, taken[1:])), "ranges overlap"
        print("signer_killed: %d kills, %d labels, %d entries" % (2 * ROUNDS + ROUNDS // 3, len(serials), len(w.entries)))
    finally:
        w.signer.stop()
    return 0


sys.exit(main())
