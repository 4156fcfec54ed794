#!/bin/sh
# Man pages are valid mdoc, and the verbs and options that each program tells are those of its pages, both ways.
. "$SUYUAN_ROOT/tests/lint/lib.sh"
files 'schema/man/*.[1-8]' 'certs/man/*.[1-8]' 'tagger/man/*.[1-8]' 'server/man/*.[1-8]' >"$TMPDIR/pages"
while read -r page; do
	# UTF-8 in our pages is meant: the first language of our readers is Chinese.
	out=$(mandoc -T lint -W warning "$page" 2>&1 | grep -vE 'invalid UTF-8|non-ASCII|unknown manual section|referenced manual not found|STYLE' || true)
	[ -z "$out" ] || say "$out"
	title=$(sed -n 's/^\.Dt \([^ ]*\) \([1-8]\).*/\1.\2/p' "$page" | tr '[:upper:]' '[:lower:]')
	[ "$title" = "${page##*/}" ] || say "$page: its .Dt says $title"
done <"$TMPDIR/pages"
page_of() { grep -E "/man/$1\.[1-8]\$" "$TMPDIR/pages"; }

# The options of a page, one a line: "Fl -name".
flags() { # files
	cat "$@" | grep -oE '(^|[ .(])Fl -[a-z][a-z0-9-]*' | sed 's/.*Fl -/--/' | sort -u
}

for program in suyuan-server suyuan-signer suyuan-tagger suyuan-certs; do
	bin=$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name "$program" -perm -u+x | head -n 1)
	[ -n "$bin" ] || { say "$program: not built"; continue; }
	page=$(page_of "$program") || true
	[ -n "$page" ] || { say "$program: no man page"; continue; }
	"$bin" --help >"$TMPDIR/help" 2>&1 </dev/null || say "$program --help: exit $?"
	# A verb is one or two words ("trust init"), two blanks in, before its description.
	sed -nE 's/^  ([a-z][a-z0-9-]*( [a-z][a-z0-9-]*)?)(  .*)?$/\1/p' "$TMPDIR/help" | sort -u >"$TMPDIR/verbs"
	[ -s "$TMPDIR/verbs" ] || { say "$program --help names no verbs"; continue; }
	while read -r verb; do
		own=$(page_of "$program-$(printf '%s' "$verb" | tr ' ' '-')") || own=$(page_of "$program-${verb%% *}") || own=
		grep -qE "^\.(It|Ss|Sx|Ic|Cm)( (Cm|Ic))? $verb([[:space:]]|\$)" "$page" || say "$program $verb: not in $page"
		[ -z "$own" ] || grep -qE "^\.(Ic|Cm|Ss( Cm)?) $verb([[:space:]]|\$)" "$own" || say "$program $verb: not in $own"
		# shellcheck disable=SC2086 # two words are two arguments
		"$bin" $verb --help >"$TMPDIR/help" 2>&1 </dev/null || say "$program $verb --help: exit $?"
		grep -oE '^ +--[a-z][a-z0-9-]*' "$TMPDIR/help" | tr -d ' ' | grep -vx -e --help | sort -u >"$TMPDIR/told"
		# The part of a page of several verbs that is this verb's.
		text=${own:-$page}
		awk -v verb="$verb" '/^\.Ss/ { name = $0; sub(/^\.Ss (Cm |Ic )?/, "", name); many = 1 } many && name == verb { print; found = 1 } END { exit !found }' "$text" >"$TMPDIR/part" ||
			cp "$text" "$TMPDIR/part"
		flags "$TMPDIR/part" | grep -vx -e --help >"$TMPDIR/written" || true
		comm -23 "$TMPDIR/told" "$TMPDIR/written" | sed "s|^|$program $verb: not in $text: |" >"$TMPDIR/missing"
		# What a page says and no program tells; a page that the verb shares with its program may name others' options.
		[ -z "$own" ] || comm -13 "$TMPDIR/told" "$TMPDIR/written" | sed "s|^|$own: not an option of $program $verb: |" >>"$TMPDIR/missing"
		[ ! -s "$TMPDIR/missing" ] || say "$(cat "$TMPDIR/missing")"
	done <"$TMPDIR/verbs"
	# Pages of verbs that are no more.
	sed -nE "s#.*/man/($program-.*)\.1\$#\1#p" "$TMPDIR/pages" | while read -r name; do
		verb=${name#"$program"-}
		"$bin" --help 2>/dev/null </dev/null | grep -qE "^  ($verb|$(printf '%s' "$verb" | tr '-' ' '))( |\$)" || echo "$name(1): $program has no such verb"
	done >"$TMPDIR/missing"
	[ ! -s "$TMPDIR/missing" ] || say "$(cat "$TMPDIR/missing")"
done
exit $bad
