# lib.sh: what shell tests share; sourced. Starts servers on free ports over a copy of
# the demonstration installation, and stops them when the test ends.
set -eu
bin() { find "$SUYUAN_BUILD" -maxdepth 3 -type f -name "$1" -perm -u+x | head -n 1; }
server=$(bin suyuan-server) signer=$(bin suyuan-signer) tagger=$(bin suyuan-tagger) certs=$(bin suyuan-certs)
server_pid=
cleanup() {
	if [ -n "$server_pid" ]; then
		kill "$server_pid" 2>/dev/null || true
		wait "$server_pid" 2>/dev/null || true
	fi
}
trap cleanup EXIT
die() { echo "$*" >&2; exit 1; }

free_port() {
	/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# A copy of the demonstration installation in $TMPDIR/data (its signer state and roots beside it).
copy_demo() {
	data=$TMPDIR/data
	cp -a "$SUYUAN_DEMO" "$data"
	for part in signer root; do
		[ -d "$SUYUAN_DEMO.$part" ] && cp -a "$SUYUAN_DEMO.$part" "$data.$part"
	done
	rm -f "$data.signer/signer.sock"
}

# Starts suyuan-server over $data; sets base and server_pid.
start_server() {
	port=$(free_port)
	base=http://127.0.0.1:$port
	"$server" serve --data "$data" --port "$port" >"$TMPDIR/server.log" 2>&1 &
	server_pid=$!
	n=0
	until curl -fsS -o /dev/null "$base/readyz" 2>/dev/null; do
		n=$((n + 1))
		kill -0 "$server_pid" 2>/dev/null || { cat "$TMPDIR/server.log"; die "the server ended"; }
		[ "$n" -lt 300 ] || { cat "$TMPDIR/server.log"; die "the server is not ready after 30 s"; }
		sleep 0.1
	done
}

stop_server() {
	kill "$server_pid"
	status=0
	wait "$server_pid" || status=$?
	server_pid=
	[ "$status" -eq 0 ] || { tail -n 40 "$TMPDIR/server.log"; die "the server ended with $status"; }
}
