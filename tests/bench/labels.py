#!/usr/bin/python3
"""labels.py BUILD [LABELS-A-ROUND [ROUNDS]]: makes a signer's state with a real lot, report, release and
allocation, all through its protocol, and measures with bench-labels. BUILD is a release build."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "attack"))
sys.dont_write_bytecode = True
from _wheat import World, Wheat


def main():
    build = sys.argv[1]
    n, rounds = (int(a) for a in (sys.argv[2:] + ["8000", "9"][len(sys.argv) - 2:]))
    w = World(os.path.join(build, "server", "suyuan-signer"))
    try:
        x = Wheat(w, 1, kilograms=1000000)
        report, public = x.report()
        release, _ = x.release(report, public, n * rounds * 500, n * rounds)
        _, first = x.allocate(release, n * rounds)
        return subprocess.run([os.path.join(build, "tests", "bench-labels"), os.path.join(w.signer.dir, "signer.sock"), release, str(first), str(n), str(rounds)]).returncode
    finally:
        w.signer.stop()


sys.exit(main())
