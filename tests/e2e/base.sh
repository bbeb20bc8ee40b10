#!/bin/sh
# check --base and fix --base: serials against those of a commit, asked of the real git.
. "$(dirname "$0")/../lib.sh"
if ! command -v git >/dev/null 2>&1; then
	skip 'git is not here'
	finish
fi
HOME=$scratch/home
TMPDIR=$scratch/tmp
GIT_CONFIG_NOSYSTEM=1
SOURCE_DATE_EPOCH=1795435200 # 2026-11-23
export HOME TMPDIR GIT_CONFIG_NOSYSTEM SOURCE_DATE_EPOCH
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE 2>/dev/null || :
mkdir "$HOME" "$TMPDIR"
printf '[user]\n\tname = somebody\n\temail = somebody@example.com\n[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n' > "$HOME/.gitconfig"
cd "$scratch" || exit 1

# put FILE SERIAL [LINE...]: a zone with those lines at its end.
put() {
	file=$1
	serial=$2
	shift 2
	mkdir -p "$(dirname "$file")"
	{
		printf '$TTL 3600\n@ IN SOA ns1 hostmaster %s 7200 900 1209600 3600\n@ IN NS ns1\nns1 IN A 192.0.2.1\n' "$serial"
		[ $# -eq 0 ] || printf '%s\n' "$@"
	} > "$file"
}

commit() {
	git -C repo add -A
	git -C repo commit -q -m "$1"
}

# All files as they were in the last commit, and no others.
restore() {
	git -C repo reset -q --hard
	git -C repo clean -q -fdx
}

says() {
	grep -q -e "$1" out
}

silent() {
	! grep -q 'serial-' out
}

git init -q repo
put repo/zones/example.com.zone 2026112200 'www A 192.0.2.2' '$INCLUDE shared.inc' '@ TXT "v=spf1 mx ~all"'
put repo/zones/example.net.zone 7 '$INCLUDE shared.inc' '$GENERATE 1-3 h$ A 192.0.2.$'
put repo/zones/apart.example.zone 7 'www A 192.0.2.2'
echo 'mail A 192.0.2.25' > repo/zones/shared.inc
ends 0 'before the first commit all zones are new' check --base HEAD repo/zones
commit one
ends 0 'nothing has changed' check --base HEAD repo/zones

# ---- Records ----

sed -i 's/192.0.2.2$/192.0.2.3/' repo/zones/example.com.zone
ends 1 'a record has changed' check --base HEAD repo/zones
check 'its zone is blamed at the serial' says '^repo/zones/example.com.zone:2:25: error\[serial-not-bumped\] records changed since HEAD (1 added, 1 removed, first A of www.example.com.), but the serial is still 2026112200$'
check 'and no other' test "$(grep -c serial-not-bumped out)" -eq 1
ends 1 'one file alone' check --base HEAD repo/zones/example.com.zone
(cd repo/zones && "$ZONEMEND" check --base main example.com.zone) > out 2> err
check 'from inside' says 'since main .* still 2026112200'
sed -i 's/ 2026112200 / 2026112201 /' repo/zones/example.com.zone
ends 0 'the serial is bumped by hand' check --base HEAD repo/zones

restore
sed -i 's/A 192.0.2.25/A 192.0.2.26/' repo/zones/shared.inc
ends 1 'an included file has changed' check --base HEAD repo/zones
check 'both zones that include it are blamed' test "$(grep -c 'error\[serial-not-bumped\]' out)" -eq 2
check 'the third is not' sh -c '! grep -q apart out'
ends 0 'fix' fix --base HEAD repo/zones
check 'bumps one by date' says 'fixed repo/zones/example.com.zone: serial 2026112200 -> 2026112300 (date)'
check 'and one by one' says 'fixed repo/zones/example.net.zone: serial 7 -> 8 (increment)'
check 'and touches nothing else' test "$(git -C repo diff --numstat | tr '\t' ' ' | tr '\n' ,)" = '1 1 zones/example.com.zone,1 1 zones/example.net.zone,1 1 zones/shared.inc,'
git -C repo diff > before
ends 0 'fix after fix' fix --base HEAD repo/zones
check 'bumps nothing' sh -c 'git -C repo diff | cmp -s before -'

restore
sed -i 's/1-3 h/1-4 h/' repo/zones/example.net.zone
ends 1 'a $GENERATE makes one more' check --base HEAD repo/zones
check 'which is counted' says '(1 added, 0 removed, first A of h4.example.net.)'

restore
for file in repo/zones/*.zone; do
	sed -i 's/$/\r/; s/^ns1 IN/; the server\r\nNS1    IN/; s/3600/1h/g' "$file"
done
check 'all files are others' test "$(git -C repo diff --name-only | wc -l)" -eq 3
ends 0 'layout, line ends, case and TTLs are no records' check --base HEAD --ignore mixed-line-ends repo/zones
check 'nothing is said' silent

# ---- What fix leaves ----

restore
sed -i 's/mx ~all/mx mx ~all/; s/ 2026112200 / 2026112205 /' repo/zones/example.com.zone
ends 0 'a record is mended where the serial is ahead' fix --base HEAD repo/zones
check 'and not bumped again' says '^fixed repo/zones/example.com.zone: 1 record, serial 2026112205 kept$'
restore
sed -i 's/mx ~all/a a ~all/' repo/zones/example.com.zone
ends 0 'a record is mended where it is not' fix --base HEAD repo/zones
check 'and it is bumped once for both' says '1 record, serial 2026112200 -> 2026112300 (date)'
check 'which mends two findings' says '^2 findings fixed in 1 file, none left$'
restore
sed -i 's/192.0.2.2$/192.0.2.3/' repo/zones/example.com.zone
ends 1 'fix --serial keep' fix --serial keep --base HEAD repo/zones
check 'leaves the finding' says 'still 2026112200'
check 'and the file' test "$(git -C repo diff --numstat | cut -f 1)" -eq 1
ends 1 'fix --diff' fix --diff --base HEAD repo/zones
check 'shows the serial' says '^+@ IN SOA ns1 hostmaster 2026112300 '
restore
sed -i 's/mx ~all/mx mx ~all/' repo/zones/example.com.zone
git -C repo commit -q -a -m broken
ends 1 'fix --serial keep of a record' fix --serial keep --base HEAD repo/zones
check 'says what check will say' says 'first TXT of example.com.), but the serial is still'
sed -i '/TXT/d' repo/zones/example.com.zone
echo '@ TXT "v=spf1 mx mx ~all"' >> repo/zones/shared.inc
git -C repo commit -q -a -m 'broken, and included'
ends 1 'fix --serial keep of an included record' fix --serial keep --base HEAD repo/zones
check 'says what check will say' says '2 errors in . of . zones'
cp out fixed
ends 1 'which says it' check --base HEAD repo/zones
check 'of both' test "$(grep -c 'first TXT of example.*), but the serial' out)" -eq 2
git -C repo reset -q --hard HEAD~2

# ---- What is let be ----

restore
sed -i 's/192.0.2.2$/192.0.2.3/; s/^@ IN SOA/; zonemend: allow serial-not-bumped -- the server counts\n&/' repo/zones/apart.example.zone
ends 0 'a serial that may stay' check -p strict --base HEAD repo/zones
sed -i 's/192.0.2.3$/192.0.2.2/' repo/zones/apart.example.zone
ends 0 'an allowance that is of no use' check -p strict --base HEAD repo/zones
check 'is stale' says 'allowance-stale.*serial-not-bumped, which finds nothing here'
ends 0 'without a commit' check -p strict repo/zones
check 'nobody can tell' sh -c '! grep -q allowance-stale out'
restore
sed -i 's/192.0.2.2$/192.0.2.3/' repo/zones/apart.example.zone
ends 0 'a baseline' check --base HEAD --write-baseline baseline.yaml repo/zones
check 'names the serial' grep -q 'record: "serial 7"' baseline.yaml
ends 0 'lets it be' check --base HEAD --baseline baseline.yaml repo/zones
git -C repo commit -q -a -m 'let be'
sed -i 's/ 7 / 8 /' repo/zones/apart.example.zone
git -C repo commit -q -a -m bumped
sed -i 's/192.0.2.3$/192.0.2.4/' repo/zones/apart.example.zone
ends 1 'but not the next one' check --base HEAD --baseline baseline.yaml repo/zones
git -C repo reset -q --hard HEAD~2

# ---- Backwards ----

restore
sed -i 's/ 7 / 6 /' repo/zones/apart.example.zone
ends 1 'a serial that went back' check --base HEAD repo/zones
check 'is said' says 'error\[serial-backwards\] serial 6 is behind 7 in HEAD'
ends 0 'fix' fix --base HEAD repo/zones
check 'puts it back, for nothing has changed' test -z "$(git -C repo status --porcelain)"
sed -i 's/ 7 / 2147483655 /' repo/zones/apart.example.zone
ends 1 'a serial 2^31 away' check --base HEAD repo/zones
check 'is neither' says 'serial 2147483655 is 2^31 away from 7 in HEAD'
sed -i 's/ 2147483655 / 2147483654 /' repo/zones/apart.example.zone
ends 0 'one less is ahead' check --base HEAD repo/zones
sed -i 's/ 2147483654 / 6 /; s/192.0.2.2$/192.0.2.3/' repo/zones/apart.example.zone
ends 0 'with a record changed' fix --base HEAD repo/zones
check 'the serial goes past the old one' says 'serial 6 -> 8 (increment)'

restore
sed -i 's/ 7 / 4294967295 /' repo/zones/apart.example.zone
commit largest
sed -i 's/ 4294967295 / 3 /; s/192.0.2.2$/192.0.2.3/' repo/zones/apart.example.zone
ends 0 'past the largest a small one is ahead' check --base HEAD repo/zones
git -C repo reset -q --hard HEAD~1

# ---- A branch ----

restore
git -C repo checkout -q -b branch
sed -i 's/192.0.2.2$/192.0.2.3/; s/ 2026112200 / 2026112201 /' repo/zones/example.com.zone
commit branch
git -C repo checkout -q main
sed -i 's/192.0.2.2$/192.0.2.3/; s/ 7 / 8 /' repo/zones/apart.example.zone
commit main
git -C repo checkout -q branch
ends 1 'a branch that is behind' check --base main repo/zones
check 'has an older serial' says 'apart.*serial-backwards'
ends 0 'than where it left has' check --base "$(git -C repo merge-base main HEAD)" repo/zones
git -C repo merge -q -m merge main
ends 0 'and none once it is merged' check --base main repo/zones
git -C repo checkout -q main
git -C repo reset -q --hard HEAD~1

# ---- New, moved, broken ----

restore
put repo/zones/new.example.zone 1
ends 0 'a file that is new' check --base HEAD repo/zones
mkdir repo/moved
git -C repo mv zones/apart.example.zone moved/apart.example.db
ends 0 'a file that has moved' check --base HEAD repo
sed -i 's/192.0.2.2$/192.0.2.3/' repo/moved/apart.example.db
ends 1 'and changed' check --base HEAD repo
check 'is known again' says 'moved/apart.example.db:2:.*serial-not-bumped'
cp repo/moved/apart.example.db repo/apart.example.zone
ends 0 'two files of that zone' check --base HEAD repo
check 'could both be it' silent
restore
git -C repo mv zones domains
sed -i 's/A 192.0.2.25/A 192.0.2.26/' repo/domains/shared.inc
ends 1 'a folder that has moved' check --base HEAD repo
check 'with a changed include' test "$(grep -c 'error\[serial-not-bumped\]' out)" -eq 2
restore
mkdir repo/inside repo/outside
put repo/inside/view.example.zone 1 'www A 192.0.2.1'
put repo/outside/view.example.zone 1 'www A 198.51.100.1'
commit views
mkdir repo/views
git -C repo mv inside outside views
ends 0 'two zones of one name that move' check --base HEAD repo
sed -i 's/192.0.2.1$/192.0.2.2/' repo/views/inside/view.example.zone
ends 1 'are told apart by their paths' check --base HEAD repo
git -C repo mv views/inside here
git -C repo mv views/outside there
ends 0 'or not at all' check --base HEAD repo
check 'where their paths do not tell' silent
git -C repo mv here views/inside
git -C repo mv there views/outside
ends 1 'with their old paths again' check --base HEAD repo
check 'each by itself' test "$(grep -c 'views/inside.*serial-not-bumped' out)" -eq 1
git -C repo reset -q --hard HEAD~1

restore
echo 'x A' >> repo/zones/apart.example.zone
commit broken
git -C repo show HEAD~1:zones/apart.example.zone > repo/zones/apart.example.zone
sed -i 's/192.0.2.2$/192.0.2.3/' repo/zones/apart.example.zone
ends 0 'a file that could not be read then' check --base HEAD repo/zones
check 'is no finding' silent
check 'but is noted' noted 'repo/zones/apart.example.zone: its serial is not compared, for in HEAD the zone could not be read: repo/zones/apart.example.zone:6: '
ends 0 'without notes' check -q --base HEAD repo/zones
check 'it is not' sh -c '! grep -q "not compared" err'
ends 1 'against the commit before' check --base HEAD~1 repo/zones
check 'it is compared' says 'since HEAD~1 '
git -C repo reset -q --hard HEAD~1
rm repo/zones/shared.inc
git -C repo rm -q --cached zones/shared.inc
git -C repo commit -q -m 'no include'
echo 'mail A 192.0.2.25' > repo/zones/shared.inc
ends 0 'an included file that is new' check --base HEAD repo/zones
check 'is noted' noted 'could not be read: repo/zones/example.net.zone:5: .*shared.inc: cannot include: no such file'
git -C repo reset -q --hard HEAD~1
echo 'mail A 192.0.2.77' > repo/shared.inc
commit 'two files of a name'
cd repo || exit 1
mv shared.inc other
ends 0 'a name that led to two files' check --base HEAD zones
check 'is noted' noted 'could not be read: zones/example.com.zone:6: both shared.inc and zones/shared.inc are there'
mv other shared.inc
rm zones/shared.inc
ends 1 'a file in the place of the other' check --base HEAD~1 zones/example.com.zone
check 'is compared with it' says 'first A of mail.example.com.'
cd ..
git -C repo reset -q --hard HEAD~1

# ---- Zones that come into files of others ----

# holds FILE ZONE SERIAL SPF
holds() {
	printf '$ORIGIN %s\n$TTL 3600\n@ IN SOA ns1 host %s 7200 900 1209600 3600\n@ NS ns1\nns1 A 192.0.2.1\n@ TXT "%s"\n' \
		"$2" "$3" "$4" > "$1"
}

mkdir repo/places
holds repo/places/a one.example. 4 'v=spf1 -all'
holds repo/places/b two.example. 1 'v=spf1 -all'
commit places
holds repo/places/b one.example. 3 'v=spf1 -all'
rm repo/places/a
ends 1 'a zone in the file of another, its own is gone' check --base HEAD repo/places
check 'is the zone that it was' says 'places/b:3:.*serial 3 is behind 4 in HEAD'
restore
holds repo/places/a two.example. 1 'v=spf1 mx -all'
holds repo/places/b one.example. 4 'v=spf1 mx -all'
ends 1 'zones that have changed places' check --base HEAD repo/places
check 'are what they were' test "$(grep -c 'error.serial-not-bumped. records changed since HEAD (1 added, 1 removed' out)" -eq 2
ends 0 'fix' fix --base HEAD repo/places
check 'bumps both' test "$(cat repo/places/* | grep -c -e ' host 2 ' -e ' host 5 ')" -eq 2
holds repo/places/a two.example. 1 'v=spf1 -all'
holds repo/places/b one.example. 4 'v=spf1 -all'
ends 0 'zones that have changed places and nothing else' check -q --base HEAD repo/places
restore
holds repo/places/b one.example. 4 'v=spf1 mx -all'
holds repo/places/c two.example. 1 'v=spf1 mx -all'
rm repo/places/a
ends 1 'zones that have moved on by one' check --base HEAD repo/places
check 'are what they were too' test "$(grep -c 'error.serial-not-bumped. records changed since HEAD (1 added, 1 removed' out)" -eq 2
restore
holds repo/places/b three.example. 1 'v=spf1 mx -all'
ends 0 'a new zone in the file of another' check -q --base HEAD repo/places
restore
git -C repo reset -q --hard HEAD~1

# ---- Ways to name the files ----

restore
sed -i 's/192.0.2.2$/192.0.2.3/' repo/zones/apart.example.zone
status=0
"$ZONEMEND" check --base HEAD --stdin-filename repo/zones/apart.example.zone - < repo/zones/apart.example.zone > out 2> err || status=$?
check 'standard input with a name is a file of the commit' test "$status" -eq 1
check 'and compared' says 'repo/zones/apart.example.zone:2:.*serial-not-bumped'
"$ZONEMEND" fix --base HEAD --stdin-filename repo/zones/apart.example.zone - < repo/zones/apart.example.zone > out 2> err
check 'and mended' says 'hostmaster 8 '
status=0
"$ZONEMEND" check --base HEAD -o apart.example - < repo/zones/apart.example.zone > out 2> err || status=$?
check 'without a name it is not' test "$status" -eq 2
check 'which is said' noted '[-]-base HEAD: standard input is no file of a commit: say which by --stdin-filename'
printf 'repo/zones/apart.example.zone\0repo/zones/example.com.zone\0' > list
ends 1 '--files-from' check --base HEAD -0 --files-from list
check 'one of two' test "$(grep -c serial-not-bumped out)" -eq 1
cat > named.conf <<'END'
options { directory "repo"; };
view inside { zone "apart.example" { type primary; file "zones/apart.example.zone"; }; };
view outside { zone "apart.example" { type primary; file "zones/apart.example.zone"; };
	zone "example.com" { type primary; file "zones/example.com.zone"; }; };
END
ends 1 '--named-conf' check --base HEAD --named-conf named.conf
check 'names what the server has' says 'zones/apart.example.zone:2:.*serial-not-bumped'
ends 0 'fix --named-conf' fix --base HEAD --named-conf named.conf
check 'bumps once' grep -q 'hostmaster 8 ' repo/zones/apart.example.zone
restore
sed -i 's/^options.*/options { directory "repo\/zones"; };/; s/"zones\//"/' named.conf
sed -i 's/A 192.0.2.25/A 192.0.2.26/' repo/zones/shared.inc
ends 1 'an include that the configuration finds' check --base HEAD --named-conf named.conf
check 'is read from the commit' says 'first A of mail.example.com.'
restore
ln -s zones repo/link
ln -s ../zones/apart.example.zone repo/zones/linked.zone
commit links
sed -i 's/192.0.2.2$/192.0.2.3/' repo/zones/apart.example.zone
ends 1 'links in the commit' check --base HEAD repo/link/apart.example.zone -o apart.example
ends 1 'lead where they led' check --base HEAD repo/zones/linked.zone -o apart.example
git -C repo reset -q --hard HEAD~1
restore
GIT_DIR=/nowhere GIT_INDEX_FILE=/nowhere/index
export GIT_DIR GIT_INDEX_FILE
sed -i 's/192.0.2.2$/192.0.2.3/' repo/zones/apart.example.zone
ends 1 'in a hook, which is told of a repository' check --base HEAD repo/zones
unset GIT_DIR GIT_INDEX_FILE

# ---- What git makes of files on the way ----

restore
git -C repo config core.autocrlf true
sed -i 's/$/\r/' repo/zones/apart.example.zone
ends 0 'line ends that git puts' check --base HEAD --ignore mixed-line-ends repo/zones
git -C repo config --unset core.autocrlf
restore
sed -i 's/^www A 192.0.2.2$/www 60 A 192.0.2.2/' repo/zones/apart.example.zone
ends 1 'another TTL' check --base HEAD repo/zones
check 'is another record' says '(1 added, 1 removed, first A of www.apart.example.), but the serial is still 7$'
git -C repo add -A
ends 1 'what is staged' check --base HEAD repo/zones
sed -i 's/ 7 / 8 /' repo/zones/apart.example.zone
ends 0 'is not what is read: the file is' check --base HEAD repo/zones
restore
git -C repo worktree add -q "$scratch/tree" HEAD
sed -i 's/192.0.2.2$/192.0.2.3/' tree/zones/apart.example.zone
ends 1 'another working tree' check --base HEAD tree/zones
check 'has files of its own' says '^tree/zones/apart.example.zone:2:.*since HEAD '
ends 0 'which the first has not' check --base HEAD repo/zones
git -C repo worktree remove --force "$scratch/tree"
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 140\n' 0 > repo/zones/apart.example.zone
commit lfs
git -C repo show HEAD~1:zones/apart.example.zone > repo/zones/apart.example.zone
ends 0 'a file that the commit only points to' check --base HEAD repo/zones
check 'is not compared' noted 'apart.example.zone: its serial is not compared, for in HEAD the zone could not be read: '
git -C repo reset -q --hard HEAD~1

# ---- What cannot be told is an error ----

# refuses CLAIM PATTERN ARGUMENT...: check and fix end with 2 and say so; nothing is written.
refuses() {
	claim=$1
	pattern=$2
	shift 2
	ends 2 "$claim" check "$@"
	check "$claim: is said" noted "$pattern"
	ends 2 "$claim: fix" fix "$@"
}

git -C repo diff > before
refuses 'an unknown commit' '^zonemend: --base nowhere: no such commit, branch or tag in .*repo$' --base nowhere repo/zones
refuses 'an option for a commit' 'no such commit' --base=--all repo/zones
refuses 'an option that runs a command' 'no such commit' --base=--upload-pack=x repo/zones
refuses 'a folder for a commit' 'no such commit' --base='HEAD^{tree}' repo/zones
mkdir lone
put lone/example.org.zone 1
refuses 'a file of no repository' 'lone: is in no git repository' --base HEAD lone/example.org.zone
refuses 'a file outside of it' 'lone/example.org.zone: is not in the git repository' --base HEAD repo/zones lone
git clone -q --bare repo bare.git
put bare.git/example.org.zone 1
refuses 'a bare repository' 'bare.git: is inside of git.s own folder or a bare repository' --base HEAD bare.git
git clone -q --depth 1 "file://$scratch/repo" shallow
refuses 'a shallow clone' "$(git -C repo rev-list --max-parents=0 HEAD | cut -c 1-20).*shallow clone" --base "$(git -C repo rev-parse HEAD~0)~1" shallow/zones
git -C repo config uploadpack.allowFilter true
git clone -q --filter=blob:none "file://$scratch/repo" partial
sed -i 's/192.0.2.2$/192.0.2.3/' partial/zones/apart.example.zone
ends 1 'a partial clone that has the files' check --base HEAD partial/zones
git clone -q --filter=blob:none --no-checkout "file://$scratch/repo" partial2
mkdir partial2/zones
cp repo/zones/* partial2/zones/
refuses 'a partial clone that lacks them, and nothing is fetched' 'git lacks zones/' --base HEAD partial2/zones
git clone -q repo outer
git -C outer submodule --quiet add "$scratch/repo" inner 2>/dev/null
git -C outer commit -q -m inner
refuses 'a submodule' 'inner/zones/.* lies in the submodule inner: run zonemend there' --base HEAD outer/zones outer/inner
ends 0 'the submodule by itself' check --base HEAD outer/inner/zones
git clone -q repo outer/nested
refuses 'a repository inside' 'nested/zones/.* lies in a git repository of its own' --base HEAD outer/zones outer/nested
mkdir repo/away
ln -s "$scratch/lone/example.org.zone" repo/away/example.org.zone
git -C repo add away
git -C repo commit -q -m away
refuses 'a link out of the repository' 'away/example.org.zone: was a symbolic link out of the git repository' --base HEAD repo/away
if [ "$(id -u)" -eq 0 ]; then
	git clone -q repo others
	chown -R 65534 others
	refuses 'a repository of another user' 'belongs to another user' --base HEAD others/zones
else
	skip 'only root can give a repository to another user'
fi
mkdir empty
status=0
PATH=$scratch/empty "$ZONEMEND" check --base HEAD repo/zones > out 2> err || status=$?
check 'without git' test "$status" -eq 2
check 'that is said' noted 'git is not installed'
check 'nothing was written by all that' sh -c 'git -C repo diff | cmp -s before -'
check 'nothing is left behind' test -z "$(ls -A "$TMPDIR")"

# ---- Many ----

git init -q many
i=0
while [ "$i" -lt 300 ]; do
	put "many/a b/z$i.example.zone" 5 '$INCLUDE ../shared.inc'
	i=$((i + 1))
done
echo 'mail A 192.0.2.25' > many/shared.inc
put "$(printf 'many/line\nend/apart.example.zone')" 5 'www A 192.0.2.1'
(cd many && git add -A && git commit -q -m one)
mkdir bin
cat > bin/git <<END
#!/bin/sh
echo "\$@" >> "$scratch/asked"
exec $(command -v git) "\$@"
END
chmod +x bin/git
PATH=$scratch/bin:$PATH
ends 0 'many files' check --base HEAD many
echo 'mail A 192.0.2.26' > many/shared.inc
: > asked
ends 1 'many files include one that has changed' check --base HEAD many
check 'all are found' test "$(grep -c 'error\[serial-not-bumped\]' out)" -eq 300
check 'git is asked a few times, whatever their number' test "$(wc -l < asked)" -le 6
finish
