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
		rm -f "$t"/sheet-*.pgm
		pdftoppm -r $dpi -gray "$1" "$t/sheet"
		i=0 at=0
		for page in "$t"/sheet-*.pgm; do
			rm -f "$t"/cut-*.pgm
			/usr/bin/python3 tests/interop/_cut.py "$page" $dpi $columns $rows $w $h "$t/cut"
			for cut in "$t"/cut-*.pgm; do
				i=$((i + 1))
				url=$(sed -n ${i}p "$2")
				[ -n "$url" ] || break
				both "$cut" "$url"
				at=$i
			done
		done
		[ "$at" -eq "$(wc -l <"$2")" ] || die "$1: $at labels found, $(wc -l <"$2") expected"
	done
}
/usr/bin/python3 tests/interop/_codes.py 20 demo 2 >"$t/many.codes"
grep -v '^#' "$t/many.codes" >"$t/many.urls"
for size in 50x30 60x40 50x50 80x60 100x70; do
	"$tagger" sheet --codes "$t/many.codes" --size $size --out "$t/sheet.pdf"
	read_sheets "$t/sheet.pdf" "$t/many.urls" $size
done

# Every code on every sheet that quickstart writes, beside the codes they were made of; all of version 8.
if [ -n "${SUYUAN_DEMO:-}" ] && [ -d "$SUYUAN_DEMO" ]; then
	sheets=0
	for pdf in "$SUYUAN_DEMO"/sheets/*.pdf; do
		codes=$SUYUAN_DEMO/labels/$(basename "$pdf" .pdf).codes
		[ -f "$codes" ] || die "$pdf: no $codes"
		grep -v '^#' "$codes" >"$t/demo.urls"
		# Host and lot of at most 27 characters are version 8 at ECC M: tests/unit/tagger/symbol.c.
		awk -F/ 'length($3) + length($7) > 27 { print "not version 8: " $0; bad = 1 } END { exit bad }' "$t/demo.urls" || die "$codes"
		read_sheets "$pdf" "$t/demo.urls" 60x40
		sheets=$((sheets + 1))
	done
	[ $sheets -ge 12 ] || die "only $sheets demonstration sheets"
	echo "$sheets demonstration sheets read by both"
fi
echo "$n codes read back"
