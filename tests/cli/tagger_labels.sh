#!/bin/sh
# suyuan-tagger labels and sheet: whole files only, nothing half-written, refusals that say what would do.
set -eu
cd "$(dirname "$0")/../.."
tagger=$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name suyuan-tagger -perm -u+x | head -n 1)
t=${TMPDIR:-/tmp}/labels.$$
mkdir -p "$t"
trap 'rm -rf "$t"' EXIT
die() { echo "$*" >&2; cat "$t/err" >&2; exit 1; }
status() { s=0; "$@" >"$t/out" 2>"$t/err" || s=$?; echo $s; }
/usr/bin/python3 tests/interop/_codes.py 20 demo >"$t/good"
sheet() { status "$tagger" sheet --codes "$1" --out "$t/sheet.pdf"; }
refused() { # file slug why
	rm -f "$t/sheet.pdf"
	[ "$(sheet "$1")" = 1 ] || die "$3: not refused"
	grep -q "$2" "$t/err" || die "$3: $(cat "$t/err")"
	[ ! -e "$t/sheet.pdf" ] && [ ! -e "$t/sheet.pdf.part" ] || die "$3: something was written"
}
[ "$(sheet "$t/good")" = 0 ] || die sheet
[ "$(pdfinfo "$t/sheet.pdf" | awk '/^Pages/ { print $2 }')" = 2 ] || die "20 labels of 60x40 are two sheets"
pdfinfo "$t/sheet.pdf" | grep -q 'A4' || die "not A4"
[ ! -s "$t/err" ] || die "not silent"
# Two files one after the other: a lot begins a sheet of its own, unless --compact.
cat "$t/good" "$t/good" >"$t/two"
[ "$(sheet "$t/two")" = 0 ] || die two
[ "$(pdfinfo "$t/sheet.pdf" | awk '/^Pages/ { print $2 }')" = 4 ] || die "two lots"
"$tagger" sheet --compact --codes - --out - <"$t/two" >"$t/compact.pdf"
[ "$(pdfinfo "$t/compact.pdf" | awk '/^Pages/ { print $2 }')" = 3 ] || die "compact"
# The same codes give the same bytes.
cp "$t/compact.pdf" "$t/again.pdf"
"$tagger" sheet --compact --codes "$t/two" --out "$t/again.pdf"
cmp -s "$t/compact.pdf" "$t/again.pdf" || die "not reproducible"

sed '$d' "$t/good" >"$t/bad" && refused "$t/bad" 'too-short' 'no last line'
head -c -1 "$t/good" >"$t/bad" && refused "$t/bad" 'too-short' 'last line not ended'
sed '5d' "$t/good" >"$t/bad" && refused "$t/bad" 'malformed' 'one code missing'
sed '1d' "$t/good" >"$t/bad" && refused "$t/bad" 'malformed' 'no first line'
: >"$t/bad" && refused "$t/bad" 'too-short' 'empty'
sed '3s/S=./S=x/' "$t/good" >"$t/bad" && refused "$t/bad" 'bad-character.*line 3' 'bad token'
sed '4s/?S=.*//' "$t/good" >"$t/bad" && refused "$t/bad" 'missing.*line 4' 'unsigned'
sed '2s/ZY260917A/ZY260917B/' "$t/good" >"$t/bad" && refused "$t/bad" 'conflict.*line 2' 'another lot'
sed '1s/"product"/"produkt"/' "$t/good" >"$t/bad" && refused "$t/bad" 'unknown-field' 'unknown fact'
sed '1s/green/blue/' "$t/good" >"$t/bad" && refused "$t/bad" 'unknown-code' 'unknown mark'
sed '1s/正阳花生/正阳󰀀花生/' "$t/good" >"$t/bad" && refused "$t/bad" 'missing-glyph' 'a character no font has'
/usr/bin/python3 - "$t/good" "$t/bad" <<'PY'
import sys
text = open(sys.argv[1]).read()
open(sys.argv[2], "w").write(text.replace("正阳花生", "正阳县某某农业专业合作社特级精选富硒红皮花生米" * 3))
PY
refused "$t/bad" 'text-overflow' 'a name that fits nowhere'

for f in svg png pdf; do
	[ "$(status "$tagger" labels --codes "$t/good" --format $f --size 80x60 --out "$t/$f")" = 0 ] || die $f
