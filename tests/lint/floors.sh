#!/bin/sh
# An #include points down (schema <- certs <- tagger <- server), and each third-party
# library is known to one place only. R: CONTRIBUTING.md "Four floors".
set -eu
cd "$SUYUAN_ROOT"
bad=0
say() { echo "$1"; bad=1; }

includes() { # folder pattern: files under folder with a matching #include
	grep -rnE "#include *[<\"]$2" --include='*.c' --include='*.h' "$1" 2>/dev/null || true
}
refuse() { # folder pattern why
	hits=$(includes "$1" "$2")
	[ -z "$hits" ] || say "$3:
$hits"
}
refuse schema '(certs|tagger|server)/' 'schema reaches up'
refuse certs '(tagger|server)/' 'certs reaches up'
refuse tagger 'server/' 'tagger reaches up'
refuse tagger/code '(certs|tagger/[^c])' 'tagger/code must stand on schema alone'
refuse server/store 'server/(api|http|service)/' 'store reaches up'
refuse server/service 'server/(api|http)/' 'service reaches up'
refuse server/signer 'server/(api|http|service)/' 'the signer reaches into the server'
refuse server/signer 'tagger/[^c]' 'the signer links the label code only'

only() { # library pattern, allowed extended regex of paths
	hits=$(grep -rnE "#include *<$1" --include='*.c' --include='*.h' schema certs tagger server | grep -vE "^($2)" || true)
	[ -z "$hits" ] || say "<$1> outside its place ($2):
$hits"
}
only 'jansson' 'schema/wire/json\.c'
only 'zlib' 'schema/wire/gzip\.c'
only 'openssl/' 'certs/[a-z0-9_]+\.[ch]:'
only 'qrencode' 'tagger/symbol\.c'
only '(cairo|pango)' 'tagger/(text\.[ch]|render/)'
only 'png' 'tagger/render/'
only 'microhttpd' 'server/http/'
only 'sqlite3' 'server/store/db\.c'
only 'curl/' '(server/out/|server/cmd/|tagger/cmd/|certs/cmd/)'
exit $bad
