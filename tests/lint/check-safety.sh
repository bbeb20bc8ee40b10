#!/bin/sh
# docs/safety.md promises what the program does: each row quotes what is said, which stands in a golden or in the
# source, and names the scenario or test that holds it, which asks for the same words.
#
#	tests/lint/check-safety.sh ROOT
set -u
cd "$1" || exit 2
page=docs/safety.md
[ -e "$page" ] || exit 0
bad=0

# Texts of the source are cut into lines of a string each: "one " "two" is one text.
joined() {
	tr -s '\n\t' ' ' | sed 's/" "//g'
}

sources() {
	find src -name '*.c' -exec cat {} + | joined
}

sources > "${TMPDIR:-/tmp}/zonemend-safety.$$" || exit 2
trap 'rm -f "${TMPDIR:-/tmp}/zonemend-safety.$$"' EXIT

rows=$(grep '^| ' "$page" | grep -v '^| trap ')
while IFS='|' read -r _ trap says _ held _; do
	held=$(echo "$held" | tr -d ' `')
	says=$(echo "$says" | sed -e 's/^ *"*//' -e 's/"* *$//')
	if [ ! -e "$held" ]; then
		echo "$page: $trap: there is no $held"
		bad=1
	fi
	if [ -z "$held" ] || [ -z "$says" ]; then
		echo "$page: $trap: says nothing, or nothing holds it"
		bad=1
	fi
	case $held in
	fixtures/*) where="$held/stdout $held/stderr" ;;
	*) where=${TMPDIR:-/tmp}/zonemend-safety.$$ ;;
	esac
	# Unquoted: a list.
	if [ "$says" != nothing ] && ! cat $where 2> /dev/null | grep -q -F -e "$says"; then
		echo "$page: $trap: nothing there says \"$says\""
		bad=1
	fi
	case $held in
	tests/*)
		if [ -e "$held" ] && ! joined < "$held" | grep -q -F -e "$says"; then
			echo "$page: $trap: $held does not ask for \"$says\""
			bad=1
		fi
		;;
	esac
done <<EOF
$rows
EOF
[ -n "$rows" ] || { echo "$page: no rows"; bad=1; }
exit "$bad"
