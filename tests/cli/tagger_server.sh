#!/bin/sh
# suyuan-tagger labels and sheet straight from a server: in pieces, in order, each number asked for once; an answer that is cut
# short prints nothing more and says how to go on; refusals in the server's own words. R: RFC 9457; suyuan-label(5), "File of codes".
set -eu
cd "$(dirname "$0")/../.."
tagger=$(find "$SUYUAN_BUILD" -maxdepth 3 -type f -name suyuan-tagger -perm -u+x | head -n 1)
t=${TMPDIR:-/tmp}/server.$$
mkdir -p "$t"
server=
trap '[ -z "$server" ] || kill $server; rm -rf "$t"' EXIT
die() { echo "$*" >&2; cat "$t/err" >&2; exit 1; }
status() { s=0; "$@" >"$t/out" 2>"$t/err" || s=$?; echo $s; }
/usr/bin/python3 tests/interop/_codes.py 560 demo >"$t/codes"
cat >"$t/server.py" <<'PY'
# Replays codes. The token says how it misbehaves; every request is written down.
import http.server, json, sys, time
lines = open(sys.argv[1] + "/codes").read().splitlines()
facts, urls = json.loads(lines[0].split(" ", 2)[2]), lines[1:-1]
ID = "0123456789abcdef0123456789abcdef"

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *args):
        pass
    def answer(self, status, type, body, cut=None):
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if cut is None else body[:cut])
        self.close_connection = cut is not None
    def problem(self, status, slug, zh, en, field):
        self.answer(status, "application/problem+json", json.dumps({"type": "/problems/" + slug, "status": status, "slug": slug, "zh": zh, "en": en, "field": field}).encode())
    def do_GET(self):
        if self.path != "/api/v1/allocations/" + ID:
            return self.problem(404, "not-found", "没有找到", "Not found", "")
        self.answer(200, "application/json", json.dumps({"id": ID, "data": {"first": 1000, "count": 560}}).encode())
    def do_POST(self):
        q = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        mode = self.headers["Authorization"].split(" ")[1]
        open(sys.argv[1] + "/log", "a").write(f"{q['first']} {q['count']}\n")
        assert self.path == "/api/v1/labels" and self.headers["Content-Type"] == "application/json" and q["allocation"] == ID
        at = q["first"] - 1000
        if mode == "taken" and at > 0:
            return self.problem(409, "range-taken", "这个序号段已经签过，不能再签：第 1001 号", "This range was already signed: number 1001", "first")
        if mode == "nobody":
            return self.problem(401, "unauthenticated", "请先登录或提供令牌", "Sign in or present a token", "")
        if mode == "broken" and at > 0:
            return self.answer(502, "text/html", b"<h1>Bad Gateway</h1>")
        if mode == "moved":
            self.send_response(307); self.send_header("Location", "http://127.0.0.1:9/api/v1/labels"); self.send_header("Content-Length", "0"); self.end_headers(); return
        n = q["count"]
        give = urls[at + 1:at + 1 + n] if mode == "shifted" else urls[at:at + n]
        first = q["first"] + 1 if mode == "shifted" else q["first"]
        body = "# suyuan-codes/v1 " + json.dumps(dict(facts, first=first, count=n), ensure_ascii=False) + "\n" + "".join(u + "\n" for u in give) + f"# end {n}\n"
        body = body.encode()
        if mode == "html":
            return self.answer(200, "text/html", body)
        if mode == "cut" and at > 0: # in the middle of the 41st URL of this answer
            return self.answer(200, "text/plain; charset=utf-8", body, body.index(urls[at + 40].encode()) + 50)
        if mode == "noend" and at > 0: # every byte that was announced, but not the end
            body = body[:body.index(b"# end")]
        self.answer(200, "text/plain; charset=utf-8", body)

s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
open(sys.argv[1] + "/port", "w").write(str(s.server_address[1]))
s.serve_forever()
PY
/usr/bin/python3 "$t/server.py" "$t" &
server=$!
for _ in $(seq 100); do [ -s "$t/port" ] && break; sleep 0.05; done
url=http://127.0.0.1:$(cat "$t/port")
id=0123456789abcdef0123456789abcdef
umask 077
for mode in good taken nobody broken moved shifted html cut noend; do echo $mode >"$t/$mode"; done
labels() { # mode options...
	mode=$1
	shift
	rm -rf "$t/log" "$t/out.d" "$t/x.pdf"
	status env http_proxy=http://127.0.0.1:9 "$tagger" labels --server "$url" --token-file "$t/$mode" --allocation $id --size 50x30 --dpi 203 "$@"
}
pages() { pdfinfo "$1" | awk '/^Pages/ { print $2 }'; }

