#!/bin/sh
# Writes an assembler file that holds the given files as they are, and C tables that name them.
#
#	src/embed.sh build/gen policies/*.yaml docs/rules/*.md
#
# makes build/gen/embed.S and build/gen/embed.c: zm_policy_builtin[] from the .yaml files, zm_page[] from the .md files, each
# ended by an entry without a name.
set -eu
out=$1
shift
mkdir -p "$out"
asm=$out/embed.S
tables=$out/embed.c

echo '	.section .rodata' > "$asm"
{
	echo '#include "lint/page.h"'
	echo '#include "policy/policy.h"'
	echo
} > "$tables"

number=0
for file in "$@"; do
	number=$((number + 1))
	{
		printf '\t.global zm_embedded_%d\nzm_embedded_%d:\n\t.incbin "%s"\n' "$number" "$number" "$file"
		printf '\t.global zm_embedded_%d_end\nzm_embedded_%d_end:\n\t.byte 0\n' "$number" "$number"
	} >> "$asm"
	echo "extern const char zm_embedded_$number[], zm_embedded_${number}_end[];" >> "$tables"
done
printf '\t.section .note.GNU-stack,"",%%progbits\n' >> "$asm"

# One row a file of that ending: its name and where its bytes start and end, which only the linker knows.
table() {
	echo "$1"
	number=0
	shift
	ending=$1
	shift
	for file in "$@"; do
		number=$((number + 1))
		case $file in
		*."$ending") echo "	{\"$(basename "$file" ".$ending")\", zm_embedded_$number, zm_embedded_${number}_end}," ;;
		esac
	done
	echo '	{NULL, NULL, NULL},'
	echo '};'
}
{
	echo
	table 'const struct zm_policy_builtin zm_policy_builtin[] = {' yaml "$@"
	echo
	table 'const struct zm_page zm_page[] = {' md "$@"
} >> "$tables"
