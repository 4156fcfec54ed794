#!/bin/sh
# cppcheck over our sources, inconclusive off, style off: bugs only.
set -eu
cd "$SUYUAN_ROOT"
cppcheck --quiet --error-exitcode=1 --std=c11 --language=c --enable=warning,performance,portability --inline-suppr \
	--suppress=missingIncludeSystem --suppress=unknownMacro -I . -D_POSIX_C_SOURCE=200809L -j 2 \
	$(git ls-files 'schema/*.c' 'certs/*.c' 'tagger/*.c' 'server/*.c')