# The whole allocation, each number once, the first alone.
[ "$(labels good --out "$t/x.pdf")" = 0 ] || die good
[ "$(pages "$t/x.pdf")" = 560 ] || die "a page for each label"
[ "$(cat "$t/log")" = "1000 1
1001 512
1513 47" ] || die "asked for: $(cat "$t/log")"
! grep -v -e "GS1" -e "3 dots" -e "3 点" "$t/err" || die "not silent"
# A part of it; the same pictures as from the file.
[ "$(labels good --format png --first 1003 --count 5 --out "$t/out.d")" = 0 ] || die part
[ "$(ls "$t/out.d" | wc -l)" = 5 ] || die "five labels"
"$tagger" labels --codes "$t/codes" --size 50x30 --dpi 203 --format png --out "$t/all.d"
for f in "$t"/out.d/*; do cmp -s "$f" "$t/all.d/${f##*/}" || die "another picture: $f"; done
# A sheet: pieces of one run are one lot, not a new sheet each.
[ "$(status "$tagger" sheet --server "$url" --token-file "$t/good" --allocation $id --out "$t/x.pdf")" = 0 ] || die sheet
[ "$(pages "$t/x.pdf")" = 32 ] || die "560 labels of 60x40 are 32 sheets, not $(pages "$t/x.pdf")"

# Cut short: what came whole is printed, nothing more is asked for, and it says how to go on.
[ "$(labels cut --format png --out "$t/out.d")" = 2 ] || die cut
[ "$(ls "$t/out.d" | wc -l)" = 41 ] || die "1 and 40 labels, not $(ls "$t/out.d" | wc -l)"
[ "$(wc -l <"$t/log")" = 2 ] || die "asked again after a cut"
grep -q '41 printed, from number 1000' "$t/err" || die "does not say how far"
grep -q 'numbers 1041 to 1512 were asked for and not printed' "$t/err" || die "does not say what is lost"
grep -q -e '--first 1513 --count 47' "$t/err" || die "does not say how to go on"
grep -q '第 1041 至 1512 号' "$t/err" || die "not in Chinese"
[ "$(labels cut --out "$t/x.pdf")" = 2 ] && [ "$(pages "$t/x.pdf")" = 41 ] || die "what is printed of a cut run is kept"
[ "$(labels noend --format png --out "$t/out.d")" = 2 ] || die noend
grep -q 'cut short' "$t/err" && [ "$(ls "$t/out.d" | wc -l)" = 513 ] && [ "$(wc -l <"$t/log")" = 2 ] || die "no end"
# Refusals, in the server's words.
[ "$(labels nobody --out "$t/x.pdf")" = 1 ] || die nobody
grep -q 'unauthenticated: 请先登录或提供令牌' "$t/err" && grep -q 'unauthenticated: Sign in or present a token' "$t/err" || die "its words"
[ ! -e "$t/x.pdf" ] && [ ! -e "$t/x.pdf.part" ] || die "something was written"
[ "$(labels taken --format png --out "$t/out.d")" = 1 ] || die taken
grep -q '第 1001 号 \[first @0\]' "$t/err" || die "its field"
grep -q '1 printed, from number 1000' "$t/err" && grep -q -e '--first 1001 --count 559' "$t/err" || die "a refusal signs nothing"
! grep -q 'void them' "$t/err" || die "nothing is lost by a refusal"
[ "$(labels broken --format png --out "$t/out.d")" = 2 ] || die broken
grep -q 'the server answered 502' "$t/err" && grep -q 'numbers 1001 to 1512' "$t/err" || die "502"
for mode in moved html; do [ "$(labels $mode --out "$t/x.pdf")" = 2 ] && [ ! -e "$t/x.pdf" ] || die $mode; done
[ "$(labels shifted --out "$t/x.pdf")" = 1 ] && grep -q 'number 1000, which was asked for' "$t/err" && [ ! -e "$t/x.pdf" ] || die shifted
[ "$(labels good --first 1550 --count 10 --out "$t/x.pdf")" = 0 ] || die "the server decides a range that is given in full"
[ "$(labels good --first 1560 --out "$t/x.pdf")" = 1 ] && grep -q 'allocated are 1000 to 1559' "$t/err" || die "outside of the allocation"

# What is not asked at all.
rm -f "$t/log"
other() { status "$tagger" labels --token-file "$t/good" --allocation $id --out "$t/x.pdf" "$@"; }
for bad in http://q.example.cn http://127.evil.example http://127.0.0.1@q.example.cn ftp://127.0.0.1 "$url/api" "$url?x" https://; do
	[ "$(other --server "$bad")" = 2 ] || die "$bad"
done
[ "$(other --server http://127.0.0.1:1)" = 2 ] || die "nobody there"
[ "$(other --server "$url" --count 0)" = 2 ] && [ "$(other --server "$url" --first x)" = 2 ] || die numbers
[ "$(other --server "$url" --codes "$t/codes")" = 2 ] && [ "$(other --codes "$t/codes")" = 2 ] && [ "$(other)" = 2 ] || die "both or none"
[ "$(status "$tagger" labels --server "$url" --token-file "$t/good" --allocation 12 --out "$t/x.pdf")" = 2 ] || die "no id"
printf 'a b\n' >"$t/spaced"
[ "$(labels spaced --out "$t/x.pdf")" != 0 ] || die "a token with a space"
chmod 644 "$t/good"
[ "$(labels good --out "$t/x.pdf")" != 0 ] || die "a token that others can read"
[ ! -e "$t/log" ] || die "was asked all the same"
# Silence into a pipe, figures on a terminal.
chmod 600 "$t/good"
script -qec "$tagger labels --server $url --token-file $t/good --allocation $id --size 50x30 --dpi 203 --out $t/x.pdf" /dev/null >"$t/tty" </dev/null || die terminal
grep -q '500 */ *560\|: 560' "$t/tty" || die "no progress: $(cat "$t/tty")"
