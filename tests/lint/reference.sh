#!/bin/sh
# reference.sh: the reference tables hold what no compiler checks: check digits of
# CAS numbers, order of dates, known units and categories, one row per key, a
# source for every row. Needs only awk. Says file and line of each fault.
set -eu
dir=${1:-$(dirname "$0")/../../schema/reference}
bad=0

# RFC 4180 record on one line -> fields separated by 0x1f (no field may span lines).
split='function csv(s,  n,i,c,q,f) { n = 0; f = ""; q = 0
  for (i = 1; i <= length(s); i++) { c = substr(s, i, 1)
    if (q) { if (c == "\"") { if (substr(s, i + 1, 1) == "\"") { f = f c; i++ } else q = 0 } else f = f c }
    else if (c == "\"") q = 1
    else if (c == ",") { F[++n] = f; f = "" }
    else f = f c }
  F[++n] = f; if (q) fault("a quoted field does not end"); return n }
function fault(what) { printf "%s:%d: %s\n", FILENAME, FNR, what; bad = 1 }
function date_ok(d) { return d == "" || d ~ /^[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]$/ }'

check() { # FILE AWK-BODY [more files read first]
	file=$1 body=$2
	shift 2
	LC_ALL=C awk "$split $body END { exit bad }" "$@" "$dir/$file" || bad=1
}

for f in limits categories counties townships units analytes gi certificate_kinds; do
	# every row: as wide as the head, no CR, no micro sign, a source, verified yes or no
	check $f.csv '
	/\r/ { fault("carriage return") }
	/\302\265/ { fault("micro sign U+00B5: write U+03BC") }
	{ n = csv($0) }
	FNR == 1 { width = n; if (F[n] != "verified" || F[n - 1] != "source") fault("last columns must be source,verified"); next }
	{ if (n != width) fault("fields: " n ", not " width)
	  if (F[n] != "yes" && F[n] != "no") fault("verified must be yes or no")
	  if (F[n - 1] == "") fault("no source") }'
done

check limits.csv '
function cas_ok(c,  i,w,s,d) { if (c !~ /^[0-9]+-[0-9][0-9]-[0-9]$/) return 0
  w = 0; s = 0
  for (i = length(c) - 1; i >= 1; i--) { d = substr(c, i, 1); if (d != "-") s += ++w * d }
  return s % 10 == substr(c, length(c), 1) + 0 }
FNR == 1 { next }
{ csv($0) }
FILENAME ~ /units.csv$/ { unit[F[1]] = 1; next }
FILENAME ~ /categories.csv$/ { category[F[1]] = 1; next }
FILENAME ~ /analytes.csv$/ { analyte[F[1]] = 1; next }
{ id = F[1]; op = F[6]
  if (id in ids) fault("id twice: " id); ids[id] = 1
  if (!(F[2] in category)) fault("category not in categories.csv: " F[2])
  if (!(F[3] in analyte)) fault("analyte not in analytes.csv: " F[3])
  if (F[5] != "" && !cas_ok(F[5])) fault("CAS check digit: " F[5])
  if (op != "<=" && op != ">=" && op != "not_detected" && op != "not_permitted" && op != "range" && op != "sampling_plan") fault("operator: " op)
  absent = (op == "not_detected" || op == "not_permitted")
  if (absent != (F[7] == "")) fault("value: " F[7])
  if ((op == "<=" || op == ">=") && F[7] !~ /^[0-9]+(\.[0-9]+)?$/) fault("value: " F[7])
  if (op == "range" && F[7] !~ /^[0-9.]+-[0-9.]+$/) fault("range: " F[7])
  if (op == "sampling_plan" && F[7] !~ /^n=[0-9]+;c=[0-9]+;m=[0-9]+(;M=[0-9]+)?$/) fault("plan: " F[7])
  if (!absent && !(F[8] in unit)) fault("unit not in units.csv: " F[8])
  if (F[9] !~ /^(edible|dry|fat|loq)?$/) fault("basis: " F[9])
  if (F[14] !~ /^(CN|EU|HK)$/) fault("market: " F[14])
  if (!date_ok(F[17]) || !date_ok(F[18])) fault("date")
  if (F[17] != "" && F[18] != "" && F[17] > F[18]) fault("valid_from after valid_to")
  if (F[20] == "yes" && F[19] ~ /memory/) fault("from memory, yet verified")
  key = F[2] "|" F[3] "|" op "|" F[7] "|" F[14] "|" F[10] "|" F[11] "|" F[15] "|" F[16] "|" F[17]
  if (key in keys) fault("same key as line " keys[key]); keys[key] = FNR
  # two different verified limits for one product on one day would only ever be pending
  if (F[20] == "yes" && F[17] != "") {
    one = F[2] "|" F[3] "|" op "|" F[14] "|" F[15] "|" F[16] "|" F[17]
    if (one in ones) fault("a second verified limit, first on line " ones[one]); ones[one] = FNR } }' \
	"$dir/units.csv" "$dir/categories.csv" "$dir/analytes.csv"

check categories.csv '
FNR == 1 { next }
{ csv($0); if (F[1] in seen) fault("category twice: " F[1]); seen[F[1]] = 1; up[F[1]] = F[4]; line[F[1]] = FNR
  if (F[2] !~ /^(WHEAT|PEANUT|PIG|BEEF|MILK|VEGETABLE|TOMATO|SESAME|SHEEP|MUSHROOM|HERB|AQUATIC)?$/) fault("group: " F[2])
  if (F[5] !~ /^(dried)?$/) fault("state: " F[5]) }
END { for (c in up) if (up[c] != "" && !(up[c] in seen)) { FNR = line[c]; fault("broader unknown: " up[c]) } }'

check units.csv '
FNR == 1 { next }
{ csv($0); if (F[1] in seen) fault("unit twice: " F[1]); seen[F[1]] = 1
  if (F[4] !~ /^[1-9][0-9]*$/ || F[5] !~ /^[1-9][0-9]*$/) fault("factor") }'

check analytes.csv '
FNR == 1 { next }
{ csv($0); n = split(F[1] ";" F[4], name, ";")
  for (i = 1; i <= n; i++) { if (name[i] == "") continue
    if (name[i] in seen) fault("name twice: " name[i]); seen[name[i]] = 1 } }'

check townships.csv '
FNR == 1 { next }
{ csv($0)
  if (FILENAME ~ /counties.csv$/) { county[F[1]] = 1; next }
  if (!(F[3] in county) || substr(F[1], 1, 6) != F[3] || length(F[1]) != 9) fault("county of " F[1])
  if (F[1] <= last) fault("not in order"); last = F[1] }' "$dir/counties.csv"

check gi.csv '
FNR == 1 { next }
{ csv($0)
  if (FILENAME ~ /townships.csv$/) { name[F[1]] = F[2]; next }
  if (F[4] != "" && name[F[5]] != F[4]) fault("township " F[4] " is not " F[5])
  if (!date_ok(F[8])) fault("date") }' "$dir/townships.csv"

exit $bad
