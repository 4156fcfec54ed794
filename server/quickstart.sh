#!/bin/sh
# One command from a bare Debian 12 to a printed sheet of signed labels: installs what is
# missing, builds, sets up a demonstration installation (roots, signer, server, invented
# companies marked 示范), registers and releases its lots through the public API as any
# user would, writes label sheets and serves them. Run again, it starts in seconds and
# changes no record.
#
#   --data DIR    the data directory (./suyuan-data); beside it DIR.signer and DIR.root
#   --port N      where to serve (8080)
#   --no-serve    stop before serving
#   --build DIR   programs already built there
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/.." && pwd)
data=./suyuan-data port=8080 serve=yes build=
die() { echo "quickstart: $*" >&2; exit 1; }
while [ $# -gt 0 ]; do
	case $1 in
	--data | --port | --build) [ $# -ge 2 ] || die "$1 需要一个值 / needs a value" ;;
	esac
	case $1 in
	--data) data=$2; shift 2 ;;
	--port) port=$2; shift 2 ;;
	--build) build=$2; shift 2 ;;
	--no-serve) serve=; shift ;;
	-h | --help) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit 0 ;;
	*) die "没有这个选项 / no such option: $1" ;;
	esac
done
case $port in '' | *[!0-9]*) die "端口应为数字 / the port is a number: $port" ;; esac
[ -d "$data" ] || mkdir -p -m 700 "$data" || die "不能建立目录 / cannot make $data"
data=$(cd "$data" && pwd)
log=$data/quickstart.log
: >>"$log" || die "不能写入 / cannot write $log"
step() { printf '== %s\n' "$*"; printf '== %s\n' "$*" >>"$log"; }
quiet() { # command...: its words go to the log, the last of them are shown when it fails
	"$@" >>"$log" 2>&1 || { tail -n 15 "$log" >&2; die "失败 / failed: $1 (全部输出 / all output: $log)"; }
}

# shellcheck source=../tests/packages.sh
. "$root/tests/packages.sh"
# shellcheck disable=SC2086 # lists
install_missing "$data/apt.log" $build_packages $run_packages || die "软件包装不上 / packages could not be installed"

if [ -z "$build" ]; then
	step "编译 / building (build/release)"
	build=$root/build/release
	cd "$root"
	quiet cmake --preset release -DSUYUAN_TESTS=OFF
	quiet cmake --build --preset release
	cd - >/dev/null
fi
build=$(cd "$build" && pwd)
certs=$build/certs/suyuan-certs server=$build/server/suyuan-server signer=$build/server/suyuan-signer tagger=$build/tagger/suyuan-tagger
for program in "$certs" "$server" "$signer" "$tagger"; do
	[ -x "$program" ] || die "没有编译出 / was not built: $program"
done

