#!/bin/sh
# Every shell script parses, and says what it is for in its second line.
#
#	tests/lint/check-shell.sh ROOT
set -u
cd "$1" || exit 2
bad=0
for script in $(find src tests .ci \( -name '*.sh' -o -path .ci/run \) 2>/dev/null | sort); do
	shell=sh
	case $(head -n 1 "$script") in
	*bash*) shell=bash ;;
	esac
	"$shell" -n "$script" || bad=1
	if ! sed -n '1,2p' "$script" | grep -q '^# '; then
		echo "$script:2: does not say what it is for"
		bad=1
	fi
done
exit "$bad"
