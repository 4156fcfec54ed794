#!/bin/sh
# The documents speak of what is there: links, `paths` and man pages exist, and the table of packages
# in CONTRIBUTING.md is the list of tests/packages.sh.
. "$SUYUAN_ROOT/tests/lint/lib.sh"
files '*.md' | grep -vE '^tests/vectors/|node_modules/' >"$TMPDIR/md"

# file<TAB>target of each [text](target); code in backticks is no link.
xargs awk '{ s = $0; gsub(/`[^`]*`/, "", s)
	while (match(s, /\]\([^)]*\)/)) { print FILENAME "\t" substr(s, RSTART + 2, RLENGTH - 3); s = substr(s, RSTART + RLENGTH) } }' <"$TMPDIR/md" >"$TMPDIR/links"
while IFS='	' read -r file target; do
	case $target in http://* | https://* | mailto:* | '#'*) continue ;; esac
	path=${target%% *} # no title
	path=${path%%#*}
	[ -e "$(dirname "$file")/$path" ] || say "$file: link to $target, which is not there"
done <"$TMPDIR/links"

# `schema/err.def`, `server/api/routes_*.c`: a path of ours in backticks; one with <a hole> is a pattern.
xargs awk '{ n = split($0, part, "`"); for (i = 2; i <= n; i += 2) print FILENAME "\t" part[i] }' <"$TMPDIR/md" |
	grep -E '	(\./)?(schema|certs|tagger|server|tests)/[^ ]*$' | grep -v '<' | sort -u >"$TMPDIR/paths" || true
while IFS='	' read -r file path; do
	found=
	for p in $path "$(dirname "$file")"/$path; do # a glob finds what it means
		[ ! -e "$p" ] || found=1
	done
	[ -n "$found" ] || say "$file: $path is not there"
done <"$TMPDIR/paths"

# Man pages, named as suyuan-label(5) anywhere, or in mdoc.
files 'schema/man/*' 'certs/man/*' 'tagger/man/*' 'server/man/*' | sed 's|.*/||' | sort >"$TMPDIR/pages"
{
	files '*.md' '*.c' '*.h' '*.sh' '*.py' '*.mjs' '*.sql' '*.def' | grep -v '^tests/vectors/' | xargs grep -noE 'suyuan-[a-z-]+\([1-8]\)' /dev/null || true
	files '*/man/*' | xargs grep -noE '^\.Xr suyuan-[a-z-]+ [1-8]|suyuan-[a-z-]+\([1-8]\)' /dev/null || true
} | sed -E 's/:\.Xr (suyuan-[a-z-]+) ([1-8])$/:\1(\2)/; s/^([^:]*:[0-9]+):(.*)\(([1-8])\)$/\2.\3	\1/' | sort >"$TMPDIR/named"
[ -s "$TMPDIR/named" ] || say "no man page is named anywhere"
while IFS='	' read -r page where; do
	grep -qxF "$page" "$TMPDIR/pages" || say "$where: ${page%.*}(${page##*.}) has no man page"
done <"$TMPDIR/named"

# The first column of the table, a package for each word; notes stand in parentheses.
# shellcheck disable=SC1091
(. tests/packages.sh && printf '%s\n' $build_packages $run_packages $test_packages) | sort >"$TMPDIR/needed"
sed -n '/^| package /,/^$/p' CONTRIBUTING.md | sed '1,2d' | awk -F '|' '{ gsub(/\([^)]*\)/, "", $2); n = split($2, p, /[ ,]+/); for (i = 1; i <= n; i++) if (p[i] != "") print p[i] }' | sort >"$TMPDIR/told"
[ -s "$TMPDIR/needed" ] && [ -s "$TMPDIR/told" ] || say "no packages found in tests/packages.sh or CONTRIBUTING.md"
uniq -d "$TMPDIR/needed" | sed 's/$/: twice in tests\/packages.sh/' >"$TMPDIR/wrong"
uniq -d "$TMPDIR/told" | sed 's/$/: twice in CONTRIBUTING.md/' >>"$TMPDIR/wrong"
comm -23 "$TMPDIR/needed" "$TMPDIR/told" | sed 's/$/: in tests\/packages.sh, without a reason in CONTRIBUTING.md/' >>"$TMPDIR/wrong"
comm -13 "$TMPDIR/needed" "$TMPDIR/told" | sed 's/$/: in CONTRIBUTING.md, not in tests\/packages.sh/' >>"$TMPDIR/wrong"
[ ! -s "$TMPDIR/wrong" ] || say "$(cat "$TMPDIR/wrong")"
exit $bad
