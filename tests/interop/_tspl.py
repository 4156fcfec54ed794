#!/usr/bin/python3
"""_tspl.py JOB OUT-PREFIX DOTS-A-MM: what a TSPL printer would print of a job: a PGM for each PRINT. Written from the language's
manual (SIZE, REFERENCE, DOWNLOAD, CLS, PUTBMP, BITMAP, PRINT, KILL); anything else in a job is an error."""
import re
import struct
import sys


class Job:
    def __init__(self, data, dots):
        self.data, self.at, self.dots, self.files, self.page, self.pages = data, 0, dots, {}, None, []

    def line(self):
        end = self.data.index(b"\r\n", self.at)
        text, self.at = self.data[self.at:end], end + 2
        return text.decode("ascii")

    def binary(self, n):
        """Parameters end with a comma; then n bytes, then the line's end."""
        body, self.at = self.data[self.at:self.at + n], self.at + n
        assert len(body) == n and self.data[self.at:self.at + 2] == b"\r\n", "the data are not of the length that was said"
        self.at += 2
        return body

    def head(self, pattern):
        m = re.compile(pattern).match(self.data, self.at)
        if m:
            self.at = m.end()
        return m

    def dot(self, x, y, black):
        assert 0 <= x < self.width and 0 <= y < self.height, f"a dot outside of the label: {x}, {y}"
        self.page[y][x] = 0 if black else 255

    def bitmap(self, x, y, wide, high, mode, bits):
        assert mode == 0 and len(bits) == wide * high
        for row in range(high):
            for i in range(wide):
                for k in range(8):
                    if x + i * 8 + k < self.width: # what hangs over is cut
                        self.dot(x + i * 8 + k, y + row, not bits[row * wide + i] >> (7 - k) & 1)

    def bmp(self, x, y, f):
        kind, size, start = f[:2], *struct.unpack_from("<I4xI", f, 2)
        wide, high, planes, depth, packed = struct.unpack_from("<iiHHI", f, 18)
        black = f[54:57] == b"\0\0\0"
        assert kind == b"BM" and size == len(f) and planes == depth == 1 and packed == 0 and high > 0 and f[58:61] == b"\xff\xff\xff"
        stride = (wide + 31) // 32 * 4
        for row in range(high):
            line = f[start + (high - 1 - row) * stride:][:stride]
            for col in range(wide):
                if (line[col // 8] >> (7 - col % 8) & 1 == 0) == black:
                    self.dot(x + col, y + row, True)

    def run(self):
        while self.at < len(self.data):
            if m := self.head(rb'DOWNLOAD "([A-Z0-9.]{1,12})",(\d+),'):
                self.files[m[1]] = self.binary(int(m[2]))
            elif m := self.head(rb"BITMAP (\d+),(\d+),(\d+),(\d+),([012]),"):
                x, y, wide, high, mode = map(int, m.groups())
                self.bitmap(x, y, wide, high, mode, self.binary(wide * high))
            elif m := self.head(rb'PUTBMP (\d+),(\d+),"([A-Z0-9.]+)"\r\n'):
                self.bmp(int(m[1]), int(m[2]), self.files[m[3]])
            elif m := self.head(rb'KILL "([A-Z0-9.]+)"\r\n'):
                del self.files[m[1]]
            elif m := self.head(rb"SIZE (\d+) mm,(\d+) mm\r\n"):
                self.width, self.height = (int(int(n) * self.dots) for n in m.groups())
            elif self.head(rb"CLS\r\n"):
                self.page = [bytearray(b"\xff" * self.width) for _ in range(self.height)]
            elif self.head(rb"PRINT 1,1\r\n"):
                self.pages.append([bytes(r) for r in self.page])
            else:
                assert self.line() == "REFERENCE 0,0"
        assert not self.files, "left in the printer's memory"
        return self.pages


job = Job(open(sys.argv[1], "rb").read(), float(sys.argv[3]))
for n, page in enumerate(job.run(), 1):
    with open(f"{sys.argv[2]}-{n}.pgm", "wb") as out:
        out.write(b"P5\n%d %d\n255\n" % (job.width, job.height) + b"".join(page))
