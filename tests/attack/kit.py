"""kit.py: keys, certificates, records, entries and trust lists, written from the documented
formats alone (suyuan-trust(5), suyuan-record(5), suyuan-label(5), suyuan-signer(8)) with
Python's `cryptography`. It shares no code with the C sources; where both agree, the pages are right."""
import atexit
import base64
import datetime
import hashlib
import json
import os
import secrets
import shutil
import socket
import struct
import subprocess
import tempfile
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
from cryptography.x509.oid import NameOID

ARC = "2.25.300193588781811178439596520350075105213"
ROLES = ["tester", "reviewer", "approver", "operator", "certifier", "officer", "producer", "status"]
SPKI = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def sha(b):
    return hashlib.sha256(b).hexdigest()


def canon(v):
    return json.dumps(v, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def b64u(b):
    return base64.urlsafe_b64encode(b).rstrip(b"=").decode()


def unb64u(s):
    return base64.urlsafe_b64decode(s + "=" * (-len(s) % 4))


def now_text(t=None):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() if t is None else t))


def new_id():
    return secrets.token_hex(16)


def spki(key):
    return key.public_key().public_bytes(*SPKI)


def sign_es256(key, message):
    r, s = utils.decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def verify_es256(public, sig, message):
    der = utils.encode_dss_signature(int.from_bytes(sig[:32], "big"), int.from_bytes(sig[32:], "big"))
    public.verify(der, message, ec.ECDSA(hashes.SHA256()))


# X.509 ------------------------------------------------------------------

def name(party, cn):
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, party), x509.NameAttribute(NameOID.COMMON_NAME, cn)])


class Cert:
    def __init__(self, cert, key, party):
        self.cert, self.key, self.party = cert, key, party
        self.der = cert.public_bytes(serialization.Encoding.DER)
        self.x5t = hashlib.sha256(self.der).digest()
        self.kid = b64u(hashlib.sha256(cert.public_key().public_bytes(*SPKI)).digest()[:12])

    def pem(self):
        return self.cert.public_bytes(serialization.Encoding.PEM)


def tlv(tag, value):
    return bytes([tag, len(value)]) + value


def eku(roles):
    """ExtKeyUsageSyntax by hand: this `cryptography` reads no arcs of 128 bits (X.690 8.19)."""
    oids = b""
    for r in roles:
        arcs = [105, int(ARC.split(".")[2]), ROLES.index(r) + 1]
        body = b""
        for a in arcs:
            part = [a & 0x7F]
            while a > 0x7F:
                a >>= 7
                part.insert(0, 0x80 | (a & 0x7F))
            body += bytes(part)
        oids += tlv(6, body)
    return b"\x30" + (bytes([len(oids)]) if len(oids) < 128 else bytes([0x81, len(oids)])) + oids


def issue(party, cn, roles, ca, issuer=None, key=None, public=None, days=(-2, 365), pathlen=None):
    key = key or (ec.generate_private_key(ec.SECP256R1()) if public is None else None)
    public = public or key.public_key()
    day = datetime.timedelta(days=1)
    today = datetime.datetime.utcnow().replace(microsecond=0)
    subject = name(party, cn)
    b = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer.cert.subject if issuer else subject).public_key(public)
         .serial_number(x509.random_serial_number()).not_valid_before(today + days[0] * day).not_valid_after(today + days[1] * day)
         .add_extension(x509.BasicConstraints(ca, (1 if issuer is None else 0) if ca else None), True)
         .add_extension(x509.KeyUsage(not ca, False, False, False, False, ca, ca, False, False), True)
         .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), False)
         .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.cert.public_key() if issuer else public), False))
    if roles:
        b = b.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.37"), eku(roles)), True)
    if ca and issuer is not None:
        b = b.add_extension(x509.NameConstraints([x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, party)]))], None), True)
    return Cert(b.sign(issuer.key if issuer else key, hashes.SHA256()), key, party)


# Notes and trust lists ---------------------------------------------------

class NoteKey:
    def __init__(self, key_name):
        self.name, self.key = key_name, ed25519.Ed25519PrivateKey.generate()
        raw = self.key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.id = hashlib.sha256(key_name.encode() + b"\n\x01" + raw).digest()[:4]
        self.vkey = "%s+%s+%s" % (key_name, self.id.hex(), base64.b64encode(b"\x01" + raw).decode())

    def sign(self, text):
        return "\n— %s %s\n" % (self.name, base64.b64encode(self.id + self.key.sign(text.encode())).decode())


