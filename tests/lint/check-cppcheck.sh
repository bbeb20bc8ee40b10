#!/bin/sh
# What cppcheck is sure of.
#
#	tests/lint/check-cppcheck.sh ROOT
set -u
cd "$1" || exit 2
if ! command -v cppcheck >/dev/null 2>&1; then
	echo 'skipped: cppcheck is not here'
	exit 0
fi
cppcheck --quiet --std=c11 --language=c -D_GNU_SOURCE '-DZM_VERSION="0"' -Isrc -Iinclude \
	--enable=warning,portability --inline-suppr --suppress=missingInclude \
	--suppress=missingIncludeSystem -j "$(nproc 2>/dev/null || echo 1)" \
	--error-exitcode=1 src
