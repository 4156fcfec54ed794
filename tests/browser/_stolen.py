"""A stolen label key: signs one label that was never issued. Prints its URL.

    _stolen.py STATE ORIGIN URL    STATE the signer's directory, URL an honest label

The serial is one the key's owner never allocated; the signature is good. Only the
formats of suyuan-label(5) are used."""
import os
import secrets
import sys

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

SIZES = {3: 1, 5: 2, 8: 3, 10: 4, 13: 5, 15: 6, 17: 7}
DIGITS = {n: d for d, n in SIZES.items()}
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def undigits(s):
    out = b""
    while s:
        chunk, s = s[:17], s[17:]
        out += int(chunk).to_bytes(SIZES[len(chunk)], "little")
    return out


def digits(b):
    return "".join(str(int.from_bytes(b[i:i + 7], "little")).zfill(DIGITS[len(b[i:i + 7])]) for i in range(0, len(b), 7))


state, origin, url = sys.argv[1:]
passphrase = open(os.path.join(state, "passphrase")).readline().rstrip("\n")
key = serialization.load_pem_private_key(open(os.path.join(state, "label.pem"), "rb").read(), passphrase.encode())
base, _, query = url.partition("?")
at = base.index("/01/") if "/01/" in base else base.index("/P/")
host, path = base[:at], base[at:]
path = path.rsplit("/", 1)[0] + "/" + "".join(secrets.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(10))
body = undigits(query.split("=", 1)[1].split("&")[0])[:32]
message = b"suyuan/label/v1\n" + len(origin).to_bytes(2, "big") + origin.encode() + len(path).to_bytes(2, "big") + path.encode() + body
r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
s = min(s, N - s)
print(f"{host}{path}?S={digits(body + r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}")
