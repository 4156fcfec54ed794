#!/usr/bin/python3
# rate.py BUILD: verify_rate (suyuan.conf(5)): so many verifications from one address within
# a minute, labels and batches together; then 429, a page for who reads, a problem document
# for programs. Other routes are not touched, and 0 lifts it.
import os, shutil, sys, tempfile, time
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _installation as inst

RATE = 6
LABEL = "/01/09524117010017/10/NONE/21/0000000000?S=1"


def fresh_minute():
    """Counts begin with the minute: not in its last seconds."""
    while time.time() % 60 > 45:
        time.sleep(1)


def restart(i, rate):
    assert i.stop() == 0
    path = os.path.join(i.data, "suyuan.conf")
    lines = [x for x in open(path).read().splitlines() if not x.startswith("verify_rate")]
    with open(path, "w") as f:
        f.write("\n".join(lines + [f"verify_rate = {rate}"]) + "\n")
    i.start()


def main():
    directory = tempfile.mkdtemp()
    i = inst.Installation(inst.build(), directory)
    try:
        i.make()
        i.start()
        for _ in range(3 * RATE):  # lifted, as the other tests have it
            assert i.call(None, "GET", LABEL).status == 400
        restart(i, RATE)
        fresh_minute()
        for n in range(RATE):
            a = i.call(None, "GET", LABEL, headers={"Accept": "text/html"})
            assert a.status == 400, (n, a.status, a.body)
        page = i.call(None, "GET", LABEL, headers={"Accept": "text/html", "Accept-Language": "zh"})
        assert page.status == 429 and page.headers["content-type"].startswith("text/html") and page.headers["retry-after"] == "60", (page.status, page.headers)
        assert "<!doctype" in page.body.decode().lower(), page.body
        for path in (LABEL, "/v/01/09524117010017"):
            problem = i.call(None, "GET", path, headers={"Accept": "application/json"})
            assert problem.status == 429 and problem.json["slug"] == "too-many-requests" and str(RATE) in problem.json["zh"], problem.body
        batch = i.call(None, "POST", "/api/v1/verify", ["x"])
        assert batch.status == 429 and batch.headers["content-type"] == "application/problem+json" and batch.headers["retry-after"], batch.body
        for path in ("/healthz", "/trust"):
            assert i.call(None, "GET", path).status == 200
        restart(i, RATE)
        fresh_minute()
        # a batch counts each of its URLs, and one batch is let in whole
        assert i.call(None, "POST", "/api/v1/verify", ["x"] * (RATE + 1)).status == 200
        assert i.call(None, "POST", "/api/v1/verify", ["x"]).status == 429
        assert i.call(None, "GET", LABEL).status == 429
        assert i.stop() == 0
        print("rate: ok")
    finally:
        i.stop(9)
        log = os.path.join(directory, "server.log")
        print(open(log).read()[-3000:] if os.path.exists(log) else "", end="")
        shutil.rmtree(directory, ignore_errors=True)


main()
