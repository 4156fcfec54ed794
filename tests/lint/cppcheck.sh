#!/bin/sh
# cppcheck over our sources, inconclusive off, style off: bugs only. No memleak: it does not
# see __attribute__((cleanup)); gcc -fanalyzer and LeakSanitizer do.
. "$SUYUAN_ROOT/tests/lint/lib.sh"
sources >"$TMPDIR/list"
cppcheck --quiet --error-exitcode=1 --std=c11 --language=c --enable=warning,performance,portability --inline-suppr \
	--suppress=missingIncludeSystem --suppress=unknownMacro --suppress=memleak -I . -D_POSIX_C_SOURCE=200809L -DSUYUAN_VERSION='"0"' \
	-j "$(nproc)" --file-list="$TMPDIR/list"
