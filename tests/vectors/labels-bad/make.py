#!/usr/bin/python3
"""Makes the corpus: labels with one thing wrong each, by an implementation that
shares no code with ours (Debian's python3-cryptography and this file alone).
Not run by the tests; the files beside it are what they read."""
import hashlib, os, struct
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
import base64

N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
HERE = os.path.dirname(os.path.abspath(__file__))
KEY = ec.derive_private_key(int.from_bytes(hashlib.sha256(b"suyuan labels-bad").digest(), "big") % N, ec.SECP256R1())
STRAY = ec.derive_private_key(int.from_bytes(hashlib.sha256(b"suyuan labels-bad stray").digest(), "big") % N, ec.SECP256R1())
ORIGIN = "q.example.cn/suyuan"
BASE = "HTTPS://Q.EXAMPLE.CN"
PATH = "/01/09524117010017/10/ZY260920A/21/K7Q2M9XW4T"

def digits(b):
    out = ""
    for i in range(0, len(b), 7):
        c = b[i:i + 7]
        out += str(int.from_bytes(c, "little")).zfill({1: 3, 2: 5, 3: 8, 4: 10, 5: 13, 6: 15, 7: 17}[len(c)])
    return out

def body(version=1, kid=7, day=2465, bb=2818, certified=1, basis=1, grade=0, county=411724, status=4711, release=b"\x11" * 16):
    return (bytes([version]) + kid.to_bytes(3, "big") + struct.pack(">HH", day, bb) + bytes([certified, basis << 4 | grade])
            + county.to_bytes(3, "big") + status.to_bytes(3, "big") + release)

