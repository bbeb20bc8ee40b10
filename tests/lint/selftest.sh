#!/bin/sh
# Each check of the house sees the fault that it is for: planted here in a small tree, one at a time.
. "$(dirname "$0")/../lib.sh"
lint=$ZM_TOP/tests/lint

# A tree without fault.
plant() {
	rm -rf "$scratch/tree"
	mkdir -p "$scratch/tree/src/base" "$scratch/tree/src/spf" "$scratch/tree/src/lint" \
		"$scratch/tree/src/zone" "$scratch/tree/src/policy" "$scratch/tree/docs/rules" \
		"$scratch/tree/tests"
	cp "$ZM_TOP/.clang-format" "$scratch/tree/"
	cd "$scratch/tree" || exit 2
	printf '#include "base/str.h"\n\nint zm_one(int a)\n{\n\treturn a;\n}\n' > src/spf/one.c
	printf '#include <ldns/ldns.h>\n' > src/zone/record.c
	printf '#include <yaml.h>\n' > src/policy/yaml.c
	printf 'RULE(A_RULE, "a-rule", ZM_ERROR, ZM_FIX_NONE, ZM_STAGE_SYNTAX, "a rule")\n' > src/lint/rules.def
	printf '#!/bin/sh\n# Nothing.\n' > src/nothing.sh
	printf '# a-rule\n\n## What it finds\n\n## Why it matters\n\n## Example\n\n```zone bad\n```\n```report\n```\n```zone good\n```\n\n## Fix\n\n## References\n' > docs/rules/a-rule.md
}

# sees CHECK WORDS: the check fails on the tree as it is now, in these words.
sees() {
	if "$lint/check-$1.sh" "$scratch/tree" > "$scratch/out" 2>&1; then
		fail "$1 does not see: $2"
	elif grep -q -e "$2" "$scratch/out"; then
		pass "$1 sees: $2"
	else
		fail "$1 fails without saying: $2"
		cat "$scratch/out"
	fi
	plant
}

repeat() {
	awk -v count="$1" -v line="$2" 'BEGIN { for (i = 0; i < count; i++) { print line } }'
}

plant
for script in "$lint"/check-*.sh; do
	check "$(basename "$script" .sh) is content with a good tree" "$script" "$scratch/tree"
done

echo '#include "lint/lint.h"' >> src/spf/one.c
sees layers 'spf includes from the higher layer lint'
echo '#include <ldns/ldns.h>' >> src/spf/one.c
sees layers 'know ldns'
echo '#include <yaml.h>' >> src/policy/two.c
sees layers 'one file includes yaml.h, not 2'
echo '#include <jansson.h>' >> src/lint/two.c
sees layers 'only report knows jansson'
mkdir src/odd && echo 'int zm_odd;' > src/odd/odd.c
sees layers 'odd is no layer'

{ printf 'void zm_long(void)\n{\n'; repeat 51 '	zm_one(1);'; echo '}'; } > src/spf/long.c
sees size '51 lines, the limit is 50'
printf 'void zm_deep(void)\n{\n\tif (1) {\n\t\tif (2) {\n\t\t\tif (3) {\n\t\t\t\tif (4) {\n\t\t\t\t}\n\t\t\t}\n\t\t}\n\t}\n}\n' > src/spf/deep.c
sees size 'nests 4 levels'
printf 'void zm_wide(int a, int b, int c, int d,\n\t     int e, int f)\n{\n}\n' > src/spf/wide.c
sees size '6 parameters, the limit is 5'
repeat 451 'int zm_x;' > src/spf/many.c
sees size 'more than 450 lines'

printf 'void zm_x(void)\n{\n\tsprintf(a, "b");\n}\n' > src/spf/two.c
sees banned 'a banned function'
printf '#include <ctype.h>\n' > src/spf/two.c
sees banned 'ctype asks the locale'
printf 'void zm_x(void)\n{\n\ta = malloc(3);\n}\n' > src/spf/two.c
sees banned 'memory comes from an arena'
printf '/* FIX''ME: later */\n' > src/spf/two.c
sees banned 'a note to oneself'

