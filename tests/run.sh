#!/bin/sh
# Runs every kind of test with the programs of one build folder and adds their closing lines up.
#
#	tests/run.sh build [servers]        only the scripts of that folder
#
# Each part ends with `N passed, N failed`. One that does not, or whose status contradicts its line,
# is a failure of its own. UNDER is put before the C test programs (valgrind).
set -u
build=$1
log=$build/test.log
passed=0
failed=0

part() {
	name=$1
	shift
	echo
	echo "== $name"
	{ "$@" 2>&1; echo $? > "$log.status"; } | tee "$log"
	status=$(cat "$log.status")
	line=$(tail -n 1 "$log")
	good=$(echo "$line" | sed -n 's/^\([0-9][0-9]*\) passed, [0-9][0-9]* failed$/\1/p')
	bad=$(echo "$line" | sed -n 's/^[0-9][0-9]* passed, \([0-9][0-9]*\) failed$/\1/p')
	if [ -z "$good" ]; then
		echo "$name: ended with status $status and without a count"
		good=0
		bad=1
	elif [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
		echo "$name: ended with status $status though nothing failed"
		bad=1
	fi
	passed=$((passed + good))
	failed=$((failed + bad))
	[ "$bad" -eq 0 ] || broken="${broken:-}  $name: $bad failed
"
}

# The corpus of one fuzz target, and the real zones for the one that reads zones.
replay() {
	target=$1
	folders=tests/fuzz/corpus/${target#fuzz_}
	case $target in
	fuzz_scan | fuzz_skim) [ ! -d "${SHARED:-../shared}/corpus" ] || folders="$folders ${SHARED:-../shared}/corpus" ;;
	esac
	# Unquoted: a list, and UNDER may be empty or a command with options.
	find $folders -type f | sort | ${UNDER:-} "$build/fuzz/$target"
}

scripts() {
	for script in tests/"$1"/*.sh; do
		part "$(basename "$script" .sh)" "$script"
	done
}

everything() {
	part 'unit tests' ${UNDER:-} "$build/tests/unit"
	for source in tests/fuzz/fuzz_*.c; do
		target=$(basename "$source" .c)
		part "corpus of $target" replay "$target"
	done
	part 'golden tests' tests/golden/run.sh
	part 'pages of the rules' tests/golden/pages.sh
	part 'the documents' tests/golden/docs.sh
	scripts e2e
	scripts servers
	part 'the lint tests itself' tests/lint/selftest.sh
}

if [ -n "${2:-}" ]; then
	scripts "$2"
else
	everything
fi

echo
printf '%s' "${broken:-}"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
