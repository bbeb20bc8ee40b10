#!/bin/sh
# clang-format settles the form. Other versions than 14 differ in details, so they are not asked.
#
#	tests/lint/check-form.sh ROOT
set -u
cd "$1" || exit 2
version=$(clang-format --version 2>/dev/null | sed -n 's/.*version \([0-9]*\)\..*/\1/p')
if [ "$version" != 14 ]; then
	echo "skipped: clang-format 14 is not here (found: ${version:-none})"
	exit 0
fi
find src include tests -name '*.[ch]' 2>/dev/null | sort | xargs clang-format --dry-run -Werror
