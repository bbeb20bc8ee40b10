#!/bin/sh
# Every rule has its page and every page its rule; a page has its five headings and its examples.
#
#	tests/lint/check-pages.sh ROOT
set -u
cd "$1" || exit 2
bad=0

complain() {
	echo "$*"
	bad=1
}

rules=$(sed -n 's/^RULE([A-Za-z0-9_]*, "\([a-z0-9-]*\)".*/\1/p' src/lint/rules.def)
[ -n "$rules" ] || complain "src/lint/rules.def: no rules"
for rule in $rules; do
	[ -f "docs/rules/$rule.md" ] || complain "docs/rules/$rule.md: missing, rules.def has $rule"
done
for page in docs/rules/*.md; do
	[ -e "$page" ] || continue
	rule=$(basename "$page" .md)
	echo "$rules" | grep -qx -e "$rule" || complain "$page: rules.def has no $rule"
	[ "$(head -n 1 "$page")" = "# $rule" ] || complain "$page:1: the title is not \"# $rule\""
	headings=$(sed -n 's/^## //p' "$page" | tr '\n' ',')
	[ "$headings" = 'What it finds,Why it matters,Example,Fix,References,' ] ||
		complain "$page: the headings are not What it finds, Why it matters, Example, Fix, References"
	for block in 'zone bad' report 'zone good'; do
		grep -qx "\`\`\`$block" "$page" || complain "$page: no block \"$block\""
	done
done
exit "$bad"
