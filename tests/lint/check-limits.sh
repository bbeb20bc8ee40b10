#!/bin/sh
# The numbers of docs/limits.md are those of the code: each row names its constant and the file that defines it.
#
#	tests/lint/check-limits.sh ROOT
set -u
cd "$1" || exit 2
page=docs/limits.md
[ -e "$page" ] || exit 0
bad=0

# The expression that the constant is given in that file, without its C suffixes.
expression() {
	sed -n "s/^.*[^A-Z_]$1 = \([0-9a-fx <]*[0-9a-f]\).*/\1/p" "$2" | head -n 1
}

rows=$(sed -n 's/^| .* | \([0-9,]*\) | .* | `\([A-Z_0-9]*\)` in `\([^`]*\)` |$/\1 \2 \3/p' "$page")
if [ "$(echo "$rows" | grep -c .)" -ne "$(($(grep -c '^|' "$page") - 2))" ]; then
	echo "$page: a row has another form than: what, number, what happens, constant in file"
	bad=1
fi
while read -r number name file; do
	[ -n "$file" ] || continue
	value=$([ ! -e "$file" ] || expression "$name" "$file")
	if [ -z "$value" ]; then
		echo "$page: $file does not define $name"
		bad=1
	elif [ "$(($value))" -ne "$(echo "$number" | tr -d ,)" ]; then
		echo "$page: $name is $(($value)), not $number"
		bad=1
	fi
done <<EOF
$rows
EOF
exit "$bad"