printf '#define TRY(x) \\\n\tif (!(x)) { \\\n\t\treturn false; \\\n\t}\n' > src/spf/two.h
sees macros 'a macro contains a jump'

rm docs/rules/a-rule.md
sees pages 'missing, rules.def has a-rule'
cp docs/rules/a-rule.md docs/rules/b-rule.md
sees pages 'rules.def has no b-rule'
sed -i '/^## Fix/d' docs/rules/a-rule.md
sees pages 'the headings are not'
sed -i '/^```report/d' docs/rules/a-rule.md
sees pages 'no block "report"'

safety() {
	mkdir -p fixtures/a-case
	echo 'zonemend: refused a.zone: no' > fixtures/a-case/stderr
	printf '| trap | zonemend says | what to do | held by |\n|---|---|---|---|\n%s\n' "$1" > docs/safety.md
}
safety '| a trap | "refused a.zone" | wait | `fixtures/a-case` |'
check 'check-safety is content with a row that is right' "$lint/check-safety.sh" "$scratch/tree"
safety '| a trap | "refused b.zone" | wait | `fixtures/a-case` |'
sees safety 'a trap : nothing there says "refused b.zone"'
safety '| a trap | "refused a.zone" | wait | `fixtures/b-case` |'
sees safety 'there is no fixtures/b-case'
mkdir -p src/a tests
printf 'say("no such " "zone");\n' > src/a/say.c
echo 'grep -q "no such zone" err' > tests/asks.sh
safety '| a trap | "no such zone" | wait | `tests/asks.sh` |'
check 'check-safety is content with a test that asks for what is said' "$lint/check-safety.sh" "$scratch/tree"
: > tests/asks.sh
sees safety 'tests/asks.sh does not ask for "no such zone"'
rm -r src/a tests/asks.sh
safety '| a trap | "" | wait | `fixtures/a-case` |'
sees safety 'a trap : says nothing, or nothing holds it'
safety '| a trap | "refused a.zone" | wait | |'
sees safety 'a trap : says nothing, or nothing holds it'

limits() {
	printf 'enum { ZM_LIMIT = 1 << 4 };\n' > src/spf/limit.h
	printf '| what | limit | what happens beyond | where |\n|---|---|---|---|\n%s\n' "$1" > docs/limits.md
}
limits '| letters | 16 | an error | `ZM_LIMIT` in `src/spf/limit.h` |'
check 'check-limits is content with a number that is right' "$lint/check-limits.sh" "$scratch/tree"
limits '| letters | 17 | an error | `ZM_LIMIT` in `src/spf/limit.h` |'
sees limits 'ZM_LIMIT is 16, not 17'
limits '| letters | 16 | an error | `ZM_BOUND` in `src/spf/limit.h` |'
sees limits 'src/spf/limit.h does not define ZM_BOUND'
limits '| letters | 16 | an error | `ZM_LIMIT` in `src/spf/gone.h` |'
sees limits 'src/spf/gone.h does not define ZM_LIMIT'
limits '| letters | many | an error | `ZM_LIMIT` in `src/spf/limit.h` |'
sees limits 'a row has another form'

echo 'if true' >> src/nothing.sh
sees shell 'src/nothing.sh'
printf '#!/bin/sh\ntrue\n' > src/nothing.sh
sees shell 'does not say what it is for'

if clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
	printf 'int  zm_x ;\n' > src/spf/two.c
	sees form 'clang-format'
else
	skip 'clang-format 14 is not here'
fi
if command -v cppcheck >/dev/null 2>&1; then
	printf 'int zm_x(void)\n{\n\tint a[2] = {0};\n\treturn a[2];\n}\n' > src/spf/two.c
	sees cppcheck 'out of bounds'
else
	skip 'cppcheck is not here'
fi
finish
