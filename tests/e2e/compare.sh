#!/bin/sh
# compare --base: the files of a commit against those of now, asked of the real git.
. "$(dirname "$0")/../lib.sh"
if ! command -v git >/dev/null 2>&1; then
	skip 'git is not here'
	finish
fi
HOME=$scratch
TMPDIR=$scratch/tmp
export HOME TMPDIR
mkdir "$scratch/tmp"
git init -q "$scratch/repo"
cd "$scratch/repo" || exit 1
git config user.name somebody
git config user.email somebody@example.com
cp -R "$ZM_TOP/fixtures/compare/old" zones
printf '$INCLUDE records\n' >> zones/example.com.zone
echo 'extra IN TXT "v=spf1 ip4:192.0.2.99 -all"' > zones/records
git add -A && git commit -q -m 'as it was'
cp "$ZM_TOP/fixtures/compare/new/example.com.zone" zones/
printf '$INCLUDE records\n' >> zones/example.com.zone

# ends STATUS CLAIM ARGUMENT...: output in out and err.
ends() {
	want=$1
	claim=$2
	shift 2
	status=0
	"$ZONEMEND" "$@" > "$scratch/out" 2> "$scratch/err" < /dev/null || status=$?
	if [ "$status" -eq "$want" ]; then
		pass "$claim"
	else
		fail "$claim: status $status, not $want"
		sed 's/^/  | /' "$scratch/out" "$scratch/err"
	fi
}

says() {
	grep -q -e "$1" "$scratch/out"
}

complains() {
	grep -q -e "$1" "$scratch/err"
}

leaves_nothing() {
	[ -z "$(ls -A "$scratch/tmp")" ]
}

ends 0 'compare --base with the current folder' compare --base HEAD
check 'shows the change' says '+ 198.51.100.0/24 (256 addresses) could not send and now passes'
check 'and that the included file has not changed' sh -c '! grep -q extra.example.com "$1"' - "$scratch/out"
check 'the files of the commit go away again' leaves_nothing
cp "$scratch/out" "$scratch/all"
ends 0 'compare --base with a file' compare --base HEAD zones/example.com.zone
check 'says the same' cmp -s "$scratch/all" "$scratch/out"
ends 1 'compare --base --fail-on gain' compare --base HEAD --fail-on gain zones

cd zones || exit 1
ends 0 'below the top of the repository' compare --base HEAD example.com.zone
check 'the same again' cmp -s "$scratch/all" "$scratch/out"
cd ..
mkdir parts
sed 's/example\.com\.$/example.org./; s/^\$INCLUDE.*/$INCLUDE parts\/spf/' zones/example.com.zone > zones/example.org.zone
echo 'late TXT "v=spf1 -all"' > parts/spf
git add -A
git commit -q -m parts
echo 'late TXT "v=spf1 ip4:192.0.2.9 -all"' > parts/spf
ends 0 'an include whose name begins in the current folder' compare --base HEAD zones/example.org.zone
check 'was read from the commit' says '+ 192.0.2.9 could not send and now passes'
git worktree add -q ../then HEAD
ends 0 'two trees, each with its own' compare ../then .
check 'which differ' says '+ 192.0.2.9 could not send and now passes'
ends 0 'two folders of them, whose trees are what is left of their paths' compare ../then/zones zones
check 'which differ too' says '+ 192.0.2.9 could not send and now passes'
ends 0 'two files likewise' compare ../then/zones/example.org.zone zones/example.org.zone
check 'which differ too' says '+ 192.0.2.9 could not send and now passes'
mv parts apart
mv ../then/parts ../then/apart
ends 1 'trees that lack what they include' compare ../then/zones zones
check 'nobody says that they do not differ' test ! -s "$scratch/out"
check 'is said of both' test "$(grep -c '/example.org.zone: no server would load' "$scratch/err")" -eq 2
mv apart parts
git worktree remove --force ../then
cd zones || exit 1
ends 1 'in another folder it leads nowhere' compare --base HEAD example.org.zone
cd ..
git reset -q --hard HEAD~1
cp "$ZM_TOP/fixtures/compare/new/example.com.zone" zones/
printf '$INCLUDE records\n' >> zones/example.com.zone

GIT_DIR=/nowhere GIT_INDEX_FILE=/nowhere/index
export GIT_DIR GIT_INDEX_FILE
ends 0 'in a hook, which is told of a repository' compare --base HEAD zones
unset GIT_DIR GIT_INDEX_FILE

cp zones/example.com.zone zones/example.net.zone
sed -i 's/example\.com\.$/example.net./; s/^\$INCLUDE.*//' zones/example.net.zone
ends 0 'a zone that is new' compare --base HEAD zones/example.net.zone
check 'was in no zone' says 'were in no zone and now'
ends 2 'no such commit' compare --base nowhere
check 'is said' complains 'nowhere: no such commit, branch or tag in '
ends 2 'what looks like an option' compare --base --output=x
check 'is no commit' complains '[-]-output=x: no such commit'
ends 2 'a folder of no repository' compare --base HEAD "$scratch/tmp"
check 'is said' complains 'is in no git repository'
mkdir "$scratch/empty"
status=0
PATH=$scratch/empty "$ZONEMEND" compare --base HEAD > "$scratch/out" 2> "$scratch/err" || status=$?
check 'without git' test "$status" -eq 2
check 'that is said' complains 'git is not installed'
check 'nothing is left behind by failures either' leaves_nothing
check 'and the repository has no new file' test -z "$(git status --porcelain | grep -v -e ' M zones/example.com.zone' -e '?? zones/example.net.zone')"
finish
