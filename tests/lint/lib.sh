# lib.sh: what the lints share; sourced. A lint prints each fault and ends with 1 if there
# was one. It never passes because it looked at nothing.
set -eu
cd "$SUYUAN_ROOT"
bad=0
say() { printf '%s\n' "$*"; bad=1; }

# files pattern...: the files of the project, one a line; * matches / too. Without git, what lies there.
files() {
	if [ -e .git ]; then
		git -c safe.directory="$SUYUAN_ROOT" ls-files -- "$@" | while read -r f; do
			[ -e "$f" ] && printf '%s\n' "$f" || true # deleted, not committed yet
		done
	else
		for p in "$@"; do
			find . -path ./build -prune -o -name node_modules -prune -o -type f -path "./$p" -print
		done | sed 's|^\./||' | sort -u
	fi >"$TMPDIR/files.$$"
	[ -s "$TMPDIR/files.$$" ] || { echo "no files: $*" >&2; return 1; }
	cat "$TMPDIR/files.$$"
	rm -f "$TMPDIR/files.$$"
}

sources() { files 'schema/*.c' 'certs/*.c' 'tagger/*.c' 'server/*.c'; }
headers() { files 'schema/*.h' 'certs/*.h' 'tagger/*.h' 'server/*.h'; }

# code list: each file of the list without comments, and strings emptied, as "path:line:text".
code() {
	# shellcheck disable=SC2046 # a list, no path of ours has a space
	LC_ALL=C awk '
	FNR == 1 { inside = 0 }
	{ s = $0; out = ""
	  while (s != "") {
	    if (inside) { e = index(s, "*/"); if (!e) break; s = substr(s, e + 2); inside = 0; out = out " "; continue }
	    if (!match(s, /\/\*|\/\/|"|\047/)) { out = out s; break }
	    out = out substr(s, 1, RSTART - 1); m = substr(s, RSTART, RLENGTH); s = substr(s, RSTART + RLENGTH)
	    if (m == "/*") { inside = 1; continue }
	    if (m == "//") break
	    if (out ~ /^[ \t]*#[ \t]*include/) { out = out m s; break }
	    while (s != "" && substr(s, 1, 1) != m) s = substr(s, substr(s, 1, 1) == "\\" ? 3 : 2)
	    out = out m m; s = substr(s, 2) }
	  if (out ~ /[^ \t]/) print FILENAME ":" FNR ":" out }' $(cat "$1")
}

files CONTRIBUTING.md >/dev/null || exit 1 # a list that cannot be had is no empty list
