#!/bin/sh
# The rules of the house, each a script that prints `file:line: what is wrong` and ends with 1 then.
#
#	tests/lint/run.sh [ROOT]
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=${1:-$here/../..}
passed=0
failed=0
for script in "$here"/check-*.sh; do
	name=$(basename "$script" .sh)
	if "$script" "$root"; then
		echo "ok: ${name#check-}"
		passed=$((passed + 1))
	else
		echo "FAILED: ${name#check-}"
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