done
[ "$(ls "$t/svg" | wc -l)" = 20 ] && [ "$(ls "$t/png" | wc -l)" = 20 ] || die "a file for each label"
[ "$(pdfinfo "$t/pdf" | awk '/^Pages/ { print $2 }')" = 20 ] || die "a page for each label"
[ "$(status "$tagger" labels --codes "$t/good" --size 40x30 --format png --dpi 203 --out "$t/x")" = 1 ] || die "40x30"
grep -q '50x30' "$t/err" || die "does not say which size would do"
[ "$(status "$tagger" labels --codes "$t/good" --size 41x30 --out "$t/x")" = 2 ] || die "no such size"
[ "$(status "$tagger" labels --codes "$t/good" --dpi 72 --out "$t/x")" = 2 ] || die "no such resolution"
[ "$(status "$tagger" labels --codes "$t/good" --format bmp --out "$t/x")" = 2 ] || die "no such format"
[ "$(status "$tagger" labels --codes "$t/nothere" --out "$t/x")" = 1 ] || [ "$(status "$tagger" labels --codes "$t/nothere" --out "$t/x")" = 2 ] || die "no file"
[ "$(status "$tagger" labels --codes "$t/good" --out "$t/no/dir.pdf")" = 2 ] || die "no directory"
[ "$(status "$tagger" sheet --codes "$t/good" --out /dev/full)" = 2 ] || die "full disk"
for v in labels sheet decode verify; do [ "$(status "$tagger" $v --help)" = 0 ] || die "$v --help"; done

# The streams: one file for all, whole or not at all; a picture that labels share is sent once.
for f in zpl tspl csv text; do
	[ "$(status "$tagger" labels --codes "$t/good" --format $f --out "$t/stream")" = 0 ] || die $f
	[ ! -s "$t/err" ] || die "$f: not silent"
	"$tagger" labels --codes - --format $f --out - <"$t/good" | cmp -s - "$t/stream" || die "$f: not the same through pipes"
	[ "$(status "$tagger" labels --codes "$t/good" --format $f --out /dev/full)" = 2 ] || die "$f: full disk"
	case $f in
	zpl) [ "$(grep -c '^~DG' "$t/stream")" = 1 ] && [ "$(grep -c '\^XGR:' "$t/stream")" = 20 ] || die "zpl: 20 labels, one stored picture" ;;
	tspl) [ "$(grep -ac '^PRINT 1,1' "$t/stream")" = 20 ] && [ "$(grep -ac '^DOWNLOAD' "$t/stream")" = 1 ] || die "tspl: 20 labels, one download" ;;
	csv) [ "$(wc -l <"$t/stream")" = 21 ] && [ "$(sed -n '2s/,.*//p' "$t/stream")" = "$(sed -n 2p "$t/good")" ] || die "csv: a row for each code" ;;
	text) grep -v '^#' "$t/good" | while read -r url; do grep -qxF "$url" "$t/stream" || die "text: $url"; done ;;
	esac
	rm -f "$t/stream"
	sed '$d' "$t/good" >"$t/bad"
	[ "$(status "$tagger" labels --codes "$t/bad" --format $f --out "$t/stream")" = 1 ] && [ ! -e "$t/stream" ] || die "$f: a file that was cut short"
done
[ "$(status "$tagger" labels --codes "$t/good" --format eps --size 80x60 --out "$t/eps")" = 0 ] && [ "$(ls "$t/eps" | wc -l)" = 20 ] || die eps

# Modules under 0.396 mm are told, and printed; those under the printer's least are refused (above, 40x30).
[ "$(status "$tagger" labels --codes "$t/good" --format png --dpi 203 --size 50x30 --out "$t/small")" = 0 ] || die "50x30 at 203"
grep -q '手机扫描用，不符合 GS1 收银扫描尺寸（模块 0.375 毫米，应有 0.396 毫米）' "$t/err" && grep -q 'modules of 3 dots' "$t/err" || die "does not say for whom"
[ "$(grep -c GS1 "$t/err")" = 2 ] || die "says it for every label"
[ "$(status "$tagger" labels --codes "$t/good" --format zpl --size 60x40 --out "$t/zpl")" = 0 ] && [ ! -s "$t/err" ] || die "60x40 at 203 has modules of half a millimetre"
[ "$(status "$tagger" labels --codes "$t/good" --format csv --size 50x30 --out "$t/csv")" = 0 ] && [ ! -s "$t/err" ] || die "a csv has no modules"