def sign(b, path=PATH, origin=ORIGIN, key=KEY, high=False):
    msg = b"suyuan/label/v1\n" + struct.pack(">H", len(origin)) + origin.encode() + struct.pack(">H", len(path)) + path.encode() + b
    r, s = decode_dss_signature(key.sign(msg, ec.ECDSA(hashes.SHA256())))
    if (s > N // 2) != high:
        s = N - s
    return b + r.to_bytes(32, "big") + s.to_bytes(32, "big")

def url(token, path=PATH, base=BASE):
    return base + path + "?S=" + digits(token)

good = sign(body())
D = digits(good)
cases = []
def case(name, stage, why, u):
    cases.append((name, stage, why, u))

case("good", "not-issued", "nothing wrong with the label: its release is in no log here", url(good))
# the link
case("link-empty", "malformed", "no text at all", "")
case("link-word", "malformed", "no URL", "ZY260920A")
case("link-scheme-mixed", "malformed", "scheme in mixed case", url(good, base="Https://Q.EXAMPLE.CN"))
case("link-ftp", "malformed", "another scheme", url(good, base="FTP://Q.EXAMPLE.CN"))
case("link-userinfo", "malformed", "userinfo before the host", url(good, base="HTTPS://Q.EXAMPLE.CN@EVIL.EXAMPLE"))
case("link-port-zero", "malformed", "port 0", url(good, base="HTTPS://Q.EXAMPLE.CN:0"))
case("link-idn", "malformed", "host beyond ASCII (Cyrillic e)", url(good, base="HTTPS://Q.\u0435XAMPLE.CN"))
case("link-no-key", "malformed", "path begins with neither /01/ nor /P/", BASE + "/02/09524117010017?S=" + D)
case("link-check-digit", "malformed", "check digit of the GTIN", BASE + PATH.replace("0017/", "0018/") + "?S=" + D)
case("link-gtin-13", "malformed", "GTIN of 13 digits", BASE + PATH.replace("/01/0", "/01/") + "?S=" + D)
case("link-lower-path", "malformed", "lot in lower case", BASE + PATH.replace("ZY26", "zy26") + "?S=" + D)
case("link-lot-hyphen", "malformed", "lot ends with a hyphen", BASE + "/01/09524117010017/10/ZY-?S=" + D)
case("link-lot-long", "malformed", "lot of 21 characters", BASE + "/01/09524117010017/10/" + "A" * 21 + "?S=" + D)
case("link-lot-empty", "malformed", "empty lot", BASE + "/01/09524117010017/10/?S=" + D)
case("link-serial-i", "malformed", "serial with the letter I", BASE + PATH.replace("K7Q2", "KIQ2") + "?S=" + D)
case("link-serial-short", "malformed", "serial of nine symbols", BASE + PATH[:-1] + "?S=" + D)
case("link-order", "malformed", "serial before lot", BASE + "/01/09524117010017/21/K7Q2M9XW4T/10/ZY260920A?S=" + D)
case("link-more", "malformed", "more after the serial", BASE + PATH + "/foo?S=" + D)
case("link-slash", "malformed", "trailing slash under a token", BASE + PATH + "/?S=" + D)
case("link-escape", "malformed", "percent escape in the path", BASE + PATH.replace("ZY", "%5AY") + "?S=" + D)
case("link-nul", "malformed", "%00 in the path", BASE + PATH.replace("ZY", "%00Y") + "?S=" + D)
case("link-crlf", "malformed", "%0D%0A in the path", BASE + PATH.replace("ZY", "%0D%0AY") + "?S=" + D)
case("link-space", "malformed", "a space", BASE + PATH.replace("ZY", "Z Y") + "?S=" + D)
case("link-long", "malformed", "more than 2048 characters", BASE + PATH + "?S=" + D + "&x=" + "y" * 2000)
# the digits
case("digits-twice", "malformed", "S twice", BASE + PATH + "?S=" + D + "&S=" + D)
case("digits-both", "malformed", "S and s", BASE + PATH + "?S=" + D + "&s=" + D)
case("digits-empty", "malformed", "S without digits", BASE + PATH + "?S=")
case("digits-short", "malformed", "one digit too few", BASE + PATH + "?S=" + D[:-1])
case("digits-long", "malformed", "one digit too many", BASE + PATH + "?S=" + D + "0")
case("digits-letter", "malformed", "a letter among the digits", BASE + PATH + "?S=" + D[:40] + "A" + D[41:])
case("digits-chunk", "malformed", "a chunk above its maximum", BASE + PATH + "?S=" + "99999999999999999" + D[17:])
# the token's form
case("token-reserved", "malformed", "reserved bit of the certifications", url(sign(body(certified=0x11))))
case("token-basis-0", "malformed", "basis 0", url(sign(body(basis=0))))
case("token-basis-4", "malformed", "basis 4", url(sign(body(basis=4))))
case("token-county", "malformed", "county of seven digits", url(sign(body(county=1000000))))
case("token-high-s", "malformed", "signature with the larger s", url(sign(body(), high=True)))
case("version-0", "unsupported", "version 0", url(sign(body(version=0))))
case("version-2", "unsupported", "version 2", url(sign(body(version=2))))
case("version-255", "unsupported", "version 255", url(sign(body(version=255))))
# no signature
case("unsigned", "unsigned", "no S", BASE + PATH)
case("unsigned-lot", "unsigned", "no S, lot code", BASE + "/01/09524117010017/10/ZY260920A")
case("unsigned-other", "unsigned", "another's parameters only", BASE + PATH + "?utm=1&linkType=gs1:pip")
case("unsigned-fragment", "unsigned", "S in the fragment only", BASE + PATH + "#S=" + D)
# the key
case("key-kid", "unknown-key", "kid 8 is on no list", url(sign(body(kid=8))))
case("key-early", "unknown-key", "issued before the key was valid", url(sign(body(day=1000))))
case("key-late", "unknown-key", "issued after the key was valid", url(sign(body(day=4000))))
case("host-other", "unknown-key", "a host that the list does not name", url(good, base="HTTPS://Q.EXAMP1E.CN"))
case("host-sub", "unknown-key", "our host's name as a prefix of another's", url(good, base="HTTPS://Q.EXAMPLE.CN.EVIL.EXAMPLE"))
case("host-port", "unknown-key", "another port", url(good, base="HTTPS://Q.EXAMPLE.CN:8443"))
case("host-http", "unknown-key", "http outside this machine", url(good, base="HTTP://Q.EXAMPLE.CN"))
# the signature
case("sig-other-key", "bad-signature", "signed by another key under kid 7", url(sign(body(), key=STRAY)))
case("sig-other-origin", "bad-signature", "signed for another deployment", url(sign(body(), origin="q.example.com/suyuan")))
case("sig-other-lot", "bad-signature", "moved to another lot", url(good, path=PATH.replace("920A", "920B")))
case("sig-other-serial", "bad-signature", "moved to another serial", url(good, path=PATH.replace("W4T", "W4V")))
case("sig-no-serial", "bad-signature", "moved to the lot code", url(good, path="/01/09524117010017/10/ZY260920A"))
case("sig-own-item", "bad-signature", "moved to an own item", url(good, path=PATH.replace("/01/", "/P/")))
for field, change in [("day", dict(day=2466)), ("best-before", dict(bb=2819)), ("certified", dict(certified=9)), ("basis", dict(basis=2)), ("grade", dict(grade=1)),
                      ("county", dict(county=411725)), ("status", dict(status=4712)), ("release", dict(release=b"\x12" * 16))]:
    case("sig-" + field, "bad-signature", field + " changed after signing", url(body(**change) + good[32:]))
case("sig-r-zero", "bad-signature", "r = 0", url(good[:32] + bytes(32) + good[64:]))
case("sig-s-zero", "bad-signature", "s = 0", url(good[:64] + bytes(32)))
case("sig-r-n", "bad-signature", "r = n", url(good[:32] + N.to_bytes(32, "big") + good[64:]))
case("sig-swapped", "bad-signature", "r = 1", url(good[:32] + (1).to_bytes(32, "big") + good[64:]))

for f in os.listdir(HERE):
    if f.endswith(".label"):
        os.unlink(os.path.join(HERE, f))
for name, stage, why, u in cases:
    with open(os.path.join(HERE, name + ".label"), "w", encoding="utf-8") as f:
        f.write(f"stage {stage}\nwhy {why}\nurl {u}\n")
spki = KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
with open(os.path.join(HERE, "key.txt"), "w") as f:
    f.write(base64.b64encode(spki).decode() + "\n")
print(len(cases), "labels")
