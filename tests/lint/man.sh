#!/bin/sh
# Man pages are valid mdoc, and each program's verbs and options stand in them.
set -eu
cd "$SUYUAN_ROOT"
bad=0
pages=$(git ls-files '*/man/*.[1-8]')
[ -n "$pages" ] || { echo "no man pages"; exit 1; }
for page in $pages; do
	# UTF-8 in our pages is meant: the first language of our readers is Chinese.
	out=$(mandoc -T lint -W warning "$page" 2>&1 | grep -vE 'invalid UTF-8|non-ASCII|unknown manual section|referenced manual not found|STYLE' || true)
	[ -z "$out" ] || { echo "$out"; bad=1; }
done
page_of() { git ls-files "*/man/$1.[1-8]" | head -n 1; }
for program in suyuan-server suyuan-signer suyuan-tagger suyuan-certs; do
	bin=$(find "$SUYUAN_BUILD" -type f -name "$program" -perm -u+x | head -n 1)
	[ -n "$bin" ] || { echo "$program: not built"; bad=1; continue; }
	page=$(page_of "$program")
	[ -n "$page" ] || { echo "$program: no man page"; bad=1; continue; }
	verbs=$("$bin" --help 2>/dev/null | awk '/^  [a-z][a-z-]*( |$)/ { print $1 }' | sort -u)
	[ -n "$verbs" ] || { echo "$program --help names no verbs"; bad=1; continue; }
	for verb in $verbs; do
		own=$(page_of "$program-$verb")
		text=$page
		[ -z "$own" ] || text="$page $own"
		grep -qE "(^\.(It|Ss|Nm|Cm|Ic|Sx).*[[:space:]])$verb([[:space:]]|$)" $text || { echo "$program $verb: not in $text"; bad=1; }
		for option in $("$bin" "$verb" --help 2>/dev/null | grep -oE '^ +--[a-z][a-z0-9-]*' | tr -d ' ' | sort -u); do
			[ "$option" = --help ] && continue
			grep -qE -- "(Fl|Ar|Oo).*-?${option#--}" $text || { echo "$program $verb: $option not in $text"; bad=1; }
		done
	done
done
exit $bad
