#!/bin/sh
# No macro hides a jump: return, goto, break or continue.
#
#	tests/lint/check-macros.sh ROOT
set -u
cd "$1" || exit 2
find src include tests \( -name '*.[ch]' -o -name '*.def' \) 2>/dev/null | sort | xargs awk '
FNR == 1 {
	inside = 0
}
/^[ \t]*#[ \t]*define/ {
	inside = 1
}
inside && /(^|[^A-Za-z0-9_])(return|goto|break|continue)([^A-Za-z0-9_]|$)/ {
	printf "%s:%d: a macro contains a jump\n", FILENAME, FNR
	bad = 1
}
inside && !/\\$/ {
	inside = 0
}
END {
	exit bad
}'
