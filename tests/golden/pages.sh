#!/bin/sh
# The pages of the rules are tests: what a page shows is what the program does.
#
#	tests/golden/pages.sh [--rewrite] [RULE...]
#
# Fenced blocks of docs/rules/RULE.md, told by their info strings:
#
#	zone bad            check must say exactly the next `report` block (without the closing summary);
#	policy              before `zone bad`: the policy for the page, else `strict`
#	zone fixed          what fix must make of it, and a second fix must leave so; absent: fix changes nothing
#	zone fixed unsafe   the same with --unsafe
#	zone good           check must be silent
#	zone base           before them: what the zone was in a commit, with which check and fix then compare it (--base)
#
# Several bad zones on a page are told apart by their order. The zone is example.com.
. "$(dirname "$0")/../lib.sh"
rewrite=
if [ "${1:-}" = --rewrite ]; then
	rewrite=yes
	shift
fi
now=2026-11-23T12:00:00Z
GIT_CONFIG_GLOBAL=$scratch/gitconfig
GIT_CONFIG_NOSYSTEM=1
export GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE 2>/dev/null || :
printf '[user]\n\tname = somebody\n\temail = somebody@example.com\n' > "$GIT_CONFIG_GLOBAL"

# Splits a page: blocks/N holds the bytes of block N, blocks/N.kind its info string.
split_page() {
	rm -rf "$scratch/blocks"
	mkdir "$scratch/blocks"
	awk -v folder="$scratch/blocks" '
	/^```/ && !inside {
		inside = 1
		file = sprintf("%s/%03d", folder, ++count)
		print substr($0, 4) > (file ".kind")
		printf "" > file
		next
	}
	/^```$/ {
		inside = 0
		close(file)
		next
	}
	inside { print > file }' "$1"
}

fresh_zone() {
	rm -rf "$scratch/zone"
	mkdir "$scratch/zone"
	if [ -n "$base" ]; then
		cp "$base" "$scratch/zone/example.com.zone"
		git -C "$scratch/zone" init -q
		git -C "$scratch/zone" add -A
		git -C "$scratch/zone" commit -q -m 'as it was'
	fi
	cp "$1" "$scratch/zone/example.com.zone"
	if [ -n "$policy" ]; then
		cp "$policy" "$scratch/zone/zonemend.yaml"
	fi
}

# zonemend COMMAND...: in the folder of the zone; output in $scratch/out, status in $status.
zonemend() {
	status=0
	if [ -n "$policy" ]; then
		set -- "$@" -p zonemend.yaml
	else
		set -- "$@" -p strict
	fi
	[ -z "$base" ] || set -- "$@" --base HEAD
	(cd "$scratch/zone" && "$ZONEMEND" "$@" example.com.zone) > "$scratch/out" 2> "$scratch/err" || status=$?
}

# The report without its closing line, which counts.
report() {
	zonemend check --format text --color never --now "$now"
	sed '${/^[0-9][0-9]* \(error\|warning\|info\)/d;/^clean/d;/: no findings$/d;}' "$scratch/out" > "$scratch/report"
}

expect() {
	if [ -n "$rewrite" ]; then
		[ -z "$2" ] || cp "$3" "$2"
		return 0
	fi
	if ! diff --text -u "$2" "$3" > "$scratch/diff"; then
		echo "  $rule: $1:"
		sed 's/^/  | /' "$scratch/diff" | cat -v
		sed 's/^/  stderr: /' "$scratch/err" | cat -v
		wrong=yes
	fi
}

# check_fix BAD FIXED OPTION: FIXED may be the bad zone itself, where nothing mends it.
check_fix() {
	fresh_zone "$1"
	# Unquoted: an option or nothing.
	zonemend fix $3 --now "$now"
	expect 'the fixed zone differs' "$2" "$scratch/zone/example.com.zone"
	cp "$scratch/zone/example.com.zone" "$scratch/once"
	zonemend fix $3 --now "$now"
	if ! cmp -s "$scratch/once" "$scratch/zone/example.com.zone"; then
		echo "  $rule: a second fix changes something"
		wrong=yes
	fi
}

# What the blocks of the page say about the bad zone that is remembered; called when the next one starts.
check_bad() {
	[ -n "$bad" ] || return 0
	fresh_zone "$bad"
	report
	if [ -z "$shown" ]; then
		echo "  $rule: a bad zone without its report"
		wrong=yes
	else
		expect 'the report differs' "$shown" "$scratch/report"
		grep -q "\[$rule\]" "$scratch/report" || {
			echo "  $rule: the report of the bad zone does not name the rule"
			wrong=yes
		}
	fi
	if [ -n "$fixed" ]; then
		check_fix "$bad" "$fixed" "$unsafe"
	else
		cp "$bad" "$scratch/same"
		rewriting=$rewrite
		rewrite=
		check_fix "$bad" "$scratch/same" ''
		rewrite=$rewriting
	fi
	bad=
	shown=
	fixed=
	unsafe=
}

check_good() {
	fresh_zone "$1"
	report
	rewriting=$rewrite
	rewrite=
	: > "$scratch/silence"
	expect 'the good zone is not silent' "$scratch/silence" "$scratch/report"
	rewrite=$rewriting
	if [ "$status" -ne 0 ]; then
		echo "  $rule: the good zone ends with status $status"
		wrong=yes
	fi
}

check_page() {
	wrong=
	policy=
	base=
	bad=
	shown=
	fixed=
	unsafe=
	goods=0
	bads=0
	for kind in "$scratch"/blocks/*.kind; do
		[ -e "$kind" ] || continue
		block=${kind%.kind}
		case $(cat "$kind") in
		policy)
			check_bad
			policy=$block
			;;
		'zone base')
			check_bad
			base=$block
			;;
		'zone bad')
			check_bad
			bad=$block
			bads=$((bads + 1))
			;;
		report) shown=$block ;;
		'zone fixed') fixed=$block ;;
		'zone fixed unsafe')
			fixed=$block
			unsafe=--unsafe
			;;
		'zone good')
			check_bad
			check_good "$block"
			goods=$((goods + 1))
			;;
		esac
	done
	check_bad
	if [ "$goods" -eq 0 ] || [ "$bads" -eq 0 ]; then
		echo "  $rule: needs a bad zone and a good one"
		wrong=yes
	fi
}

# The page with its blocks as they are now.
join_page() {
	awk -v folder="$scratch/blocks" '
	/^```/ && !inside {
		inside = 1
		print
		file = sprintf("%s/%03d", folder, ++count)
		while ((getline line < file) > 0) {
			print line
		}
		close(file)
		next
	}
	/^```$/ { inside = 0 }
	!inside { print }' "$1" > "$scratch/page"
	cmp -s "$scratch/page" "$1" || cp "$scratch/page" "$1"
}

[ $# -gt 0 ] || set -- $(cd "$ZM_TOP/docs/rules" && ls *.md 2>/dev/null | sed 's/\.md$//')
for rule in "$@"; do
	page=$ZM_TOP/docs/rules/$rule.md
	if grep -q '^```zone base$' "$page" && ! command -v git >/dev/null 2>&1; then
		skip "$rule: git is not here"
		continue
	fi
	split_page "$page"
	check_page
	[ -z "$rewrite" ] || join_page "$page"
	if [ -n "$wrong" ]; then
		fail "$rule"
	else
		pass "$rule"
	fi
done
finish
