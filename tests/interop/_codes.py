#!/usr/bin/python3
"""A file of codes with random tokens, for tests of printing: not one of them would verify. Written from suyuan-label(5) alone."""
import json, random, sys

LENGTHS = {7: 17, 6: 15, 5: 13, 4: 10, 3: 8, 2: 5, 1: 3}
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def base10(data):
    out = ""
    for i in range(0, len(data), 7):
        chunk = data[i:i + 7]
        out += str(int.from_bytes(chunk, "little")).zfill(LENGTHS[len(chunk)])
    return out


def token(rng):
    head = bytes([1]) + (7).to_bytes(3, "big") + (2519).to_bytes(2, "big") + (2884).to_bytes(2, "big")
    head += bytes([9, 0x12]) + (411724).to_bytes(3, "big") + rng.randbytes(3) + rng.randbytes(16)
    return head + rng.randbytes(64)


def main():
    count, kind, seed = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 1
    rng = random.Random(seed)
    facts = {"product": "正阳花生", "lot": "ZY260917A", "produced": "2026-09-17", "best_before": "2027-09-16", "net_content": "500 g",
             "origin": "河南省驻马店市正阳县", "host": "q.example.cn", "certified": ["green", "commitment"], "gtin": "09521234567899",
             "demonstration": True, "release": rng.randbytes(32).hex(), "first": 0, "count": count}
    base = "HTTPS://Q.EXAMPLE.CN"
    if kind == "full":
        facts.update(product="泌阳夏南牛 精选雪花牛腱子肉", certified=["green", "organic", "gi", "commitment"], origin="河南省驻马店市泌阳县郭集镇", net_content="1.25 kg")
    elif kind == "plain":
        facts.update(product="遂平小麦", certified=[], demonstration=False, best_before="", net_content="25 kg", origin="河南省驻马店市遂平县")
    elif kind == "long":
        facts.update(lot="ZYHS-2026-09-17-A001", product="平舆白芝麻")
    elif kind == "lot":
        facts.update(product="汝南番茄（散装）", certified=["commitment"], net_content="", best_before="")
    elif kind == "local":
        base, facts["host"] = "HTTP://127.0.0.1:8080", "127.0.0.1:8080"
    print("# suyuan-codes/v1 " + json.dumps(facts, ensure_ascii=False, separators=(",", ":")))
    for _ in range(count):
        serial = "" if kind == "lot" else "/21/" + "".join(rng.choice(SYMBOLS) for _ in range(10))
        print(f"{base}/01/{facts['gtin']}/10/{facts['lot']}{serial}?S={base10(token(rng))}")
    print(f"# end {count}")


main()
