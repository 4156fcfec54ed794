# _installation.py: a whole installation in a directory of its own: roots, signer, server,
# people with keys; used by the tests beside it. Only the public API, as its users have it.
import base64, hashlib, json, os, re, secrets, signal, socket, subprocess, sys, time, http.client

ORIGIN = "test.example/suyuan"


def build():
    """Where the programs are: the first argument, else SUYUAN_BUILD."""
    return sys.argv[1] if len(sys.argv) > 1 else os.environ["SUYUAN_BUILD"]


def find(build, name):
    for base, _, files in os.walk(build):
        if name in files and os.access(os.path.join(base, name), os.X_OK):
            return os.path.join(base, name)
    sys.exit(f"{name} is not built in {build}")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)


class Installation:
    def __init__(self, build, directory):
        self.dir = directory
        self.server_bin, self.signer_bin, self.certs_bin = (find(build, n) for n in ("suyuan-server", "suyuan-signer", "suyuan-certs"))
        self.data, self.state, self.root = (os.path.join(directory, n) for n in ("data", "data.signer", "data.root"))
        self.port = free_port()
        self.tokens, self.people, self.parties = {}, {}, {}
        self.process = None

    def run(self, *args):
        done = subprocess.run(args, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{args}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def file(self, name, text, mode=0o600):
        path = os.path.join(self.dir, name)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as f:
            f.write(text)
        return path

    def make(self, label_alg="p256"):
        self.passphrase = self.file("root.pass", secrets.token_hex(16) + "\n")
        self.run(self.certs_bin, "trust", "init", "--root", self.root, "--origin", ORIGIN, "--roots", "3", "--threshold", "2", "--passphrase-file", self.passphrase)
        keys = json.loads(self.run(self.signer_bin, "init", "--state", self.state, "--origin", ORIGIN, "--label-alg", label_alg))
        for name in ("label", "log", "status"):
            self.file(f"{name}.spki", keys[name]["spki"] + "\n")
        self.status_cert = os.path.join(self.dir, "status.pem")
        csr = self.file("status.csr", keys["status"]["csr"])
        self.run(self.certs_bin, "issue", "--root", self.root, "--party", "0" * 32, "--subject", "status", "--roles", "status", "--csr", csr, "--passphrase-file", self.passphrase, "--out", self.status_cert)
        self.trust = os.path.join(self.dir, "trust")
        add = []
        for kid, name in ((2, "log"), (3, "label"), (4, "status")):
            add += ["--key", f"{kid}:{name}:-:{self.dir}/{name}.spki"]
        self.run(self.certs_bin, "trust", "make", "--root", self.root, "--host", f"127.0.0.1:{self.port}", *add, "--passphrase-file", self.passphrase, "--out", self.trust)
        self.root_cert = next(os.path.join(self.root, n) for n in sorted(os.listdir(self.root)) if n.endswith(".pem") and "CERTIFICATE" in open(os.path.join(self.root, n)).read())
        anchor = os.path.join(self.root, "anchor")
        self.run(self.signer_bin, "adopt", "--state", self.state, "--anchor", anchor, "--trust", self.trust, "--status-cert", self.status_cert, "--root-cert", self.root_cert)
        self.run(self.server_bin, "init", "--data", self.data, "--origin", ORIGIN, "--label-base", f"HTTP://127.0.0.1:{self.port}", "--port", str(self.port), "--anchor", anchor,
                 "--trust", self.trust, "--status-cert", self.status_cert, "--root-cert", self.root_cert, "--demonstration")
        self.configure("verify_rate = 0")
        out = os.path.join(self.dir, "admin.token")
        self.run(self.server_bin, "user", "add", "--data", self.data, "--name", "admin", "--role", "administrator", "--token-out", out)
        self.tokens["admin"] = open(out).read().strip()

    def configure(self, line):
        with open(os.path.join(self.data, "suyuan.conf"), "a") as f:
            f.write(line + "\n")

    def start(self):
        self.log = open(os.path.join(self.dir, "server.log"), "ab")
        self.process = subprocess.Popen([self.server_bin, "serve", "--data", self.data], stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline().decode()
        if "ready" not in line:
            raise RuntimeError("not ready: " + line + open(os.path.join(self.dir, "server.log")).read())

    def stop(self, sig=signal.SIGTERM):
        if self.process is not None:
            self.process.send_signal(sig)
            code = self.process.wait(60)
            self.process.stdout.close()
            self.process = None
            self.log.close()
            return code

    def call(self, who, method, path, body=None, headers=None, raw=None):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        h = dict(headers or {})
        if who is not None:
            h.setdefault("Authorization", "Bearer " + self.tokens.get(who, who))
        data = raw
        if body is not None:
            data = json.dumps(body).encode()
        if data is not None:
            h.setdefault("Content-Type", "application/json")
        c.request(method, path, body=data, headers=h)
        r = c.getresponse()
        answer = Answer(r.status, {k.lower(): v for k, v in r.getheaders()}, r.read())
        c.close()
        return answer

    def must(self, who, method, path, body=None, **more):
        a = self.call(who, method, path, body, **more)
        if not 200 <= a.status < 300:
            raise AssertionError(f"{who} {method} {path} {json.dumps(body, ensure_ascii=False)}: {a.status} {a.body.decode()}")
        return a.json if a.body else None

    def user(self, name, role, party, duties=()):
        user = self.must("admin", "POST", "/api/v1/users", {"name": name, "role": role, "party": party, "duties": list(duties)})
        self.tokens[name] = self.must("admin", "POST", f"/api/v1/users/{user['id']}/tokens", {"label": "test"})["token"]
        return user["id"]

    def person(self, name, role, party, duty):
        user = self.user(name, role, party, [duty])
        word = "pass " + secrets.token_hex(8)
        csr = self.must(name, "POST", f"/api/v1/users/{user}/key", {"passphrase": word})["csr"]
        path = self.file(name + ".csr", csr)
        pem = os.path.join(self.dir, name + ".pem")
        self.run(self.certs_bin, "issue", "--root", self.root, "--party", party, "--subject", name, "--roles", duty, "--csr", path, "--passphrase-file", self.passphrase, "--chain", "--out", pem)
        chain = ["".join(m.split()) for m in re.findall("-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", open(pem).read(), re.S)]
        self.must(name, "PUT", f"/api/v1/users/{user}/certificate", {"certs": chain})
        self.people[name] = word
        return user

    def party(self, key, record, duties):
        p = self.must("admin", "POST", "/api/v1/parties", record)["id"]
        self.parties[key] = p
        self.run(self.certs_bin, "issue", "--root", self.root, "--party", p, "--subject", key, "--ca", "--roles", ",".join(duties), "--passphrase-file", self.passphrase,
                 "--out", os.path.join(self.root, f"party-{p}.pem"))
        return p

    def seal(self, who, role, record):
        return self.must(who, "POST", "/api/v1/seals", {"record": record, "role": role, "passphrase": self.people[who]})


def uscc(body):
    """The eighteenth character of a unified social credit code (GB 32100-2015 5.2)."""
    symbols = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    return body + symbols[(31 - sum(symbols.index(c) * w for c, w in zip(body, weights)) % 31) % 31]


def gtin(body13):
    return body13 + str(-sum(int(c) * (3 if i % 2 == 0 else 1) for i, c in enumerate(body13)) % 10)


def party_record(n, name, kinds):
    return {"name": name, "uscc": uscc(f"91411724MA{n:07d}"), "kinds": kinds, "county": "411724", "address": "示范路 1 号", "demonstration": True, "contact_name": "示范联系人"}


def make_parties(i):
    i.party("processor", party_record(1, "示范花生公司", ["processor", "producer"]), ["operator", "producer"])
    i.party("other", party_record(2, "另一家示范公司", ["processor"]), ["operator"])
    i.party("centre", party_record(3, "示范检验中心", ["inspection_centre"]), ["tester", "reviewer", "approver"])
    i.party("certifier", party_record(4, "示范认证中心", ["certifier"]), ["certifier"])
    i.party("regulator", party_record(5, "示范监管局", ["regulator"]), ["officer"])
    for name, role, party, duty in (("operator", "processor", "processor", "operator"), ("producer", "processor", "processor", "producer"), ("other", "processor", "other", "operator"),
                                    ("tester", "inspector", "centre", "tester"), ("reviewer", "inspector", "centre", "reviewer"), ("approver", "inspector", "centre", "approver"),
                                    ("certifier", "certifier", "certifier", "certifier"), ("officer", "regulator", "regulator", "officer")):
        i.person(name, role, i.parties[party], duty)


PRODUCT = {"name": "正阳花生仁 500克", "categories": ["花生", "花生及其制品"], "net_content": {"value": 500, "uom": "GRM"}, "market": "CN", "group": "PEANUT", "demonstration": True}
FACILITY = {"name": "示范花生基地", "kind": "field", "county": "411724", "demonstration": True}


def product(i, n=1, **more):
    return i.must("operator", "POST", "/api/v1/products", {**PRODUCT, "party": i.parties["processor"], "gtin": gtin(f"0952411701{n:03d}"), **more})["id"]


def lot(i, product_id, code, **more):
    if not hasattr(i, "facility"):
        i.facility = i.must("operator", "POST", "/api/v1/facilities", {**FACILITY, "party": i.parties["processor"]})["id"]
    return i.must("operator", "POST", "/api/v1/lots", {"product": product_id, "lot": code, "quantity": {"value": 500000, "uom": "GRM"}, "produced": "2026-09-20", "best_before": "2027-09-19",
                                                       "facility": i.facility, "demonstration": True, **more})["id"]


ITEMS = [{"analyte": "黄曲霉毒素B1", "value": "2.1", "unit": "μg/kg", "lod": "0.1", "method": "GB 5009.22-2016"}, {"analyte": "铅", "value": "0.05", "unit": "mg/kg", "method": "GB 5009.12-2023"}]


def report(i, lot_id, number, items=ITEMS, seal=True):
    sample = i.must("tester", "POST", "/api/v1/samples", {"number": number + "-1", "lot": lot_id, "taken_on": "2026-09-21", "source": "sampled", "demonstration": True})["id"]
    r = i.must("tester", "POST", "/api/v1/reports", {"number": number, "centre": i.parties["centre"], "kind": "commissioned", "lots": [lot_id], "sample": sample, "tested_to": "2026-09-24",
                                                     "items": items, "client": "示范委托方", "demonstration": True})
    if seal:
        for role in ("tester", "reviewer", "approver"):
            last = i.seal(role, role, r["id"])
        assert last["complete"], last
    return r["id"]


def release(i, lot_id, reports=(), certificates=(), units=1000, basis="report", seal=True, **more):
    body = {"lot": lot_id, "basis": basis, "quantity": {"value": 500000, "uom": "GRM"}, "units": units, **more}
    if reports:
        body["reports"] = list(reports)
    if certificates:
        body["certificates"] = list(certificates)
    r = i.must("operator", "POST", "/api/v1/releases", body)["id"]
    if seal:
        assert i.seal("operator", "operator", r)["complete"]
    return r
