#!/bin/sh
# Every test of Suyuan on a bare Debian 12. Installs what is missing, builds with
# ASan and UBSan, runs each suite, ends with "N passed, N failed, N skipped".
#   sh tests/run.sh            everything (the daily suite)
#   sh tests/run.sh NAME...    only tests whose name contains NAME ("unit", "lint/", "signer")
# A test is a file: tests/<suite>/<name>.{sh,py,mjs}; exit 0 passed, 77 skipped (last line
# says why), else failed. It gets SUYUAN_BUILD (sanitized programs), SUYUAN_DEMO (a
# finished demonstration data directory: copy it, never write to it) and TMPDIR (its own).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
unset LC_ALL
export LANG=C.UTF-8
wanted=$*
work=$(mktemp -d "${TMPDIR:-/tmp}/suyuan-tests.XXXXXX")
logs=$work/logs
mkdir -p "$logs"
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

. tests/packages.sh
install_packages "$work/apt.log"

export SUYUAN_BUILD="$root/build/asan"
export SUYUAN_ROOT="$root"
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1
export PYTHONDONTWRITEBYTECODE=1
unset SUYUAN_DATA || true

matches() { # name
	[ -z "$wanted" ] && return 0
	for w in $wanted; do
		case $1 in *"$w"*) return 0 ;; esac
	done
	return 1
}

report() { # status name seconds log
	case $1 in
	0) passed=$((passed + 1)); printf 'PASS %s (%ss)\n' "$2" "$3" ;;
	77) skipped=$((skipped + 1)); printf 'SKIP %s: %s\n' "$2" "$(tail -n 1 "$4")" ;;
	*) failed=$((failed + 1)); printf 'FAIL %s (%ss, exit %s)\n' "$2" "$3" "$1"; tail -n 60 "$4" | sed 's/^/  | /' ;;
	esac
}

run_one() { # name timeout command...
	name=$1 limit=$2
	shift 2
	log=$logs/$(printf '%s' "$name" | tr '/' '_').log
	export TMPDIR="$work/tmp"
	rm -rf "$TMPDIR"
	mkdir -p "$TMPDIR"
	began=$(date +%s)
	status=0
	timeout -k 10 "$limit" "$@" >"$log" 2>&1 </dev/null || status=$?
	report "$status" "$name" "$(($(date +%s) - began))" "$log"
}

echo "== build (asan, ubsan)"
cmake --preset asan >"$logs/configure.log" 2>&1 || { tail -n 40 "$logs/configure.log"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
cmake --build --preset asan >"$logs/build.log" 2>&1 || { tail -n 60 "$logs/build.log"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

echo "== unit"
find "$SUYUAN_BUILD/tests" -maxdepth 2 -type f \( -name 'unit-*' -o -name 'oom-*' \) -perm -u+x | sort >"$work/units"
while read -r program; do
	name=$(basename "$program" | sed 's/-/\//')
	if matches "$name"; then run_one "$name" 300 "$program"; fi
done <"$work/units"

# One demonstration installation, made by the same script that a newcomer runs.
demo_needed() {
	[ -z "$wanted" ] && return 0
	for w in $wanted; do
		case $w in http* | browser* | interop* | crash* | cli* | demo*) return 0 ;; esac
		grep -l SUYUAN_DEMO tests/*/*"${w##*/}"* >/dev/null 2>&1 && return 0
	done
	return 1
}
export SUYUAN_DEMO="$work/demo"
if demo_needed; then
	echo "== demonstration data"
	run_one demo/quickstart 600 sh server/quickstart.sh --no-serve --data "$SUYUAN_DEMO" --build "$SUYUAN_BUILD"
fi

for suite in lint cli http attack interop browser fuzz oom crash load; do
	[ -d "tests/$suite" ] || continue
	echo "== $suite"
	if [ -f "tests/$suite/package-lock.json" ] && { [ -z "$wanted" ] || matches "$suite/"; }; then
		(cd "tests/$suite" && npm ci --ignore-scripts --no-audit --no-fund) >"$logs/npm-$suite.log" 2>&1 || tail -n 5 "$logs/npm-$suite.log"
	fi
	for file in tests/"$suite"/*.sh tests/"$suite"/*.py tests/"$suite"/*.mjs; do
		[ -f "$file" ] || continue
		base=$(basename "$file")
		case $base in _* | kit.* | lib.*) continue ;; esac # helpers of tests, not tests
		name=$suite/${base%.*}
		matches "$name" || continue
		case $base in
		*.py) run_one "$name" 600 /usr/bin/python3 "$file" ;;
		*.mjs) run_one "$name" 600 node "$file" ;;
		*) run_one "$name" 600 sh "$file" ;;
		esac
	done
done

if [ $((passed + failed)) -eq 0 ]; then
	echo "no test matches: $wanted"
	failed=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
