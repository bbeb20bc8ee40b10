#!/bin/sh
# What README.md shows is what the program prints: every `$ zonemend ...` in its `console` blocks.
#
#	tests/golden/readme.sh [--rewrite]
#
# The commands run in one copy of fixtures/ and policies/, in their order; standard error comes first.
. "$(dirname "$0")/../lib.sh"
readme=$ZM_TOP/README.md
mkdir "$scratch/top"
cp -R "$ZM_TOP/fixtures" "$ZM_TOP/policies" "$scratch/top/"

# Runs one command; prints what it says, errors first.
run_command() {
	(cd "$scratch/top" && eval "\"\$ZONEMEND\" ${1#* }" > "$scratch/out" 2> "$scratch/err" < /dev/null)
	cat "$scratch/err" "$scratch/out"
}

# Makes $scratch/readme: README.md with the output of now.
inside=
skipping=
while IFS= read -r line || [ -n "$line" ]; do
	case $inside$line in
	'```console') inside=console: ;;
	'console:```') inside= skipping= ;;
	'console:$ zonemend '*)
		skipping=yes
		printf '%s\n' "$line"
		run_command "${line#\$ }"
		continue
		;;
	'console:$ '*) skipping= ;;
	esac
	if [ -z "$skipping" ] || [ -z "$inside" ]; then
		printf '%s\n' "$line"
	fi
done < "$readme" > "$scratch/readme"

if [ "${1:-}" = --rewrite ]; then
	cmp -s "$scratch/readme" "$readme" || cp "$scratch/readme" "$readme"
fi
if diff --text -u "$readme" "$scratch/readme"; then
	pass 'README.md shows what the program prints'
else
	fail 'README.md shows what the program prints'
fi
grep -q '^\$ zonemend ' "$readme" || fail 'README.md shows nothing'
finish
