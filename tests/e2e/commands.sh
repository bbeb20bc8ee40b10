#!/bin/sh
# The commands beside check and fix, the options that every script relies on, and the patch in git's hands.
. "$(dirname "$0")/../lib.sh"
cp -R "$ZM_TOP/fixtures/demo" "$scratch/zones"
cd "$scratch" || exit 1

says() {
	grep -q -e "$1" out
}

silent() {
	[ ! -s out ] && [ ! -s err ]
}

ends 0 '--version' --version
check 'it is one line' grep -q -x 'zonemend [0-9.]*' out
ends 0 '--help' --help
for command in check fix zones eval tree compare serial rules explain policy; do
	check "--help names $command" grep -q "^  $command " out
done
for command in check fix zones eval tree compare serial rules explain policy; do
	"$ZONEMEND" "$command" --help > help 2> err < /dev/null
	check "$command --help ends with 0 and starts with its usage" grep -q "^usage: zonemend $command" help
	check "$command --help has no line over 80 columns" awk 'length > 80 { exit 1 }' help
done
ends 2 'no command at all' ''

ends 0 'rules' rules
check 'rules names every rule with a page' sh -c "for page in '$ZM_TOP'/docs/rules/*.md; do
	grep -q \"\$(basename \"\$page\" .md)\" out || { echo \"\$page\"; exit 1; }; done"
ends 0 'explain' explain host-bits-set
check 'explain prints the page' grep -q 'RFC 7208' out

ends 0 'policy check of a built-in policy' policy check iclasspro
ends 1 'check finds' check -p iclasspro zones
ends 0 'check --fail-on never' check -p iclasspro --fail-on never zones
ends 0 'check --ignore of all that is found' check -p iclasspro -q --ignore policy-require,policy-forbid,policy-missing-record,ip-keyword-typo zones
check 'and -q has nothing to say' silent
ends 1 'check --select' check -p iclasspro -q --select ip-keyword-typo --format concise zones
check 'finds that rule only' test "$(wc -l < out)" -eq 1
ends 2 'check --select of an unknown rule' check --select ip-keyword-tipo zones
ends 1 'check --output' check -p iclasspro --output report zones
check 'prints nothing on standard output' test ! -s out
check 'and the report into the file' grep -q 'policy-require' report
find zones -type f | sort > list
ends 1 '--files-from' check -p iclasspro --files-from list --format concise
check 'reads every file of the list' test "$(wc -l < out)" -eq 4
ends 1 'NO_COLOR leaves no escape' check -p iclasspro zones
check 'nor does a pipe' sh -c '! grep -q "$(printf "\033")" out'
status=0
FORCE_COLOR=1 "$ZONEMEND" check -p iclasspro zones > out 2> err || status=$?
check 'FORCE_COLOR colours' says "$(printf '\033')"

ends 1 'fix --diff: something would change' fix -p iclasspro --diff zones
cp out patch
check 'nothing was written' diff -r "$ZM_TOP/fixtures/demo" zones
cp -R zones patched
if command -v git >/dev/null 2>&1; then
	git init -q . && git -c core.autocrlf=false apply --check patch && git apply patch
	check 'git apply takes the patch' test "$?" -eq 0
	mv zones by-patch
	mv patched zones
else
	skip 'git is not here'
fi
ends 0 'fix' fix -p iclasspro zones
if [ -d by-patch ]; then
	# The epoch serial may be some seconds later.
	sed -i 's/ 1[0-9]\{9\} / EPOCH /' by-patch/tumble* && cp -R zones compared && sed -i 's/ 1[0-9]\{9\} / EPOCH /' compared/tumble*
	check 'the patch and the fix come to the same' diff -r by-patch compared
fi
for command in check zones; do
	for format in $("$ZONEMEND" "$command" --help | sed -n 's/.*text (default), //p' | tr -d ,); do
		status=0
		"$ZONEMEND" "$command" -p strict --format "$format" zones > out 2> err || status=$?
		check "$command has the format $format that its help names" test "$status" -lt 2
	done
done
ends 0 'check is content with what fix made' check -p iclasspro zones
ends 0 'fix --diff then has nothing to show' fix -p iclasspro --diff -q zones
check 'and prints no patch' test ! -s out
finish
