#!/bin/sh
# suyuan-tagger verify: what is not a good bundle tells nothing (2). Verdicts: tests/unit/tagger/offline.c, and below
# against a demonstration installation where there is one with its bundle beside it.
set -eu
cd "$(dirname "$0")/../.."
tagger=$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name suyuan-tagger -perm -u+x | head -n 1)
t=${TMPDIR:-/tmp}/verify.$$
mkdir -p "$t"
trap 'rm -rf "$t"' EXIT
die() { echo "$*" >&2; cat "$t/err" >&2; exit 1; }
status() { s=0; "$@" >"$t/out" 2>"$t/err" || s=$?; echo $s; }
url=$(sed -n 's/^url //p' tagger/man/suyuan-label.5)
printf '{}' >"$t/empty"
printf 'not json' >"$t/text"
printf 'threshold 1\n' >"$t/anchor"
: >"$t/nothing"
for bundle in "$t/empty" "$t/text" "$t/nothing" "$t/nothere"; do
	[ "$(status "$tagger" verify --bundle "$bundle" --anchor "$t/anchor" "$url")" = 2 ] || die "$bundle"
	[ ! -s "$t/out" ] || die "$bundle: said something"
done
[ "$(status "$tagger" verify --bundle "$t/empty" "$url")" = 2 ] || die "no anchor"
[ "$(status "$tagger" verify --bundle "$t/empty" --anchor "$t/anchor" --now yesterday "$url")" = 2 ] || die "bad time"
[ "$(status "$tagger" verify --bundle "$t/empty" --anchor "$t/anchor")" = 2 ] || die "no URL"
