"""kill -9 at any moment, under load: what was acknowledged is there, no serial is given
twice, the log only grows. Clients register lots, allocate ranges and draw labels while
server and signer are killed, some of the time between a checkpoint and its labels.

Short form in the suite (SUYUAN_KILLS=12); the long one: SUYUAN_KILLS=200 SUYUAN_BUILD=build/release.
"""
import base64
import hashlib
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

KILLS = int(os.environ.get("SUYUAN_KILLS", "12"))
SEED = int(os.environ.get("SUYUAN_SEED", str(int(time.time()))))
rng = random.Random(SEED)
demo, build, tmp = os.environ["SUYUAN_DEMO"], os.environ["SUYUAN_BUILD"], os.environ["TMPDIR"]
data = os.path.join(tmp, "data")
for part in ("", ".signer", ".root"):
    shutil.copytree(demo + part, data + part, symlinks=True, ignore=shutil.ignore_patterns("*.sock"))
known = json.load(open(os.path.join(data, "demo.json")))


def need(ok, what):
    if not ok:
        print(f"failed (seed {SEED}): {what}", flush=True)
        os._exit(1)


class Server:
    def __init__(self):
        self.port, self.process = None, None

    def start(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.process = subprocess.Popen(
            [os.path.join(build, "server", "suyuan-server"), "serve", "--data", data, "--port", str(self.port)],
            stdout=open(os.path.join(tmp, "server.log"), "a"), stderr=subprocess.STDOUT)
        until = time.time() + 60
        while time.time() < until:
            need(self.process.poll() is None, "the server ended at start: " + open(os.path.join(tmp, "server.log")).read()[-2000:])
            try:
                if ask(self.port, "GET", "/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.03)
        need(False, "the server is not ready after 60 s")

    def children(self):
        out = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout
        return [int(p) for p in out.split()]

    def kill(self, whom):
        victims = {"both": [self.process.pid] + self.children(), "server": [self.process.pid], "signer": self.children()}[whom]
        for pid in victims:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        if whom == "signer":
            # The server may live on or end; either way it must not lose or double anything.
            time.sleep(rng.uniform(0, 0.2))
            try:
                self.process.kill()
            except ProcessLookupError:
                pass
        self.process.wait()


def ask(port, method, path, body=None, token=None, key=None, timeout=60):
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body)
        if token:
            headers["Authorization"] = "Bearer " + token
        if key:
            headers["Idempotency-Key"] = key
        c.request(method, path, body, headers)
        r = c.getresponse()
        raw = r.read()
        return r.status, (json.loads(raw) if raw[:1] in b"{[" and raw else raw)
    finally:
        c.close()


def token_of(name):
    return open(os.path.join(data + ".root", "tokens", name)).read().strip()


def passphrase_of(name):
    return open(os.path.join(data + ".root", "people", name + ".pass")).read().strip()


server = Server()
server.start()
celery = known["lots"]["celery"]
token = token_of("veg.processor")


def made(answer, what):
    need(answer[0] in (200, 201), f"{what}: {answer}")
    return answer[1]


def seal(record, version, role, person):
    return made(ask(server.port, "POST", "/api/v1/seals", {"record": record, "version": version, "role": role, "passphrase": passphrase_of(person)},
                    token_of(person)), f"seal {role}")


# A lot large enough for every label of this run: declared, sealed by its producer, released.
stamp = f"{rng.randrange(16 ** 6):06X}"
lot_body = {"product": celery["product"], "lot": "K" + stamp, "quantity": {"value": 1000, "uom": "TNE"}, "produced": "2026-11-10",
            "best_before": "2027-03-10", "facility": celery["facility"], "demonstration": True}
lot = made(ask(server.port, "POST", "/api/v1/lots", lot_body, token), "lot")["id"]
commitment = made(ask(server.port, "POST", "/api/v1/certificates", {
    "kind": "commitment", "number": "HGZ-" + stamp, "holder": celery["party"], "products": [celery["product"]], "valid_from": "2026-11-10",
    "style": "producer", "edition": 2026, "grounds": ["quality_control"], "lot": lot, "issued_on": "2026-11-10", "demonstration": True}, token), "commitment")["id"]
seal(commitment, 1, "producer", "veg.producer")
release = made(ask(server.port, "POST", "/api/v1/releases", {
    "lot": lot, "basis": "declared", "certificates": [commitment], "quantity": {"value": 1000, "uom": "TNE"}, "units": 2000000}, token), "release")["id"]
seal(release, 1, "operator", "veg.operator")

lock = threading.Lock()
acknowledged_lots = {}   # id -> leaf
acknowledged_ranges = {}  # allocation -> (first, count)
serials = set()
phase = {"lot": 0, "allocation": 0, "checkpoint-to-label": 0, "mid-labels": 0}
current = {}  # thread -> phase
killed_in = dict.fromkeys(phase, 0)
stop = threading.Event()
pause = threading.Event()


def in_phase(name):
    current[threading.get_ident()] = name


def note_labels(raw):
    for line in raw.split(b"\n"):
        if b"/21/" in line and b"?" in line:
            path, _, query = line.partition(b"?")
            if len(query) == 2 + 234:  # a line cut short by the kill was never acknowledged
                serial = path.rsplit(b"/", 1)[1]
                with lock:
                    need(serial not in serials, f"serial {serial} given twice")
                    serials.add(serial)


def draw(port, allocation, count):
    """Labels of a range; records every whole line that arrived."""
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    raw = b""
    try:
        in_phase("checkpoint-to-label")
        c.request("POST", "/api/v1/labels",
                  json.dumps({"allocation": allocation, "first": acknowledged_ranges[allocation][0], "count": count}),
                  {"Content-Type": "application/json", "Authorization": "Bearer " + token})
        r = c.getresponse()
        while True:
            chunk = r.read1(65536)
            if not chunk:
                break
            in_phase("mid-labels")
            raw += chunk
        if r.status not in (200, 201):
            need(r.status in (503, 409), f"labels: {r.status} {raw[:300]}")
            raw = b""
    finally:
        c.close()
        note_labels(raw.rsplit(b"\n", 1)[0] + b"\n" if raw else b"")


def client(n):
    k = 0
    while not stop.is_set():
        if pause.is_set():
            time.sleep(0.01)
            continue
        port = server.port
        k += 1
        try:
            if n % 2 == 0:
                in_phase("lot")
                key = f"{stamp}-{n}-{k}"
                code = f"{stamp}{n}{k:05d}"
                status, answer = ask(port, "POST", "/api/v1/lots", dict(lot_body, lot=code), token, key)
                if status == 201:
                    with lock:
                        acknowledged_lots[answer["id"]] = answer["leaf"]
                else:
                    need(status in (409, 503), f"lot: {status} {answer}")
            else:
                in_phase("allocation")
                status, answer = ask(port, "POST", "/api/v1/allocations", {"release": release, "count": 60, "printer": "kill test"}, token)
                if status == 201:
                    with lock:
                        acknowledged_ranges[answer["id"]] = (answer["data"]["first"], 60)
                    draw(port, answer["id"], 60)
                else:
                    need(status in (409, 503), f"allocation: {status} {answer}")
        except (OSError, http.client.HTTPException, ValueError):
            time.sleep(0.01)  # killed under us: nothing acknowledged
        in_phase(None)


def number(n):
    s = f"{n % 1000:03d}"
    while n >= 1000:
        n //= 1000
        s = f"x{n % 1000:03d}/{s}"
    return s


leaves = []  # leaf hashes as first seen; the log may only grow


def look_at_log():
    """Every entry re-read; those seen before must be the same; the root must be the checkpoint's."""
    status, note = ask(server.port, "GET", "/log/checkpoint")
    need(status == 200, "checkpoint")
    lines = note.decode().split("\n")
    size, root = int(lines[1]), base64.b64decode(lines[2])
    need(size >= len(leaves), f"the log shrank from {len(leaves)} to {size}")
    now = []
    for i in range(0, size, 256):
        width = min(256, size - i)
        path = "/log/tile/entries/" + number(i // 256) + ("" if width == 256 else f".p/{width}")
        status, raw = ask(server.port, "GET", path)
        need(status == 200, path)
        raw = raw if isinstance(raw, bytes) else b""
        while raw:
            n = int.from_bytes(raw[:2], "big")
            now.append(hashlib.sha256(b"\x00" + raw[2:2 + n]).digest())
            raw = raw[2 + n:]
    need(len(now) == size, "entries in bundles")
    need(now[:len(leaves)] == leaves, "an entry changed: the log forked")
    level = now[:]

    def tree(h):
        if len(h) == 1:
            return h[0]
        k = 1
        while k * 2 < len(h):
            k *= 2
        return hashlib.sha256(b"\x01" + tree(h[:k]) + tree(h[k:])).digest()
    need(tree(level) == root, "root of the checkpoint")
    leaves[:] = now


look_at_log()
clients = [threading.Thread(target=client, args=(n,), daemon=True) for n in range(4)]
for t in clients:
    t.start()
checked = 0
for i in range(KILLS):
    # Now and then aim: kill while a client sits between its checkpoint and its labels.
    time.sleep(rng.uniform(0.05, 0.8))
    aim = rng.choice(["any", "checkpoint-to-label", "mid-labels", "allocation"])
    until = time.time() + 1
    while aim != "any" and aim not in current.values() and time.time() < until:
        time.sleep(0.0005)
    where = [p for p in current.values() if p]
    for p in set(where):
        killed_in[p] += 1
    server.kill(rng.choice(["both", "both", "server", "signer"]))
    pause.set()
    time.sleep(0.05)
    server.start()
    look_at_log()
    with lock:
        sample = rng.sample(sorted(acknowledged_lots), min(25, len(acknowledged_lots)))
    for ident in sample:
        status, answer = ask(server.port, "GET", "/api/v1/lots/" + ident, token=token)
        need(status == 200 and answer["leaf"] == acknowledged_lots[ident], f"acknowledged lot {ident}: {status}")
        need(bytes.fromhex(answer["leaf"]) in leaves, "acknowledged lot in the log")
        checked += 1
    pause.clear()
stop.set()
for t in clients:
    t.join(timeout=90)
look_at_log()
logged = set(leaves)
for ident, leaf in acknowledged_lots.items():
    need(bytes.fromhex(leaf) in logged, f"acknowledged lot {ident} in the log")
ranges = sorted(acknowledged_ranges.values())
for (a, n), (b, _) in zip(ranges, ranges[1:]):
    need(a + n <= b, f"ranges overlap at {b}")
server.process.terminate()
need(server.process.wait(timeout=30) == 0, "the server's end")
check = subprocess.run([os.path.join(build, "server", "suyuan-server"), "check", "--data", data], capture_output=True, text=True)
need(check.returncode == 0, "check: " + check.stdout + check.stderr)

# An old copy of the data directory put back: the signer must refuse.
shutil.rmtree(data)
shutil.copytree(demo, data, symlinks=True)
late = subprocess.run([os.path.join(build, "server", "suyuan-server"), "serve", "--data", data, "--port", "0"], capture_output=True, text=True, timeout=60)
need(late.returncode != 0 and "log-differs" in late.stdout + late.stderr, "an old copy was served: " + late.stdout + late.stderr)

need(len(acknowledged_lots) > KILLS and len(serials) > KILLS, "the load was too thin to prove anything")
if KILLS >= 100:
    need(all(killed_in.values()), f"kills in each phase: {killed_in}")
print(f"seed {SEED}: {KILLS} kills, {len(acknowledged_lots)} lots and {len(acknowledged_ranges)} allocations acknowledged, "
      f"{len(serials)} labels, log of {len(leaves)}, {checked} re-reads, killed in {killed_in}")