def note_verify(note, vkey):
    key_name, kid, raw = vkey.split("+", 2)
    text, lines = note.rsplit("\n\n", 1)
    for line in lines.splitlines():
        _, who, blob = line.split(" ")
        sig = base64.b64decode(blob)
        if who == key_name and sig[:4].hex() == kid:
            ed25519.Ed25519PublicKey.from_public_bytes(base64.b64decode(raw)[1:]).verify(sig[4:], (text + "\n").encode())
            return text + "\n"
    raise ValueError("not signed by " + key_name)


def trust_list(origin, version, root, keys, days=365):
    """keys: (kid, alg, spki bytes, role, party)"""
    lines = ["suyuan/trust/v1", "origin " + origin, "version %d" % version, "issued " + now_text(), "expires " + now_text(time.time() + days * 86400),
             "policy 1 " + root.vkey, "host q.example.cn"]
    for kid, alg, der, role, party in keys:
        lines.append("key %d %s %s %s %s %s - - -" % (kid, alg, base64.b64encode(der).decode(), role, party, now_text(time.time() - 86400)))
    text = "\n".join(lines) + "\n"
    return text + root.sign(text)


# Records ------------------------------------------------------------------

def statement(kind, issuer, body, subject=None, figures=None, rid=None, version=1, supersedes=None, private=None):
    text = canon(body)
    st = {"type": kind, "id": rid or new_id(), "version": version, "supersedes": supersedes, "issuer": issuer, "time": now_text(),
          "public_sha256": sha(text.encode()), "private_sha256": private}
    if subject is not None:
        st.update(subject=subject, figures=figures)
    return st, text


def head(cert, kind, role, iat=None, kid=None):
    return canon({"alg": "ES256", "kid": kid or cert.kid, "typ": "suyuan-%s-v1+jws" % kind, "iat": int(time.time()) if iat is None else iat, "role": role,
                  "x5t#S256": b64u(cert.x5t)})


def seal(cert, st, role, kind=None, iat=None):
    protected = head(cert, kind or st["type"], role, iat)
    message = b64u(protected.encode()) + "." + b64u(canon(st).encode())
    return protected, b64u(sign_es256(cert.key, message.encode()))


def entry(st, seals, payload=None):
    return canon({"payload": b64u((payload or canon(st)).encode()), "signatures": [{"protected": b64u(p.encode()), "signature": s} for p, s in seals]})


def leaf(text):
    return hashlib.sha256(b"\0" + text.encode()).hexdigest()


