#!/bin/sh
# What printers and printing houses are sent is read back byte for byte by zbarimg and ZXingReader, after programs that share no
# code with ours made pictures of it: ZPL by zpl-renderer-js, TSPL by a decoder written from the language's manual, EPS by
# Ghostscript, text from its half blocks. ZPL and TSPL are the PNG of the same label dot for dot.
set -eu
cd "$(dirname "$0")/../.."
tagger=$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name suyuan-tagger -perm -u+x | head -n 1)
t=${TMPDIR:-/tmp}/printers.$$
mkdir -p "$t"
trap 'rm -rf "$t"' EXIT
n=0
die() { echo "$*" >&2; exit 1; }

both() { # picture with one code, what it says
	zbarimg -q --raw -Sdisable -Sqrcode.enable "$1" >"$t/z" 2>/dev/null || true
	ZXingReader -format QRCode "$1" 2>/dev/null | sed -n 's/^Text: *"\(.*\)"$/\1/p' >"$t/x"
	printf '%s\n' "$2" | cmp -s - "$t/z" || die "zbarimg: $1: $(cat "$t/z")"
	printf '%s\n' "$2" | cmp -s - "$t/x" || die "ZXingReader: $1: $(cat "$t/x")"
	n=$((n + 1))
}
png_of() { # the PNG of the i-th label
	case $kind in lot) echo "$t"/png/*-LOT"$1".png ;; *) echo "$t"/png/*-"$(sed -n "${1}p" "$t/urls" | sed 's|.*/21/||; s|?.*||')".png ;; esac
}

# Two lots in one job, so that the stored picture changes in it.
for kind in full lot; do
	/usr/bin/python3 tests/interop/_codes.py 3 $kind >"$t/codes"
	/usr/bin/python3 tests/interop/_codes.py 1 plain 5 >"$t/other"
	grep -v '^#' "$t/codes" >"$t/urls"
	cases='60x40:203 60x40:300 50x50:600 100x70:203'
	[ $kind = full ] || cases=60x40:203
	for at in $cases; do
		size=${at%:*} dpi=${at#*:}
		w=${size%x*} h=${size#*x}
		case $dpi in 203) mm=8 zpl=8 ;; 300) mm=11.811 zpl=12 ;; *) mm=23.622 zpl=24 ;; esac
		rm -f "$t"/*.pgm "$t"/zpl-*.png "$t"/png/*
		"$tagger" labels --codes "$t/codes" --format png --dpi $dpi --size $size --out "$t/png"
		cat "$t/codes" "$t/other" >"$t/all"
		for f in zpl tspl; do "$tagger" labels --codes "$t/all" --format $f --dpi $dpi --size $size --out "$t/$f"; done
		/usr/bin/python3 tests/interop/_tspl.py "$t/tspl" "$t/tspl" $mm
		node tests/interop/_zpl.mjs "$t/zpl" "$t/zpl" "$w" "$h" $zpl
		for i in 1 2 3; do
			url=$(sed -n ${i}p "$t/urls")
			both "$t/tspl-$i.pgm" "$url"
			both "$t/zpl-$i.png" "$url"
			/usr/bin/python3 tests/interop/_same.py "$t/tspl-$i.pgm" "$(png_of $i)"
			# A ZPL renderer takes 12 dots a millimetre for 300 dpi: a wider paper around the same label.
			[ $dpi != 203 ] || /usr/bin/python3 tests/interop/_same.py "$t/zpl-$i.png" "$(png_of $i)"
		done
		both "$t/tspl-4.pgm" "$(grep -v '^#' "$t/other")"
		both "$t/zpl-4.png" "$(grep -v '^#' "$t/other")"
		[ ! -e "$t/tspl-5.pgm" ] || die "tspl: more labels than codes"
	done
	rm -rf "$t/eps"
	"$tagger" labels --codes "$t/codes" --format eps --out "$t/eps"
	i=0
	for eps in "$t"/eps/*.eps; do
		case $kind in
		lot) url=$(sed -n "$(basename "$eps" .eps | sed 's/.*-LOT//')p" "$t/urls") ;;
		*) url=$(grep "/21/$(basename "$eps" .eps | sed 's/.*-//')?" "$t/urls") ;;
		esac
		for dpi in 203.2 300; do
			gs -q -dSAFER -dBATCH -dNOPAUSE -dEPSCrop -sDEVICE=pnggray -r$dpi -sOutputFile="$t/eps.png" "$eps"
			both "$t/eps.png" "$url"
		done
		i=$((i + 1))
	done
	[ $i = 3 ] || die "eps: a file for each label"
	"$tagger" labels --codes "$t/codes" --format text --out "$t/text"
	/usr/bin/python3 - "$t/text" "$t/text" <<'PY'
import sys
for n, label in enumerate(open(sys.argv[1]).read().split("\f\n"), 1):
    lines = label.split("\n")[-60:]
    lines = [l for l in lines if len(l) >= 57 and not l.strip(" \u2580\u2584\u2588")]
    rows = [[c in k for c in l] for l in lines for k in ("\u2580\u2588", "\u2584\u2588")]
    big = [bytes(0 if v else 255 for v in r for _ in range(4)) for r in rows for _ in range(4)]
    open(f"{sys.argv[2]}-{n}.pgm", "wb").write(b"P5\n%d %d\n255\n" % (len(big[0]), len(big)) + b"".join(big))
PY
	for i in 1 2 3; do both "$t/text-$i.pgm" "$(sed -n ${i}p "$t/urls")"; done
done
echo "$n codes read back from ZPL, TSPL, EPS and text"
