#!/bin/sh
# An #include points down (schema <- certs <- tagger <- server), and each third-party
# library is known to one place only. R: CONTRIBUTING.md "Four floors".
. "$SUYUAN_ROOT/tests/lint/lib.sh"
{ sources; headers; } >"$TMPDIR/list"
xargs grep -nE '^[[:space:]]*#[[:space:]]*include' /dev/null <"$TMPDIR/list" | sed -E 's/:[[:space:]]*#[[:space:]]*include[[:space:]]*/:/' >"$TMPDIR/includes"

# What a folder may include of ours, the narrower folders first: each line of "where allowed why".
refuse() { # where (regex of paths), allowed (regex of headers of ours), why
	hits=$(grep -E "^($1)" "$TMPDIR/includes" | grep '"' | grep -vE ":\"($2)" || true)
	[ -z "$hits" ] || say "$3:
$hits"
}
refuse 'schema/' 'schema/' 'schema reaches up'
refuse 'certs/' '(schema|certs)/' 'certs reaches up'
refuse 'tagger/code/' '(schema|tagger/code)/' 'tagger/code must stand on schema alone'
refuse 'tagger/' '(schema|certs|tagger)/' 'tagger reaches up'
refuse 'server/' '(schema|certs|tagger/code|server)/' 'the server knows the label code only'
refuse 'server/store/' '(schema|certs|tagger/code|server/store|server/sql_[a-z]+\.h)' 'store reaches up'
refuse 'server/service/' '(schema|certs|tagger/code|server/(service|store|signer|out|[a-z_]+\.h))' 'service reaches up'
# A connection knows who asks, and waits for the writer while it is suspended; no more of what it serves.
refuse 'server/http/' '(schema|server/http|server/service/(caller|commit)\.h|server/[a-z_]+\.h)' 'http reaches up'
refuse 'server/signer/' '(schema|certs|tagger/code|server/(signer|store/db|[a-z_]+\.h))' 'the signer reaches into the server'

only() { # library pattern, allowed regex of paths
	hits=$(grep -E ":<$1" "$TMPDIR/includes" | grep -vE "^($2)" || true)
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
# No files, sockets or clocks in schema (its generator runs at build time).
only '(time|unistd|fcntl|dirent|pthread|threads|signal|poll|netdb|netinet/|arpa/|sys/)' '(certs|tagger|server)/'
hits=$(grep -E '^schema/' "$TMPDIR/list" | grep -v '^schema/reference/gen\.c$' | xargs grep -nE '\b(fopen|fread|fwrite|getenv|time|clock_gettime)[[:space:]]*\(' /dev/null || true)
[ -z "$hits" ] || say "schema touches files, the environment or a clock:
$hits"

# The links say the same: no floor links one above it.
linked() { # CMakeLists.txt, libraries that must not stand in it
	hits=$(sed 's/#.*//' "$1" | grep -nE "\b($2)\b" || true)
	[ -z "$hits" ] || say "$1 links upward: $hits"
}
linked schema/CMakeLists.txt 'suyuan_(certs_lib|code|tagger_lib)|server_[a-z]+|OpenSSL'
linked certs/CMakeLists.txt 'suyuan_(code|tagger_lib)|server_[a-z]+'
linked tagger/CMakeLists.txt 'server_[a-z]+'
linked server/CMakeLists.txt 'suyuan_tagger_lib'
exit $bad
