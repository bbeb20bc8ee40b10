#!/bin/sh
# Golden tests: each folder of fixtures/ that has a `cmd` is a scenario.
#
#	tests/golden/run.sh [--rewrite] [NAME...]
#
#	fixtures/NAME/cmd        arguments of zonemend, one line, as a shell reads them; run in a copy of the folder
#	fixtures/NAME/stdout     exactly what it prints; likewise stderr, where that file is there
#	fixtures/NAME/status     its exit status
#	fixtures/NAME/expected/  the files that are different afterwards; every other file must be untouched
#
# A `fix` that may write is run a second time and must change nothing: not a byte, not a time.
. "$(dirname "$0")/../lib.sh"
rewrite=
if [ "${1:-}" = --rewrite ]; then
	rewrite=yes
	shift
fi

# The scenario's own files, without those that say what is expected.
copy_inputs() {
	rm -rf "$2"
	mkdir -p "$2"
	cp -R "$1/." "$2/"
	rm -rf "$2/cmd" "$2/stdout" "$2/stderr" "$2/status" "$2/expected"
}

# All files of a folder with their times, so that a write that changes nothing is seen too.
file_times() {
	(cd "$1" && find . -type f -exec stat -c '%n %i %y' {} + | sort)
}

run_in() {
	status=0
	(cd "$1" && eval "\"\$ZONEMEND\" $arguments") > "$scratch/stdout" 2> "$scratch/stderr" < /dev/null || status=$?
	echo "$status" > "$scratch/status"
}

# same WHAT EXPECTED ACTUAL: files or folders; prints the difference and remembers it.
same() {
	if ! diff -r --text -u "$2" "$3" > "$scratch/diff" 2>&1; then
		echo "  $1 differs:"
		sed 's/^/  | /' "$scratch/diff" | cat -v
		wrong=yes
	fi
}

second_run_changes_nothing() {
	file_times "$scratch/work" > "$scratch/times"
	first=$status
	run_in "$scratch/work"
	file_times "$scratch/work" > "$scratch/times.after"
	same 'what is there after a second run' "$scratch/times" "$scratch/times.after"
	if grep -q '^fixed ' "$scratch/stdout"; then
		echo '  the second run says that it fixed something'
		wrong=yes
	fi
	if [ "$status" -ne "$first" ]; then
		echo "  the second run ends with $status, the first with $first"
		wrong=yes
	fi
}

compare() {
	wrong=
	copy_inputs "$folder" "$scratch/want"
	[ ! -d "$folder/expected" ] || cp -R "$folder/expected/." "$scratch/want/"
	same stdout "$folder/stdout" "$scratch/stdout"
	[ ! -f "$folder/stderr" ] || same stderr "$folder/stderr" "$scratch/stderr"
	same status "$folder/status" "$scratch/status"
	same 'the files' "$scratch/want" "$scratch/work"
	case $arguments in
	*--diff*) ;;
	fix*) second_run_changes_nothing ;;
	esac
	if [ -n "$wrong" ]; then
		sed 's/^/  stderr: /' "$scratch/stderr" | cat -v
		fail "$name"
	else
		pass "$name"
	fi
}

rewrite_expected() {
	cp "$scratch/stdout" "$scratch/status" "$folder/"
	[ ! -f "$folder/stderr" ] || cp "$scratch/stderr" "$folder/"
	rm -rf "$folder/expected"
	copy_inputs "$folder" "$scratch/want"
	(cd "$scratch/work" && find . -type f) | while read -r file; do
		if ! cmp -s "$scratch/want/$file" "$scratch/work/$file"; then
			mkdir -p "$(dirname "$folder/expected/$file")"
			cp "$scratch/work/$file" "$folder/expected/$file"
		fi
	done
	pass "$name (rewritten)"
}

[ $# -gt 0 ] || set -- $(cd "$ZM_TOP/fixtures" && find . -name cmd | sed 's|^\./||; s|/cmd$||' | sort)
for name in "$@"; do
	folder=$ZM_TOP/fixtures/$name
	arguments=$(cat "$folder/cmd")
	copy_inputs "$folder" "$scratch/work"
	run_in "$scratch/work"
	if [ -n "$rewrite" ]; then
		rewrite_expected
	else
		compare
	fi
done
finish