state=$data.signer rootdir=$data.root
origin=q.example.cn/suyuan
label_host=127.0.0.1:8080 # printed on the demonstration's labels, so that they open on this machine
server_pid=
finish() {
	if [ -n "$server_pid" ]; then
		kill "$server_pid" 2>/dev/null || true
		wait "$server_pid" 2>/dev/null || true
	fi
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
start() { # port
	"$server" serve --data "$data" --port "$1" >>"$log" 2>&1 &
	server_pid=$!
	n=0
	until curl -fsS -o /dev/null "http://127.0.0.1:$1/readyz" 2>/dev/null; do
		n=$((n + 1))
		kill -0 "$server_pid" 2>/dev/null || { tail -n 5 "$log" >&2; die "服务没有启动 / the server did not start"; }
		[ $n -lt 600 ] || die "服务一分钟内没有就绪 / the server was not ready within a minute"
		sleep 0.1
	done
}
secret() { # file: a random passphrase that only its owner can read
	[ -s "$1" ] || (umask 077 && openssl rand -hex 16 >"$1")
}

if [ ! -e "$data/demo.json" ]; then
	[ ! -e "$data/suyuan.db" ] || die "$data 里有一次没有完成的演示安装，请删去 $data $state $rootdir 后重来 / an unfinished demonstration: remove these three and run again"
	step "建立根、签名器和信任名单 / roots, signer, trust list"
	quiet mkdir -p "$rootdir/people" "$rootdir/tokens"
	chmod 700 "$rootdir" "$rootdir/people" "$rootdir/tokens"
	secret "$rootdir/passphrase"
	quiet "$certs" trust init --root "$rootdir" --origin "$origin" --passphrase-file "$rootdir/passphrase"
	"$signer" init --state "$state" --origin "$origin" >"$rootdir/signer.json" 2>>"$log" || die "签名器初始化失败 / signer init failed, see $log"
	jq -r .status.csr "$rootdir/signer.json" >"$rootdir/status.csr"
	for key in label log status; do jq -r ".$key.spki" "$rootdir/signer.json" >"$rootdir/$key.spki"; done
	operator=$(openssl rand -hex 16)
	quiet "$certs" issue --root "$rootdir" --party "$operator" --subject status --roles status --csr "$rootdir/status.csr" \
		--passphrase-file "$rootdir/passphrase" --out "$rootdir/status.pem"
	# trust init has put the root's CA on the list as key 1; these are the keys of this signer.
	quiet "$certs" trust make --root "$rootdir" --host "$label_host" --host q.example.cn --days 365 \
		--key "2:log:-:$rootdir/log.spki" --key "3:label:-:$rootdir/label.spki" --key "4:status:-:$rootdir/status.spki" \
		--passphrase-file "$rootdir/passphrase" --out "$rootdir/trust.note"
	quiet "$signer" adopt --state "$state" --anchor "$rootdir/anchor" --trust "$rootdir/trust.note" --status-cert "$rootdir/status.pem" --root-cert "$rootdir/ca.pem"
	quiet "$server" init --data "$data" --origin "$origin" --label-base "HTTP://127.0.0.1:8080" --trust "$rootdir/trust.note" --anchor "$rootdir/anchor" \
		--status-cert "$rootdir/status.pem" --root-cert "$rootdir/ca.pem" --demonstration
	cp "$rootdir/anchor" "$data/anchor"
	quiet "$server" user add --data "$data" --name admin --role administrator --token-out "$rootdir/tokens/admin"

	step "登记单位、产品和批次，检验、放行、取码 / parties, lots, reports, releases, labels"
	load_port=$((port + 1))
	[ "$load_port" -lt 65536 ] || load_port=8081
	start "$load_port"
	base="http://127.0.0.1:$load_port" data=$data rootdir=$rootdir certs=$certs demo=$here/demo sh "$here/demo/load.sh" ||
		die "演示数据没有装完 / the demonstration was not loaded, see $log"
	finish
	server_pid=

	step "印标签 / label sheets"
	mkdir -p "$data/sheets"
	for codes in "$data"/labels/*.codes; do
		name=$(basename "$codes" .codes)
		quiet "$tagger" sheet --codes "$codes" --size 60x40 --out "$data/sheets/$name.pdf"
	done
	mv "$data/demo.json.new" "$data/demo.json" # last: says that all the above is done
fi

echo
echo "标签页 / label sheets (PDF, A4):"
for sheet in "$data"/sheets/*.pdf; do echo "  $sheet"; done
url=$(sed -n '2p' "$data/labels/01-peanut.codes")
echo "扫码网址 / one scan URL:"
echo "  http://127.0.0.1:$port/${url#*://*/}"
echo "离线查验 / offline:"
echo "  $tagger verify --bundle $data/bundle.json --anchor $data/anchor '$url'"
[ -n "$serve" ] || exit 0
start "$port"
echo "正在服务 / serving: http://127.0.0.1:$port/   (Ctrl-C 停止 / to stop)"
wait "$server_pid"
