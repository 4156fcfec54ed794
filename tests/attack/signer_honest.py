#!/usr/bin/python3
"""signer_honest.py [SIGNER]: what an honest server gets, and that it verifies by the documented formats."""
import sys

from _wheat import *


def main():
    w = World(signer_binary(sys.argv))
    try:
        x = Wheat(w, 1)
        report, public = x.report()
        release, _ = x.release(report, public, 1000000, 2000)
        _, first = x.allocate(release, 1500)
        labels = w.signer.labels(release, first, 1500)
        assert len(labels) == 1500 and len({r[:10] for r in labels}) == 1500
        key = serialization.load_der_public_key(base64.b64decode(w.signer.facts["label"]["spki"]))
        for r in labels:
            serial, token = r[:10].decode(), r[10:]
            path = "/01/%s/10/ZY260001/21/%s" % (x.gtin, serial)
            message = b"suyuan/label/v1\n" + struct.pack(">H", len(w.signer.origin)) + w.signer.origin.encode() + struct.pack(">H", len(path)) + path.encode() + token[:32]
            verify_es256(key, token[32:], message)
            assert token[16:32].hex() == release[:32] and token[:4] == b"\1\0\0\1" and token[9] == 0x10
        hello = w.signer.call("hello")
        root = merkle([hashlib.sha256(b"\0" + e.encode()).digest() for e in w.entries])
        assert hello["size"] == len(w.entries) and hello["root"] == root.hex()
        text = note_verify(hello["checkpoint"], hello["log_vkey"])
        assert text == "%s\n%d\n%s\n" % (w.signer.origin, len(w.entries), base64.b64encode(root).decode())
        print("signer_honest: 1500 labels, checkpoint over %d entries" % len(w.entries))
    finally:
        assert w.signer.stop() == 0
    return 0


sys.exit(main())
