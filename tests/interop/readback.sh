#!/bin/sh
# Every code that we print is read back byte for byte by two readers that share no code with us, zbarimg and ZXingReader:
# PNG at 203 and 300 dpi, SVG and single PDF pages, A4 sheets, all label sizes; and on every sheet of the demonstration.
set -eu
cd "$(dirname "$0")/../.."
tagger=$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name suyuan-tagger -perm -u+x | head -n 1)
t=${TMPDIR:-/tmp}/readback.$$
mkdir -p "$t"
trap 'rm -rf "$t"' EXIT
n=0
die() { echo "$*" >&2; exit 1; }

# both IMAGE WANTED: a picture with one code
both() {
	zbarimg -q --raw -Sdisable -Sqrcode.enable "$1" >"$t/z" 2>/dev/null || true
	ZXingReader -format QRCode "$1" 2>/dev/null | sed -n 's/^Text: *"\(.*\)"$/\1/p' >"$t/x"
	printf '%s\n' "$2" | cmp -s - "$t/z" || die "zbarimg: $1: $(cat "$t/z")"
	printf '%s\n' "$2" | cmp -s - "$t/x" || die "ZXingReader: $1: $(cat "$t/x")"
	n=$((n + 1))
}

for kind in demo full plain long lot local; do
	/usr/bin/python3 tests/interop/_codes.py 2 $kind >"$t/$kind.codes"
	grep -v '^#' "$t/$kind.codes" >"$t/$kind.urls"
	for size in 40x30 50x30 60x40 50x50 80x60 100x70; do
		for dpi in 203 300 600; do
			if ! "$tagger" labels --codes "$t/$kind.codes" --format png --dpi $dpi --size $size --out "$t/png" 2>"$t/err"; then
				grep -q 'text-overflow' "$t/err" || { cat "$t/err"; die "$kind $size $dpi"; }
				[ $size = 40x30 ] || [ $size = 50x30 ] || die "$kind does not fit on $size at $dpi"
				continue
			fi
			for png in "$t"/png/*.png; do
				case $png in *-LOT*) url=$(sed -n "$(basename "$png" .png | sed 's/.*-LOT//')p" "$t/$kind.urls") ;;
				*) serial=$(basename "$png" .png | sed 's/.*-//'); url=$(grep "/21/$serial?" "$t/$kind.urls") ;; esac
				both "$png" "$url"
			done
			rm -rf "$t/png"
		done
	done
done
echo "$n PNG labels read by both"

"$tagger" labels --codes "$t/full.codes" --format svg --out "$t/svg"
for svg in "$t"/svg/*.svg; do
	! grep -qE '<text|href|font' "$svg" || die "$svg needs something from outside"
	for dpi in 203 300; do
		rsvg-convert -d $dpi -p $dpi -o "$t/one.png" "$svg"
		serial=$(basename "$svg" .svg | sed 's/.*-//')
		both "$t/one.png" "$(grep "/21/$serial?" "$t/full.urls")"
	done
done
"$tagger" labels --codes "$t/demo.codes" --out "$t/one.pdf"
for dpi in 203 300; do
	pdftoppm -r $dpi -png "$t/one.pdf" "$t/page"
	i=0
	for png in "$t"/page-*.png; do
		i=$((i + 1))
		both "$png" "$(sed -n ${i}p "$t/demo.urls")"
	done
	rm -f "$t"/page-*.png
done

# Sheets: each label cut out of the page at its place, in the order of the codes.
read_sheets() { # pdf, urls in order, size
	w=${3%x*} h=${3#*x}
	columns=$(((210 - 16 + 3) / (w + 3))) rows=$(((297 - 16 + 3) / (h + 3)))
	for dpi in 203 300; do
		i=0
		while read -r url; do
			at=$((i % (columns * rows))) page=$((i / (columns * rows) + 1))
			x=$((((210 - columns * (w + 3) + 3) * 5 + at % columns * (w + 3) * 10) * dpi / 254))
			y=$((((297 - rows * (h + 3) + 3) * 5 + at / columns * (h + 3) * 10) * dpi / 254))
			pdftoppm -r $dpi -gray -png -singlefile -f $page -l $page -x $x -y $y -W $((w * 10 * dpi / 254)) -H $((h * 10 * dpi / 254)) "$1" "$t/cut"
			both "$t/cut.png" "$url"
			i=$((i + 1))
		done <"$2"
	done
}
/usr/bin/python3 tests/interop/_codes.py 20 demo 2 >"$t/many.codes"
grep -v '^#' "$t/many.codes" >"$t/many.urls"
for size in 50x30 60x40 50x50 80x60 100x70; do
	"$tagger" sheet --codes "$t/many.codes" --size $size --out "$t/sheet.pdf"
	read_sheets "$t/sheet.pdf" "$t/many.urls" $size
done

# The sheets that quickstart writes, beside the codes they were made of.
if [ -n "${SUYUAN_DEMO:-}" ] && [ -d "$SUYUAN_DEMO" ]; then
	for pdf in "$SUYUAN_DEMO"/sheets/*.pdf; do
		codes=${pdf%.pdf}.codes
		[ -f "$codes" ] || continue
		grep -v '^#' "$codes" >"$t/demo.urls"
		read_sheets "$pdf" "$t/demo.urls" 60x40
	done
fi
echo "$n codes read back"
