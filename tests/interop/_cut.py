"""Cuts a rasterised sheet into its labels: _cut.py PAGE.pgm DPI COLUMNS ROWS W H OUT-PREFIX (millimetres); row by row."""
import sys

page, dpi, columns, rows, w, h, prefix = sys.argv[1:]
dpi, columns, rows, w, h = int(dpi), int(columns), int(rows), int(w), int(h)
raw = open(page, "rb").read()
magic, size, depth, pixels = raw.split(b"\n", 3)
assert magic == b"P5" and depth == b"255"
width, height = map(int, size.split())
assert len(pixels) == width * height
for n in range(columns * rows):
    x = ((210 - columns * (w + 3) + 3) * 5 + n % columns * (w + 3) * 10) * dpi // 254
    y = ((297 - rows * (h + 3) + 3) * 5 + n // columns * (h + 3) * 10) * dpi // 254
    cw, ch = w * 10 * dpi // 254, h * 10 * dpi // 254
    with open(f"{prefix}-{n:03d}.pgm", "wb") as out:
        out.write(b"P5\n%d %d\n255\n" % (cw, ch))
        for row in range(y, y + ch):
            out.write(pixels[row * width + x:row * width + x + cw])
