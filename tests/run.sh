#!/bin/sh
# Every test of Suyuan on a bare Debian 12. Installs what is missing, builds with
# ASan and UBSan, runs each suite, ends with "N passed, N failed, N skipped".
#   sh tests/run.sh            everything (the daily suite)
#   sh tests/run.sh NAME...    only tests whose name contains NAME ("unit", "lint/", "signer")
# A test is a file: tests/<suite>/<name>.{sh,py,mjs}; exit 0 passed, 77 skipped (last line
# says why), else failed. Files that begin with "_" help others. It gets SUYUAN_BUILD
# (sanitized programs), SUYUAN_DEMO (a finished demonstration data directory: copy it,
# never write to it) and TMPDIR (its own). Two lanes run side by side, one a core.
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
: >"$work/results"

# shellcheck source=packages.sh
. tests/packages.sh
install_packages "$work/apt.log"

export SUYUAN_BUILD="$root/build/asan"
export SUYUAN_ROOT="$root"
export SUYUAN_DEMO="$work/demo"
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
	0) printf 'PASS %s (%ss)\n' "$2" "$3" ;;
	77) printf 'SKIP %s: %s\n' "$2" "$(tail -n 1 "$4")" ;;
	*) printf 'FAIL %s (%ss, exit %s)\n%s\n' "$2" "$3" "$1" "$(tail -n 60 "$4" | sed 's/^/  | /')" ;;
	esac
	printf '%s %s\n' "$1" "$2" >>"$work/results"
}

run_one() { # name timeout command...
	name=$1 limit=$2
	shift 2
	id=$(printf '%s' "$name" | tr '/' '_')
	log=$logs/$id.log
	mkdir -p "$work/tmp/$id"
	began=$(date +%s)
	status=0
	TMPDIR="$work/tmp/$id" timeout -k 10 "$limit" "$@" >"$log" 2>&1 </dev/null || status=$?
	report "$status" "$name" "$(($(date +%s) - began))" "$log"
	rm -rf "$work/tmp/$id"
}

npm_packages() { # suite: what its lock file pins, without install scripts
	[ -f "tests/$1/package-lock.json" ] || return 0
	(cd "tests/$1" && npm ci --ignore-scripts --no-audit --no-fund) >"$logs/npm-$1.log" 2>&1 || { echo "npm ci in tests/$1:"; tail -n 5 "$logs/npm-$1.log"; }
}

run_suite() { # suite
	[ -d "tests/$1" ] || return 0
	list=
	for file in tests/"$1"/*.sh tests/"$1"/*.py tests/"$1"/*.mjs; do
		[ -f "$file" ] || continue
		base=$(basename "$file")
		case $base in _* | kit.* | lib.*) continue ;; esac # helpers of tests, not tests
		if matches "$1/${base%.*}"; then list="$list $file"; fi
	done
	[ -n "$list" ] || return 0
	npm_packages "$1"
	for file in $list; do
		base=$(basename "$file")
		case $base in
		*.py) run_one "$1/${base%.*}" 900 /usr/bin/python3 "$file" ;;
		*.mjs) run_one "$1/${base%.*}" 900 node "$file" ;;
		*) run_one "$1/${base%.*}" 900 sh "$file" ;;
		esac
	done
}

# One demonstration installation, made by the same script that a newcomer runs.
demo_needed() {
	[ -z "$wanted" ] && return 0
	for w in $wanted; do
		case $w in demo* | http* | browser* | interop* | crash* | cli*) return 0 ;; esac
		grep -l -e SUYUAN_DEMO -e copy_demo tests/*/*"${w##*/}"* >/dev/null 2>&1 && return 0
	done
	return 1
}

unit_tests() {
	find "$SUYUAN_BUILD/tests" -maxdepth 2 -type f \( -name 'unit-*' -o -name 'oom-*' \) -perm -u+x | sort >"$work/units"
	while read -r program; do
		unit=$(basename "$program" | sed 's/-/\//')
		if matches "$unit"; then run_one "$unit" 300 "$program"; fi
	done <"$work/units"
}

# The lane that needs no installation, and the one that does.
lane_sources() {
	unit_tests
	for suite in lint fuzz; do run_suite $suite; done
}
lane_programs() {
	if demo_needed; then
		run_one demo/quickstart 900 sh server/quickstart.sh --no-serve --data "$SUYUAN_DEMO" --build "$SUYUAN_BUILD"
	fi
	for suite in cli http attack interop browser crash load; do run_suite $suite; done
}

echo "== 编译 / building (asan, ubsan)"
for what in configure build; do
	case $what in
	configure) cmake --preset asan >"$logs/$what.log" 2>&1 && continue ;;
	build) cmake --build --preset asan >"$logs/$what.log" 2>&1 && continue ;;
	esac
	grep -E 'error|Error|FAILED' "$logs/$what.log" | head -n 20
	tail -n 20 "$logs/$what.log"
	echo "0 passed, 1 failed, 0 skipped"
	exit 1
done

echo "== 测试 / testing"
lane_sources &
sources=$!
lane_programs
wait $sources

failed=$(grep -cvE '^(0|77) ' "$work/results" || true)
passed=$(grep -c '^0 ' "$work/results" || true)
skipped=$(grep -c '^77 ' "$work/results" || true)
if [ "$failed" -ne 0 ]; then
	echo "失败 / failed:"
	grep -vE '^(0|77) ' "$work/results" | sed 's/^[0-9]* /  /'
elif [ "$passed" -eq 0 ]; then
	echo "没有这样的测试 / no test matches: $wanted"
	failed=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
