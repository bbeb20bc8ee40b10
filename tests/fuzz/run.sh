#!/bin/sh
# Runs libFuzzer targets, each for so many seconds; what they find new stays in the build folder.
#
#	tests/fuzz/run.sh build-fuzz 60 fuzz_scan fuzz_spf
set -u
build=$1
seconds=$2
shift 2
passed=0
failed=0
for target in "$@"; do
	found=$build/corpus/$target
	mkdir -p "$found" "$build/artifacts"
	seeds=tests/fuzz/corpus/${target#fuzz_}
	case $target in
	fuzz_scan | fuzz_skim) [ ! -d "${SHARED:-../shared}/corpus" ] || seeds="$seeds ${SHARED:-../shared}/corpus" ;;
	esac
	echo "== $target"
	# Unquoted: a list of folders.
	if "$build/libfuzzer/$target" -max_total_time="$seconds" -max_len=65536 -timeout=10 \
		-artifact_prefix="$build/artifacts/$target-" -print_final_stats=1 "$found" $seeds; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
