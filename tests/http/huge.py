#!/usr/bin/python3
# huge.py BUILD: a release of a hundred million units and its allocation take no more memory
# and no more disk than those of a hundred: a range is two numbers, and no code is a row
# (suyuan-label(5), "Serial"). Figures are printed.
import os, shutil, sys, tempfile
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import _installation as inst

SMALL, HUGE = 100, 100_000_000
MEMORY = 4 << 20  # tolerance: what an allocator keeps or not; a bit for each unit would be 12 MiB
DISK = 64 << 10  # tolerance: pages of the two databases


def family(pid):
    """The server and its signer."""
    out = [pid]
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                if int(open(f"/proc/{entry}/stat").read().rsplit(")", 1)[1].split()[1]) == pid:
                    out.append(int(entry))
            except OSError:
                pass
    return out


def line(pid, name):
    return next(int(x.split()[1]) * 1024 for x in open(f"/proc/{pid}/status") if x.startswith(name + ":"))


def disk(i):
    total = 0
    for top in (i.data, i.state):
        for base, _, files in os.walk(top):
            total += sum(os.lstat(os.path.join(base, f)).st_blocks * 512 for f in files)
    return total


def measured(i, units, code):
    """(growth of the peak resident set, growth on disk, peak) of one lot, release, allocation and ten labels at its end."""
    p = i.product
    # what both need stands before: the lot with its report
    l = inst.lot(i, p, code, quantity={"value": units * 500, "uom": "GRM"})
    r = inst.report(i, l, "JC-" + code)
    assert i.stop() == 0  # the write-ahead logs are emptied
    before_disk = disk(i)
    i.start()
    i.must("operator", "GET", "/api/v1/lots")
    pids = family(i.process.pid)
    assert len(pids) == 2, pids
    for pid in pids:
        open(f"/proc/{pid}/clear_refs", "w").write("5")  # peak := now (proc(5))
    before = sum(line(pid, "VmRSS") for pid in pids)
    rel = inst.release(i, l, [r], units=units, quantity={"value": units * 500, "uom": "GRM"})
    a = i.must("operator", "POST", "/api/v1/allocations", {"release": rel, "count": units})
    last = a["data"]["first"] + units - 10
    labels = i.call("operator", "POST", "/api/v1/labels", {"allocation": a["id"], "first": last, "count": 10})
    assert labels.status == 200, labels.body
    urls = labels.body.decode().splitlines()[1:-1]
    verdicts = i.must(None, "POST", "/api/v1/verify", urls)
    assert len(urls) == 10 and {v["verdict"] for v in verdicts} == {"valid"}, verdicts
    peak = sum(line(pid, "VmHWM") for pid in pids)
    assert i.stop() == 0
    after_disk = disk(i)
    i.start()
    return peak - before, after_disk - before_disk, peak


def main():
    directory = tempfile.mkdtemp()
    i = inst.Installation(inst.build(), directory)
    try:
        i.make()
        i.start()
        inst.make_parties(i)
        i.product = inst.product(i)
        measured(i, SMALL, "WARM")
        small = measured(i, SMALL, "SMALL")
        huge = measured(i, HUGE, "HUGE")
        for units, (memory, on_disk, peak) in ((SMALL, small), (HUGE, huge)):
            print(f"huge: {units:>11,} units: peak {peak / 1048576:.1f} MiB (grew by {memory / 1048576:.2f} MiB), disk grew by {on_disk / 1024:.0f} KiB")
        assert huge[0] <= small[0] + MEMORY, (small, huge)
        assert huge[1] <= small[1] + DISK, (small, huge)
        assert i.stop() == 0
        print("huge: ok")
    finally:
        i.stop(9)
        log = os.path.join(directory, "server.log")
        print(open(log).read()[-3000:] if os.path.exists(log) else "", end="")
        shutil.rmtree(directory, ignore_errors=True)


main()
