# packages.sh: what the build and the tests need from Debian 12; sourced by
# tests/run.sh and server/quickstart.sh. Each has its reason in CONTRIBUTING.md.
build_packages="gcc cmake ninja-build pkg-config libc6-dev libssl-dev libjansson-dev zlib1g-dev libsqlite3-dev
	libmicrohttpd-dev libqrencode-dev libpango1.0-dev libcairo2-dev libpng-dev libcurl4-openssl-dev"
run_packages="fonts-noto-cjk fontconfig curl jq ca-certificates openssl procps"
test_packages="libcmocka-dev clang clang-tidy libclang-rt-14-dev cppcheck mandoc python3 python3-cryptography python3-jsonschema
	golang-go golang-golang-x-mod-dev zbar-tools zxing-cpp-tools poppler-utils librsvg2-bin ghostscript nodejs npm chromium git"

# as_root command...: as it is, or with sudo
as_root() {
	if [ "$(id -u)" -eq 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"; else
		echo "需要 root 或 sudo 来安装软件包 / root or sudo is needed to install packages: $*" >&2
		return 1
	fi
}

missing_packages() { # packages...
	for p in "$@"; do
		# A program from elsewhere (another node, say) serves as well as Debian's.
		case $p in
		nodejs) command -v node >/dev/null 2>&1 && continue ;;
		npm) command -v npm >/dev/null 2>&1 && continue ;;
		esac
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null || true)" = installed ] || printf '%s ' "$p"
	done
}

install_missing() { # log packages...
	apt_log=$1
	shift
	need=$(missing_packages "$@")
	[ -z "$need" ] && return 0
	echo "== 安装 / installing: $need"
	as_root apt-get update -qq >"$apt_log" 2>&1 || true # an old list may still do
	# shellcheck disable=SC2086 # a list
	if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $need >>"$apt_log" 2>&1; then
		tail -n 15 "$apt_log" >&2
		echo "安装失败 / could not install: $need" >&2
		return 1
	fi
}

install_packages() { # log: everything that the tests need
	# shellcheck disable=SC2086 # lists
	install_missing "$1" $build_packages $run_packages $test_packages
}
