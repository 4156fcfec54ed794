#!/usr/bin/python3
# races.py BUILD: what happens at the same moment: the last two seals of a report, one seal
# sent twice, a token made beside the running server.
import os, shutil, sys, tempfile, threading
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _installation as inst

REPORTS = 6


def together(*jobs):
    """Runs all at once; their answers."""
    gate, answers = threading.Barrier(len(jobs)), [None] * len(jobs)

    def one(k, job):
        gate.wait()
        answers[k] = job()
    threads = [threading.Thread(target=one, args=(k, job)) for k, job in enumerate(jobs)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return answers


def seal(i, role, record):
    return i.call(role, "POST", "/api/v1/seals", {"record": record, "role": role, "passphrase": i.people[role]})


def last_two_seals(i, lot):
    """Whoever comes second completes it; not neither, and not both."""
    for n in range(REPORTS):
        r = inst.report(i, lot, f"JC-RACE-{n}", seal=False)
        assert seal(i, "tester", r).status == 201
        a = together(*(lambda role=role: seal(i, role, r) for role in ("reviewer", "approver")))
        assert all(x.status == 201 for x in a), [x.body for x in a]
        assert sorted(x.json["complete"] for x in a) == [False, True], [x.json for x in a]
        got = i.must("tester", "GET", f"/api/v1/reports/{r}")
        assert got["state"] == "logged", got


def all_three_at_once(i, lot):
    r = inst.report(i, lot, "JC-RACE-ALL", seal=False)
    a = together(*(lambda role=role: seal(i, role, r) for role in ("tester", "reviewer", "approver")))
    assert sorted(x.json["complete"] for x in a) == [False, False, True], [x.body for x in a]
    assert i.must("tester", "GET", f"/api/v1/reports/{r}")["state"] == "logged"


def last_seal_twice(i, lot):
    """One entry, whoever asks how often."""
    r = inst.report(i, lot, "JC-RACE-TWICE", seal=False)
    for role in ("tester", "reviewer"):
        assert seal(i, role, r).status == 201
    a = together(*[lambda: seal(i, "approver", r)] * 3)
    assert sorted(x.status for x in a) == [201, 409, 409], [x.body for x in a]
    assert {x.json["slug"] for x in a if x.status == 409} == {"wrong-state"}


def token_beside_server(i):
    """A token from the command line works with the next request, on every connection."""
    for n in range(8):
        together(*[lambda: i.call("operator", "GET", "/api/v1/lots")] * 4)  # read connections stand in a snapshot
        out = os.path.join(i.dir, f"beside-{n}.token")
        if n % 2 == 0:
            i.run(i.server_bin, "user", "add", "--data", i.data, "--name", f"beside-{n}", "--role", "administrator", "--token-out", out)
        else:
            i.run(i.server_bin, "user", "token", "--data", i.data, "--name", f"beside-{n - 1}", "--token-out", out)

        token = open(out).read().strip()
        a = i.call(token, "GET", "/api/v1/users")
        assert a.status == 200, (n, a.body)


def main():
    directory = tempfile.mkdtemp()
    i = inst.Installation(inst.build(), directory)
    try:
        i.make()
        i.start()
        inst.make_parties(i)
        lot = inst.lot(i, inst.product(i), "RACE1")
        token_beside_server(i)
        last_two_seals(i, lot)
        all_three_at_once(i, lot)
        last_seal_twice(i, lot)
        assert i.stop() == 0
        print(i.run(i.server_bin, "check", "--data", i.data).strip())
        print("races: ok")
    finally:
        i.stop(9)
        log = os.path.join(directory, "server.log")
        print(open(log).read()[-3000:] if os.path.exists(log) else "", end="")
        shutil.rmtree(directory, ignore_errors=True)


main()