def merkle(leaves):
    """RFC 6962 2.1, straight from its words."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + merkle(leaves[:k]) + merkle(leaves[k:])).digest()


def salted(**fields):
    return dict(fields, salt=secrets.token_hex(16))


# The signer ----------------------------------------------------------------

class Refused(Exception):
    def __init__(self, error):
        super().__init__("%s %s: %s" % (error["slug"], error["field"], error["en"]))
        self.slug, self.field = error["slug"], error["field"]


class Signer:
    """One running suyuan-signer with a state of its own, and a connection to it."""

    def __init__(self, binary, root_dir, origin="q.example.cn/suyuan"):
        self.binary, self.dir, self.origin = binary, os.path.join(root_dir, "signer"), origin
        self.root_dir = root_dir
        self.facts = json.loads(self.run("init", "--origin", origin))
        self.process = self.sock = None

    def run(self, verb, *args):
        return subprocess.run([self.binary, verb, "--state", self.dir, *args], check=True, stdout=subprocess.PIPE).stdout

    def file(self, file_name, data):
        path = os.path.join(self.root_dir, file_name)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def start(self):
        path = os.path.join(self.dir, "signer.sock")
        self.process = subprocess.Popen([self.binary, "serve", "--state", self.dir])
        for _ in range(600):
            try:
                self.sock = self.connect(path)
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the signer does not listen")

    def connect(self, path=None):
        s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        s.connect(path or os.path.join(self.dir, "signer.sock"))
        s.settimeout(120)
        return s

    def stop(self):
        if self.sock:
            self.sock.close()
        if self.process:
            self.process.terminate()
            return self.process.wait(30)
        return 0

    def read(self, n, sock):
        data = b""
        while len(data) < n:
            part = sock.recv(n - len(data))
            if not part:
                raise ConnectionError("closed")
            data += part
        return data

    def frame(self, sock=None):
        sock = sock or self.sock
        return self.read(struct.unpack(">I", self.read(4, sock))[0], sock)

    def raw(self, text, sock=None):
        (sock or self.sock).sendall(struct.pack(">I", len(text)) + text)

    def call(self, op, **members):
        self.raw(canon(dict(members, op=op)).encode())
        answer = json.loads(self.frame())
        if "error" in answer:
            raise Refused(answer["error"])
        return answer

    def labels(self, release, first, count):
        self.call("labels", release=release, first=first, count=count)
        out = b""
        while True:
            part = self.frame()
            if part[:1] == b"{":
                answer = json.loads(part)
                if "error" in answer:
                    raise Refused(answer["error"])
                return [out[i:i + 106] for i in range(0, len(out), 106)]
            out += part


def signer_binary(argv):
    """The program under test: named, or from the build that the tests run on."""
    return argv[1] if len(argv) > 1 else os.path.join(os.environ["SUYUAN_BUILD"], "server", "suyuan-signer")


class World:
    """A deployment as an honest server would have it: root, trust list, parties, people."""

    def __init__(self, binary, root_dir=None):
        self.tmp = root_dir or tempfile.mkdtemp(prefix="suyuan-attack-")
        if root_dir is None:
            atexit.register(shutil.rmtree, self.tmp, True)
        self.signer = Signer(binary, self.tmp)
        self.note = NoteKey("root.example.cn")
        self.deployment, self.maker, self.other, self.centre, self.body, self.regulator = (new_id() for _ in range(6))
        self.root = issue(self.deployment, "root", None, True)
        self.stranger = issue(self.deployment, "root", None, True)
        facts = self.signer.facts
        status_key = serialization.load_der_public_key(base64.b64decode(facts["status"]["spki"]))
        self.status = issue(self.deployment, "status", ["status"], False, self.root, public=status_key)
        self.keys = [(1, facts["label"]["alg"], base64.b64decode(facts["label"]["spki"]), "label", "-"),
                     (2, "ed25519", base64.b64decode(facts["log"]["spki"]), "log", "-"),
                     (3, "p256", base64.b64decode(facts["status"]["spki"]), "status", "-"),
                     (4, "p256", spki(self.root.key), "ca", self.deployment)]
        self.trust = trust_list(self.signer.origin, 5, self.note, self.keys)
        f = self.signer.file
        self.signer.run("adopt", "--anchor", f("anchor", ("threshold 1\nroot %s\n" % self.note.vkey).encode()), "--trust", f("trust", self.trust.encode()),
                        "--status-cert", f("status.pem", self.status.pem()), "--root-cert", f("root.pem", self.root.pem()))
        self.ca = {p: issue(p, "CA", r, True, self.root) for p, r in (
            (self.maker, ["operator", "producer"]), (self.other, ["operator", "producer"]), (self.centre, ["tester", "reviewer", "approver"]),
            (self.body, ["certifier"]), (self.regulator, ["officer"]))}
        self.operator = self.person(self.maker, "op-1", "operator")
        self.producer = self.person(self.maker, "pr-1", "producer")
        self.rival = self.person(self.other, "op-9", "operator")
        self.tester, self.reviewer, self.approver = (self.person(self.centre, "c-%d" % i, r) for i, r in enumerate(("tester", "reviewer", "approver")))
        self.certifier = self.person(self.body, "ce-1", "certifier")
        self.officer = self.person(self.regulator, "of-1", "officer")
        self.entries, self.index = [], 0
        self.signer.start()

    def person(self, party, staff, *roles, **more):
        return issue(party, staff, list(roles), False, self.ca[party], **more)

    def certs(self, *more):
        people = [self.operator, self.producer, self.rival, self.tester, self.reviewer, self.approver, self.certifier, self.officer]
        return [base64.b64encode(c.der).decode() for c in (*people, *self.ca.values(), *more)]

    def append(self, texts, bodies=(), more=(), first=None, **members):
        answer = self.signer.call("append", first=len(self.entries) if first is None else first, entries=list(texts), certs=self.certs(*more),
                                  bodies={sha(b.encode()): b for b in bodies}, **members)
        self.entries += texts
        return answer

    def by_status(self, kind, issuer, body, **more):
        st, text = statement(kind, issuer, body, **more)
        s = self.signer.call("status_seal", statement=canon(st), public=text)
        return entry(st, [(s["protected"], s["signature"])]), st, text

    def put(self, kind, issuer, body, **more):
        text, st, public = self.by_status(kind, issuer, body, **more)
        self.append([text], [public])
        return leaf(text), st

    def sealed(self, kind, cert, role, body=None, subject=None, figures=None, issuer=None, **more):
        st, text = statement(kind, issuer or cert.party, body or salted(), subject, figures, **more)
        return entry(st, [seal(cert, st, role)]), st, text

    def put_sealed(self, kind, cert, role, body=None, subject=None, figures=None, bodies=(), **more):
        text, st, public = self.sealed(kind, cert, role, body, subject, figures, **more)
        self.append([text], [public, *bodies], (cert,))
        return leaf(text), st
